#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""believable.py RESULT.json...: whether results may stand in the README.

Says what is wrong with each and exits with 1: others used the CPUs, a gain above what is
possible (noise, or a cache), runs too far from each other.
"""
import json
import sys

NOISE = 1.02  # above what is possible
SPREAD = 1.3  # the two ends of an interval


def doubts(result):
    machine, comparison = result["machine"], result.get("comparison")
    texts = json.dumps(result)
    if "other programs" in texts or "others " in texts:
        yield "others used the CPUs meanwhile"
    if comparison and comparison["speedup"] > comparison["bound"] * NOISE:
        yield f"{comparison['speedup']} times as fast, {comparison['bound']} are possible"
    points = (result.get("sweep") or {"points": []})["points"]
    for point in points:
        if point["speedup"] > min(point["workers"], machine["usable_cpus"]) * NOISE:
            yield f"{point['speedup']} times as fast with {point['workers']} workers"
    for row in points + (result.get("programs") or {"list": []})["list"]:
        low, high = row["interval"] or (1, 1)
        if high > low * SPREAD:
            yield f"an interval from {low} to {high}"
    check = result.get("check")
    if check and check["verdict"] != "PASS":
        yield check["sentence"]
    if check and check["together"] > machine["usable_cpus"] * NOISE:
        yield f"all at once {check['together']} times one CPU"


def main():
    bad = False
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            for doubt in doubts(json.load(file)):
                print(f"{path.rsplit('/', 1)[-1]}: {doubt}", file=sys.stderr)
                bad = True
    return bad


sys.exit(main())
