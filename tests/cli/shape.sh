#!/bin/sh
# SPDX-License-Identifier: MIT
# What run and map say in a pipe, with N for the numbers and a word for what depends on the machine
# and the moment: the sentences, the line to hand in, in a file the table; and which of it goes where.
. "$(dirname "$0")/lib.sh"

# In a file paragraphs are wrapped at 78 columns; where depends on their numbers.
unwrap() {
    awk '{
        ends = /\.$/ && !/times as fast/ || /-[nr] [0-9]+$/ || /^$|^ |dt=|^parfor-1 /
        if ($0 ~ /^The workers. time:/ && joined != "") { print joined; joined = "" }
        joined = joined (joined == "" ? "" : " ") $0
        if (ends) { print joined; joined = "" }
    }
    END { if (joined != "") print joined }' "$1"
}

# The shape of a comparison or of progress lines.  The blocks for many CPUs and the remarks about
# other programs, the host and the repeats come and go.
shape() {
    unwrap "$1" | sed -E -e '/^busy share of each CPU/,/^$/d' -e '/^(Before|During|In [0-9]+ of) .*(other programs used|\(steal\))/d' \
        -e 's/^(.* times?) on .*\.$/\1 on MACHINE./' \
        -e 's/[0-9]+(\.[0-9]+)?/N/g' \
        -e 's/N (ns|us|ms|s|min N s)([ .,]|$)/T\2/g' \
        -e 's/ +/ /g' \
        -e 's/( CPU N)+ ?$/ CPU …/' \
        -e 's/(dt=Ns N) (N of N|not visible)( (-|N %))* ?$/\1 BUSY …/' \
        -e 's/T(, N of N CPUs busy)?\.$/T, BUSY./' \
        -e 's/^((Slower: )?N times as fast|No result:) .*$/VERDICT/' -e '/^The repeats of .* differ by N %/d' -e '/^Energy: /d' \
        -e "s/^(The workers' time: work N %)(, N % faster than alone)?(; [A-Za-z ,]+ N %)*\.$/\1; …/" \
        -e 's/(serial share) -?N/\1 N/' -e 's/ disturbed$//' \
        -e 's/^(.* Repeat: .*N) -j N -r N$/\1 -r N/' \
        -e 's#^parfor-N [^ ]+ (Nc/)?Nt W=#parfor-N CPU Nc/Nt W=#' | cat -s
}
hand_in='^parfor-1 [^ ]+ ([0-9]+c/)?[0-9]+t W=2 spin-for-1\.0-msx8 [0-9.]+s'

run run spin -s 1000 -n 8 -j 2 -o run.txt
expect_status 0 run
tail -n 1 out >last
expect_match "$hand_in [0-9.]+s [0-9.]+x \(1 run\)( disturbed)?\$" last "run, last line"
shape out >shape && compare_golden shape run-out.txt
shape err >shape && compare_golden shape run-err.txt
shape run.txt >shape && compare_golden shape run-file.txt

run map spin -s 1000 -n 8 -j 2 -o map.txt
expect_status 0 map
tail -n 1 out >last
expect_match "$hand_in \(1 run\)\$" last "map, last line"
shape out >shape && compare_golden shape map-out.txt
shape err >shape && compare_golden shape map-err.txt
shape map.txt >shape && compare_golden shape map-file.txt

run run spin -s 1000 -n 8 -j 2 -r 3 --plain -o run-3.txt
expect_status 0 "run -r 3"
shape out >shape && compare_golden shape run-3-out.txt
shape run-3.txt >shape && compare_golden shape run-3-file.txt

# No escape sequences, no glyphs, no carriage returns; in a file nothing over 78 columns.
LC_ALL=C expect_no_match '[^ -~]' out "not plain text"
LC_ALL=C expect_no_match '[^ -~]' err "not plain text"
for file in run map run-3; do
    LC_ALL=C expect_no_match '[^ -~]' $file.txt "not plain text"
    grep -v '^parfor-1 ' $file.txt >paragraphs
    expect_no_match '.{79}' paragraphs "wider than 78"
done

# Both streams in the same place: nothing is said twice.
timeout 20 "$program" run spin -s 1000 -n 8 -j 2 >both 2>&1
shape both >shape && compare_golden shape run-both.txt

# The command that gives an error bar is one that can be run, and runs the same.
run run spin -s 1000 -n 8 -j 3 --schedule static,2 --retries 0 --interval 20ms --seed 7
expect_status 0 "run -j 3"
tail -n 1 out | cut -d ' ' -f 1-5 >first
repeat=$(tr '\n' ' ' <out | sed -n 's/.* Repeat: parfor \(run .* --seed 7\) .*/\1/p')
# shellcheck disable=SC2086
run $repeat
expect_status 0 "the command to repeat: parfor $repeat"
expect_match '\(5 runs\)( disturbed)?$' out "parfor $repeat"
tail -n 1 out | cut -d ' ' -f 1-5 >last
cmp -s first last || complain "not the same run: parfor $repeat" first last

# -q: nothing while it runs.
run run spin -s 1000 -n 8 -j 2 -q
expect_status 0 "run -q"
expect_empty err "run -q"
shape out >shape && compare_golden shape run-out.txt

# --json: the result on standard output, the comparison on standard error.
run run spin -s 1000 -n 8 -j 2 --json
expect_status 0 "run --json"
tail -n 1 err >last
expect_match "$hand_in" last "run --json, last line of standard error"
head -n 1 out | grep -qx '{' || complain "not an object" out
if have python3; then
    check_truth out iterations=8 command=run workload=spin size=1000
fi
run run spin -s 1000 -n 8 -j 2 --json -q
expect_status 0 "run --json -q"
expect_empty err "run --json -q"
run map empty -n 8 --json -q
expect_status 0 "map --json -q"
expect_empty err "map --json -q"
have python3 || skip "no python3: whether the JSON can be read is not tried"
check_truth out iterations=8 command=map workload=empty
finish
