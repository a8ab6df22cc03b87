#!/bin/sh
# SPDX-License-Identifier: MIT
# A signal to the parent, in every phase of a run: it ends at once, leaves nothing running,
# prints what was measured, and has died of that signal.
. "$(dirname "$0")/lib.sh"
have env || skip "no env"

# Whether it listens to signals, which it does from before the quiet check on.
listens() {
    blocked=$(sed -n 's/^SigBlk:[[:space:]]*//p' "/proc/$parent/status")
    [ $((0x${blocked:-0} & 0x4000)) -ne 0 ] # SIGTERM
}

# end_with SIGNAL WHEN ARGUMENT...: starts, waits for WHEN (a pattern of standard error, seconds,
# or `listens`), sends the signal.
end_with() {
    signal=$1 when=$2
    shift 2
    start "$@"
    case $when in
    0.*) sleep "$when" ;;
    listens) within 20 listens || complain "$*: does not listen to signals" err ;;
    *) within 20 says "$when" || complain "$*: no line like $when" err ;;
    esac
    kill -s "$signal" "$parent"
    wait_for_end 20 "$signal at '$when'"
    wanted=$(kill -l "$status" 2>/dev/null)
    [ "$status" -gt 128 ] && [ "$wanted" = "$signal" ] ||
        complain "$signal at '$when': exit $status" out err
}

# A stage that was just begun is stopped after microseconds.
time='[0-9.]+ [mu]?s'
for signal in INT TERM HUP QUIT; do
    for try in 1 2 3 4 5 6 7 8 9 10; do # it takes 300 ms, which may have passed
        end_with $signal listens run sleep -s 100000 -n 8 -j 2
        grep -q '^One after the other: .* stopped after ' out || break
    done
    expect_match '^Stopped before the first task\.$' out "$signal in the quiet check"
    expect_match '^[^ ].*CPU' out "$signal in the quiet check: what was to run"

    end_with $signal '^One after the other: about' run sleep -s 200000 -n 20 -j 2
    expect_match "^One after the other: $time, stopped after [0-9]+ of 20 tasks" out \
        "$signal, sequential"
    expect_match '^parfor-1 .* stopped$' out "$signal, sequential"
    expect_match '^One after the other: .*, stopped after [0-9]+ of 20 tasks' err "$signal"

    end_with $signal '^2 at a time: about' run sleep -s 500000 -n 4 -j 2 -o stopped.json
    expect_match '^One after the other: (1\.9[0-9]*|[2-9][0-9.]*|[1-9][0-9][0-9.]*) s,' out \
        "$signal, parallel: the first stage"
    expect_match "^2 at a time: $time, stopped after [0-9]+ of 4 tasks" out \
        "$signal, parallel"
    ! have python3 || check_truth stopped.json names=SP stopped=yes
    rm -f stopped.json
done

# A task that computes for long and never looks up is ended as well.
end_with INT '^3 at a time: started' map spin -s 1000000000 -n 6 -j 3
expect_match '^3 at a time: .*s, stopped after 0 of 6 tasks' out "INT, long tasks"
end_with TERM 0.2 run spin -s 1000000000 -n 6 # while the first task is being timed
end_with INT 0.6 run spin -s 1000000000 -n 6

# How long was computed before a stop in the first task is said, not 0.
start run sleep -s 5000000 -n 4 -j 2 -o first.json
within 20 says '^One after the other: ' || complain "no sequential stage" err
sleep 0.5
kill -INT "$parent"
wait_for_end 20 "INT in the first task"
expect_match '^One after the other: 0?[0-9.]+ m?s, stopped after 0 of 4 tasks' out \
    "INT in the first task"
expect_no_match '^One after the other: 0 [a-z]+,' out "INT in the first task, after half a second"

# In the middle of repeats what is complete is compared.
start run sleep -s 400000 -n 4 -j 2 -r 9 -o repeats.json
stages_seen() { [ "$(grep -c '^2 at a time: about' err)" -ge 3 ]; }
within 20 stages_seen || complain "no third parallel stage" err
kill -TERM "$parent"
wait_for_end 20 "TERM in mid repeats"
expect_match 'times as fast' out "TERM in mid repeats"
! have python3 || check_truth repeats.json stopped=yes names=SPPSSP

# Ignored at the start, as by nohup: stays so.
for signal in HUP INT QUIT; do
    reset=$(echo "INT QUIT HUP TERM" | sed "s/$signal//; s/^ *//; s/ *$//; s/  */,/g")
    (
        trap '' $signal
        start_with "$reset" run sleep -s 100000 -n 6 -j 2
        within 20 says '^One after the other: about' || complain "did not start" err
        kill -s $signal "$parent"
        within 20 says '^2 at a time: about' || complain "$signal ignored: ended" err
        kill -s $signal "$parent"
        wait "$parent"
        status=$?
        expect_status 0 "$signal ignored at the start"
        exit $bad
    ) || bad=1
done

# Killed by the signal, not an exit with its number.
have python3 || skip "no python3: death by signal is not told from exit 130"
timeout 20 python3 - "$program" <<'P' || bad=1
import signal, subprocess, sys, time
for number in (signal.SIGINT, signal.SIGTERM):
    run = subprocess.Popen([sys.argv[1], "map", "sleep", "-s", "100000", "-n", "100", "-q"],
                           stdout=subprocess.DEVNULL)
    time.sleep(0.3)
    run.send_signal(number)
    if run.wait() != -number:
        sys.exit(f"FAILED: {number.name}: ended with {run.returncode}")
P
finish
