#!/bin/sh
# SPDX-License-Identifier: MIT
# A check from its announcement to its verdict, quiet or not; what it says of a CPU that somebody
# else uses; how it is ended; and the checks of forty machines in one table.
. "$(dirname "$0")/lib.sh"
have python3 || skip "no python3"

# verify CODE WHAT: Python has nothing to say against the check in result.json, `c`.
verify() {
    python3 -c "
import json
r = json.load(open('result.json'))
c = r['check']
topics = {(f['level'], f['topic']) for f in c['findings']}
$1" 2>verified || complain "$2" verified out err
}

run check --long 3s -o result.json
[ "$status" -eq 0 ] || [ "$status" -eq 4 ] || complain "check: exit $status" out err
expect_match '^Checks? [1-9][0-9]* CPUs?.* about 3 s' err "it says before it starts what it will do"
head -n 2 out >headline
expect_match '(PASS|WARN|INCONCLUSIVE): ' headline "the verdict comes first"
expect_match 'smoke test' out "how far an answer can be relied on"
verify "
usable = [t['cpu'] for t in r['machine']['topology'] if t['allowed']]
assert [p['cpu'] for p in c['cpus']] == usable, (c['cpus'], usable)
assert c['measured'] and c['complete'], c
quiet = ('INCONCLUSIVE', 'quiet') not in topics # else there may be too few rounds, as it says
for p in c['cpus']:
    assert p['alone']['rounds'] >= (15 if quiet else 1) and p['together']['rounds'] >= 1, p
    assert 0 < p['alone']['min_ns'] <= p['alone']['median_ns'], p
    assert p['wrong'] == 0 and p['tasks'] >= p['alone']['rounds'] + p['together']['rounds'], p
    assert p['ratio'] > 0 or not quiet, p
assert quiet or c['verdict'] == 'INCONCLUSIVE', c['verdict']
assert c['tasks'] == sum(p['tasks'] for p in c['cpus']), c['tasks']
assert abs(c['together'] - sum(p['ratio'] for p in c['cpus'])) < 0.01, c['together']
assert not any(level == 'FAIL' for level, topic in topics), topics
assert r['stages'][0]['name'] == 'watched' and len(r['stages'][0]['samples']['t_ns']) > 10
" "the result of a check"
sed 's/"verdict": "[A-Z]*"/"verdict": "PASS"/' result.json >healthy.json
timeout 20 "$program" show result.json >again 2>err
shown=$?
[ "$shown" -eq "$status" ] || complain "show: exit $shown, the check had $status" err
expect_match 'smoke test' again "show of a check"
expect_match '^parfor-1 ' again "show of a check: the line to hand in"

# A CPU that somebody else uses: named, and no verdict on speed.  Tried again where a third one
# is busier.
names_busy() {
    python3 -c "
import json, sys
c = json.load(open('result.json'))['check']
sys.exit(len(c['cpus']) <= 4 and c['quiet']['pid'] != $busy)"
}
for try in 1 2 3; do
    python3 -c '
import os
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
while True: pass' &
    busy=$!
    run check --long 2s -o result.json
    kill -9 $busy 2>/dev/null
    names_busy && break
done
names_busy || complain "a check beside a busy program: it is not named" out
expect_status 4 "a check beside a busy program"
verify "
assert ('INCONCLUSIVE', 'quiet') in topics, topics
assert not any(level == 'FAIL' for level, topic in topics), topics
assert not any(p['slow'] for p in c['cpus']) or ('WARN', 'slow') not in topics, topics
" "a check beside a busy program"

# Its work gives way, and nothing of it is left.
niceness() { for worker in $(workers); do sed 's/.*) //' "/proc/$worker/stat" | cut -d ' ' -f 17; done; }
gives_way() { niceness | grep -qx "$1"; }
for asked in "" 4; do
    start check --long 2s -q ${asked:+--nice $asked}
    within 10 gives_way "${asked:-10}" || complain "no worker of niceness ${asked:-10}" err
    kill -INT "$parent"
    wait_for_end 20 "check: INT"
    expect_status 130 "check: INT"
