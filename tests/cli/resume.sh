#!/bin/sh
# SPDX-License-Identifier: MIT
# The log, and going on with it: whatever is killed, nothing is lost, nothing is done twice that
# the log knows of, nothing still runs.
. "$(dirname "$0")/lib.sh"
have python3 || skip "python3 reads the log"

# in_log: how often each item ended well by the log.
in_log() {
    python3 -c '
import json, collections
done = collections.Counter()
for line in open("log"):
    try:
        entry = json.loads(line)
    except ValueError:
        continue
    if entry.get("status") == "ok":
        done[entry["item"]] += 1
for item in sorted(done, key=int):
    print(item, done[item])'
}

# Without a name it is in a folder of its own, and is named.
run map -- echo ::: 1 2
log=$(find "$XDG_STATE_HOME/parfor/runs" -name '*.jsonl' | head -n 1)
[ -s "$log" ] || complain "no log below XDG_STATE_HOME" err
[ -z "$log" ] || [ "$(grep -cF "$log" err)" -ge 2 ] || complain "the log is not named twice" err

# What failed is tried again, what succeeded is not; its output comes out of its results again.
run map --log log --results kept -- sh -c 'echo "did $1" | tee -a did; [ $1 != 2 ] || [ -e fixed ]' \
    sh ::: 1 2 3
expect_status 1 "one fails"
: >fixed
run map --resume log --results kept -- \
    sh -c 'echo "did $1" | tee -a did; [ $1 != 2 ] || [ -e fixed ]' sh ::: 1 2 3
expect_status 0 "resumed"
printf 'did 1\ndid 2\ndid 3\n' >expected
cmp -s expected out || complain "resumed: its output" expected out err
printf 'did 1\ndid 2\ndid 2\ndid 3\n' >expected
sort did | cmp -s expected - || complain "resumed: what was done" did
timeout 20 "$program" show log >out 2>err || complain "parfor show of a log" out err
expect_match '3' out "parfor show of a log"

# By the log alone, from anywhere: it knows the command line and the folder.
mkdir -p there elsewhere
cd there
run map --log ../alone.jsonl -j 1 --tag -- sh -c '[ -e fixed ] || [ $1 = a ]; s=$?; pwd; exit $s' sh {} ::: a "b c"
expect_status 1 "one fails, there"
: >fixed
cd ../elsewhere
run map --resume ../alone.jsonl -q
expect_status 0 "resumed by the log alone"
printf 'b c\t%s/there\n' "$folder" >expected
cmp -s expected out || complain "resumed by the log alone: its output" expected out err
cd ..

# Cut off in mid line, as after a power cut.
size=$(wc -c <log)
for cut in 1 20 150; do
    rm -f did
    head -c $((size - cut)) log >torn && cp torn log2
    run map --resume log2 -q -- \
        sh -c 'echo "did $1" | tee -a did; [ $1 != 2 ] || [ -e fixed ]' sh ::: 1 2 3
    expect_status 0 "a torn log ($cut)"
    run map --resume log2 -q -- \
        sh -c 'echo "did $1" | tee -a did; [ $1 != 2 ] || [ -e fixed ]' sh ::: 1 2 3
    expect_status 0 "a torn log ($cut), again"
    [ "$(cat did 2>/dev/null | wc -l)" -le 1 ] || complain "a torn log ($cut): too much was done" did
done

# Kill whatever there is: a worker, a command, the program; then go on.
: >log
# pick KIND: a process of that kind.
pick() {
    case $1 in
    parent) echo "$parent" ;;
    worker) pgrep -P "$parent" -x parfor | shuf -n 1 ;;
    command) pgrep -P "$(pgrep -P "$parent" -x parfor | shuf -n 1)" 2>/dev/null | shuf -n 1 ;;
    esac
}
seq 60 >list
for round in 1 2 3 4 5 6 7 8; do
    start map -j 3 -q --retries 5 --resume log -a list -- sh -c 'sleep 0.0$(($1 % 7)); : ' sh
    for victim in worker command worker; do
        sleep 0.03
        who=$(pick $victim)
        [ "$who" ] && kill -KILL "$who" 2>/dev/null
    done
    [ $round -eq 8 ] || kill -KILL "$parent" 2>/dev/null
    wait_for_end 20 "round $round"
done
run map -q --resume log -a list -- sh -c 'sleep 0.0$(($1 % 7)); : ' sh
expect_status 0 "the last round"
in_log >done
seq 60 | sed 's/$/ 1/' >expected
cmp -s expected done || complain "something was lost, or is there twice" done err
finish
