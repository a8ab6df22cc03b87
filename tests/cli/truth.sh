#!/bin/sh
# SPDX-License-Identifier: MIT
# Results whose numbers can be checked against each other: loops, schedules, chunks, workers.
. "$(dirname "$0")/lib.sh"
have python3 || skip "no python3"

# try WANTED ARGUMENT...: runs; truth.py has nothing to say, and finds what is wanted.
try() {
    wanted=$1
    shift
    run "$@" --json -q
    expect_status 0 "parfor $*"
    cp out "result of $*"
    # shellcheck disable=SC2086
    check_truth "result of $*" $wanted
}

try "names=SP workers_run=2 iterations=8 chunk=1 interval=no" run spin -s 2000 -n 8 -j 2
try "names=SP workers_run=1 schedule=static" run spin -s 2000 -n 7 -j 1 --schedule static
try "names=SP workers_run=3 chunk=5" run spin -s 300 -n 100 -j 3 --schedule dynamic,5
try "names=SP workers_run=4 chunk=7" run spin -s 300 -n 100 -j 4 --schedule static,7
try "names=SP workers_run=2 workers=2" run spin -s 500 -n 2 -j 4
try "names=SPPS interval=no" run spin -s 3000 -n 6 -j 2 -r 2
try "names=SPPSSP interval=yes" run spin -s 3000 -n 6 -j 2 -r 3
try "names=SPPSSPPSSP interval=yes" run spin -s 2000 -n 6 -j 2 -r 5
try "names=PPP workers_run=2" map spin -s 2000 -n 6 -j 2 -r 3
try "names=P workers_run=3 chunk=4" map spin -s 100 -n 1000 -j 3 --schedule static,4
try "names=P workers_run=3" map spin -s 20 -n 10001 -j 3
try "names=SP workers_run=1" run empty -n 1 -j 1 --interval 10ms
try "names=SP workers_run=2" run empty -n 1000000 -j 2
try "names=SP workers_run=3 chunk=1" run empty -n 200001 -j 3 --schedule dynamic,1
try "names=P workers_run=4" map empty -n 5000001 -j 4 --schedule static
try "names=SP workers_run=4" run sleep -s 20000 -n 10 -j 4
try "names=P workers_run=3 interval_ns=20000000" map sleep -s 50000 -n 9 -j 3 --interval 20ms
try "names=SP size=2000 workload=factorial" run factorial -s 2000 -n 40 -j 2
try "names=SP result=456574" run factorial -s 100k -n 3 -j 2
try "names=SP result=5565709 size=1000000" run factorial -n 2 -j 2
try "seed=7 retries=3 command=map" map spin -s 1000 -n 3 --seed 7 --retries 3

# --seconds: about as long as asked for, a multiple of the workers, at least four for each.
try "names=SP workers_run=2" run spin -s 10000 --seconds 1s -j 2
python3 - "result of run spin -s 10000 --seconds 1s -j 2" <<'P' >words || complain "--seconds" words
import json, sys
result = json.load(open(sys.argv[1]))
n, ns = result["plan"]["iterations"], result["stages"][0]["elapsed_ns"]
print(n, "tasks in", ns / 1e9, "s")
sys.exit(0 if n % 2 == 0 and n >= 8 and 0.3e9 < ns < 3e9 else 1)
P
finish
