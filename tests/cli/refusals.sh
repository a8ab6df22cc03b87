#!/bin/sh
# SPDX-License-Identifier: MIT
# Bad input: golden/refusals.txt has the command lines and what each must answer: one line on
# standard error, exit 2, nothing on standard output, no file made, no process started.
. "$(dirname "$0")/lib.sh"

mkdir -p folder.json empty holes/proc
printf 'cpu  1 2 3 4 5 6 7 8 9 10\n' >holes/proc/stat
printf 'old\n' >file
ls -lAR . >"$folder.before"
extra_cleanup() { rm -f "$folder".*; }

traced=
if strace -f -qq -o /dev/null true 2>/dev/null; then
    traced="strace -f -qq -e trace=?fork,?vfork,?clone,?clone3 -o $folder.trace"
fi

# refuse ARGUMENT...: the answer, as it stands in the golden text.
refuse() {
    # shellcheck disable=SC2086
    timeout -k 5 20 $traced "$program" "$@" >"$folder.out" 2>"$folder.err" </dev/null
    echo "[$?]" >"$folder.status"
    [ ! -s "$folder.out" ] || complain "parfor $*: on standard output" "$folder.out" >&3
    [ "$(wc -l <"$folder.err")" -eq 1 ] || complain "parfor $*: not one line" "$folder.err" >&3
    [ -z "$traced" ] || [ ! -s "$folder.trace" ] ||
        complain "parfor $*: started a process" "$folder.trace" >&3
    ls -lAR . >"$folder.after"
    cmp -s "$folder.before" "$folder.after" ||
        complain "parfor $*: changed files" "$folder.before" "$folder.after" >&3
    sed "s|$folder|FOLDER|g" "$folder.err"
    cat "$folder.status"
}

exec 3>&1 # what is complained about, beside the answers
while IFS= read -r line; do
    case $line in '$ parfor '*) ;; *) continue ;; esac
    printf '%s\n' "$line"
    eval "set -- ${line#'$ parfor '}"
    refuse "$@"
done <"$here/golden/refusals.txt" >"$folder.refusals"
grep -q '^\$' "$folder.refusals" || complain "no cases"
grep '^\[' "$folder.refusals" | grep -qvFx '[2]' && complain "not all exit 2" "$folder.refusals"
compare_golden "$folder.refusals" refusals.txt
[ -n "$traced" ] || skip "without strace it is not seen whether a process is started"
finish
