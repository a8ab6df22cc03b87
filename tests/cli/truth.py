# SPDX-License-Identifier: MIT
"""truth.py FILE [NAME=VALUE...]: whether a result file can be true.

Checks what must hold for every result; each NAME=VALUE asks for a value of the plan
(iterations=8), or for:
  names=SPPS        the stages in order, by their first letters
  workers_run=2     how many workers the parallel stages had
  interval=yes|no   whether the speed-up has an interval
  stopped=yes       the run was ended by a signal: the last stage is not complete
  killed=1          events of killed workers, in all stages
  retried=2         at least so many tasks were done again
  suspended=SECONDS at least so long was the run suspended; 0: not at all
  moving=yes        the bars were seen to move: samples that differ, none all the same
  result=TEXT       every record's result begins like this
"""
import json
import statistics
import sys

MODES = ("user", "nice", "system", "irq", "steal")
TERMS = ("startup_ns", "useful_ns", "slowdown_ns", "waiting_ns", "blocked_ns",
         "handout_ns", "tail_ns", "prepare_ns")
wrong = []


def check(good, *words):
    if not good:
        wrong.append(" ".join(w if isinstance(w, str) else repr(w) for w in words))


def check_machine(machine):
    limits = [limit["cpus"] for limit in machine["limits"]]
    check(limits and machine["usable_cpus"] == min(limits), "usable is not the least:",
          machine["usable_cpus"], limits)
    online = sum(cpu["online"] for cpu in machine["topology"])
    check(online == machine["online_cpus"], "online CPUs:", online, machine["online_cpus"])
    check(machine["cpu"].strip() != "", "the CPU has no name")


def check_account(where, stage):
    account = stage["account"]
    total = account["total_ns"]
    terms = {name: account[name] for name in TERMS if account[name] is not None}
    check(abs(sum(terms.values()) - total) <= 0.001 * total + 1, where,
          "account does not close:", account)
    expected = stage["workers"] * stage["elapsed_ns"]
    check(abs(total - expected) <= 0.001 * expected, where,
          "account is not workers x elapsed:", total, expected)
    for name, value in terms.items():
        check(value >= 0 or name == "slowdown_ns", where, name, value)
        check(value <= total or name == "useful_ns", where, name, value, total)


def check_shares(where, stage, machine):
    ids = [cpu["id"] for cpu in stage["cpus"]]
    check(ids == [cpu["cpu"] for cpu in machine["topology"]], where, "CPUs:", ids)
    for cpu in stage["cpus"]:
        if cpu["busy"] is None:
            continue
        check(all(0 <= cpu[name] <= 1 for name in ("busy",) + MODES), where, "share:", cpu)
        parts = sum(cpu[name] for name in ("user", "nice", "system", "irq"))
        check(abs(parts - cpu["busy"]) < 0.01, where, "busy is not its modes:", cpu)


def check_samples(where, stage):
    samples = stage["samples"]
    times = samples["t_ns"]
    check(1 <= len(times) <= 600, where, "samples:", len(times))
    check(all(a < b for a, b in zip(times, times[1:])), where, "sample times:", times)
    digits = 2 * len(stage["cpus"])
    for mode in MODES + ("absent",):
        rows = samples.get(mode, [])
        check(not rows or len(rows) == len(times), where, mode, len(rows), len(times))
        for row in rows:
            check(len(row) == digits and all(c in "0123456789abcdef" for c in row), where,
                  mode, row[:40], len(row))


