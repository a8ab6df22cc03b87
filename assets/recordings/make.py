#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make.py PARFOR [NAME...]: records runs on machines that are not here, NAME.json each.

The program itself writes them: real workers, as many as the machine has CPUs, run a loop that
sleeps, so two CPUs are enough for 128 of them.  What is simulated is the machine: a tree for
--sysroot with its CPUs, whose /proc/stat this script moves on as if every worker that has
something to do kept a CPU busy, one more, one less.  Each file says so ("simulated": true), and
so does the screen.  One is recorded after the other, all of them in a minute and a half.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

HZ = 100
PERIOD = 0.01  # seconds
LEAST_LOAD = 0.75  # of a CPU that has a worker
HERE = os.path.dirname(os.path.abspath(__file__))


def mask(cpus):
    """The kernel's form: words of 32 bits, the highest first."""
    value, words = sum(1 << cpu for cpu in cpus), []
    for _ in range(max(1, max(cpus) // 32 + 1)):
        words.append("%08x" % (value & 0xFFFFFFFF))
        value >>= 32
    return ",".join(reversed(words))


def numbers(cpus):
    return ",".join(str(cpu) for cpu in cpus)


class Machine:
    """CPUs as dictionaries of package, core and l3; their order is the one they are used in."""

    def __init__(self, name, cpus, kinds=()):
        self.name, self.cpus, self.kinds = name, cpus, kinds
        self.order = sorted(range(len(cpus)),
                            key=lambda i: (self.sibling(i), cpus[i]["core"]))
        self.root = tempfile.mkdtemp(prefix="parfor-recording-")
        self.write_all()

    def with_same(self, cpu, *names):
        return [i for i, other in enumerate(self.cpus)
                if all(other[name] == self.cpus[cpu][name] for name in names)]

    def sibling(self, cpu):
        return self.with_same(cpu, "package", "core").index(cpu)

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as file:
            file.write("%s\n" % text)

    def write_all(self):
        last, system = len(self.cpus) - 1, "sys/devices/system/"
        for name in ("possible", "present", "online"):
            self.write(system + "cpu/" + name, "0-%d" % last)
        for cpu in range(len(self.cpus)):
            self.write_cpu(system + "cpu/cpu%d/" % cpu, cpu)
        for package in sorted({each["package"] for each in self.cpus}):
            cpus = [i for i, each in enumerate(self.cpus) if each["package"] == package]
            node = system + "node/node%d/" % package
            self.write(node + "cpumap", mask(cpus))
            self.write(node + "cpulist", numbers(cpus))
        for name, cpus in self.kinds:
            self.write("sys/devices/%s/cpus" % name, numbers(cpus))
        self.write("proc/cpuinfo", "\n".join(
            "processor\t: %d\nvendor_id\t: AuthenticAMD\nmodel name\t: %s\n"
            "physical id\t: %d\ncore id\t\t: %d\n"
            % (i, self.name, cpu["package"], cpu["core"])
            for i, cpu in enumerate(self.cpus)))
        self.write("proc/stat", "")

    def write_cpu(self, folder, cpu):
        topology = folder + "topology/"
        core, package = self.with_same(cpu, "package", "core"), self.with_same(cpu, "package")
        self.write(topology + "physical_package_id", self.cpus[cpu]["package"])
        self.write(topology + "core_id", self.cpus[cpu]["core"])
        for name, cpus in (("thread_siblings", core), ("core_cpus", core),
                           ("core_siblings", package), ("package_cpus", package)):
            self.write(topology + name, mask(cpus))
            self.write(topology + name + "_list", numbers(cpus))
        cache = self.with_same(cpu, "package", "l3")
        for index, level, cpus in ((0, 1, core), (3, 3, cache)):
            folder_of = folder + "cache/index%d/" % index
            self.write(folder_of + "level", level)
            self.write(folder_of + "type", "Data" if level == 1 else "Unified")
            self.write(folder_of + "size", "32K" if level == 1 else "32768K")
            self.write(folder_of + "shared_cpu_map", mask(cpus))
            self.write(folder_of + "shared_cpu_list", numbers(cpus))


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


class Counters:
    """The machine's /proc/stat, written over in place: whoever reads it has it open."""

    def __init__(self, machine, commands):
        self.machine, self.commands = machine, commands
        self.busy = [0.0] * len(machine.cpus)
        self.place, self.noise = {}, random.Random(7)
        self.load = [self.noise.uniform(LEAST_LOAD, 1) for _ in machine.cpus]
        self.start = self.last = time.monotonic()
        self.fd = os.open(os.path.join(machine.root, "proc/stat"), os.O_WRONLY)
        self.step(None)

    def find_busy(self, pid):
        workers = children(pid) if pid else []
        return [each for each in workers if not self.commands or children(each)]

    def take_places(self, busy):
        """A worker keeps its CPU as long as it runs."""
        self.place = {pid: cpu for pid, cpu in self.place.items() if pid in busy}
        free = [cpu for cpu in self.machine.order if cpu not in self.place.values()]
        for pid in busy:
            if pid not in self.place and free:
                self.place[pid] = free.pop(0)

    def step(self, pid):
        self.take_places(self.find_busy(pid))
        now = time.monotonic()
        for cpu in self.place.values():
            load = self.load[cpu] + self.noise.uniform(-0.05, 0.05)
            self.load[cpu] = min(max(load, LEAST_LOAD), 1)
            self.busy[cpu] += (now - self.last) * self.load[cpu]
        self.last = now
        total, text = int((now - self.start) * HZ), "cpu  0 0 0 0 0 0 0 0 0 0\n"
        for cpu, seconds in enumerate(self.busy):
            used = min(int(seconds * HZ), total)
            text += "cpu%d %08d 0 0 %08d 0 0 0 0 0 0\n" % (cpu, used, total - used)
        os.pwrite(self.fd, (text + "intr 0\nctxt 0\n").encode("ascii"), 0)


def record(parfor, name, machine, arguments):
    counters = Counters(machine, "--" in arguments)
    path = os.path.join(HERE, name + ".json")
    command = [parfor, "run", "-q", "--sysroot", machine.root, "-o", path] + arguments
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as run:
        while run.poll() is None:
            counters.step(run.pid)
            time.sleep(PERIOD)
    if run.returncode != 0:
        print("make.py: %s: exit status %d" % (name, run.returncode), file=sys.stderr)
        return
    print("%s: %d kB" % (path, os.path.getsize(path) // 1000))


def plain(count, per_package, per_cache, siblings=1):
    """CPU i and CPU i + cores are siblings, as Linux counts them."""
    cores = count // siblings
    return [{"package": i % cores * siblings // per_package, "core": i % cores,
             "l3": i % cores * siblings // per_cache} for i in range(count)]


def hybrid():
    """Four cores of two CPUs each, then four of one."""
    return [{"package": 0, "core": i // 2 if i < 8 else i - 4, "l3": 0} for i in range(12)]


def uneven():
    """Seconds: 2.6 on average, and so are the first, from which all are projected."""
    lengths = [1.0, 1.4, 1.8, 2.2, 2.6, 3.0, 3.4, 3.8, 4.2]
    others = random.Random(4).choices(lengths, k=277)
    return ["2.4", "2.6", "2.8"] + [str(seconds) for seconds in others]


def recordings():
    """Two loops, each on two machines: their times can be compared."""
    equal = ["sleep", "-s", "150000", "-n", "120"]
    items = ["--sample", "3", "--", "sleep", "{}", ":::"] + uneven()
    return {
        "simulated-4": (Machine("Laptop", plain(4, 4, 4)), equal + ["-j", "4"]),
        "simulated-12": (
            Machine("Hybrid", hybrid(),
                    (("cpu_core", range(8)), ("cpu_atom", range(8, 12)))),
            equal + ["-j", "12"]),
        "simulated-64": (Machine("Server", plain(64, 64, 8)), ["-j", "64"] + items),
        "simulated-128": (
            Machine("Large server", plain(128, 64, 16, 2)), ["-j", "128"] + items),
    }


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    known = recordings()
    for name in sys.argv[2:] or known:
        machine, arguments = known[name]
        record(sys.argv[1], name, machine, arguments)
    for machine, _ in known.values():
        shutil.rmtree(machine.root, ignore_errors=True)


if __name__ == "__main__":
    main()
