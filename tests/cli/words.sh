#!/bin/sh
# SPDX-License-Identifier: MIT
# Help, list and version, to the byte.
. "$(dirname "$0")/lib.sh"

# show NAME ARGUMENT...: what the program prints is that golden text; nothing else happens.
show() {
    name=$1
    shift
    run "$@"
    expect_status 0 "parfor $*"
    expect_empty err "parfor $*"
    compare_golden out "$name"
}
show help.txt
show help.txt --help
show help.txt -h
show help-run.txt run --help
show help-run.txt run factorial -n 5 -h
show help-map.txt map -h
show help-sweep.txt sweep --help
show help-watch.txt watch --help
show help-watch.txt watch --interval 20ms --ascii -h
show help-check.txt check --help
show help-list.txt list --help
show list.txt list

run --version
expect_status 0 "parfor --version"
expect_empty err "parfor --version"
[ "$(wc -l <out)" -eq 1 ] && expect_match '^parfor [0-9]+\.[0-9]+\.[0-9]+$' out --version
cp out version
run run -V
cmp -s out version || complain "run -V is not --version" out version

# Lines fit a terminal of 90 columns, and nothing is left at their ends.
for file in "$here"/golden/help*.txt "$here"/golden/list.txt; do
    expect_no_match '.{91}' "$file" "too wide"
    expect_no_match '[[:blank:]]$' "$file" "blanks at an end"
done
finish
