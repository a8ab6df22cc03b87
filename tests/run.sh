#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the tests need where it is missing, builds three trees and runs all tests:
#   build        gcc, as users build it: everything but the fuzzers and what looks for wrong
#                use of memory alone
#   build-dev    gcc, warnings are errors, address and undefined sanitizers: unit, pool and
#                those screen tests that draw much
#   build-clang  clang, likewise: the fuzzers, for FUZZ_SECONDS each (2; 10 with CI=true)
# The last line sums up: N passed, N failed, N skipped.  Exits with 1 if anything failed.
set -u
cd "$(dirname "$0")/.." || exit 1

passed=0 failed=0 skipped=0 failures=
started=$(date +%s)

finish() {
    echo
    [ -z "$failures" ] || printf 'failed: %s\n' $failures
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] || exit 1
    exit 0
}

heading() {
    echo
    echo "== $* ($(($(date +%s) - started)) s)"
}

# A part that cannot be built counts as one failure; its log is shown.
count_broken() {
    echo "$1: could not be $2"
    tail -n 60 "$1.log"
    failed=$((failed + 1))
    failures="$failures $1"
}

# build_tree FOLDER OPTION...: sets the tree up, again if it is there, and compiles `targets`
# of it (nothing: all).
targets=
build_tree() {
    tree=$1
    shift
    if [ -f "$tree/build.ninja" ]; then
        meson configure --clearcache "$tree" >/dev/null 2>&1
        set -- --reconfigure "$@"
    fi
    mkdir -p "$tree"
    if ! meson setup "$@" "-Dmachines=$machines" "-Dfuzz_seconds=$fuzz_seconds" \
        "-Dtests=enabled" "$tree" >"$tree.log" 2>&1 </dev/null; then
        count_broken "$tree" configured
        return 1
    fi
    # shellcheck disable=SC2086
    if ! ninja -C "$tree" $targets >"$tree.log" 2>&1 </dev/null; then
        count_broken "$tree" built
        return 1
    fi
    grep -A 3 'warning:' "$tree.log"
    rm -f "$tree.log"
    return 0
}

# How many tests of the tree ended like this; the log has an object a line, and a quote inside
# a test's own output is escaped there, so that it cannot be taken for a result.
count_results() {
    grep -Ec "\"result\": \"($2)\"" "$1/meson-logs/testlog.json"
}

# Their names, each below its tree: "build/unit/experiment/settle".
list_failures() {
    grep -Ev '"result": "(OK|EXPECTEDFAIL|SKIP|IGNORED)"' "$1/meson-logs/testlog.json" |
        sed "s|^{\"name\": \"[^\"/]* / \([^\"]*\)\".*|$1/\1|"
}

# run_tests FOLDER ARGUMENT...: runs tests of a tree and adds up the results.
run_tests() {
    tree=$1
    shift
    rm -f "$tree/meson-logs/testlog.json"
    meson test -C "$tree" --no-rebuild --print-errorlogs \
        --num-processes "$processes" "$@" </dev/null
    status=$?
    if [ ! -f "$tree/meson-logs/testlog.json" ]; then
        echo "$tree: no test ran"
        failed=$((failed + 1))
        return
    fi
    good=$(count_results "$tree" 'OK|EXPECTEDFAIL')
    left_out=$(count_results "$tree" 'SKIP|IGNORED')
    bad=$(($(count_results "$tree" '[A-Z]+') - good - left_out))
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1 # the runner itself failed
    fi
    [ "$bad" -eq 0 ] || failures="$failures $(list_failures "$tree")"
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + left_out))
}

if [ "${FUZZ_SECONDS:-}" ]; then
    fuzz_seconds=$FUZZ_SECONDS
elif [ "${CI:-}" = true ]; then
    fuzz_seconds=10
else
    fuzz_seconds=2
fi
# Many tests wait more than they compute; those that must be alone are.
processes=$(($(nproc) + 2))
machines=
[ -d ../shared/machines ] && machines=$(cd ../shared/machines && pwd)

heading "What the tests need"
if ! sh assets/setup.sh --tests; then
    failed=1
    finish
fi
[ "$machines" ] && echo "recorded machines: $machines" ||
    echo "recorded machines: none beside this folder; their tests are skipped"

heading "build: gcc, all tests but the fuzzers"
CC=gcc build_tree build && run_tests build --no-suite fuzz --no-suite memory

heading "build-dev: gcc with sanitizers, unit, pool and some screen tests"
CC=gcc build_tree build-dev --native-file tests/developer.ini &&
    run_tests build-dev --suite unit --suite pool --suite sanitized

targets=fuzzers
heading "build-clang: clang with sanitizers, fuzzers for $fuzz_seconds s each"
CC=clang build_tree build-clang --native-file tests/developer.ini \
    -Dc_args=-fsanitize=fuzzer-no-link && run_tests build-clang --suite fuzz

finish
