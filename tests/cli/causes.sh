#!/bin/sh
# SPDX-License-Identifier: MIT
# Every cause that the sentence under a comparison can name, provoked for real.  PARFOR_CAUSES=20
# provokes each so many times.
. "$(dirname "$0")/lib.sh"
rounds=${PARFOR_CAUSES:-1}
left_out=

online=$(sed -n '/^cpu[0-9]/p' /proc/stat | wc -l)
usable=$(nproc)
[ "$usable" -ge 2 ] || skip "two CPUs are needed"

# sentence_of FILE: what the result in it says.
sentence_of() { sed -n 's/^ *"sentence": "\(.*\)".*/\1/p' "$1"; }
# Two workers wait for two CPUs only where somebody else has them.
is_disturbed() { grep -Eq '^No result: |: workers waited for a CPU' sentence; }

# check_sentence WHAT PATTERN
check_sentence() {
    sentence_of out >sentence
    expect_match "$2" sentence "$1"
    [ "$(wc -c <sentence)" -le 157 ] || complain "$1: longer than two lines of 78" sentence
}

# attempt WHAT PATTERN COMMAND...: the command leaves a result in `out`, whose sentence is like
# that.  Where others really were busy it may say so, and is tried again; and what the host of a
# virtual machine takes from below nothing here tells, so one round alone may try again anyway.
attempt() {
    what=$1 pattern=$2
    shift 2
    for round in $(seq "$rounds"); do
        for try in 1 2 3 4 5 6 7 8; do
            "$@"
            expect_status 0 "$what"
            sentence_of out >sentence
            grep -Eq -- "$pattern" sentence && break
            [ "$rounds" -eq 1 ] || is_disturbed || break
            sleep "$try"
        done
        check_sentence "$what" "$pattern"
    done
}

# provoke WHAT PATTERN ARGUMENT...: `run` with these says so, each time.
provoke() {
    what=$1 pattern=$2
    shift 2
    attempt "$what" "$pattern" run run "$@" -q --json
}

provoke "nearly all" '^[12]\.[0-9]* times as fast .*: nearly all there is to get \(2\.00\)\.$' \
    spin -s 10000 -n 150 -j 2 -r 3
provoke "idle: blocks" \
    ', of 2\.00\. Worker 0 was idle for the last .* s: worker 1 had all the long tasks\. Try: --schedule dynamic \(about (1\.[89]|2\.0)' \
    triangle -s 1000 -n 60 -j 2 --schedule static
provoke "idle: chunk" \
    '\. Worker [01] was idle for the last .* s: tasks came 12 at a time\. Try: --schedule dynamic \(about (1\.[89]|2\.0)' \
    spin -s 100000 -n 16 -j 2 --schedule dynamic,12
provoke "one long task last" \
    ': one task took .* times as long as the others and came last\. Try: --order longest \(about (1\.[89]|2\.0)' \
    triangle -s 150000 -n 4 -j 2
provoke "granularity" \
    '\. 5 equal tasks can reach 1\.67 at most: one worker gets 3, the other 2\. Try: -n 6 \(about (1\.[89]|2\.0)' \
    spin -s 180000 -n 5 -j 2 -r 3
provoke "start-up" '^Slower: .*: the workers had their first task after .* on average\.' \
    spin -s 50 -n 64 -j 64
provoke "a process per task" \
    '^Slower: .*\. Starting a process took .* for every task of .*\. Try: without --fork-per-task \(about (1\.[6-9]|2\.0)' \
    spin -s 100 -n 2000 -j 2 --fork-per-task
provoke "renewal" \
    '\. Renewing a worker after every 2 tasks of .* took .*\. Try: (--max-tasks 1|without --max-tasks)' \
    spin -s 300 -n 1000 -j 2 --max-tasks 2
provoke "hand-out" ': handing out took .* for every task of .*\. Try: --schedule dynamic ' \
    empty -n 12000000 -j 2 --schedule dynamic,1
provoke "waiting" \
    ": only $usable can run at once, so they waited for a CPU [4-9][0-9] % of the time\\." \
    spin -s 10000 -n $((usable * 64)) -j $((usable * 4)) -r 3
# Two cores may not be enough to use up a machine's way to memory; sharing always shows.
provoke "slow-down: memory" \
    '\. With (both|all) of them busy a task took .* times as long\.|: nearly all there is to get' \
    memory -s 64 -n $((usable * 12)) -j "$usable"