done
start check --long 6s -o result.json
within 10 says '[Aa]lone' || complain "no word of what is done" err
kill -TERM "$parent"
wait_for_end 20 "check: TERM"
expect_status 143 "check: TERM"
verify "
assert not c['complete'] and c['verdict'] == 'INCONCLUSIVE', c['verdict']
assert ('INCONCLUSIVE', 'stopped') in topics, topics
" "a check that was ended"
for ending in 'HUP ^Looks' 'QUIT ^All'; do
    start check --long 6s --json
    within 20 says "${ending#* }" || complain "no line like ${ending#* }" err
    kill -s "${ending% *}" "$parent"
    wait_for_end 20 "check: $ending"
    [ "$(kill -l "$status")" = "${ending% *}" ] || complain "check: $ending: exit $status" out err
    mv out result.json
    verify "assert not c['complete'] and c['measured'] == ('$ending'[0] == 'Q')" "check: $ending"
done
start check --long 2s -q
within 10 gives_way 10
kill -KILL "$parent"
wait_for_end 20 "check: KILL"

run check --inventory -q --json
python3 -c 'import json; assert json.load(open("out"))["check"]["verdict"]' 2>verified ||
    complain "--json" verified out
expect_empty err "check -q --json"
run check --inventory -q -o one.json -o one.txt
expect_status 0 "check -o twice"
cmp -s out one.txt || head -n 1 one.txt | grep -q . || complain "check -o twice" out one.txt
run check -o no-such-folder/result.json
[ "$status" -ge 2 ] || complain "an output that cannot be written: exit $status" err
expect_empty out "an output that cannot be written: nothing is run"

# Forty machines, all alike but one.
python3 -c '
import copy, json
r = json.load(open("healthy.json"))
r["check"]["findings"] = []
for i in range(40):
    m = copy.deepcopy(r)
    m["check"]["host"] = f"node{i:02}"
    m["check"]["unit_ns"] = int(m["check"]["unit_ns"] * (1 + 0.002 * (i % 7)))
    if i == 17:
        m["check"]["unit_ns"] = int(m["check"]["unit_ns"] * 1.4)
        m["machine"]["usable_cpus"] = 0.5
    json.dump(m, open(f"node{i:02}.json", "w"))'
run show node??.json
expect_status 0 "a fleet with an odd one"
expect_match 'node17.* odd one out' out "a fleet with an odd one"
[ "$(grep -c '^ *node[0-9][0-9] ' out)" -ge 40 ] || complain "a fleet: not all in the table" out
[ "$(grep -c 'odd one out' out)" -eq 1 ] || complain "a fleet: more than one sentence" out
rm node17.json
run show node??.json
expect_status 0 "a fleet of equals"
expect_no_match 'odd one out' out "a fleet of equals"
expect_match '39' out "a fleet of equals"
sed 's/"verdict": "PASS"/"verdict": "FAIL"/' node00.json >node00.failed
run show node01.json node00.failed
expect_status 1 "a fleet with one that failed"
# From a pipe, which can be read but once; and with something behind it.
mkfifo pipe
cat healthy.json >pipe &
run show pipe
grep -q '"verdict": "FAIL"' healthy.json || expect_status 0 "show of a pipe"
expect_match 'smoke test' out "show of a pipe"
{ cat healthy.json && printf '\0more'; } >longer.json
run show longer.json
expect_status 2 "show of a result with a NUL behind it"
echo '{"schema": "parfor-result/1"}' >broken.json
run show node01.json broken.json
expect_status 2 "a fleet with a broken file"
expect_match 'broken.json' err "a fleet with a broken file"
run map empty -n 9 -q -o map.json
run show node01.json map.json
expect_status 2 "a fleet with what is no check"
expect_match 'not a check: map.json' err "a fleet with what is no check"
run show map.json node01.json map.json
expect_status 2 "results with a check among them"
expect_match 'a check among other results: node01.json' err "results with a check among them"
run show map.json
expect_status 0 "show of a result"
expect_match '^parfor-1 ' out "show of a result"
finish
