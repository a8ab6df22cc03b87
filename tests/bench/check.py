#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check.py PARFOR [RUNS]: what `parfor check --quick` says of this machine as it is, and with one
CPU kept busy by another program, in turns.

A table of verdicts.  On a quiet healthy machine there must be no FAIL, and no CPU must be called
slow; with one busy CPU there must be no FAIL either, and the busy program must be named.  Exits
with 1 where that is not so.  How long the inventory took, and the checks against what they said,
is printed as well.
"""
import collections
import json
import os
import signal
import statistics
import subprocess
import sys

SPINNER = "import os; os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})\nwhile True: pass"


def check(program):
    done = subprocess.run([program, "check", "--quick", "-q", "--json"],
                          stdout=subprocess.PIPE, check=False)
    return done.returncode, json.loads(done.stdout)["check"]


def check_beside_a_spinner(program):
    spinner = subprocess.Popen([sys.executable, "-c", SPINNER])
    try:
        return check(program) + (spinner.pid,)
    finally:
        spinner.send_signal(signal.SIGKILL)
        spinner.wait()


def topics(found):
    return sorted({f"{each['level']} {each['topic']}" for each in found["findings"]})


def main():
    program = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else int(os.environ.get("CHECK_RUNS", "20"))
    verdicts = {"quiet": collections.Counter(), "one busy": collections.Counter()}
    found = {"quiet": collections.Counter(), "one busy": collections.Counter()}
    inventory_ms, late, alarms = [], [], 0
    for _ in range(runs):
        status, quiet = check(program)
        _, busy, pid = check_beside_a_spinner(program)
        for name, each in ("quiet", quiet), ("one busy", busy):
            verdicts[name][each["verdict"]] += 1
            found[name].update(topics(each))
            inventory_ms.append(each["inventory"]["took_ns"] / 1e6)
            late.append(each["elapsed_ns"] / each["expected_ns"])
        slow = [each["cpu"] for each in quiet["cpus"] if each["slow"]]
        alarms += quiet["verdict"] == "FAIL" or bool(slow) or status not in (0, 4)
        alarms += busy["verdict"] == "FAIL"
        alarms += len(busy["cpus"]) < 8 and busy["quiet"]["pid"] != pid
    for name, counter in verdicts.items():
        print(f"{name}: " + ", ".join(f"{count} {word}" for word, count in counter.items()))
        for topic, count in found[name].most_common():
            print(f"    {count:3} {topic}")
    print(f"inventory: median {statistics.median(inventory_ms):.2f} ms, "
          f"longest {max(inventory_ms):.2f} ms (at most 10)")
    print(f"elapsed over what was said: {min(late):.2f} to {max(late):.2f}")
    print(f"false alarms: {alarms}")
    return 1 if alarms else 0


sys.exit(main())
