#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""commands.py PARFOR BARE POOL [COUNT]: starting a program per item, two at a time, by
parfor, by a bare loop of vfork and exec, by the pool alone, and by xargs, xe and GNU
parallel where they are installed; the bare loop and the pool with 500 MB resident, too.
In turns, which begin with another one each round; exits 1 where a promise is not kept.
Says nothing on a busy machine: each command of parfor is a session of its own, to which
the kernel gives a share of its own (autogroup), so that it is far ahead there."""
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS, WIDTH, COUNT, MEGABYTES, PROGRAM = 5, 2, 5000, 500, "/bin/true"

# What parfor's items per second must be, as a multiple of another's.
PROMISES = (("parfor", "bare", 1 / 1.1), ("pool, 500 MB", "bare, 500 MB", 1 / 1.1),
            ("parfor", "xargs", 1.8), ("parfor", "xe", 1.3), ("parfor", "parallel", 8))


def commands(parfor, bare, pool, count):
    """By name: the words, and whether the items come from standard input."""
    width, count = str(WIDTH), str(count)
    found = {
        "bare": ([bare, PROGRAM, count, width], False),
        "parfor": ([parfor, "map", "-j", width, "-q", "--", PROGRAM], True),
        "pool": ([pool, PROGRAM, count, width, "0"], False),
        "bare, 500 MB": ([bare, PROGRAM, count, width, str(MEGABYTES)], False),
        "pool, 500 MB": ([pool, PROGRAM, count, width, str(MEGABYTES)], False),
        "xargs": (["xargs", "-P", width, "-n1", PROGRAM], True),
        "xe": (["xe", "-j", width, PROGRAM], True),
        "parallel": (["parallel", "--will-cite", "-j", width, PROGRAM], True),
    }
    for name in ("xargs", "xe", "parallel"):
        if not shutil.which(name):
            print(f"{name} is not installed: left out")
            del found[name]
    return found


def cpu_seconds():
    """Of all processes that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def take(words, items, environment):
    """Seconds of one run, which must succeed, and of CPU time."""
    with open(items or os.devnull, encoding="ascii") as source:
        begin, cpu = time.monotonic(), cpu_seconds()
        subprocess.run(words, stdin=source, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=environment, check=True)
        return time.monotonic() - begin, cpu_seconds() - cpu


def measure(found, items, environment):
    """GNU parallel, ten times as slow as all the others, has a tenth of the items."""
    times = {name: [] for name in found}
    names = list(found)
    for turn in range(ROUNDS):
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            words, fed = found[name]
            source = items[name == "parallel"] if fed else None
            times[name].append(take(words, source, environment))
    return times


def memory_seconds(bare):
    """What it takes to make that memory resident and to give it back: both that do so
    take the same time for it, and it is not what is meant."""
    words = [bare, PROGRAM, "0", "1", str(MEGABYTES)]
    return statistics.median(take(words, None, None)[0] for _ in range(5))


def main():
    parfor, bare, pool = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else COUNT
    found = commands(parfor, bare, pool, count)
    with tempfile.TemporaryDirectory() as folder:
        items = [os.path.join(folder, name) for name in ("all", "tenth")]
        for path, most in zip(items, (count, count // 10)):
            with open(path, "w", encoding="ascii") as file:
                file.writelines(f"{i + 1}\n" for i in range(most))
        environment = dict(os.environ, XDG_STATE_HOME=folder)
        times = measure(found, items, environment)
    aside = memory_seconds(bare)
    rates = {}
    for name, runs in times.items():
        done = count // 10 if name == "parallel" else count
        less = aside if name.endswith("MB") else 0
        seconds = [run[0] for run in runs]
        cpu_ms = statistics.median(run[1] for run in runs) / done * 1e3
        rates[name] = done / (statistics.median(seconds) - less)
        print(f"{name:14} {rates[name]:7.0f} items/s   {rates[name] / rates['bare']:5.2f} "
              f"of bare   {cpu_ms:6.2f} ms CPU each   "
              f"slowest / fastest {max(seconds) / min(seconds):.2f}")
    kept = True
    for ours, other, least in PROMISES:
        if other not in rates:
            continue
        ratio = rates[ours] / rates[other]
        kept = kept and ratio >= least
        print(f"{ours} : {other} = {ratio:.2f}   at least {least:.2f}"
              f"{'' if ratio >= least else '   MISSED'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
