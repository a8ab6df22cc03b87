#!/bin/sh
# SPDX-License-Identifier: MIT
# A sweep: its points in the text and in the JSON, the advice, and what an early end leaves.
. "$(dirname "$0")/lib.sh"

# Tasks that wait can wait together, however many CPUs there are.
run sweep sleep -s 10000 -n 24 -j 1-4,6,8 -o sweep.json
expect_status 0 "a sweep"
expect_match '^One after the other: [0-9.]+ s\.$' out "the sequential point"
for workers in 2 3 4 6 8; do
    expect_match "^$workers workers: [0-9.]+ s, [0-9.]+ times as fast \(95 % interval" out "$workers"
done
expect_match '^[1-8] workers?: |^No result: ' out "the advice"
expect_match "^Amdahl's law, fitted up to 8 workers: .*; residual [0-9.e-]+ times\.$" out "the law"
expect_match '^parfor-1 .* \(3 runs\)$' out "the line to hand in"
expect_match '"points": \[1, 2, 3, 4, 6, 8\],$' sweep.json "the plan"
expect_match '"cut_short": false,$' sweep.json "whole"
[ "$(grep -c '"speedup": ' sweep.json)" -eq 6 ] || complain "not six points" sweep.json
[ "$(grep -c '^   "name": "' sweep.json)" -eq 18 ] || complain "not 18 stages" sweep.json
expect_match '"amdahl": \{"serial": ' sweep.json "the fit"
expect_match '"comparison": null,$' sweep.json "nothing else is compared"
check_truth sweep.json

# One after the other first, then up, then down: the stages in the order run.
sed -n 's/^   "workers": \([0-9]*\),$/\1/p' sweep.json | tr '\n' ' ' >order
[ "$(cat order)" = "1 2 3 4 6 8 8 6 4 3 2 1 1 2 3 4 6 8 " ] || complain "the order" order

run sweep sleep -s 1000 -n 4 -r 1 -j 1
expect_status 0 "one point"
expect_match '^One point: nothing to compare or to fit\.$' out "one point"

run sweep sleep -s 1000 -n 3 -r 1 -j 1-8x2
expect_match '^2 workers: ' out "three tasks"
expect_no_match '^[48] workers: ' out "three tasks"
expect_match '^There are only 3 tasks: more workers than that were not measured\.$' out \
    "three tasks"

# The laws are fitted where each worker has a CPU; computing tasks do not have more than there are.
run sweep spin -s 1000 -n 40 -r 1 -j 1-3
[ "$(nproc)" -gt 2 ] || expect_match '^No law was fitted: .*; here (is|are) [12]\.$' out "two CPUs"

start sweep sleep -s 20000 -n 50 -j 1,2,50 -o cut.json
within 20 says '^50 at a time' || complain "no line of 50 at a time" err
kill -s INT "$parent"
wait_for_end 20 "INT in a sweep"
[ "$(kill -l "$status")" = INT ] || complain "exit $status" out err
expect_match '^2 workers: [0-9.]+ s, [0-9.]+ times as fast( \(.*\))?\.$' out "cut short: its points"
expect_match '^Cut short after [0-9] of 9 runs\.$' out "cut short"
expect_match '"cut_short": true,$' cut.json "cut short"
check_truth cut.json
finish
