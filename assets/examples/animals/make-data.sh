#!/bin/sh
# SPDX-License-Identifier: MIT
# make-data.sh FOLDER [DAYS]: a file for each of thirty animals, FOLDER/animal-01.csv and so
# on, with what was measured on so many days (40).  Some animals have been watched for longer
# than others, so some files are longer.
set -eu
folder=${1:?make-data.sh FOLDER [DAYS]}
days=${2:-40}
mkdir -p "$folder"
for number in $(seq -w 1 30); do
    awk -v days="$days" -v number="$number" 'BEGIN {
        srand(number)
        weight = 20 + 10 * rand()
        print "day,weight_g,distance_m"
        for (day = 1; day <= days * (1 + number % 4); day++) {
            weight += rand() - 0.48
            printf "%d,%.2f,%.1f\n", day, weight, 800 + 400 * rand()
        }
    }' >"$folder/animal-$number.csv"
done
