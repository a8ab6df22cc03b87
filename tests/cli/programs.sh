#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole programs: versus puts them side by side, watch looks on.
. "$(dirname "$0")/lib.sh"

run versus -r 3 --json 'sleep 0.6' 'sleep 0.1 && true'
expect_status 0 "versus"
expect_match 'times as fast as sleep 0.6' err "versus"
if have python3; then
    python3 -c '
import json
r = json.load(open("out"))
assert r["plan"]["command"] == "versus", r["plan"]
assert [s["name"] for s in r["stages"]] == ["program"] * 6, r["stages"]
one, two = r["programs"]["list"] if isinstance(r["programs"], dict) else r["programs"]
assert one["ratio"] == 1 and two["ratio"] > 1.5, (one, two)
assert two["processes"] >= one["processes"] >= 1, (one, two)
assert min(one["cpu_ns"], two["max_rss_bytes"]) > 0, (one, two)' 2>truth || complain "versus: the result" truth out
fi

run versus 'true' 'sh -c "exit 7"'
expect_status 1 "versus of a failing program"
expect_match 'exit 7' out "versus of a failing program"
expect_no_match 'times as fast' out "versus of a failing program: no ratio"

run versus --prepare 'echo p >>order' --warmup 1 -r 2 'echo a >>order' 'echo b >>order'
expect_status 0 "versus with --prepare and --warmup"
[ "$(tr -d '\n' <order)" = papbpapbpbpa ] || complain "versus: another order" order
expect_no_match '^[ab]$' out "what programs put out is thrown away"

# watch: its output afterwards, its exit status, a sentence.
run watch -- sh -c 'echo out; echo err >&2; exit 5'
expect_status 5 "watch"
[ "$(cat out)" = out ] || complain "watch: another output" out err
expect_match '^err$' err "watch: its errors"
expect_match 'CPUs? (was|were) busy' err "watch: the sentence"
run watch -- sh -c 'kill -9 $$'
expect_status 137 "watch of a program that is killed"
printf 'a b\n' | timeout 20 "$program" watch -- wc -w >out 2>err
[ "$(tr -d ' ' <out)" = 2 ] || complain "watch: standard input" out err
run watch -- no-such-program
expect_status 2 "watch of no program"

# Nothing is left of either.
several_run() { [ "$(workers | wc -l)" -ge 3 ]; }
for how in versus watch; do
    case $how in
    versus) start versus 'sleep 123 & sleep 124' ;;
    watch) start watch -- sh -c 'sleep 123 & sleep 124' ;;
    esac
    within 10 several_run || complain "$how: not under way" err
    kill -KILL "$parent"
    wait_for_end 20 "$how: KILL"
done
finish
