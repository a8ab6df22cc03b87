#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FUZZER SECONDS SEEDS: fuzzes in the current folder.  What is found new goes to a fresh
# folder there, never to the seeds; an input that breaks the parser is kept as FUZZER-crash-….
set -eu
fuzzer=$1 seconds=$2 seeds=$3
name=$(basename "$fuzzer")
if [ ! -d "$seeds" ]; then
    echo "no seeds: $seeds" >&2
    exit 1
fi
rm -rf "$name.found"
mkdir "$name.found"
# Whatever it ends with: libFuzzer's status for a crash is what Meson takes for a skipped test.
"$fuzzer" -max_total_time="$seconds" -artifact_prefix="$PWD/$name-" -max_len=65536 \
    -timeout=20 -print_final_stats=1 "$name.found" "$seeds" || exit 1
