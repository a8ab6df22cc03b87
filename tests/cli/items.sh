#!/bin/sh
# SPDX-License-Identifier: MIT
# A command per item: which words it gets, what comes out, and in which order.
. "$(dirname "$0")/lib.sh"

# expect_output WHAT: standard output is what comes in.
expect_output() {
    cat >expected
    cmp -s expected out || complain "$1: another output" expected out err
}

# feed INPUT ARGUMENT...: the program with that on its standard input.
feed() {
    printf "$1" >input
    shift
    timeout -k 5 60 "$program" "$@" >out 2>err <input
    status=$?
}

# Items from everywhere, in their order whatever ends first.
for from in args file input; do
    case $from in
    args) run map -j 4 -- sh -c 'sleep 0.$1; echo "item $1"' sh ::: 3 1 2 ;;
    file) printf '3\n1\n2\n' >list && run map -j 4 -a list -- sh -c 'sleep 0.$1; echo "item $1"' sh {} ;;
    input) feed '3\n1\n2' map -j 4 -- sh -c 'sleep 0.$1; echo "item $1"' sh ;;
    esac
    expect_status 0 "items from $from"
    printf 'item 3\nitem 1\nitem 2\n' | expect_output "items from $from"
done
# Each but one waits until another has come out.
run map -j 4 --unordered -N 2 -- \
    sh -c 'until [ $2 = 0 ] || grep -qx $2 out; do sleep 0.02; done; echo $1' sh ::: 6 3 1 0 3 1
printf '1\n3\n6\n' | expect_output "--unordered"

# Words come as they are.
run map -- printf '%s|' 'a b' '$HOME' "it's" '' {} '{x}' ::: 'two words' '*' '"' 'back\slash' '-n'
expect_status 0 "quoting"
for item in 'two words' '*' '"' 'back\slash' '-n'; do
    printf '%s' "a b|\$HOME|it's||$item|{x}|"
done | expect_output "quoting"
feed 'a\nb\0c d\0' map -0 -- printf '<%s>'
printf '<a\nb><c d>' | expect_output "items that end with a NUL"
feed '\377\376\n' map -- printf '%s'
printf '\377\376' | expect_output "an item that is not UTF-8"
run map -- echo {} {.} {/} {//} {/.} {#} ::: a/b.c/d.e.f plain
printf 'a/b.c/d.e.f a/b.c/d.e d.e.f a/b.c d.e 1\nplain plain plain . plain 2\n' |
    expect_output "placeholders"
run map -N 2 -- echo {} and {2} ::: 1 2 3 4
printf '1 2 and 2\n3 4 and 4\n' | expect_output "--max-args"
run map -N 3 -- echo ::: 1 2 3 4
printf '1 2 3\n4\n' | expect_output "--max-args that does not come out even"
run map --colsep '\t' -- echo {2}-{1} ::: "a	b" "c	d"
printf 'b-a\nd-c\n' | expect_output "--colsep"

# One that fails is named alike everywhere, with a mark for each byte that a terminal obeys.
name='a\?b  c\?\?d'
feed 'a\nb  c\t\033d\0' map -0 --log named.jsonl -o named.json -- sh -c 'exit 3'
for line in "^failed: $name: exit 3$" " 1 failed: $name\." "^Failed: $name: exit 3$"; do
    expect_match "$line" err "a name"
done
run show named.jsonl
expect_match "^Failed: $name: exit 3\.$" out "a name in a log"
run show named.json
expect_match " 1 failed: $name\." out "a name in a result"
expect_match "^Failed: $name: exit 3$" out "a name in a result"

SHELL=/bin/sh
export SHELL
run map --shell -- 'printf "%s\n" {} | tr a-z A-Z; echo $((1 + 1))' ::: "it's \$5" 'b;c'
printf "IT'S \$5\n2\nB;C\n2\n" | expect_output "--shell"
run map -j 1 -- sh -c 'echo $PARFOR_TASK $PARFOR_WORKER $PARFOR_WORKERS {#} {%}' ::: a b
printf '0 0 1 1 1\n1 0 1 2 1\n' | expect_output "the environment"
mkdir -p elsewhere
run map --chdir elsewhere -- sh -c 'basename "$PWD"; : {}' ::: a
printf 'elsewhere\n' | expect_output "--chdir"
run map -j 2 --dry-run -- rm -rf {} "a b" ::: 'x y' z
printf "rm -rf 'x y' 'a b'\nrm -rf z 'a b'\n" | expect_output "--dry-run"
expect_empty err "--dry-run"

# Standard output and error are kept apart and whole; an item may print much.
run map -j 3 --tag -- sh -c 'echo out; echo err >&2; printf end' sh ::: a b
printf 'a\tout\na\tend\nb\tout\nb\tend\n' | expect_output "--tag"
[ "$(grep -c '^[ab]	err$' err)" -eq 2 ] || complain "--tag: standard error" err
seq 100 >list
run map -j 3 -q -a list -- seq -f '%.0f of {}' 1000
while read -r item; do seq -f "%.0f of $item" 1000; done <list | expect_output "100 000 lines"
run map -q --results kept -- sh -c 'echo "$1"; echo bad >&2' sh ::: 'a/b' c
[ "$(cat kept/1-*/stdout)" = a/b ] || complain "--results: standard output" out err
[ "$(cat kept/2-*/stderr)" = bad ] || complain "--results: standard error" out err

# The terminal is nobody's.
run map -- sh -c ': {}; cat </dev/tty' ::: a
expect_status 1 "a command that reads the terminal"
run map -q -- cat {} ::: /dev/stdin
expect_empty out "standard input is empty"

# Threads inside: one CPU's worth each, unless somebody has set them.
unset OMP_NUM_THREADS
run map -j 4 -q -- sh -c 'echo $OMP_NUM_THREADS; : {}' ::: a b c d
printf '1\n1\n1\n1\n' | expect_output "inner threads: auto"
run map -j 1 -q --inner-threads 7 -- sh -c 'echo $OMP_NUM_THREADS; : {}' ::: a
echo 7 | expect_output "inner threads: 7"
run map -j 2 -q --inner-threads keep -- sh -c 'echo "<$OMP_NUM_THREADS>"; : {}' ::: a b
printf '<>\n<>\n' | expect_output "inner threads: keep"
OMP_NUM_THREADS=5
export OMP_NUM_THREADS
run map -j 2 -q -- sh -c 'echo $OMP_NUM_THREADS; : {}' ::: a b
printf '5\n5\n' | expect_output "inner threads that somebody has set"
unset OMP_NUM_THREADS

# --init once for each worker, before its first item.
run map -j 2 -q --init 'echo $PARFOR_WORKER >>inits' -- sh -c 'sleep 0.1; cat inits; : {}' ::: a b c d
[ "$(sort inits | tr '\n' ' ')" = '0 1 ' ] || complain "--init" inits err

# Nothing to do.
feed '' map -- echo
expect_status 0 "an empty list"
expect_empty out "an empty list"
expect_match 'othing to do' err "an empty list"
finish
