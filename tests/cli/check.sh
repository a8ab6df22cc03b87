#!/bin/sh
# SPDX-License-Identifier: MIT
# What keeps CPUs from us, each a real fence that the check must find and name; simulated
# machines; and what the check must never say.  Nothing is run here but the inventory.
. "$(dirname "$0")/lib.sh"
have python3 || skip "no python3"
left_out=
online=$(sed -n '/^cpu[0-9]/p' /proc/stat | wc -l)

# finds LEVEL TOPIC PATTERN WHAT: the result has such a finding, which says that with its file.
finds() {
    python3 -c '
import json, re, sys
level, topic, pattern = sys.argv[1:4]
findings = json.load(open("result.json"))["check"]["findings"]
fitting = [f for f in findings if f["level"] == level and f["topic"] == topic
           and re.search(pattern, f["text"] + " " + f["where"])]
sys.exit(0 if fitting and all(f["next"] for f in fitting) else str(findings))' \
        "$1" "$2" "$3" 2>found || complain "$4: no finding $1 $2 like $3" found out
}
# usable NUMBER WHAT: that many may be used, and the smallest count says so.
usable() {
    python3 -c '
import json, sys
result = json.load(open("result.json"))
smallest = [c["cpus"] for c in result["check"]["inventory"]["counts"] if c["smallest"]]
assert smallest == [float(sys.argv[1])], smallest
assert result["machine"]["usable_cpus"] == float(sys.argv[1]), result["machine"]["usable_cpus"]
' "$1" 2>found || complain "$2: not $1 usable" found
}
# fenced COMMAND...: looks at the machine from behind a fence.
fenced() {
    timeout 20 "$@" "$program" check --inventory -q -o result.json >out 2>err </dev/null
    status=$?
}

run check --inventory -o result.json
[ "$status" -eq 0 ] || complain "check --inventory: exit $status" out err
expect_match '[Nn]othing was run' out "check --inventory"
expect_match 'not visible here' out "what cannot be seen"
expect_no_match '(: | )OK\b' out "what cannot be seen"
expect_match '/sys/devices/system/cpu/online' out "each line has its file"
run check --inventory --expect 60000 -o result.json
expect_status 1 "--expect of more than there are"
finds FAIL expected 60000 "--expect of more than there are"
run check --inventory --expect 0.25 -o result.json
expect_status 0 "--expect of less"

if have taskset && [ "$online" -gt 1 ]; then
    cpu=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | sed 's/[-,].*//')
    fenced taskset -c "$cpu"
    expect_status 0 taskset
    usable 1 taskset
    finds WARN affinity "1 of $online .*/proc/self/status" taskset
    timeout 20 taskset -c "$cpu" "$program" check --inventory --strict -q >out 2>err
    status=$?
    expect_status 1 "taskset --strict"
    timeout 20 taskset -c "$cpu" "$program" check --inventory --expect "$online" -q -o result.json \
        >out 2>err
    status=$?
    expect_status 1 "taskset --expect"
    finds FAIL expected affinity "taskset --expect"
else
    left_out="taskset; "
fi
fenced nice -n 7
expect_status 0 nice
finds WARN niceness 7 nice
fenced env SLURM_CPUS_PER_TASK=1
if [ "$online" -gt 1 ]; then
    usable 1 SLURM_CPUS_PER_TASK
    finds WARN batch SLURM_CPUS_PER_TASK=1 SLURM_CPUS_PER_TASK
fi

# Groups of controllers, made in this shell's own place of the hierarchy.
groups=
extra_cleanup() {
    for group in $groups; do
        within 5 rmdir "$group" 2>/dev/null
    done
    groups=
}
# make_group CONTROLLER: `group` is a new one; version 1, else 2.
make_group() {
    own=$(sed -n "s/^[0-9]*:\(.*,\)*$1\(,[^:]*\)*://p" /proc/self/cgroup | head -n 1)
    for place in "/sys/fs/cgroup/$1${own%/}" "/sys/fs/cgroup/$1" /sys/fs/cgroup; do
        [ -w "$place/cgroup.procs" ] || continue
        [ "$place" != /sys/fs/cgroup ] || grep -qw "$1" "$place/cgroup.subtree_control" || continue
        group=$place/parfor-check-$$-$1
        mkdir "$group" 2>/dev/null || continue
        groups="$group $groups"
        return 0
    done
    return 1
}
# In a group: sh -c 'echo $$ >"$1" && shift && exec "$@"' sh FILE COMMAND...
enter() { fenced sh -c 'echo $$ >"$1" && shift && exec "$@"' sh "$group/cgroup.procs"; }

