#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""watch.py PARFOR BARE: what `parfor watch` costs at 120x40, beside a bare prototype (a
sampler and ncurses) and beside htop and top at their fastest, in turns: CPU time and bytes
per second, memory, time to the first frame.  The machine as it is, then with work on it."""
import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import sys
import tarfile
import tempfile
import termios
import time

ROUNDS, WARM_S, WINDOW_S, STARTS = 5, 0.7, 2.5, 15
FRAME_END = b"\033[?2026l"


class Program:
    """One in a terminal, whose output is read and counted."""

    def __init__(self, argv):
        self.begin_ns = time.monotonic_ns()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 40, 120, 0, 0))
            os.execv(argv[0], argv)
        self.bytes, self.tail = 0, b""

    def read(self, seconds, until=None):
        """Reads for so long, or until the bytes have come.  Returns whether they have."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                continue
            try:
                got = os.read(self.fd, 1 << 16)
            except OSError:
                return False
            self.bytes += len(got)
            self.tail = (self.tail + got)[-(1 << 16):]
            if until and until in self.tail:
                return True
        return False

    def cpu_ms(self):
        """Of all its threads: a clock of Linux's that every process has."""
        return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e6

    def peak_kib(self):
        with open("/proc/%d/status" % self.pid, encoding="ascii") as file:
            return int(next(line for line in file if line.startswith("VmHWM")).split()[1])

    def end(self):
        os.write(self.fd, b"q")
        self.read(5)  # to the end of the terminal
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def measure(argv):
    program = Program(argv)
    program.read(WARM_S)
    cpu_ms, count, begin = program.cpu_ms(), program.bytes, time.monotonic()
    program.read(WINDOW_S)
    seconds = time.monotonic() - begin
    found = ((program.cpu_ms() - cpu_ms) / seconds, (program.bytes - count) / seconds,
             program.peak_kib())
    program.end()
    return found


def first_frame_ms(argv):
    program = Program(argv)
    if not program.read(5, until=FRAME_END):
        sys.exit("no frame: " + " ".join(argv))
    spent_ms = (time.monotonic_ns() - program.begin_ns) / 1e6
    program.end()
    return spent_ms


def start_work():
    """A process per CPU that computes for a part of each half second."""
    pids = []
    for number in range(len(os.sched_getaffinity(0))):
        pid = os.fork()
        if pid == 0:
            os.nice(19)
            while os.getppid() > 1:
                end = time.monotonic() + 0.25 + 0.1 * (number % 2)
                while time.monotonic() < end:
                    pass
                time.sleep(0.2)
            os._exit(0)
        pids.append(pid)
    return pids


def compare(title, programs):
    found = {name: [] for name, _ in programs}
    for _ in range(ROUNDS):
        for name, argv in programs:
            found[name].append(measure(argv))
    print("%-34s %10s %10s %10s %10s" % (title, "CPU ms/s", "ratio", "bytes/s", "peak KiB"))
    ours = [cpu for cpu, _, _ in found["parfor watch"]]
    for name, _ in programs:
        cpu, count, peak = zip(*found[name])
        ratio = statistics.median(mine / other for mine, other in zip(ours, cpu))
        print("  %-32s %10.2f %10.2f %10.0f %10d" %
              (name, statistics.median(cpu), ratio, statistics.median(count), max(peak)))


def unpack_machines(archives, folder):
    """The large ones of the recorded machines, as (name, root)."""
    for name in sorted(os.listdir(archives)) if os.path.isdir(archives) else []:
        if name.startswith(("64", "128", "256")) and ".tar" in name:
            with tarfile.open(os.path.join(archives, name)) as archive:
                archive.extractall(folder)
                yield name.split(".")[0], os.path.join(
                    folder, archive.getnames()[0].split("/")[0])


def print_first_frames(parfor, folder):
    print("%-34s %10s" % ("first frame, ms (at most 50)", "median"))
    trees = [("this machine", "/")]
    trees += unpack_machines(os.environ.get("PARFOR_MACHINES", ""), folder)
    for name, root in trees:
        options = [] if root == "/" else ["--sysroot", root]
        spent = [first_frame_ms([parfor, "watch"] + options) for _ in range(STARTS)]
        print("  %-32s %10.1f" % (name, statistics.median(spent)))


def main():
    parfor, bare = sys.argv[1:3]
    programs = [("parfor watch", [parfor, "watch"]), ("bare sampler and ncurses", [bare])]
    for argv in (["htop", "-d", "1"], ["top", "-d", "0.1"]):
        path = shutil.which(argv[0])
        if path:
            programs.append((" ".join(argv), [path] + argv[1:]))
        else:
            print("%s is not here" % argv[0])
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME=home)
        for name in ("NO_COLOR", "COLORTERM", "PARFOR_PLAIN", "XDG_CONFIG_HOME"):
            os.environ.pop(name, None)
        print("load average %.1f; at most 3 ms of CPU per second, 8192 KiB" % os.getloadavg()[0])
        compare("the machine as it is", programs)
        pids = start_work()
        compare("with work on all CPUs", programs)
        for pid in pids:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        print_first_frames(parfor, home)


main()
