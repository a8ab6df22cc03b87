#!/bin/sh
# SPDX-License-Identifier: MIT
# The speed-up of equal tasks as a share of its bound: 9 pairs in ABBA order, the ratio of the
# medians.  The remarks tell whether the machine was quiet.
set -eu
file=$(mktemp -d)/result.json
trap 'rm -rf "$(dirname "$file")"' EXIT
"$PARFOR" run factorial --seconds 3 -r 9 -q -o "$file"
awk -F'[:,]' '
    /"speedup":/ && !s { s = $2 }
    /"bound":/ && !b { b = $2 }
    END { printf "\nspeed-up %.3f, bound %.3f, share %.3f (at least 0.96 on a quiet machine)\n", s, b, s / b }
' "$file"
