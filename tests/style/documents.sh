#!/bin/sh
# SPDX-License-Identifier: MIT
# documents.sh TREE PROGRAM: the manual and the completions have exactly the options that the
# program's help has, and all its commands and workloads.
set -eu
cd "$1"
program=$2
bad=0
manual=assets/parfor.1.scd
bash=assets/completions/parfor.bash
zsh=assets/completions/_parfor
fish=assets/completions/parfor.fish
commands='run map sweep versus watch check show list'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Long options in what comes in, one a line.  A name ends where no letter follows.
options_in() { grep -oE '(^|[^-a-z])--[a-z][-a-z]*' | grep -oE '[-][-][a-z][-a-z]*' | sort -u; }

for command in '' $commands; do
    # shellcheck disable=SC2086
    "$program" $command --help </dev/null
done >"$folder/help"
options_in <"$folder/help" >"$folder/options"
[ -s "$folder/options" ] || { echo "the help of $program has no options"; exit 1; }

# compare FILE: what options it has (standard input) against those of the help.
compare() {
    options_in >"$folder/here"
    for option in $(comm -23 "$folder/options" "$folder/here"); do
        echo "$1: no $option, which the help has"
        bad=1
    done
    for option in $(comm -13 "$folder/options" "$folder/here"); do
        echo "$1: has $option, which the help does not have"
        bad=1
    done
}
# Programs that start others have options of their own.
grep -vE "^(srun|mpirun|pdsh|parallel) " $manual >"$folder/manual"
compare $manual <"$folder/manual"
compare $bash <$bash
compare $zsh <$zsh
# fish writes `-l iterations` for --iterations.
grep '^complete' $fish | grep -oE -- ' -l [a-z][-a-z]*' | sed 's/ -l /--/' >"$folder/fish"
compare $fish <"$folder/fish"

# Every workload that the source describes is listed, and named in all four.
workloads=$(sed -n 's/.*extern const struct workload_ops workload_\([a-z]*\).*/\1/p' src/workload/builtin.h)
"$program" list >"$folder/list" </dev/null
for word in $commands $workloads; do
    for file in $manual $bash $zsh $fish; do
        grep -qw -- "$word" $file || { echo "$file: nothing about $word"; bad=1; }
    done
done
for word in $workloads; do
    grep -qw -- "$word" "$folder/list" || { echo "parfor list: nothing about $word"; bad=1; }
done
for word in $commands; do
    grep -qw -- "$word" "$folder/help" || { echo "parfor --help: nothing about $word"; bad=1; }
done
exit $bad
