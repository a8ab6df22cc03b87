#!/bin/sh
# SPDX-License-Identifier: MIT
# Commands that fail: what is said of them, what is done again, what it does to the rest.
. "$(dirname "$0")/lib.sh"
have python3 || skip "python3 reads the results"

# ask EXPRESSION: what it gives for the JSON in `out`, as `r`; `items` are its records by number.
ask() {
    python3 -c '
import json, sys
r = json.load(open("out"))
items = sorted((x for s in r["stages"] for x in s["records"]), key=lambda x: x["index"])
print(eval(sys.argv[1]))' "$1"
}
expect() { [ "$(ask "$1")" = "$2" ] || complain "$3: $1 is $(ask "$1"), not $2" err; }

run map -j 2 --json -- sh -c 'echo "out $1"; echo "why $1" >&2; exit $1' sh ::: 0 3 0 1
expect_status 1 "statuses"
expect "[x['exit'] for x in items]" '[0, 3, 0, 1]' "statuses"
expect "[x['status'] for x in items]" "['ok', 'failed', 'ok', 'failed']" "statuses"
expect "items[1]['argv'][-1], items[1]['item'], items[1]['stdout'], items[1]['stderr']" \
    "('3', '3', 'out 3\\n', 'why 3\\n')" "statuses"
expect "[x['attempts'] for x in items]" '[1, 1, 1, 1]' "a status is not tried again"
expect "items[0]['max_rss_bytes'] > 100000 and items[0]['cpu_ns'] > 0" True "memory and CPU time"
expect_match 'exit 3' err "what failed"
expect_match 'why 3' err "its last line"

run map --json --retries 2 -- sh -c 'echo x >>tries; [ "$(wc -l <tries)" -ge 3 ]' sh ::: a
expect_status 0 "--retries"
expect "items[0]['attempts']" 3 "--retries"

run map --json -- sh -c 'kill -SEGV $$' sh ::: a
expect_status 1 "a signal"
expect "items[0]['signal'], items[0]['attempts']" "('SIGSEGV', 2)" "a signal is tried again once"

run map --json --timeout 2s --term-seq INT,100ms,KILL -- \
    sh -c 'trap "" INT; sleep $1; sleep $1' sh ::: 0 20
expect_status 1 "--timeout"
expect "[x['status'] for x in items], items[1]['signal'], items[1]['timed_out']" \
    "(['ok', 'failed'], 'SIGKILL', True)" "--timeout"
run map --json -j 1 --timeout 1000% -- sleep ::: 0.05 0.05 0.05 20
expect_status 1 "--timeout of the median"
expect "[x['status'] for x in items]" "['ok', 'ok', 'ok', 'failed']" "--timeout of the median"

run map -j 1 --halt soon --json -- sh -c 'exit $1' sh ::: 0 1 0 0 0 0
expect_status 1 "--halt soon"
expect "len(items), r['stages'][0]['complete']" "(2, False)" "--halt soon"
run map -j 1 --halt soon,2 --json -- sh -c 'exit $1' sh ::: 1 0 1 0 0
expect "len(items)" 3 "--halt soon,2"
run map -j 2 --halt now --json -- sh -c 'sleep $1; exit 1' sh ::: 0.2 60
expect_status 1 "--halt now"
expect "len(items), r['stages'][0]['tasks']['failed']" "(1, 1)" "--halt now: the other is not done"

# What cannot be started.
run map -- /no/such/program ::: a
expect_status 2 "no such program"
expect_match '^parfor: no such program: /no/such/program' err "no such program"
run map -- {} ::: /no/such/program
expect_status 1 "no such program as an item"
expect_match 'not started' err "no such program as an item"
: >plain && chmod 644 plain
run map -- ./plain ::: a
expect_status 2 "not executable"
printf 'a\0b\n' >list
run map -a list -- echo
[ "$status" -ne 0 ] || complain "a NUL in a line" err
expect_match '(-0|NUL)' err "a NUL in a line"

# A full disk for the log: nothing more is begun.
if [ -w /dev/full ]; then
    run map -j 1 --log /dev/full -- sh -c 'echo x >>begun; sleep 0.05' sh ::: 1 2 3 4 5 6 7 8
    expect_status 3 "a full disk for the log"
    [ ! -e begun ] || [ "$(wc -l <begun)" -lt 8 ] || complain "a full disk: items go on" begun err
fi

# Nobody reads: a quiet end, and nothing is left.
PARFOR_TEST_MARK=$mark "$program" map -j 2 -- sh -c 'echo $1; sleep 0.2' sh ::: $(seq 50) \
    2>err | head -n 1 >out
within 5 nothing_runs || complain "standard output closed: something still runs" err
expect_no_match 'parfor: |--resume|^The workers' err "standard output closed: quietly"

# What a command leaves behind ends with it.
run map -q -- sh -c 'sleep 1234.5 & echo $! >left' sh ::: a
expect_status 0 "a process left behind"
! kill -0 "$(cat left)" 2>/dev/null || complain "a process left behind still runs"
finish
