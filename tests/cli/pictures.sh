#!/bin/sh
# SPDX-License-Identifier: MIT
# What a result can be taken home as: pictures, tables and traces, from a run and from a file.
. "$(dirname "$0")/lib.sh"

# is_form FILE: it is what its ending says.
is_form() {
    case $1 in
    *.svg) head -c 200 "$1" | grep -q '<svg ' && tail -c 10 "$1" | grep -q '</svg>' ;;
    *.png) [ "$(head -c 8 "$1" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] ;;
    *.pdf) head -c 5 "$1" | grep -q '^%PDF-' && tail -c 8 "$1" | grep -q '%%EOF' ;;
    *.md) grep -q '^| *[-:]' "$1" ;;
    *.tasks.csv) grep -q 'start_s' "$1" ;;
    *.csv) grep -q 'elapsed_s' "$1" ;;
    *.hyperfine.json) grep -q '"results"' "$1" && grep -q '"median"' "$1" ;;
    *.trace.json) grep -q '"traceEvents"' "$1" ;;
    *.json) head -n 2 "$1" | grep -q '"schema": "parfor-result/1"' ;;
    *.txt) grep -q '^parfor-1 ' "$1" ;;
    *) false ;;
    esac
}
forms="json txt svg png pdf md csv tasks.svg tasks.png tasks.pdf tasks.csv trace.json hyperfine.json"

# All of them from a run, and the same from what it has saved.
set --
for form in $forms; do
    set -- "$@" -o "run.$form"
done
run run factorial -n 8 -s 2000 -j 2 -q "$@" --pictures album
expect_status 0 "all forms of a run"
for form in $forms; do
    is_form "run.$form" || complain "a run: no $form" "run.$form" err
    run show run.json -o "shown.$form"
    expect_status 0 "show: $form"
    expect_empty out "show -o: $form"
    is_form "shown.$form" || complain "show: no $form" "shown.$form"
    case $form in
    *pdf | json) ;;
    *) cmp -s "run.$form" "shown.$form" || complain "not the same from a file: $form" ;;
    esac
done

