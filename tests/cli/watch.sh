#!/bin/sh
# SPDX-License-Identifier: MIT
# watch in a pipe: it says what it looks at, ends by a signal, and says then how busy that was.
. "$(dirname "$0")/lib.sh"
have env || skip "no env"

online=$(grep -c '^cpu[0-9]' /proc/stat)
cpus="$online CPUs"
[ "$online" -gt 1 ] || cpus="1 CPU"
summary="^Watched for [0-9.]+ (ms|s): [0-9.]+ of $cpus busy\\.\$"

# end_with SIGNAL ARGUMENT...: watches for half a second after the first sentence.
end_with() {
    signal=$1
    shift
    start watch "$@"
    within 20 says '^Watching ' || complain "watch $*: nothing is said" err
    sleep 0.5
    kill -s "$signal" "$parent"
    wait_for_end 20 "watch $*: $signal"
    wanted=$(kill -l "$status" 2>/dev/null)
    [ "$status" -gt 128 ] && [ "$wanted" = "$signal" ] ||
        complain "watch $*: $signal: exit $status" out err
}

for signal in INT TERM HUP QUIT; do
    end_with $signal
    expect_match "^Watching [^ ].*, $cpus(, .*)?\\.\$" err "$signal"
    [ "$(wc -l <err)" -eq 1 ] || complain "$signal: not one sentence" err
    expect_match "$summary" out "$signal"
    [ "$(wc -l <out)" -eq 1 ] || complain "$signal: not one sentence" out
    LC_ALL=C expect_no_match '[^ -~]' out "not plain text"
    LC_ALL=C expect_no_match '[^ -~]' err "not plain text"
done
end_with INT --interval 10ms --plain --ascii --no-color
expect_match "$summary" out "--interval 10ms"

# Before the first sample: at once as well.
start watch --interval 10s
within 20 says '^Watching ' || complain "watch --interval 10s: nothing is said" err
kill -INT "$parent"
wait_for_end 20 "watch --interval 10s: INT"
[ "$status" -eq 130 ] || complain "watch --interval 10s: exit $status" out err
expect_match '^Watched for 0?[0-9.]+ m?s' out "watch --interval 10s"

# What is loaded is seen: this shell, on one CPU, for a second.
start watch
within 20 says '^Watching ' || complain "nothing is said" err
end=$(($(date +%s%N) + 1000000000))
while [ "$(date +%s%N)" -lt $end ]; do :; done
kill -INT "$parent"
wait_for_end 20 "watch while busy"
busy=$(sed -n 's/.*: \([0-9.]*\) of .*/\1/p' out)
awk -v busy="$busy" 'BEGIN { exit !(busy >= 0.5) }' || complain "one CPU's work is not seen" out

# A simulated machine whose counters stand still.
mkdir -p still/proc
printf 'cpu  1 0 0 1\ncpu0 5 0 0 5 0 0 0 0\ncpu1 5 0 0 5 0 0 0 0\n' >still/proc/stat
end_with INT --sysroot still
expect_match '^Watching [^ ].* \(simulated\), 2 CPUs, all usable\.$' err "--sysroot"
expect_match '^Watched for ' out "--sysroot"

# Killed, it leaves nothing.
start watch
within 20 says '^Watching ' || complain "nothing is said" err
kill -KILL "$parent"
wait_for_end 20 "KILL"

# Nobody reads what it says: it goes on, and ends quietly.
mkfifo lines
head -n 1 <lines >/dev/null &
timeout -s INT 2 "$program" watch >out 2>lines </dev/null
expect_match "$summary" out "nobody reads the sentences"
timeout -s INT 1 "$program" watch --interval 20ms >&- 2>err </dev/null
expect_no_match 'parfor: |cannot|rror' err "standard output closed"
if [ -c /dev/full ]; then
    timeout -s INT 2 "$program" watch >/dev/full 2>err </dev/null
    expect_match '^parfor: cannot write to standard output: .*[Nn]o space' err "a full disk"
fi
finish