def check_records(where, stage, plan, machine):
    records = stage["records"]
    check(len(records) <= 10000, where, "records:", len(records))
    allowed = {cpu["cpu"] for cpu in machine["topology"] if cpu["allowed"] and cpu["online"]}
    check(not stage["complete"] or sum(r["count"] for r in records) == plan["iterations"],
          where, "records do not sum to n:", sum(r["count"] for r in records))
    if stage["complete"] and all(record["count"] == 1 for record in records):
        indices = sorted(record["index"] for record in records)
        check(indices == list(range(plan["iterations"])), where, "indices:", indices[:50])
    for record in records:
        check(0 <= record["index"] < plan["iterations"], where, "index:", record)
        check(0 <= record["start_ns"] <= record["end_ns"] <= stage["elapsed_ns"], where,
              "times:", record, stage["elapsed_ns"])
        check(0 <= record["worker"] < stage["workers_asked"], where, "worker:", record)
        if machine["simulated"]:
            check(record["cpu"] is None, where, "a CPU of another machine:", record)
        elif record["status"] == "ok":
            check(record["cpu"] in allowed, where, "cpu:", record, allowed)
        check(record["cpu_ns"] >= 0 and record["attempts"] >= 1, where, "record:", record)


def check_stage(where, stage, result):
    machine, plan = result["machine"], result["plan"]
    tasks = stage["tasks"]
    check(stage["elapsed_ns"] > 0 or not stage["complete"], where, "elapsed")
    check(not stage["complete"] or tasks["done"] + tasks["failed"] == plan["iterations"],
          where, "tasks:", tasks)
    check(stage["workers"] <= stage["workers_asked"], where, "workers:", stage["workers"])
    check(stage["name"] != "sequential" or stage["workers"] == 1, where, "not alone")
    check_account(where, stage)
    check_shares(where, stage, machine)
    check_samples(where, stage)
    check_records(where, stage, plan, machine)
    details = stage["workers_detail"]
    check(sum(worker["tasks"] for worker in details) == tasks["done"] + tasks["failed"],
          where, "the workers' tasks:", details, tasks)
    for worker in details:
        parts = (worker["startup_ns"] + worker["prepare_ns"] + worker["span_ns"]
                 + worker["tail_ns"])
        check(abs(parts - stage["elapsed_ns"]) <= 2, where, "a worker's time:", worker)
        check(min(worker["startup_ns"], worker["prepare_ns"], worker["span_ns"],
                  worker["tail_ns"]) >= 0, where, worker)


def computes(stages):
    """Whether the tasks are seen to compute all the time that they do not wait for a CPU."""
    stage = next(stage for stage in stages if stage["name"] == "sequential")
    account = stage["account"]
    waited = (account["waiting_ns"] or 0) + account["handout_ns"]
    return stage["cpu_ns"] >= 0.9 * (stage["elapsed_ns"] - waited)


def check_comparison(result):
    comparison = result.get("comparison")
    whole = {(stage["name"], stage["repeat"]): stage["elapsed_ns"]
             for stage in result["stages"]
             if stage["complete"] and stage["tasks"]["failed"] == 0}
    pairs = [(elapsed_ns, whole["parallel", repeat])
             for (name, repeat), elapsed_ns in whole.items()
             if name == "sequential" and ("parallel", repeat) in whole]
    check((comparison or {}).get("pairs", 0) == len(pairs), "pairs:", comparison, pairs)
    if not pairs:
        return
    speedup = (statistics.median(pair[0] for pair in pairs)
               / statistics.median(pair[1] for pair in pairs))
    check(abs(comparison["speedup"] / speedup - 1) < 0.01, "speed-up:",
          comparison["speedup"], speedup)
    workers = max(s["workers"] for s in result["stages"])
    if workers > 1:
        check(abs(comparison["efficiency"] - speedup / workers) < 0.01 * speedup + 0.001,
              "efficiency:", comparison)
    check(1 <= comparison["bound"] <= workers, "bound:", comparison["bound"])
    usable = result["machine"]["usable_cpus"]
    check(result["machine"]["simulated"] or not computes(result["stages"]) or
          comparison["bound"] <= max(1, usable) + 0.001, "bound beyond usable:", comparison)
    check(comparison["sentence"].endswith((".", )) or "Try: " in comparison["sentence"],
          "sentence:", comparison["sentence"])