# A picture of each stage, named as in the article.
check_album() {
    find "$1" -type f | sed 's|.*/||' | LC_ALL=C sort >album.txt
    [ "$(wc -l <album.txt)" -eq 2 ] || complain "$2: not two pictures" album.txt
    for kind in parallel sequential; do
        expect_match "^${kind}_factorial_\(dt=[0-9]+\.[0-9]{3}s\)\.png$" album.txt "$2"
    done
    for picture in "$1"/*; do
        is_form "$picture" || complain "$2: no picture: $picture"
    done
}
check_album album "a run"
run show run.json --pictures other
expect_status 0 "show --pictures"
check_album other "a file"
run show run.json --pictures other
expect_status 0 "a folder that is there"
check_album other "again"
diff -r album other >/dev/null || complain "--pictures of a file differ from those of its run"
run sweep spin -s 1000 -n 8 -j 1,2 -q --pictures sweep
find sweep -name 'parallel_2_spin_(dt=*s).png' | grep -q . ||
    complain "a sweep: no picture of two workers" err
run map -q --pictures own -- sh -c : ::: 1 2
[ "$(find own -name 'parallel_sh_(dt=*s).png' | wc -l)" -eq 1 ] ||
    complain "a loop of commands: no picture" err
run run -q --sample 1 --pictures new/ -- /bin/sleep 0.0{} ::: 1 2 3
expect_status 0 "a folder with a slash behind it"
find new -type f >left
expect_match '^new/sequential_sleep_\(dt=~[0-9.]*s\)\.png$' left "a projected time"
run versus -q --pictures programs 'sh -c :' 'true /'
find programs -type f >left
expect_match '/program_sh--c--_\(dt=[0-9.]*s\)\.png$' left "whole programs"
expect_match '/program_true--_\(dt=[0-9.]*s\)\.png$' left "whole programs"

run check --inventory -q -o check.json
run show check.json --pictures none
expect_status 2 "--pictures of a check"
expect_match '^parfor: check has nothing for --pictures: there are no stages in it$' err \
    "--pictures of a check"

# The same bytes each time; a dark page is another one.
run show run.json -o again.svg -o dark.svg --dark
cmp -s again.svg dark.svg || complain "the same picture twice: other bytes"
cmp -s run.svg dark.svg && complain "--dark changes nothing"

# Printed: by its name, whatever it is; into a file of any name.
run show run.json --format csv
cmp -s out run.csv || complain "--format csv prints something else" out
run show run.json --format png
cmp -s out run.png || complain "--format png prints something else"
run map spin -s 100 -n 4 -q --format md
expect_match '^\| *[-:]' out "--format md of a run"
run show run.json --format .tasks.csv
cmp -s out run.tasks.csv || complain "--format with an ending" out
run show run.json --format .SVG
cmp -s out run.svg || complain "--format with an ending in capitals" out
run show run.json -o again.Tasks.CSV
cmp -s again.Tasks.CSV run.tasks.csv || complain "an ending in capitals" err
run show run.json --format csv --format md
expect_status 2 "two forms"
expect_match '^parfor: --format csv and --format md together \(one of them\)$' err "two forms"
run show run.json --json --json
expect_status 0 "--json twice"
run show run.json --json
head -n 2 out | grep -q '"schema": "parfor-result/1"' || complain "show --json: no result" out
run map --format csv -- echo {} ::: 1 2
expect_status 2 "--format where items print"
expect_match '^parfor: --format csv prints where the output of the items goes' err "items print"
run map -q --format json -- echo {} ::: 1 2
expect_match '"stdout": "1.n"' out "--format json has the output of items"
run map -q --format json --log run.log -- true {} ::: 1 2
run map -q --resume run.log --format hyperfine -o resumed
grep -q '"results"' resumed || complain "another --format than in the log" err
run show run.log -o log.svg
expect_status 2 "a picture of a log"
expect_match '^parfor: not a result: run\.log ' err "a picture of a log"
run show run.json --format txt -o figures.png
expect_status 2 "a text as .png"
expect_match '^parfor: --format txt and -o figures.png together \(its ending says another\)$' err "a text as .png"
[ ! -e figures.png ] || complain "a text as .png: written"
run show run.json --format hyperfine -o figures.json
grep -q '"results"' figures.json || complain "--format hyperfine: another form" figures.json
run show run.json --format hyperfine -o figures
grep -q '"results"' figures || complain "--format hyperfine: another form" figures
expect_empty out "--format with -o"

# Several results are a table.
run show run.json run.json -o both.csv -o both.md -o both.txt
expect_status 0 "several results"
[ "$(grep -c . both.csv)" -eq 3 ] || complain "not two rows" both.csv
expect_match '^\| *[-:]' both.md "several results as Markdown"
run show run.json run.json -o both.svg
expect_status 2 "a picture of several"
expect_match '^parfor: \.svg is of one result, not of 2$' err "a picture of several"
[ ! -e both.svg ] || complain "a picture of several: a file"

# What is no place, or holds something else.
run show run.json --pictures run.txt
expect_status 2 "a file in place of a folder"
expect_match '^parfor: not a folder: --pictures run\.txt$' err "a file in place of a folder"
run show run.json -o missing/x.svg
expect_status 2 "a folder that is not there"
run show run.json --pictures missing/album
expect_status 2 "a folder that cannot be made"
run run spin -n 4 -o missing/x.png
expect_status 2 "before anything is run"
expect_empty out "before anything is run"

# Without the library a picture is refused before anything is run, and all else is as ever.
mkdir none
: >none/libcairo.so.2
LD_LIBRARY_PATH=$folder/none
export LD_LIBRARY_PATH
run run spin -n 2 -s 100 -o no.svg
expect_status 3 "without cairo"
expect_match '^parfor: pictures are drawn by cairo: .*/none/libcairo\.so\.2: ' err "without cairo"
expect_empty out "without cairo"
[ ! -e no.svg ] || complain "without cairo: a file"
run run spin -n 2 -s 100 -q --pictures nothing
expect_status 3 "without cairo: --pictures"
[ ! -e nothing ] || complain "without cairo: a folder"
run run spin -n 2 -s 100 -q -o yes.csv -o yes.trace.json
expect_status 0 "without cairo: a table"
[ -s yes.trace.json ] || complain "without cairo: no trace"
unset LD_LIBRARY_PATH

# A disk without room: not a byte of it, what was there stays, and the cause is named.
mkdir small
mount -t tmpfs -o size=16k tmpfs small 2>/dev/null || {
    [ "$(id -u)" -eq 0 ] || skip "only root can make a full disk"
    skip "no small file system may be mounted here"
}
extra_cleanup() { umount "$folder/small" 2>/dev/null || umount -l "$folder/small"; }
echo old >small/old.svg
for form in $forms; do
    dd if=/dev/zero of=small/fill bs=1k >/dev/null 2>&1
    run show run.json -o "small/new.$form" -o small/old.svg
    expect_status 3 "a full disk: $form"
    expect_match '^parfor: cannot write small/new\..*: No space left on device$' err "full: $form"
    [ "$(grep -c '^parfor: ' err)" -eq 1 ] || complain "a full disk: not one line" err
done
run show run.json --pictures small
expect_status 3 "a full disk: --pictures"
run show run.json --pictures small/album
expect_status 3 "a full disk: a new folder"
[ "$(cat small/old.svg)" = old ] || complain "a full disk: the old file has changed"
find small -mindepth 1 ! -name fill ! -name old.svg >left
expect_empty left "a full disk: left behind"

# The first of two pictures has room, the second has none: neither stays.
rm small/fill
first=$(find album -name 'sequential*')
room=$((($(wc -c <"$first") + 4095) / 4096 * 4))
mount -o remount,size=$((room + 8))k small
run show run.json --pictures small/album
expect_status 3 "room for one of two"
[ ! -e small/album ] || complain "room for one of two: something stays"

# Nor does it cost those of the same names that are there.
mkdir small/album
for picture in album/*; do
    echo old >"small/album/${picture#album/}"
done
run show run.json --pictures small/album
expect_status 3 "room for one of two, others are there"
[ "$(cat small/album/* | sort | uniq -c | tr -s ' ')" = " 2 old" ] ||
    complain "others are there: they have changed"
[ "$(find small/album -type f | wc -l)" -eq 2 ] || complain "others are there: not two files"

# A folder that may only be read.
mount -o remount,ro small
for form in $forms; do
    run show run.json -o "small/new.$form"
    expect_status 3 "read only: $form"
    expect_match '^parfor: cannot write small/new\..*: Read-only file system$' err "ro: $form"
done
run run spin -n 4 -s 100 -o small/new.svg
expect_status 3 "read only: before anything is run"
expect_empty out "read only: before anything is run"
run show run.json --pictures small/album
expect_status 3 "read only: --pictures"
finish
