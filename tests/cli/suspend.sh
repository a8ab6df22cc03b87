#!/bin/sh
# SPDX-License-Identifier: MIT
# Ctrl-Z and fg: parent and workers stop and go on; the time between does not count.
# The kernel stops only what a shell of the same session, in another group, can continue; bash
# makes such groups also where there is no terminal.
[ "${BASH_VERSION:-}" ] || ! command -v bash >/dev/null 2>&1 || exec bash "$0"
. "$(dirname "$0")/lib.sh"
[ "${BASH_VERSION:-}" ] || skip "no bash"

start_in_group() {
    set -m
    start "$@"
    set +m
}

stopped() {
    for process in $(marked); do
        [ "$(state_of "$process")" = T ] || return 1
    done
    [ "$(marked | wc -l)" -ge "$1" ]
}

# suspend_at PATTERN WORKERS: stops there for 1.2 s.
suspend_at() {
    within 20 says "$1" || complain "no line like $1" err
    within 20 workers_run "$2" || complain "not $2 workers" err
    sleep 0.2
    kill -TSTP "$parent"
    within 20 stopped $(($2 + 1)) || complain "TSTP at '$1': not all stopped" err
    sleep 1.2
    stopped $(($2 + 1)) || complain "TSTP at '$1': not all stay stopped" err
    # shellcheck disable=SC2046
    [ "${victims:-0}" -eq 0 ] || kill -KILL $(workers | head -n "$victims")
    kill -CONT "$parent"
}
# It was for 1.2 s at least, and for as long as all this took.
seconds='(1\.[2-9]|[2-9]\.[0-9]|[1-9][0-9]+\.[0-9])'
suspend_and_kill_at() { victims=1 && suspend_at "$@" && victims=0; }

began=$(date +%s%N)
start_in_group run sleep -s 300000 -n 10 -j 2 --json
suspend_at '^One after the other: about' 1
suspend_at '^2 at a time: about' 2
wait_for_end 20 "TSTP, CONT"
expect_status 0 "TSTP, CONT"
for name in sequential parallel; do
    expect_match "^The $name stage was stopped for $seconds s in between" err "the remark"
done
if have python3; then
    check_truth out names=SP suspended=2.4 iterations=10
    # What was stopped is not in the elapsed times: all together fit into the time on the wall.
    python3 - out $(($(date +%s%N) - began)) <<'P' >words || complain "TSTP: elapsed" words
import json, sys
stages = json.load(open(sys.argv[1]))["stages"]
times = [(stage["elapsed_ns"], stage["suspended_ns"]) for stage in stages]
print(times, sys.argv[2])
sys.exit(0 if sum(map(sum, times)) < int(sys.argv[2]) else 1)
P
fi

# A worker that is killed meanwhile: its successor begins after the stop, which is no one's time.
start_in_group run sleep -s 300000 -n 10 -j 2 --json
suspend_and_kill_at '^One after the other: about' 1
suspend_and_kill_at '^2 at a time: about' 2
wait_for_end 20 "KILL of a worker after TSTP"
expect_status 0 "KILL of a worker after TSTP"
! have python3 || check_truth out names=SP suspended=2.4 iterations=10 killed=2

# A loop that computes; the time is not waiting for a CPU either.
start_in_group map spin -s 50000 -n 60 -j 2 --json
suspend_at '^2 at a time: started' 2
wait_for_end 20 "TSTP, CONT of map"
expect_status 0 "TSTP, CONT of map"
! have python3 || check_truth out names=P suspended=1.2 iterations=60

# Stopped while it looks at the machine and times the first task.
start_in_group run sleep -s 9000000 -n 2 -j 2
within 20 workers_run 1 || complain "not 1 worker" err
kill -TSTP "$parent"
within 20 stopped 2 || complain "TSTP while the first task is timed: not all stopped"
kill -CONT "$parent"
kill -INT "$parent"
wait_for_end 20 "INT after CONT"

# Killed while stopped: the workers go as well.
start_in_group map sleep -s 100000 -n 100 -j 2
within 20 workers_run 2 || complain "not 2 workers" err
kill -TSTP "$parent"
within 20 stopped 3 || complain "TSTP: not all stopped"
kill -KILL "$parent"
wait_for_end 20 "KILL while stopped"

# Ended while stopped: when it goes on.
start_in_group map sleep -s 100000 -n 100 -j 2
within 20 workers_run 2 || complain "not 2 workers" err
kill -TSTP "$parent"
within 20 stopped 3 || complain "TSTP: not all stopped"
kill -TERM "$parent"
kill -CONT "$parent"
wait_for_end 20 "TERM while stopped"
[ "$(kill -l "$status")" = TERM ] || complain "TERM while stopped: exit $status" out err

# A check: it goes on, and leaves the verdict on speed open.
start_in_group check --long 3s
suspend_at '^Each CPU alone' 1
wait_for_end 30 "TSTP, CONT of check"
expect_status 4 "TSTP, CONT of check"
expect_match "it was suspended for $seconds[0-9]* s" out "TSTP, CONT of check"

# What only watches stops as well.
start_in_group watch
within 20 says '^Watching ' || complain "nothing is said" err
kill -TSTP "$parent"
within 20 stopped 1 || complain "TSTP of watch: not stopped"
kill -CONT "$parent"
sleep 0.2
kill -INT "$parent"
wait_for_end 20 "INT after CONT of watch"
[ "$(kill -l "$status")" = INT ] || complain "INT after CONT of watch: exit $status" out err
expect_match '^Watched for ' out "INT after CONT of watch"

# Where no shell could continue it, it is not stopped at all, and neither are the workers.
if have setsid; then
    real=$program
    program=setsid
    start "$real" map sleep -s 100000 -n 60 -j 2 --json
    program=$real
    within 20 workers_run 2 || complain "not 2 workers" err
    for i in 1 2 3; do
        kill -TSTP "$parent"
        sleep 0.1
    done
    wait_for_end 20 "TSTP of an orphaned group"
    expect_status 0 "TSTP of an orphaned group"
    expect_no_match "was stopped for" err "TSTP of an orphaned group"
    ! have python3 || check_truth out names=P suspended=0 iterations=60
fi
finish
