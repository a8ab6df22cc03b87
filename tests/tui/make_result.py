#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_result.py FOLDER NAME...: writes recorded results, NAME.json each.

They are what `parfor run -o` would have written on machines that are not here.  The figures
are invented but consistent: a small simulation hands tasks of a given length to the workers
of a given machine, where each CPU is slower by a factor when all are busy, and everything
else follows from the stamps, as the program does it: the accounts close to the nanosecond,
the samples are the time that workers ran on each CPU, the speed-up is the ratio of the times.
The same names give the same bytes everywhere: the noise is a generator of its own.
"""
import heapq
import json
import sys

MS = 1_000_000
S = 1_000_000_000
HANDOUT_NS = 125


class Noise:
    """A linear congruential generator: the same on every Python."""

    def __init__(self, seed):
        self.state = seed

    def share(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 40) / 2**24

    def around(self, value, spread):
        return int(value * (1 + spread * (2 * self.share() - 1)))


# --- machines -----------------------------------------------------------------------------


def cpu(number, core, package=0, node=0, l3=0, kind=None):
    return {"cpu": number, "core": core, "package": package, "node": node, "l3": l3,
            "kind": kind, "online": True, "allowed": True}


def machine(name, codename, cpus, kinds=(), virtual=None):
    count = float(len(cpus))
    return {
        "cpu": name, "codename": codename,
        "packages": len({each["package"] for each in cpus}),
        "cores": len({each["core"] for each in cpus}),
        "online_cpus": len(cpus), "usable_cpus": count,
        "limits": [
            {"source": "online", "cpus": count, "where": "/sys/devices/system/cpu/online"},
            {"source": "affinity", "cpus": count, "where": "/proc/self/status"}],
        "virtual": virtual, "simulated": False, "topology_known": True,
        "kinds": list(kinds), "topology": cpus}


MACHINES = {
    1: machine("AMD EPYC", "Milan", [cpu(0, 0)], virtual="kvm"),
    2: machine("AMD EPYC", "Milan", [cpu(i, i) for i in range(2)], virtual="kvm"),
    8: machine("Core i7-9700", "Coffee Lake", [cpu(i, i) for i in range(8)]),
    12: machine("Core i5-12450H", "Alder Lake",
                [cpu(i, i // 2, kind="P") for i in range(8)] +
                [cpu(i, i - 4, kind="E") for i in range(8, 12)],
                [{"name": "E", "cores": 4}, {"name": "P", "cores": 4}]),
    64: machine("EPYC 7763", "Milan", [cpu(i, i, l3=i // 8) for i in range(64)]),
    256: machine("EPYC 7763", "Milan",
                 [cpu(i, i % 128, i % 128 // 64, i % 128 // 16, i % 128 // 8)
                  for i in range(256)]),
    # An odd one: 64 cores with two CPUs each, and one with one.
    129: machine("EPYC 7763", "Milan",
                 [cpu(i, i % 64, l3=i % 64 // 8) for i in range(128)] +
                 [cpu(128, 64, l3=8)], virtual="kvm"),
    1024: machine("Xeon 8490H", "Sapphire Rapids",
                  [cpu(i, i % 512, i % 512 // 64, i % 512 // 16, i % 512 // 8)
                   for i in range(1024)]),
    2048: machine("Xeon 8490H", "Sapphire Rapids",
                  [cpu(i, i % 1024, i % 1024 // 64, i % 1024 // 32, i % 1024 // 8)
                   for i in range(2048)]),
}


def slower(number):
    """How many times as long a task takes on each CPU while all are busy, roughly."""
    if number == 12:
        return [1.8] * 8 + [2.0] * 4
    if number == 129:
        return [1.7] * 64 + [1.7] * 64 + [1.0]
    return [1.0] * number


# --- stages -------------------------------------------------------------------------------


def record(index, count, worker, start_ns, end_ns, cpu_ns):
    return {"index": index, "count": count, "worker": worker, "cpu": worker,
            "start_ns": start_ns, "end_ns": end_ns, "cpu_ns": cpu_ns,
            "status": "ok", "attempts": 1}


def scaled_to(total_ns, durations):
    """The same, in proportion, that add up to the total."""
    whole = sum(durations)
    ends = [0]
    for duration in durations:
        ends.append(ends[-1] + duration)
    ends = [end * total_ns // whole for end in ends]
    return [end - begin for begin, end in zip(ends, ends[1:])]


def run_alone(durations, count, noise):
    """One after the other on CPU 0, no gaps."""
    records, now = [], 0
    for position, duration in enumerate(durations):
        used = duration - noise.around(duration // 2000, 0.5)
        records.append(record(position * count, count, 0, now, now + duration, used))
        now += duration
    return records, now


def run_pool(durations, count, chunk, factors, noise):
    """The next free worker takes the next one; `count` tasks of a record follow each other."""
    ready = [((400 + 150 * worker) * 1000 + noise.around(90_000, 1), worker)
             for worker in range(len(factors))]
    heapq.heapify(ready)
    records = []
    for position, duration in enumerate(durations):
        now, worker = heapq.heappop(ready)
        taken = noise.around(duration * factors[worker], 0.02)
        used = taken - noise.around(taken // 250, 0.5)
        records.append(record(position * count, count, worker, now, now + taken, used))
        pause = max(1, count // chunk) * HANDOUT_NS
        heapq.heappush(ready, (now + taken + pause, worker))
    return records, max(each["end_ns"] for each in records) + 350_000


def run_pool_in(target_ns, durations, count, chunk, factors, seed):
    """The same, all factors scaled so that it takes about as long as wanted."""
    low, high = 0.2, 8.0
    for _ in range(60):
        scale = (low + high) / 2
        scaled = [scale * factor for factor in factors]
        records, elapsed_ns = run_pool(durations, count, chunk, scaled, Noise(seed))
        low, high = (scale, high) if elapsed_ns < target_ns else (low, scale)
    return records, elapsed_ns


def worker_detail(number, job, records, elapsed_ns):
    alone, chunk = number is None, job["chunk"]
    number = number or 0
    own = [each for each in records if each["worker"] == number]
    begin = 0 if alone else own[0]["start_ns"] if own else elapsed_ns
    end = elapsed_ns if alone else own[-1]["end_ns"] if own else elapsed_ns
    taken = sum(each["end_ns"] - each["start_ns"] for each in own)
    used = sum(each["cpu_ns"] for each in own)
    handout_ns = end - begin - taken
    tasks = sum(each["count"] for each in own)
    prepared_ns = min(job.get("prepare_ms", 0) * MS, begin)
    return {"worker": number, "pid": 4710 + number, "tasks": tasks,
            "handouts": 0 if alone else -(-tasks // chunk),
            "startup_ns": begin - prepared_ns, "prepare_ns": prepared_ns, "span_ns": end - begin, "tail_ns": elapsed_ns - end,
            "handout_ns": handout_ns, "cpu_ns": used + handout_ns,
            "waiting_ns": (taken - used) * 2 // 3 // job.get("rests", 1)}


def account(workers, elapsed_ns, useful_ns):
    """As src/model/account.c does it: blocked is what remains."""
    def total(name):
        return sum(worker[name] for worker in workers)

    used = total("cpu_ns") - total("handout_ns")
    terms = {"startup_ns": total("startup_ns"), "prepare_ns": total("prepare_ns"),
             "useful_ns": used if useful_ns is None else useful_ns,
             "slowdown_ns": None if useful_ns is None else used - useful_ns,
             "waiting_ns": total("waiting_ns"), "blocked_ns": 0,
             "handout_ns": total("handout_ns"), "tail_ns": total("tail_ns")}
    whole = len(workers) * elapsed_ns
    terms["blocked_ns"] = whole - sum(term or 0 for term in terms.values())
    return {"total_ns": whole, **terms}


def worsen(records, elapsed_ns, prepare_ns):
    """One prepares before, hand-outs take long, tasks wait: a bit of everything."""
    seen = {}
    for each in records:
        late_ns = prepare_ns + 30 * MS * seen.setdefault(each["worker"], 0)
        seen[each["worker"]] += 1
        each["start_ns"] += late_ns
        each["end_ns"] += late_ns
        each["cpu_ns"] -= each["cpu_ns"] // 8
    return max(each["end_ns"] for each in records) + elapsed_ns // 100


def cut(records, elapsed_ns):
    """What is there of a stage that was ended at that time."""
    return [each for each in records if each["end_ns"] <= elapsed_ns]


# --- samples ------------------------------------------------------------------------------


def busy_ns(spans, begin, end):
    return sum(max(0, min(end, to) - max(begin, since)) for since, to in spans)


def blip(noise, quiet):
    """What others use of a CPU now and then, of 255."""
    return 8 + int(30 * noise.share()) if noise.share() > quiet else 0


def sample(spans, begin, end, noise, quiet):
    """One CPU's cells (user, system) between two times."""
    ran = round(255 * busy_ns(spans, begin, end) / (end - begin))
    system = min(ran, int(6 * noise.share())) if ran > 20 else 0
    return min(255 - system, max(ran - system, blip(noise, quiet))), system


