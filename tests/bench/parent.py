#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""parent.py PARFOR: what parfor's own process costs on simulated machines whose counters
move, ten samples and frames a second, in a terminal of 120x40: the share of one core, of
`watch` and of a run.  At most 5 % was promised for 1024 CPUs."""
import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import threading
import time

SIZES, WARM_S, WINDOW_S = (2, 64, 256, 1024, 2048), 1.5, 4.0
PERIOD_S = 0.1


def write_stat(file, cpus, ticks):
    """In place, every number as wide as before."""
    lines = ["cpu  0 0 0 0 0 0 0 0 0 0\n"]
    for cpu in range(cpus):
        busy = ticks * ((cpu * 7 + ticks // 40) % 11) // 10
        lines.append("cpu%d %d 0 0 %d 0 0 0 0 0 0\n" %
                     (cpu, 10000000 + busy, 50000000 + ticks - busy))
    lines.append("intr 0\nctxt 0\nbtime 0\n")
    os.pwrite(file, "".join(lines).encode(), 0)


def make_machine(root, cpus):
    """Two CPUs to a core, 64 cores to a package, as the kernel describes them."""
    for name in ("proc", "sys/devices/system/cpu"):
        os.makedirs(os.path.join(root, name))
    for name in ("online", "present"):
        with open("%s/sys/devices/system/cpu/%s" % (root, name), "w", encoding="ascii") as file:
            file.write("0-%d\n" % (cpus - 1))
    half = cpus // 2
    for cpu in range(cpus):
        topology = "%s/sys/devices/system/cpu/cpu%d/topology" % (root, cpu)
        os.makedirs(topology)
        core = cpu % half
        for name, value in (("core_id", core), ("physical_package_id", core // 64),
                            ("thread_siblings_list", "%d,%d" % (core, core + half))):
            with open("%s/%s" % (topology, name), "w", encoding="ascii") as file:
                file.write("%s\n" % value)


def measure(argv, move):
    """The share of a core that the process used, per cent."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 40, 120, 0, 0))
        os.environ["TERM"] = "xterm-256color"
        os.execv(argv[0], argv)
    begin, begin_ns, frames = time.monotonic(), None, 0
    while (now := time.monotonic() - begin) < WARM_S + WINDOW_S:
        if begin_ns is None and now > WARM_S:
            begin_ns, frames = time.clock_gettime_ns((~pid << 3) | 2), 0
        move()
        end = time.monotonic() + PERIOD_S
        while (left := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                frames += os.read(terminal, 1 << 16).count(b"\033[?2026l")
    used_ns = time.clock_gettime_ns((~pid << 3) | 2) - begin_ns
    reader = threading.Thread(target=drain, args=(terminal,))
    reader.start()
    os.kill(pid, 15)
    os.waitpid(pid, 0)
    os.close(terminal)
    return used_ns / WINDOW_S / 1e7, frames / WINDOW_S


def drain(terminal):
    try:
        while os.read(terminal, 1 << 16):
            pass
    except OSError:
        pass


def main():
    parfor = sys.argv[1]
    print("%6s %18s %18s" % ("CPUs", "watch", "run"))
    for cpus in SIZES:
        with tempfile.TemporaryDirectory() as root:
            make_machine(root, cpus)
            file = os.open(root + "/proc/stat", os.O_WRONLY | os.O_CREAT, 0o600)
            ticks = [0]

            def move():
                ticks[0] += 10
                write_stat(file, cpus, ticks[0])

            move()
            shares = []
            for words in (["watch"], ["run", "sleep", "-s", "30000000", "-n", "9", "-j", "2"]):
                shares.append("%5.1f %% (%.0f frames/s)" %
                              measure([parfor] + words + ["--sysroot", root], move))
            os.close(file)
        print("%6d %s  %s" % (cpus, *shares), flush=True)


main()
