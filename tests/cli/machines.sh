#!/bin/sh
# SPDX-License-Identifier: MIT
# Recorded machines, from the folder PARFOR_MACHINES where it is set.
# Thousands of small files: in memory, if there is such a place.
[ -w /dev/shm ] && export TMPDIR="${TMPDIR:-/dev/shm}"
. "$(dirname "$0")/lib.sh"
[ -d "${PARFOR_MACHINES:-}" ] || skip "no recorded machines (-Dmachines=FOLDER)"
have python3 || skip "no python3"

for archive in "$PARFOR_MACHINES"/*.tar.*; do
    [ -e "$archive" ] || skip "no recorded machines in $PARFOR_MACHINES"
    name=$(basename "$archive")
    rm -rf recorded
    mkdir recorded
    tar -xf "$archive" -C recorded || skip "$name cannot be unpacked here"
    root=$(find recorded -path '*/proc/stat' | head -n 1)
    root=${root%/proc/stat}
    run run spin -s 1000 -n 4 -j 2 --sysroot "$root" -o result.json
    expect_status 0 "$name"
    expect_headline " on [^ ].* \\(simulated\\), [1-9][0-9]* CPUs, " "$name"
    check_truth result.json names=SP workers_run=2
done
finish