def samples(records, elapsed_ns, cpus, period_ns, noise):
    spans = {each["cpu"]: [] for each in cpus}
    for number in spans:
        own = [each for each in records if each["cpu"] == number]
        if own:
            spans[number] = [(min(each["start_ns"] for each in own),
                              max(each["end_ns"] for each in own))]
    times = [noise.around(k * period_ns, 0.002 / k)
             for k in range(1, elapsed_ns // period_ns + 1)]
    times.append(max(elapsed_ns, times[-1] if times else 0) + 480_000)
    quiet = 1 - 0.25 / (len(cpus) ** 0.5)
    rows = [[sample(spans[number], begin, end, noise, quiet) for number in spans]
            for begin, end in zip([0] + times, times)]
    return times, rows


def shares(times, rows, place):
    """A CPU's mean shares of (user, system)."""
    lengths = [end - begin for begin, end in zip([0] + times, times)]
    return [sum(row[place][mode] * length for row, length in zip(rows, lengths)) /
            (255 * times[-1]) for mode in range(2)]


def cpu_shares(number, user, system):
    return {"id": number, "busy": round(user + system, 6), "user": round(user, 6),
            "nice": 0.0, "system": round(system, 6), "irq": 0.0, "steal": 0.0}


def cells(rows, mode):
    return ["".join("%02x" % cell[mode] for cell in row) for row in rows]


# --- results ------------------------------------------------------------------------------


def stage(name, job, records, elapsed_ns, useful_ns, noise, count=None, repeat=0):
    """A stage from its records."""
    cpus = MACHINES[job["cpus"]]["topology"]
    alone = name == "sequential"
    count = 1 if alone else count or len(cpus)
    period_ns = job.get("period_ms", 100) * MS
    if alone and len(cpus) >= 64:  # samples merged in pairs, to keep the file small
        period_ns = job.get("alone_period_ms", period_ns * 8 // MS) * MS
    workers = [worker_detail(None if alone else number, job, records, elapsed_ns)
               for number in range(count)]
    times, rows = samples(records, elapsed_ns, cpus, period_ns, noise)
    means = [shares(times, rows, place) for place in range(len(cpus))]
    idle = [sum(mean) for mean in means[count:]]
    done = sum(each["count"] for each in records)
    return {
        "name": name, "workers": count, "workers_asked": count, "repeat": repeat,
        "elapsed_ns": elapsed_ns, "warm_ns": 0, "suspended_ns": 0, "projected": False,
        "complete": done == job["iterations"],
        "tasks": {"done": done, "failed": 0, "retried": 0},
        "largest_chunk": job["iterations"] if alone else job["chunk"],
        "handout_price_ns": None if alone else HANDOUT_NS,
        "cpu_ns": sum(each["cpu_ns"] for each in records),
        "others_cpus": round(sum(idle) + 0.004, 6), "digest": "92a1f3c27d3305be",
        "usual_digest": "774774074b7e0f7f", "odd_tasks": 0, "odd_index": 0,
        "odd_digest": "0000000000000000",
        "account": account(workers, elapsed_ns, useful_ns),
        "cpus": [cpu_shares(each["cpu"], *mean) for each, mean in zip(cpus, means)],
        "samples": {"period_ns": period_ns, "t_ns": times, "user": cells(rows, 0),
                    "system": cells(rows, 1)},
        "events": [],
        "moves": {"t_ns": [times[0]] * count, "worker": list(range(count)),
                  "cpu": [number % len(cpus) for number in range(count)]},
        "workers_detail": workers, "records": records}


def plan(job, mean_ns):
    workers = job["cpus"]
    tasks = job["iterations"]
    most = -(-tasks // (32 * workers))
    rule = ("each worker's doubles from 1 until it lasts 100 hand-outs of %d ns, to %d at most"
            % (HANDOUT_NS, most) if job["command"] == "map" else
            "100 x hand-out of %d ns / mean sequential task of %d ns, 1 to %d"
            % (HANDOUT_NS, mean_ns, most))
    return {
        "command": job["command"], "workload": job["workload"], "title": job["title"],
        "task": job["task"], "size": job["size"], "iterations": tasks, "seconds_ns": 0,
        "size_reduced": job["reduced"], "workers": workers, "host_cpus": float(workers),
        "schedule": "dynamic", "chunk": 0 if job["command"] == "map" else job["chunk"],
        "chunk_grows": job["command"] == "map", "chunk_rule": rule,
        "handout_price_ns": HANDOUT_NS, "grain": 0 if job["command"] == "map" else 1,
        "repeats": 1, "retries": 1, "interval_ns": 100 * MS, "seed": 1}


def mean_task_ns(records, choose):
    own = [each for each in records if choose(each["cpu"])]
    return sum(each["end_ns"] - each["start_ns"] for each in own) / len(own)


def sentence(job, speedup, alone, pool):
    def ratio(choose):
        return mean_task_ns(pool, choose) / mean_task_ns(alone, lambda _: True)

    number = job["cpus"]
    if number == 1:
        return "%.2f times as fast with one worker: nothing to share out." % speedup
    if speedup >= 0.95 * number:
        return ("%.2f times as fast on %d CPUs: nearly all there is to get (%.2f)."
                % (speedup, number, number))
    if number == 12:
        return ("%.2f times as fast on 8 cores. With all of them busy a task took %.1f times as "
                "long on a P core, which two workers share, and %.1f times as long on an E core."
                % (speedup, ratio(lambda cpu: cpu < 8), ratio(lambda cpu: cpu >= 8)))
    if number in (129, 256, 1024, 2048):
        return ("%.1f times as fast on %d cores. With all of them busy a task took %.1f times "
                "as long on a core, which two workers share."
                % (speedup, MACHINES[number]["cores"], ratio(lambda _: True)))
    return ("%.2f times as fast on %d CPUs, of %.2f. With all of them busy a task took %.2f "
            "times as long." % (speedup, number, number, ratio(lambda _: True)))


def comparison(job, alone, pool):
    workers, tasks = job["cpus"], job["iterations"]
    speedup = alone["elapsed_ns"] / pool["elapsed_ns"]
    karp_flatt = None
    if workers > 1:
        karp_flatt = round((1 / speedup - 1 / workers) / (1 - 1 / workers), 6)
    return {
        "pairs": 1, "sequential_ns": alone["elapsed_ns"], "parallel_ns": pool["elapsed_ns"],
        "speedup": round(speedup, 5),
        "bound": round(min(tasks / -(-tasks // workers), float(workers)), 5),
        "efficiency": round(speedup / workers, 6), "karp_flatt": karp_flatt,
        "interval": None,
        "sentence": sentence(job, speedup, alone["records"], pool["records"])}


def make(job):
    noise = Noise(job["cpus"])
    units = job["iterations"] // job["count"]
    durations = scaled_to(int(job["alone_s"] * S),
                          [noise.around(S, 0.03) for _ in range(units)])
    records, alone_ns = run_alone(durations, job["count"], noise)
    alone = stage("sequential", job, records, alone_ns, sum(r["cpu_ns"] for r in records),
                  noise)
    records, pool_ns = run_pool_in(int(job["pool_s"] * S), durations, job["count"],
                                   job["chunk"], slower(job["cpus"]), job["cpus"])
    if "prepare_ms" in job:
        pool_ns = worsen(records, pool_ns, job["prepare_ms"] * MS)
    stopped = "stop_s" in job
    if stopped:
        pool_ns = int(job["stop_s"] * S)
        records = cut(records, pool_ns)
    compared = job["command"] == "run"
    pool = stage("parallel", job, records, pool_ns,
                 alone["cpu_ns"] if compared else None, noise)
    if stopped:
        pool["events"].append({"t_ns": pool_ns, "worker": None, "pid": None,
                               "what": "stopped", "signal": "SIGINT", "index": None})
    return {
        "schema": "parfor-result/1", "program": {"name": "parfor", "version": "0.1.0"},
        "machine": MACHINES[job["cpus"]], "plan": plan(job, alone_ns // job["iterations"]),
        "stages": [alone, pool] if compared else [pool],
        "comparison": comparison(job, alone, pool) if compared else None,
        "sweep": None, "remarks": []}


# --- sweeps -------------------------------------------------------------------------------


def speedup_of(job, workers):
    """By the Universal Scalability Law, up to the CPUs; from there on it falls slowly."""
    room = min(workers, job.get("room", job["cpus"]))
    contention, coherency = job["law"]
    speedup = room / (1 + contention * (room - 1) + coherency * room * (room - 1))
    return speedup * (1 - 0.01 * (workers / room - 1))


def sweep_runs(job):
    """Up, then down, and so on: (workers, repeat)."""
    points = job["points"]
    runs = []
    for repeat in range(job["repeats"]):
        runs += [(workers, repeat) for workers in (points, points[::-1])[repeat % 2]]
    return runs[:job.get("stop_runs")]


def make_sweep(job):
    noise = Noise(job["cpus"] + len(job["points"]))
    durations = scaled_to(int(job["alone_s"] * S),
                          [noise.around(S, 0.03) for _ in range(job["iterations"])])
    stages, alone = [], None
    for workers, repeat in sweep_runs(job):
        target_ns = noise.around(job["alone_s"] * S / speedup_of(job, workers), job["noise"])
        if workers == 1:
            records, elapsed_ns = run_alone(scaled_to(target_ns, durations), 1, noise)
            for each in records:
                each["cpu_ns"] //= job.get("rests", 1)
            alone = alone or sum(each["cpu_ns"] for each in records)
            stages.append(stage("sequential", job, records, elapsed_ns, alone, noise, 1,
                                repeat))
            continue
        records, elapsed_ns = run_pool_in(target_ns, durations, 1, 1, [1.0] * workers, repeat)
        for each in records:
            each["cpu"] %= job["cpus"]
            each["cpu_ns"] //= job.get("rests", 1)
        stages.append(stage("parallel", job, records, elapsed_ns, alone, noise, workers,
                            repeat))
    for each in stages[len(stages) // 16 if job["cpus"] >= 64 else len(stages):]:
        each["records"] = []  # to keep the file small
    return {
        "schema": "parfor-result/1", "program": {"name": "parfor", "version": "0.1.0"},
        "machine": MACHINES[job["cpus"]],
        "plan": {**plan(job, int(job["alone_s"] * S) // job["iterations"]),
                 "repeats": job["repeats"], "workers": job["points"][-1],
                 "points": job["points"]},
        "stages": stages, "comparison": None, "sweep": None, "remarks": []}


def sweep(cpus, points, repeats=1, **others):
    """`parfor sweep`: its points, laws and advice are computed when it is read."""
    job = factorial(cpus, max(64, 2 * points[-1]), 20.0, None, command="sweep", points=points,
                    repeats=repeats, law=(0.01, 0), noise=0.01)
    return {**job, **others}


def factorial(cpus, iterations, alone_s, pool_s, size=1000000, **others):
    return {"command": "run", "workload": "factorial", "task": "%d!" % size, "size": size,
            "title": "%d! computed %d times" % (size, iterations), "cpus": cpus, "count": 1,
            "iterations": iterations, "chunk": 1, "alone_s": alone_s, "pool_s": pool_s,
            "reduced": size < 1000000, **others}


# --- whole programs -----------------------------------------------------------------------


def spell(worker, cpu_id, since_ns, until_ns):
    """Some time of a process on a CPU."""
    return {**record(0, 1, worker, since_ns, until_ns, until_ns - since_ns), "cpu": cpu_id}


def run_program(job, number, noise):
    """One run: what it did with the CPUs, and the one record that tells of it."""
    about = job["programs"][number]
    elapsed_ns = int(about["s"] * S)
    cpus = MACHINES[job["cpus"]]["topology"]
    if about["processes"] > 1:
        spells = [spell(0, each["cpu"], (60 + 3 * place) * MS, elapsed_ns - noise.around(
            120 * MS, 1)) for place, each in enumerate(cpus)]
    else:  # it hops once
        spells = [spell(0, 1 % len(cpus), 0, elapsed_ns // 3),
                  spell(0, 2 % len(cpus), elapsed_ns // 3, elapsed_ns)]
    cpu_ns = sum(each["cpu_ns"] for each in spells)
    failed = "exit" in about
    made = stage("program", job, spells, elapsed_ns, None, noise, 1)
    whole = record(0, 1, 0, 0, elapsed_ns, min(cpu_ns, elapsed_ns))
    whole.update(failed=int(failed), status="failed" if failed else "ok")
    workers = [worker_detail(0, job, [whole], elapsed_ns)]
    made.update(program=number, label=about["label"], processes=about["processes"],
                threads=about["processes"], warmup=False, complete=True, cpu_ns=cpu_ns,
                others_cpus=0.1, records=[whole], workers_detail=workers,
                account=account(workers, elapsed_ns, None),
                tasks={"done": int(not failed), "failed": int(failed), "retried": 0})
    return made


def sum_up(about, made, first, any_failed):
    """What came of a program."""
    elapsed_ns = made["elapsed_ns"]
    ratio = None if any_failed else first["elapsed_ns"] / elapsed_ns
    return {"program": about["text"], "repeats": int("exit" not in about),
            "elapsed_ns": elapsed_ns, "cpu_ns": made["cpu_ns"],
            "busy_cpus": round(made["cpu_ns"] / elapsed_ns, 4), "max_rss_bytes": 14 << 20,
            "processes": made["processes"], "threads": made["threads"],
            "ratio": ratio, "interval": None, "failed": "exit" in about,
            "exit": about.get("exit", 0), "signal": None, "errno": 0, "timed_out": False,
            "last_line": about.get("last_line", "")}


def make_programs(job):
    noise = Noise(job["cpus"] + 1)
    count = len(job["programs"])
    stages = [run_program(job, number, noise) for number in range(count)]
    failed = any("exit" in about for about in job["programs"])
    texts = [about["text"] for about in job["programs"]]
    settled = {**plan(job, 0), "workers": 1, "grain": 1, "chunk_rule": "", "programs": texts,
               "warmups": 0, "prepare": ""}
    return {
        "schema": "parfor-result/1", "program": {"name": "parfor", "version": "0.1.0"},
        "machine": MACHINES[job["cpus"]], "plan": settled, "stages": stages,
        "comparison": None, "sweep": None,
        "programs": {"list": [sum_up(about, made, stages[0], failed)
                              for about, made in zip(job["programs"], stages)],
                     "sentence": job["sentence"]},
        "remarks": []}


def programs(cpus, title, sentence, *abouts, command="versus"):
    """`parfor versus`, or `parfor watch` with a program."""
    return {"command": command, "workload": "command", "task": "", "size": 0, "title": title,
            "cpus": cpus, "count": 1, "iterations": 1, "chunk": 1, "reduced": False,
            "sentence": sentence, "programs": abouts}


def python(name, seconds, processes, **others):
    return {"text": "python3 " + name, "label": "python3 " + name, "s": seconds,
            "processes": processes, **others}


RESULTS = {
    "run-1": factorial(1, 110, 24.2, 24.22),
    "run-2": factorial(2, 110, 24.2, 12.3),
    "run-8": factorial(8, 112, 24.2, 3.45),
    "run-12": factorial(12, 120, 24.0, 3.9),
    "run-8-parts": factorial(8, 48, 24.2, 4.2, prepare_ms=500),
    "run-64": factorial(64, 256, 24.2, 0.545, size=500000),
    "run-256": factorial(256, 1024, 24.2, 0.25, size=150000),
    "run-129": factorial(129, 516, 48.4, 0.62, size=500000),
    "run-1024": factorial(1024, 2048, 242.0, 0.62, size=800000, alone_period_ms=8000),
    "run-2048": factorial(2048, 2048, 242.0, 0.55, size=800000, alone_period_ms=8000),
    "map-12-stopped": factorial(12, 120, 24.0, 3.9, command="map", stop_s=2.1),
    "run-8-million": {
        "command": "run", "workload": "spin", "task": "spin for 20 us", "size": 20,
        "title": "spin for 20 us, 1000000 times", "cpus": 8, "count": 1000,
        "iterations": 1000000, "chunk": 4, "alone_s": 20.4, "pool_s": 2.65,
        "reduced": False},
    "sweep-1": sweep(1, [1]),
    "sweep-2": sweep(2, [1, 2]),
    "sweep-2-thrice": sweep(2, [1, 2, 4], 3),
    "sweep-2-sleep": sweep(2, [1, 2, 5, 10, 20, 40], room=40, rests=100,
                           law=(0.002, 0)),
    "sweep-8-cut": sweep(8, [1, 2, 4, 8, 16], 3, stop_runs=7),
    "sweep-12": sweep(12, list(range(1, 13)), 2, law=(0.06, 0.002), noise=0.04),
    "sweep-64": sweep(64, [1, 2, 4, 8, 16, 32, 64], 5, law=(0.02, 0.0006), noise=0.05),
    "sweep-64-all": sweep(64, list(range(1, 65)), law=(0.004, 0.0001), noise=0.02),
    "sweep-8-long": sweep(8, [1, 2, 4, 8], 3, alone_s=4400.0, period_ms=10000),
    "sweep-256": sweep(256, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], law=(0.002, 0.00004)),
    "programs-2": programs(
        2, "python3 loop.py against python3 pool.py",
        "python3 pool.py is 1.92 times as fast as python3 loop.py: it kept 2.0 of 2 CPUs "
        "busy instead of 1.0.", python("loop.py", 24.2, 1), python("pool.py", 12.6, 3)),
    "programs-8": programs(
        8, "python3 loop.py against python3 pool.py",
        "python3 pool.py is 5.90 times as fast as python3 loop.py: it kept 7.7 of 8 CPUs "
        "busy instead of 1.0. In all it took 1.30 times the CPU time.",
        python("loop.py", 24.2, 1), python("pool.py", 4.1, 9)),
    "programs-8-four": programs(
        8, "python3 loop.py against python3 pool.py against python3 threads.py against python3 job",
        "python3 pool.py is the fastest of 4: 5.90 times as fast as python3 loop.py, 6.10 "
        "times as fast as python3 threads.py, 1.34 times as fast as python3 joblib_pool.py "
        "--backend loky.", python("loop.py", 24.2, 1), python("pool.py", 4.1, 9),
        python("threads.py", 25.0, 1), python("joblib_pool.py --backend loky", 5.5, 9)),
    "programs-8-failed": programs(
        8, "python3 loop.py against python3 pool.py",
        "No ratio: python3 pool.py failed: exit 1: ModuleNotFoundError: No module named "
        "'multiprocessing'.", python("loop.py", 24.2, 1),
        python("pool.py", 0.1, 1, exit=1, last_line="ModuleNotFoundError: No module named "
               "'multiprocessing'")),
    "program-8": programs(
        8, "python3 loop.py",
        "1.0 of 8 CPUs was busy for 41.0 s: this program computes on one core. Try: parfor "
        "run loop.py (says how to split it)", python("loop.py", 41.0, 1), command="watch"),
}


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    for name in names:
        with open("%s/%s.json" % (folder, name), "w", encoding="utf-8") as file:
            job = RESULTS[name]
            maker = make_sweep if "points" in job else make_programs if "programs" in job else make
            json.dump(maker(job), file, separators=(",", ":"))
            file.write("\n")


main()
