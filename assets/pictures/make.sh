#!/bin/sh
# SPDX-License-Identifier: MIT
# Takes the README's pictures: the launcher, a real run on this machine, and a replay, seen in a
# terminal of 80x24; then those that the program draws itself, of real runs too; and quotes what
# these runs print.  The machine must be quiet meanwhile; if it was not, all stays as it is.
#   sh assets/pictures/make.sh [BUILD]    with the programs in BUILD (build)
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
[ -x "$build/tests/tui/picture" ] || {
    echo "pictures: $build has no tests/tui/picture (needs libvterm and cmocka)" >&2
    exit 1
}
new=$(mktemp -d "${TMPDIR:-/tmp}/parfor-pictures.XXXXXX")
trap 'rm -rf "$new"' EXIT
XDG_STATE_HOME=$new # the form and the colours as they are by themselves
export XDG_STATE_HOME
"$build/tests/tui/picture" wait='ready to copy' pause=500 svg="$new/launcher.svg" \
    -- "$build/parfor"
"$build/tests/tui/picture" wait='projected from' pause=4000 \
    svg="$new/replay.svg" -- "$build/parfor" show --replay assets/recordings/simulated-128.json

# believe NAME COMMAND...: until the result of that name can be believed, five times at most.
believe() {
    name=$1
    shift
    for left in 4 3 2 1 0; do
        "$@" >/dev/null
        python3 assets/pictures/believable.py "$new/$name.json" && return
    done
    echo "pictures: try again when it is quiet" >&2
    exit 1
}
# The second stage is there when the first one's "so far" has gone and come again.
believe compare "$build/tests/tui/picture" wait='so far' gone='so far' wait='so far' \
    pause=2500 svg="$new/live.svg" wait='workers work' pause=500 svg="$new/compare.svg" \
    -- "$build/parfor" run factorial --seconds 10 -o "$new/compare.json"

# The tour.  What is said of it stands in the result: letters in a picture are outlines.
parfor=$(cd "$build" && pwd)/parfor
examples=$PWD/assets/examples
take() {
    picture=$1
    shift
    believe "$picture" "$parfor" "$@" -q -o "$new/$picture.json" -o "$new/$picture.svg"
}
files() (
    cd "$new"
    cp "$examples"/animals/*.sh .
    sh make-data.sh data
    "$parfor" run -q -o tour-files.json -o tour-files.tasks.svg \
        -- sh analyse.sh {} ::: data/*.csv
    mv tour-files.tasks.svg tour-files.svg
)
python() (
    cd "$examples/python"
    "$parfor" versus -q -r 3 -o "$new/tour-python.json" -o "$new/tour-python.svg" \
        'python3 loop.py' 'python3 pool.py'
)
believe tour-files files
believe tour-python python
take tour-article run factorial -n 15
take tour-sweep sweep factorial --seconds 3
take tour-check check

# quote RESULT LINES AFTER: what is printed of it, in the README after the line that ends so.
quote() {
    COLUMNS=80 "$parfor" show --plain "$new/$1.json" >"$new/printed"
    awk -v printed="$new/printed" -v most="$2" -v after="$3" -f assets/pictures/quote.awk \
        README.md >"$new/README.md"
    cp "$new/README.md" README.md
}
quote compare 99 'What is printed after it stays in the terminal:'
quote tour-check 11 'On a quiet one it ends with:'
cp "$new"/*.svg assets/pictures/
