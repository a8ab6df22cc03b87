#!/bin/sh
# SPDX-License-Identifier: MIT
# Simulated machines with 2, 64 and 1024 CPUs, their counters moving while the program runs.
. "$(dirname "$0")/lib.sh"

# write_stat FOLDER CPUS TICKS: counters after so long; CPU k is busy k % 5 quarters of the time.
# In place and never empty, as the kernel's file is; every number keeps its width.
write_stat() {
    awk -v cpus="$2" -v ticks="$3" 'BEGIN {
        print "cpu  0 0 0 0 0 0 0 0 0 0"
        for (k = 0; k < cpus; k++) {
            busy = int(ticks * (k % 5) / 4)
            printf "cpu%d %d 0 0 %d 0 0 0 0 0 0\n", k, 10000000 + busy, 50000000 + ticks - busy
        }
        print "intr 0\nctxt 0\nbtime 0"
    }' >"$folder/new_stat"
    cat "$folder/new_stat" 1<>"$1/proc/stat"
}
make_machine() {
    mkdir -p "$1/proc" "$1/sys/devices/system/cpu"
    echo "0-$(($2 - 1))" >"$1/sys/devices/system/cpu/online"
    echo "0-$(($2 - 1))" >"$1/sys/devices/system/cpu/present"
    write_stat "$1" "$2" 0
}

# A task: it lasts until the counters have moved so many times.
cat >task <<'E'
#!/bin/sh
last=$(($(wc -l <moves) + $1))
while [ "$(wc -l <moves)" -lt $last ]; do sleep 0.02; done
E
chmod +x task

for cpus in 2 64 1024; do
    make_machine m$cpus $cpus
    : >moves
    (
        ticks=0
        while [ ! -e stop ]; do
            ticks=$((ticks + 20 + ticks % 7))
            write_stat m$cpus $cpus $ticks
            echo >>moves
            sleep 0.05
        done
    ) &
    mover=$!
    run run -j 2 --sysroot m$cpus -o result.json -- ./task ::: 4 4 4 4
    touch stop
    wait $mover
    rm -f stop
    expect_status 0 "$cpus CPUs"
    run show result.json
    expect_headline "\\(simulated\\), $cpus CPUs, all usable\\.\$" "$cpus CPUs"
    tail -n 1 out >last
    expect_match "^parfor-1 [^ ]+ ([0-9]+c/)?${cpus}t W=2 .* \\(1 run\\) simulated\$" last "$cpus"
    expect_match "[0-9.]+ of $cpus" out "$cpus CPUs: how many are busy"
    have python3 || continue
    check_truth result.json names=SP workers_run=2 moving=yes
    python3 - result.json $cpus <<'P' >words || complain "$cpus CPUs: shares" words
import json, sys
result = json.load(open(sys.argv[1]))
machine, stages = result["machine"], result["stages"]
print(machine["simulated"], machine["online_cpus"], [cpu for cpu in stages[0]["cpus"]][:6])
good = machine["simulated"] and machine["online_cpus"] == int(sys.argv[2])
for stage in stages:
    good = good and len(stage["cpus"]) == int(sys.argv[2]) and not stage["moves"]["cpu"]
    for cpu in stage["cpus"]:
        good = good and abs(cpu["busy"] - cpu["id"] % 5 / 4) < 0.05
sys.exit(not good)
P
done

# CPUs that go and come back while it runs, and some that nobody has ever listed: the run
# goes on, and no CPU is as busy as it was since the machine was started (1/6).
make_machine plug 8
: >moves
(
    ticks=0
    while [ ! -e stop ]; do
        ticks=$((ticks + 20))
        awk -v ticks="$ticks" 'BEGIN {
            print "cpu  0 0 0 0 0 0 0 0 0 0"
            turn = int(ticks / 100) % 3
            for (k = 0; k < 14; k++) {
                gone = k == 2 && turn == 1 || k > 3 && k < 7 && turn == 2
                gone = gone || k == 3 && ticks > 140 || k > 9 && turn == 0
                if (!gone && k != 8 && k != 9)
                    printf "cpu%d %d 0 0 %d 0 0 0 0 0 0\n", k, 10000000 + ticks, 50000000 + ticks
            }
            while (filled++ < 30)
                print "softirq 0 0 0 0 0 0 0 0 0"
        }' >new_plug
        cat new_plug 1<>plug/proc/stat
        echo >>moves
        echo "0-1,$((ticks % 7)),7" >plug/sys/devices/system/cpu/online
        sleep 0.05
    done
) &
mover=$!
run run -j 2 --sysroot plug -o result.json -- ./task ::: 6 6 6 6 6 6 6 6
touch stop
wait $mover
rm -f stop
expect_status 0 "CPUs come and go"
if have python3; then
    python3 - result.json <<'P' >words || complain "CPUs come and go" words
import json, sys
result = json.load(open(sys.argv[1]))
good = len(result["machine"]["topology"]) == 8
for stage in result["stages"]:
    busy = {cpu["id"]: cpu["busy"] for cpu in stage["cpus"]}
    print(busy, stage["samples"].get("absent"))
    good = good and sorted(busy) == list(range(8)) and "absent" in stage["samples"]
    good = good and all(each is None or abs(each - 0.5) < 0.05 for each in busy.values())
    good = good and all(busy[cpu] is not None for cpu in (0, 1, 7))
sys.exit(not good)
P
fi

# A machine that says nothing but its counters, with holes; one with a narrow mask.
make_machine holes 6
rm -r holes/sys
sed -i '/^cpu[24] /d' holes/proc/stat
run map empty -n 9 -j 2 --sysroot holes -q
expect_status 0 holes
expect_headline '\(simulated\), 4 CPUs, all usable' holes
mkdir m64/proc/self
printf 'Name:\tsh\nCpus_allowed_list:\t3-5,60\n' >m64/proc/self/status
run map empty -n 9 -j 2 --sysroot m64 -q
expect_headline '\(simulated\), 64 CPUs, 4 of them usable \(affinity' "a narrow mask"
# What the real machine's batch system has allotted is not the simulated one's.
(
    NSLOTS=1
    export NSLOTS
    run map empty -n 9 --sysroot m2 -q
    expect_headline '\(simulated\), 2 CPUs, all usable' "NSLOTS=1"
    exit $bad
) || bad=1
# The workers are the real machine's.
run map empty -n 5000 --sysroot m1024 -q
workers=$(sed -n 's/^parfor-1 .* W=\([0-9]*\) .*/\1/p' out)
run map empty -n 5000 -q
grep -q " W=$workers " out || complain "not the real machine's workers: $workers" out

have python3 || skip "no python3: shares, samples and records are not tried"
finish
