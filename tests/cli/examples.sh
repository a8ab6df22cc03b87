#!/bin/sh
# SPDX-License-Identifier: MIT
# The examples do what their README says, and so do loop bodies in C: compiled here or before,
# with their output in order, their errors named, and nothing left in the temporary folder.
. "$(dirname "$0")/lib.sh"
have cc || skip "no cc"
have awk || skip "no awk"
examples=$(cd "$here/../../assets/examples" && pwd) || exit 1
mkdir temporary
TMPDIR=$folder/temporary
export TMPDIR
nothing_left() { [ -z "$(ls temporary)" ] || complain "$1: left in the temporary folder: $(ls temporary)"; }

# --- a script per file ------------------------------------------------------------------------
sh "$examples/animals/make-data.sh" data 5
[ "$(ls data | wc -l)" -eq 30 ] || complain "not thirty animals"
for file in data/*.csv; do sh "$examples/animals/analyse.sh" "$file" 40; done >wanted
[ "$(grep -c '^animal-[0-9]*: [0-9.]* g over [0-9]* days (' wanted)" -eq 30 ] ||
    complain "analyse.sh" wanted
run map -- sh "$examples/animals/analyse.sh" '{}' 40 ::: data/*.csv
expect_status 0 "map of the animals"
cmp -s out wanted || complain "the animals are not as in a loop" out
echo day >data/animal-31.csv
run map -- sh "$examples/animals/analyse.sh" '{}' 40 ::: data/animal-01.csv data/animal-31.csv
expect_status 1 "an animal without data"
expect_match 'animal-31: no days in it' err "an animal without data"

# --- loop bodies ------------------------------------------------------------------------------
run map "$examples/collatz.c" -n 3 -s 1000
expect_status 0 collatz
printf '871 takes 178 steps\n1161 takes 181 steps\n2919 takes 216 steps\n' >wanted
cmp -s out wanted || complain "collatz" out err
run map "$examples/montecarlo.c" -n 5 -s 1000 -j 2
cp out wanted
run map "$examples/montecarlo.c" -n 5 -s 1000 -j 1
cmp -s out wanted || complain "montecarlo depends on the workers" out wanted
run run "$examples/sieve.c" -n 4 -s 100000 -j 2
expect_status 0 sieve
cat out err >both
expect_match '[0-9.]+ times as fast' both sieve

# The template, as it is printed, and as a shared object made by hand.
run list --template
expect_status 0 "list --template"
cp out body.c
run map body.c -n 3 -s 4
expect_status 0 template
printf '0: 4.146\n1: 9.331\n2: 12.307\n' >wanted
cmp -s out wanted || complain "template" out err
cc -O2 -fPIC -shared -I "$here/../../src/workload/include" -o body.so body.c -lm
run map ./body.so -n 3 -s 4
cmp -s out wanted || complain "the template as a shared object" out err
nothing_left "after all these"

# --- what goes wrong --------------------------------------------------------------------------
sed 's/int64_t size =/if (index == 1) __builtin_trap();\n    int64_t size =/' body.c >crash.c
run map crash.c -n 3 -s 4
expect_status 1 crash
expect_match 'SIG(ILL|TRAP)' err crash
sed 2d wanted >others
cmp -s out others || complain "a crash costs other tasks" out
sed 's/int64_t size =/int64_t size = nonsense;/' body.c >wrong.c
run map wrong.c -n 3
expect_status 2 "a body with an error"
expect_match "^wrong\\.c:[0-9]+:.*error.*nonsense" err "the compiler's own message"
expect_match '^parfor: the compiler refused: wrong\.c' err "a body with an error"
run map body.c -n 3 -s 0.5
expect_status 2 "a wrong size"
run map none.c -n 3
expect_status 2 "no such body"
expect_match '^parfor: no such file: none\.c' err "no such body"
nothing_left "after errors"
finish
