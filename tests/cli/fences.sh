#!/bin/sh
# SPDX-License-Identifier: MIT
# What keeps this process from CPUs that the machine has: an affinity mask, a batch system's
# allocation, the quota of a cgroup above its own.
. "$(dirname "$0")/lib.sh"
left_out=

online=$(sed -n '/^cpu[0-9]/p' /proc/stat | wc -l)
# usable NUMBER WHERE: what the header says; on a machine with one CPU it says nothing.
usable() {
    expect_status 0 "$2"
    if [ "$online" -gt 1 ]; then
        expect_headline ", $online CPUs, $1 of them usable \\(.*$2.*\\)\\.\$" "$2"
    fi
}
# limit SOURCE CPUS: the JSON has it.
limit() {
    grep -Eq "\"source\": \"$1\", \"cpus\": $2," result.json || complain "no limit $1 $2" result.json
}

if have taskset && [ "$online" -gt 1 ]; then
    cpu=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | sed 's/[-,].*//')
    timeout 20 taskset -c "$cpu" "$program" run empty -n 9 -q -o result.json >out 2>err
    status=$?
    usable 1 affinity
    limit affinity 1.0
    expect_match '^parfor-1 .* W=1 ' out "taskset -c $cpu"
    ! have python3 || check_truth result.json names=SP workers_run=1
else
    left_out="taskset; "
fi

# Fewer descriptors than workers: a smaller pool that says so, and nothing is lost.
(ulimit -n 40 && exec timeout 20 "$program" map spin -s 200 -n 300 -j 100 -q -o result.json) >out 2>err
status=$?
expect_status 0 "ulimit -n 40"
tr '\n' ' ' <out >line
expect_match '100 workers were asked for, [0-9]+ ran: the system refused a process' line "ulimit -n 40"
expect_match '^[0-9]+ at a time: [0-9.]+ m?s, [0-9.]+ of [0-9]+ CPUs busy\.$' out "ulimit -n 40"

for variable in SLURM_CPUS_PER_TASK SLURM_CPUS_ON_NODE NSLOTS PBS_NUM_PPN NCPUS; do
    env $variable=1 timeout 20 "$program" map empty -n 9 -q -o result.json >out 2>err
    status=$?
    usable 1 "$variable=1"
    limit $variable 1.0
    expect_match '^parfor-1 .* W=1 ' out "$variable=1"
done
for value in 1000 '' 0 -2 many; do # more than there are, and what is no number of CPUs
    NSLOTS=$value timeout 20 "$program" map empty -n 9 -q >out 2>err
    status=$?
    expect_status 0 "NSLOTS=$value"
    expect_no_match 'usable \(NSLOTS' out "NSLOTS=$value"
done
# More than is usable may be asked for.
NSLOTS=1 timeout 20 "$program" map empty -n 9 -j 3 -q >out 2>err
expect_match '^parfor-1 .* W=3 ' out "NSLOTS=1 -j 3"

# A quota of half a CPU, above the group that the program is in: half/inner.
group=
remove_groups() {
    [ "$group" ] || return 0
    within 5 rmdir "$group/inner" 2>/dev/null
    within 5 rmdir "$group" 2>/dev/null
}
extra_cleanup() { remove_groups; }
# Where this shell is in the cpu controller's tree, for a hierarchy mounted at $1.
make_groups() {
    [ -w "$1/cgroup.procs" ] && mkdir "$1/parfor-cli-$$" 2>/dev/null || return 1
    group=$1/parfor-cli-$$
    mkdir "$group/inner" 2>/dev/null
}
quota_v1() {
    own=$(sed -n 's/^[0-9]*:\(.*,\)*cpu\(,[^:]*\)*://p' /proc/self/cgroup | head -n 1)
    [ "$own" ] && make_groups "/sys/fs/cgroup/cpu${own%/}" || make_groups /sys/fs/cgroup/cpu ||
        return 1
    echo 100000 >"$group/cpu.cfs_period_us" && echo 50000 >"$group/cpu.cfs_quota_us"
}
quota_v2() {
    grep -qw cpu /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || return 1
    make_groups /sys/fs/cgroup || return 1
    echo '50000 100000' >"$group/cpu.max"
}
if quota_v1 2>/dev/null || { remove_groups; quota_v2 2>/dev/null; }; then
    sh -c 'echo $$ >"$1/inner/cgroup.procs" && shift && exec timeout 20 "$@"' sh "$group" \
        "$program" run spin -s 20000 -n 20 -q -o result.json >out 2>err
    status=$?
    usable 0.50 "/parfor-cli-$$/cpu\\.(cfs_quota_us|max)"
    limit 'cgroup quota' 0.5
    expect_match '^parfor-1 .* W=1 ' out "a quota of half a CPU"
    ! have python3 || check_truth result.json names=SP workers_run=1
    remove_groups
    [ ! -d "$group" ] || complain "the group could not be removed: processes left in it?"
    group=
else
    left_out="${left_out}a real quota"
    remove_groups
fi
[ "$left_out" ] && skip "not tried here: $left_out"
finish