def check_sweep(result):
    """Every point is the median of the whole stages with so many workers."""
    sweep, times = result["sweep"], {}
    check(not sweep or result["plan"]["command"] == "sweep", "sweep:", sweep)
    for stage in result["stages"] if sweep else []:
        if stage["complete"] and stage["tasks"]["failed"] == 0:
            times.setdefault(stage["workers"], []).append(stage["elapsed_ns"])
    if not sweep:
        return
    points = {point["workers"]: point for point in sweep["points"]}
    check(sorted(times) == list(points), "points:", list(points), times)
    for workers, point in points.items():
        speedup = statistics.median(times[1]) / statistics.median(times[workers])
        check(point["repeats"] == len(times[workers]), "repeats:", point)
        check(abs(point["speedup"] / speedup - 1) < 0.01, "speed-up:", point, speedup)
        check(abs(point["efficiency"] * workers / speedup - 1) < 0.01, "efficiency:", point)
    chosen = sweep["advice"]["workers"]
    check(chosen is None or chosen in points, "advice:", sweep["advice"])


def check_equal_digests(result):
    good = [s for s in result["stages"] if s["complete"] and s["tasks"]["failed"] == 0]
    digests = {stage["digest"] for stage in good}
    check(len(digests) <= 1, "digests differ:", digests)


def check_all(result):
    check(result["schema"] == "parfor-result/1", "schema:", result["schema"])
    check(result["plan"]["chunk_rule"] or not result["stages"], "no chunk rule")
    check_machine(result["machine"])
    for number, stage in enumerate(result["stages"]):
        check_stage(f"stage {number} ({stage['name']}):", stage, result)
    if result["plan"]["command"] != "sweep":
        check_comparison(result)
    check_sweep(result)
    check_equal_digests(result)


def has_moved(stage):
    samples = stage["samples"]
    rows = samples.get("user", [])
    return len(set(rows)) > 1


def asked_for(result, name, value):
    """What a NAME=VALUE of the command line says, found true or not."""
    stages = result["stages"]
    parallel = [stage for stage in stages if stage["name"] == "parallel"]
    if name == "names":
        found = "".join(stage["name"][0].upper() for stage in stages)
    elif name == "workers_run":
        found = " ".join(sorted({str(stage["workers"]) for stage in parallel}))
    elif name == "interval":
        interval = result["comparison"]["interval"]
        found = "no" if interval is None else "yes"
        check(interval is None or interval[0] <= result["comparison"]["speedup"] <=
              interval[1], "the speed-up is outside its interval:", interval)
    elif name == "stopped":
        found = "no" if stages and stages[-1]["complete"] else "yes"
    elif name == "killed":
        found = str(sum(event["what"] == "killed" and event["signal"] == "SIGKILL"
                        for stage in stages for event in stage["events"]))
    elif name == "retried":
        found = str(sum(stage["tasks"]["retried"] for stage in stages))
        found = value if int(found) >= int(value) else found
    elif name == "suspended":
        found = sum(stage["suspended_ns"] for stage in stages) / 1e9
        found = value if found >= float(value) > 0 or found == float(value) else found
        events = [event for stage in stages for event in stage["events"]]
        check((float(value) > 0) == any(event["what"] == "suspended" for event in events),
              "events:", events)
    elif name == "moving":
        found = "yes" if stages and has_moved(stages[-1]) else "no"
    elif name == "result":
        texts = {record["result"] for stage in stages for record in stage["records"]}
        found = value if texts and all(t.startswith(value) for t in texts) else texts
    else:
        found = str(result["plan"][name])
    check(found == value, f"{name} is {found}, not {value}")


with open(sys.argv[1], encoding="utf-8") as file:
    RESULT = json.load(file)
check_all(RESULT)
for argument in sys.argv[2:]:
    asked_for(RESULT, *argument.split("=", 1))
for line in wrong[:20]:
    print(line[:400])
sys.exit(1 if wrong else 0)
