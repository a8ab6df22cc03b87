#!/bin/sh
# SPDX-License-Identifier: MIT
# What was saved, again: the text of a result, a replay in plain sentences, several results in a
# table; the recordings of assets/; and files that cannot be read, golden/show.txt: the place and
# the reason, exit 2.
. "$(dirname "$0")/lib.sh"

mkdir root root/proc folder
printf 'cpu  1 2 3 4 5 6 7 8 0 0\ncpu0 1 0 0 9 0 0 0 0 0 0\n' >root/proc/stat
run run sleep -s 2000 -n 40 -j 4 -q --sysroot root -o saved.json
expect_status 0 "a run to be saved"

# The text is that of the run, without a word on standard error; the status, too.
run show saved.json
expect_status 0 "show"
expect_match '^sleep for 2(.0)? ms, 40 times' out "show"
expect_match '^parfor-1 ' out "show"
expect_empty err "show"
cp out shown
run show --plain saved.json
cmp -s out shown || complain "show --plain is another text" out shown
sed 's/"failed": 0/"failed": 1/' saved.json >failed.json
run show failed.json
expect_status 1 "show of a run that failed"

# A replay says what the run said, in its order; then comes the text.
run show --replay=x50 saved.json
expect_status 0 "a replay"
expect_match '^sleep for 2(.0)? ms, 40 times on .*simulated' err "a replay"
expect_match '^parfor-1 ' out "a replay"
sed -n 's/:.*//p' err | tr '\n' '|' >stages
expect_match '^One after the other\|One after the other\|4 at a time\|4 at a time\|$' stages \
    "a replay: its stages"
run show --replay x50 saved.json
expect_status 0 "a replay, its speed a word of its own"

# What cannot be played.
run show --replay saved.json saved.json
expect_status 2 "a replay of two"
expect_match 'one file' err "a replay of two"
run show --replay=fast saved.json
expect_status 2 "a wrong speed"

# Signals end it, and nothing is printed any more.
start show --replay=x0.01 saved.json
sleep 1
kill -TERM "$parent"
wait "$parent"
status=$?
[ "$status" -eq 143 ] || complain "a replay that is ended: $status, not 143" out err
expect_empty out "a replay that is ended"

# Several: a line each.
cp saved.json other.json
run show saved.json other.json
expect_status 0 "two results"
expect_match 'saved' out "two results"
expect_match 'other' out "two results"
run show saved.json failed.json
expect_status 1 "two results, one failed"

# The recordings: each says that its machine is a simulated one, in two lines what came of it,
# and never what its CPUs, which nobody had, waited for.
recordings=$here/../../assets/recordings
for file in "$recordings"/*.json; do
    run show --plain "$file"
    expect_status 0 "$file"
    expect_match ' \(simulated\), [0-9]+ CPUs, all usable\.$' out "$file"
    expect_match '^parfor-1 .* simulated$' out "$file"
    expect_match '^[0-9.]+ times as fast with [0-9]+ workers[ :]' out "$file"
    expect_match 'a simulated one\.$' out "$file"
    expect_no_match 'instead of|Try:' out "$file"
    expect_empty err "$file"
    [ "$(wc -c <"$file")" -le 262144 ] || complain "$file: larger than 256 kB"
done
run show --plain "$recordings"/*.json
expect_status 0 "the recordings in a table"
for cpus in 4 12 64 128; do
    expect_match "-$cpus\\.json +sleep .* $cpus .* s +$cpus +~?[0-9.]+\$" out \
        "the recordings in a table"
done
expect_match '^sleep for 0.15 s x 120, 2 results' out "two machines, the same loop"
expect_match '^sleep \{\}, 280 items, 2 results' out "two machines, the same loop"
expect_empty err "the recordings in a table"

# Older files do not say what a stage was expected to take; they are played all the same.
sed '/"expected_ns"/d' saved.json >older.json
run show --replay=x100 older.json
expect_status 0 "a replay of an older file"
expect_match '^4 at a time: ' err "a replay of an older file"

# What is told of a replay does not depend on how fast it goes.
run show --replay=x100 "$recordings/simulated-4.json"
expect_match '^Half done after ' err "a replay in plain sentences"
grep -v '^parfor-1 ' err >slower
run show --replay=x333 "$recordings/simulated-4.json"
grep -v '^parfor-1 ' err >faster
cmp -s slower faster || complain "a faster replay tells something else" slower faster

# Damaged, foreign and newer files.
: >empty.json
head -c 1500 saved.json >cut-off.json
printf '\177ELF\002\001\001\000\000' >binary
printf 'a,b\n1,2\n' >table.csv
printf '{"name": "package", "version": "1.0"}\n' >foreign.json
printf '[1, 2]\n' >list.json
sed 's|parfor-result/1|parfor-result/2|' saved.json >newer.json
sed 's|"elapsed_ns": [0-9]*|"elapsed_ns": "soon"|' saved.json >damaged.json
sed 's|"workers": [0-9]*|"workers": -1|' saved.json >negative.json
{ cat saved.json && printf '{}\n'; } >longer.json
printf '{"schema": "parfor-result/1"}\n' >hollow.json
for file in nowhere.json folder empty.json cut-off.json binary table.csv foreign.json list.json \
    newer.json damaged.json negative.json longer.json hollow.json; do
    run show $file
    printf '$ parfor show %s\n' $file
    sed 's/line [0-9]*, column [0-9]*: .*/line N, column N: .../' err
    echo "[$status]"
    expect_empty out "show $file" >&2
done >refused
compare_golden refused show.txt
run show empty.json
expect_match 'the file is empty' err "an empty file"
run show saved.json damaged.json
expect_status 2 "one of two is damaged"
expect_match '^parfor: damaged.json: ' err "one of two is damaged"
finish