if [ "$online" -gt 1 ] && make_group cpuset 2>/dev/null; then
    head -n 1 "$group/../cpuset.mems" >"$group/cpuset.mems" 2>/dev/null
    if echo 0 >"$group/cpuset.cpus" 2>/dev/null; then
        enter
        expect_status 0 cpuset
        usable 1 cpuset
        finds WARN cpuset "parfor-check-$$-cpuset" cpuset
    else
        left_out="${left_out}a real cpuset; "
    fi
else
    left_out="${left_out}a real cpuset; "
fi
if make_group pids 2>/dev/null && echo 2 >"$group/pids.max" 2>/dev/null; then
    enter
    expect_status 0 pids.max
    finds WARN processes "parfor-check-$$-pids/pids.max" pids.max
else
    left_out="${left_out}a real limit on processes; "
fi
if make_group cpu 2>/dev/null && {
    { echo 100000 >"$group/cpu.cfs_period_us" && echo 50000 >"$group/cpu.cfs_quota_us"; } ||
        echo '50000 100000' >"$group/cpu.max"
} 2>/dev/null; then
    mkdir "$group/inner" && groups="$group/inner $groups"
    outer=$group group=$group/inner
    enter
    expect_status 0 "a quota above our group"
    usable 0.5 "a quota above our group"
    finds WARN quota "0\\.50? of $online .*$outer/cpu\\." "a quota above our group"
    # Under load its throttling is seen, group by group; before all others it gets more
    # than the quota of every period, whatever else runs.
    { echo 262144 >"$outer/cpu.shares" || echo 10000 >"$outer/cpu.weight"; } 2>/dev/null
    timeout 60 sh -c 'echo $$ >"$1" && shift && exec "$@"' sh "$group/cgroup.procs" \
        "$program" check --long 2s -q -o result.json >out 2>err </dev/null
    status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 4 ] || complain "a check behind a quota: $status" out err
    finds WARN throttled "parfor-check-$$-cpu" "throttled under load"
    finds WARN quota "$outer/cpu\\." "a quota above our group, under load"
else
    left_out="${left_out}a real quota; "
fi

# Machines that are not here: nothing of them can be measured.
[ -d "${PARFOR_MACHINES:-}" ] || left_out="${left_out}recorded machines; "
for archive in "${PARFOR_MACHINES:-/nowhere}"/16em64t-4s2c2t-offlines.tar.* \
    "${PARFOR_MACHINES:-/nowhere}"/20em64t-hybrid-*.tar.* "${PARFOR_MACHINES:-/nowhere}"/256ppc-*.tar.*; do
    [ -e "$archive" ] || continue
    mkdir recorded && tar -xf "$archive" -C recorded
    root=$(find recorded -path '*/proc/stat' | head -n 1)
    root=${root%/proc/stat}
    run check --sysroot "$root" -o result.json
    expect_status 4 "$archive"
    finds INCONCLUSIVE unmeasured '[Ss]imulated' "$archive"
    case $archive in
    *offlines*) finds WARN offline '[1-9]' "$archive" ;;
    *hybrid*) expect_match 'kinds.*[0-9] P cores.*[0-9] E cores' out "$archive" ;;
    *256ppc*) expect_match '\b256\b' out "$archive" ;;
    esac
    run check --sysroot "$root" --inventory
    [ "$status" -eq 0 ] || complain "$archive --inventory: exit $status" out err
    rm -rf recorded
done
[ "$left_out" ] && skip "not tried here: $left_out"
finish
