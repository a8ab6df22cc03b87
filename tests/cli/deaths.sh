#!/bin/sh
# SPDX-License-Identifier: MIT
# kill -9 of the parent leaves no worker; kill -9 of a worker loses no task.
. "$(dirname "$0")/lib.sh"

for loop in "spin -s 100000000" "sleep -s 100000000"; do
    # shellcheck disable=SC2086
    start map $loop -n 100 -j 4
    within 10 workers_run 4 || complain "not 4 workers" err
    kill -KILL "$parent"
    wait_for_end 20 "KILL of the parent ($loop)"
    [ "$status" -eq 137 ] || complain "KILL of the parent: exit $status"
done

# kill_worker: one of those that run now.
kill_worker() {
    victim=$(workers | tail -n 1)
    [ "$victim" ] && kill -KILL "$victim"
}

start map spin -s 20000 -n 200 -j 2 --json
within 10 workers_run 2 || complain "not 2 workers" err
sleep 0.2
kill_worker || complain "no worker to kill"
wait_for_end 30 "KILL of a worker"
expect_status 0 "KILL of a worker"
expect_match "^Worker [01] \\(pid $victim\\) was killed by SIGKILL after [0-9.]+ s; " err "remark"
expect_match '^parfor-1 ' err "KILL of a worker: the line to hand in"
! have python3 || check_truth out iterations=200 killed=1 retried=1 names=P

# In each stage of run, and several of them.
start run sleep -s 50000 -n 80 -j 2 --json --retries 5
within 10 says '^One after the other: about' || complain "no first stage" err
sleep 0.2
kill_worker || complain "no worker to kill"
within 10 says '^2 at a time: about' || complain "no second stage" err
for round in 1 2; do
    within 5 workers_run 2 || complain "round $round: not 2 workers" err
    kill_worker || complain "no worker to kill"
    sleep 0.1
done
wait_for_end 30 "KILL of three workers"
expect_status 0 "KILL of three workers"
expect_match 'killed .*SIGKILL' err "KILL of three workers"
! have python3 || check_truth out iterations=80 killed=3 names=SP

# A task whose workers die too often has failed: exit 1, and it is named.
start map sleep -s 1500000 -n 2 -j 1 --retries 0 --json
within 10 workers_run 1 || complain "no worker" err
sleep 0.1
kill_worker || complain "no worker to kill"
wait_for_end 30 "KILL without a retry"
expect_status 1 "KILL without a retry"
expect_match '^1 of 2 tasks failed' err "KILL without a retry"
! have python3 || check_truth out iterations=2 killed=1
finish
