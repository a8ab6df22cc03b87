#!/bin/sh
# SPDX-License-Identifier: MIT
# limits.sh TREE: files are short; nothing mutable is global; only what is meant to prints,
# exits or touches the terminal; nothing is left to do.
set -eu
cd "$1"
bad=0

comment='^[^:]*:[0-9]+:[ \t]*(/\*|\*|//)'

# forbid WHY PATTERN FILE...: no line may match, comments aside.
forbid() {
    why=$1 pattern=$2
    shift 2
    [ $# -gt 0 ] || return 0
    found=$(grep -nE "$pattern" "$@" /dev/null | grep -vE "$comment" || :)
    [ -z "$found" ] || {
        echo "$found" | sed "s|\$|   <- $why|"
        bad=1
    }
}
sources() { find "$@" -name '*.[ch]' | sort; }
folders() { for folder; do [ ! -d "src/$folder" ] || echo "src/$folder"; done; }

for file in $(sources src); do
    lines=$(wc -l <"$file")
    [ "$lines" -le 400 ] || {
        echo "$file: $lines lines   <- more than 400"
        bad=1
    }
done

# A variable that is not constant, at file scope or static in a function.  Declarations are
# joined up to the first of ; = { ( so that a return type on a line of its own is none.
# shellcheck disable=SC2046
awk '
function check(text, where,    tail) {
    if (text ~ /\(/ && text !~ /\(\*/) return # a function
    if (text ~ /^(struct|union|enum)[ \t]+[a-z_0-9]*[ \t]*[{;]/) return # a type
    if (text ~ /static_assert|_Static_assert/) return
    tail = text
    if (text ~ /\*/) sub(/.*\*/, "", tail)
    if (tail !~ /(^|[^a-z_])const([^a-z_]|$)/) {
        print where ": " text "   <- a mutable global"
        bad = 1
    }
}
FNR == 1 { joined = "" }
{
    line = $0
    sub(/\/\/.*/, "", line)
    gsub(/\/\*[^*]*\*\//, "", line)
    starts = line ~ /^[ \t]+static[ \t]/ || line ~ /^[a-z_]/ &&
        line !~ /^(typedef|extern|goto|case|default)[^a-z_]/ && line !~ /^[a-z_0-9]+:/
    if (joined == "" && starts)
        where = FILENAME ":" FNR
    if (joined != "" || starts)
        joined = joined line " "
    if (match(joined, /\(\*[^)]*\)/) || match(joined, /[;={(]/)) {
        check(substr(joined, 1, RSTART + RLENGTH - 1), where)
        joined = ""
    }
}
END { exit bad }' $(find src -name '*.c' | sort) || bad=1

lower=$(folders base machine workload model pool experiment)
not_ui=$(folders base machine workload model pool experiment report)
# shellcheck disable=SC2046,SC2086
{
    forbid 'no sleeping while waiting' '(^|[^_a-z])u?sleep\(' $(sources src)
    forbid 'lower layers do not exit' '(^|[^_a-z])(exit|quick_exit|errx?)\(' $(sources $lower)
    forbid 'lower layers do not print' \
        '(^|[^_a-z])(v?printf|puts|putchar|perror|psignal|warnx?)\(' $(sources $lower)
    forbid 'lower layers do not print' '(^|[^_a-z])std(out|err)([^_a-z]|$)' \
        $(sources $lower | grep -vE '^src/base/(memory|text)\.c$') # a last word before abort()
    forbid 'the terminal belongs to ui' \
        '(endwin|initscr|newterm|tcsetattr|tcgetattr)\(|\\(033|x1b|e)\[' \
        $(sources $not_ui | grep -v '^src/pool/guardian\.c$') # which gives it back
    comment='^$' # comments too
    forbid 'left to do' 'TODO|FIXME|(^|[^X])XXX([^X]|$)' $(sources src)
}
exit $bad
