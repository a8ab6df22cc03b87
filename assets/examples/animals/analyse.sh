#!/bin/sh
# SPDX-License-Identifier: MIT
# analyse.sh FILE [ROUNDS]: one animal's mean weight, and how sure that is: the mean is taken
# again over days drawn at random, so many times (20000), and 95 % of these means lie between
# the two numbers given (a bootstrap).  It knows nothing of other files, and nothing of
# parfor: one file in, one line out.
set -eu
file=${1:?analyse.sh FILE [ROUNDS]}
rounds=${2:-20000}
[ -r "$file" ] || { echo "analyse.sh: cannot read $file" >&2; exit 1; }
name=$(basename "$file" .csv)

awk -F, -v rounds="$rounds" '
    NR > 1 { weights[++count] = $2; sum += $2 }
    END {
        if (count == 0) exit 1
        srand(1)
        for (round = 1; round <= rounds; round++) {
            drawn = 0
            for (i = 1; i <= count; i++) drawn += weights[1 + int(count * rand())]
            printf "%.4f %.4f %d\n", drawn / count, sum / count, count
        }
    }' "$file" | sort -n | awk -v name="$name" '
    { means[NR] = $1; mean = $2; count = $3 }
    END {
        if (NR == 0) { print name ": no days in it" >"/dev/stderr"; exit 1 }
        low = means[1 + int(NR * 0.025)]
        high = means[1 + int(NR * 0.975)]
        printf "%s: %.2f g over %d days (%.2f to %.2f)\n", name, mean, count, low, high
    }'