provoke "slow-down: sharing" '\. With both of them busy a task took .* times as long\.$' \
    sharing -n 40 -j 2
provoke "tasks that wait" \
    '^[678]\.[0-9]* .*: these tasks wait instead of computing \(CPUs [0-9] % busy\), and can wait together\.' \
    sleep -s 20000 -n 80 -j 8
provoke "tasks that could wait together" 'these tasks wait .*\. Try: -j [0-9]* \(about [0-9]' \
    sleep -s 20000 -n 64 -j 2
provoke "serial part" \
    ', of 2\.00: (19|20|21) % of the work cannot be shared out: about 1\.[67][0-9] is possible here, [45]\.[0-9]* with any number of CPUs\.$' \
    serial -n 60 -j 2

# A worker that is killed while it has half a task.
run_and_kill() {
    start run spin -s 800000 -n 4 -j 2 --json
    within 30 says '^2 at a time: about' || complain "killed: no second stage" err
    within 5 workers_run 2 || complain "killed: not 2 workers" err
    sleep 0.5
    kill -KILL "$(workers | tail -n 1)" || complain "killed: no worker to kill"
    wait_for_end 30 "killed"
}
attempt "killed" ': worker [01] was killed by SIGKILL, which lost (0\.[3-9][0-9]*|[3-9][0-9]*) m?s of its ' \
    run_and_kill

# Others: as many processes that spin as there are CPUs.
busy=
stop_busy() {
    # shellcheck disable=SC2086
    [ ! "$busy" ] || kill $busy 2>/dev/null
    busy=
}
remove_group() { [ ! "$group" ] || within 5 rmdir "$group" 2>/dev/null; }
group=
extra_cleanup() {
    stop_busy
    remove_group
}
for number in $(seq "$usable"); do
    sh -c 'while :; do :; done' &
    busy="$busy $!"
done
provoke "others" \
    '^No result: other programs used [0-9.]* of [0-9]* CPUs meanwhile \(between [0-9.]* and [0-9.]* times as fast\)\. Try again when it is quiet\.$' \
    spin -s 20000 -n 80 -j "$usable"
stop_busy

# Fences: an affinity mask, and a quota of one and a half CPUs.
if have taskset && [ "$online" -gt 1 ]; then
    cpu=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | sed 's/[-,].*//')
    run_on_one() {
        timeout 30 taskset -c "$cpu" "$program" run spin -s 10000 -n 60 -j 2 -r 3 -q --json \
            >out 2>err
        status=$?
    }
    attempt "affinity" \
        "^[01]\\.[0-9]* times as fast on $online CPUs: we may use only 1 of them \\(.*\\)\\. More workers do not help\\.\$" \
        run_on_one
else
    left_out="taskset; "
fi
make_group() {
    [ -w "$1/cgroup.procs" ] && mkdir "$1/parfor-causes-$$" 2>/dev/null || return 1
    group=$1/parfor-causes-$$
}
quota_v1() {
    own=$(sed -n 's/^[0-9]*:\(.*,\)*cpu\(,[^:]*\)*://p' /proc/self/cgroup | head -n 1)
    [ "$own" ] && make_group "/sys/fs/cgroup/cpu${own%/}" || make_group /sys/fs/cgroup/cpu ||
        return 1
    echo 100000 >"$group/cpu.cfs_period_us" && echo 150000 >"$group/cpu.cfs_quota_us"
}
quota_v2() {
    grep -qw cpu /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || return 1
    make_group /sys/fs/cgroup || return 1
    echo '150000 100000' >"$group/cpu.max"
}
if quota_v1 2>/dev/null || { remove_group; quota_v2 2>/dev/null; }; then
    run_in_group() {
        sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec timeout 30 "$@"' sh "$group" \
            "$program" run spin -s 20000 -n 150 -j 2 -q --json >out 2>err
        status=$?
    }
    attempt "quota" \
        "^1\\.[3-6][0-9]* times as fast on $online CPUs: this container may use only 1\\.50 of them \\(cpu\\.[a-z_]*( of /sys/.*)?\\)\\. More workers do not help\\.\$" \
        run_in_group
    remove_group
    group=
else
    left_out="${left_out}a real quota"
    remove_group
    group=
fi
[ "$left_out" ] && skip "not tried here: $left_out"
finish
