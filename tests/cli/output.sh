#!/bin/sh
# SPDX-License-Identifier: MIT
# Where results go: files, standard output, and both when there is no room.
. "$(dirname "$0")/lib.sh"

no_scraps() {
    scraps=$(find . -name '*.json.*' -o -name '*.txt.*')
    [ -z "$scraps" ] || complain "$1: left behind: $scraps"
}
mode_of() { ls -ld "$1" | cut -c 1-10; }

# Two files, each of its kind; an ordinary file's mode; what was there is replaced whole.
yes 'old and long' | head -n 100000 >b.txt
ln b.txt old
run map spin -s 1000 -n 4 -j 2 -q -o a.json -o b.txt -o c.json
expect_status 0 "two files"
expect_match '^2 at a time  dt=[0-9]+\.[0-9]+s +4  ' b.txt "b.txt has no table"
expect_no_match '.{79}' b.txt "wider than 78"
for line in 1 \$; do
    [ "$(sed -n ${line}p b.txt)" = "$(sed -n ${line}p out)" ] ||
        complain "b.txt is not about what was printed" out b.txt
done
head -n 1 a.json | grep -qx '{' || complain "a.json is no object" a.json
cmp -s a.json c.json || complain "a.json and c.json differ"
[ "$(mode_of a.json)" = -rw-r--r-- ] || complain "mode of a.json: $(mode_of a.json)"
[ "$(wc -l <old)" -eq 100000 ] || complain "the old file was written into" b.txt
no_scraps "two files"
if have python3; then
    check_truth a.json command=map workload=spin iterations=4
fi
(umask 077 && timeout 20 "$program" map empty -n 2 -q -o private.json >/dev/null)
[ "$(mode_of private.json)" = -rw------- ] || complain "mode: $(mode_of private.json)"

# The same result in the file as on standard output.
run map empty -n 3 --json -q -o same.json
cmp -s out same.json || complain "--json and -o differ" out same.json

# No room on standard output.
if [ -c /dev/full ]; then
    for arguments in "map empty -n 3" "map empty -n 3 --json -q" "list" "--help" "run --help" \
        "--version"; do
        rm -f out
        # shellcheck disable=SC2086
        timeout 20 "$program" $arguments >/dev/full 2>err
        status=$?
        expect_status 3 "parfor $arguments >/dev/full"
        expect_match '^parfor: cannot write to standard output: .*[Nn]o space' err "$arguments"
    done
    timeout 20 "$program" map empty -n 3 -q -o kept.json >/dev/full 2>err
    [ -s kept.json ] || complain "standard output is full: no file written" err
    timeout 20 "$program" map empty -n 3 >out 2>/dev/full || complain "standard error is full"
fi

# No room in the folder of a file: a small one of memory, as far as the test may mount it.
mkdir small
mount -t tmpfs -o size=64k tmpfs small 2>/dev/null || {
    [ "$(id -u)" -eq 0 ] || skip "only root can make a full disk"
    skip "no small file system may be mounted here"
}
extra_cleanup() { umount "$folder/small" 2>/dev/null || umount -l "$folder/small"; }
echo old >small/a.json
run map empty -n 3 -q -o small/ok.txt
expect_status 0 "room enough"
dd if=/dev/zero of=small/fill bs=1k >/dev/null 2>&1
run map empty -n 2000 --schedule dynamic,1 -o small/a.json -o kept.txt
expect_status 3 "a full disk"
expect_match '^parfor: cannot write small/a\.json: No space left on device$' err "a full disk"
[ "$(grep -c '^parfor: ' err)" -eq 1 ] || complain "not one line" err
[ "$(cat small/a.json)" = old ] || complain "the old file has changed" small/a.json
[ -s kept.txt ] || complain "one full disk: the other file is missing"
grep -q '^parfor-1 ' out || complain "a full disk: the comparison is not printed" out
find small -type f ! -name fill ! -name a.json ! -name ok.txt >left
expect_empty left "a full disk: left behind"
finish
