#!/bin/sh
# SPDX-License-Identifier: MIT
# Clocks, heat and energy of a simulated machine: the joules of each stage are what its counters
# moved by.  The tasks themselves move them, so that each falls into its stage whatever the load.
. "$(dirname "$0")/lib.sh"
have python3 || skip "no python3"

packages=tree/sys/class/powercap
range=262143328850

# write_zone ZONE NAME MICROJOULES
write_zone() {
    mkdir -p "$packages/$1"
    echo "$2" >"$packages/$1/name"
    echo "$3" >"$packages/$1/energy_uj"
    echo $range >"$packages/$1/max_energy_range_uj"
}
make_tree() {
    rm -rf tree
    mkdir -p tree/proc tree/sys/class/hwmon/hwmon0
    printf 'cpu  1 0 0 1\ncpu0 5 0 0 5 0 0 0 0\ncpu1 5 0 0 5 0 0 0 0\n' >tree/proc/stat
    for cpu in 0 1; do
        policy=tree/sys/devices/system/cpu/cpufreq/policy$cpu
        mkdir -p $policy
        echo $cpu >$policy/affected_cpus
        echo $((1800000 + cpu * 600000)) >$policy/scaling_cur_freq
    done
    echo coretemp >tree/sys/class/hwmon/hwmon0/name
    echo 61500 >tree/sys/class/hwmon/hwmon0/temp1_input
    write_zone intel-rapl:0 package-0 $((range - 30000000)) # it comes to its end soon
    write_zone intel-rapl:0:0 core 5
    write_zone intel-rapl:1 package-1 1000000
    write_zone intel-rapl:2 psys 77000000
}

# A task: the first package uses 20 J, from the fifth task on 10 J, the second one 5 J.  They are
# written one at a time, in place, and keep their width, as the kernel's do.  The first four take
# longer, so that time is saved for sure.
cat >task <<'E2'
#!/bin/sh
until mkdir lock 2>/dev/null; do sleep 0.01; done
echo >>tasks
used=20000000 longer=1
[ "$(wc -l <tasks)" -le 4 ] || used=10000000 longer=0
add() {
    was=$(cat "$1/energy_uj")
    printf '%012d\n' $(((${was#"${was%%[!0]*}"} + $2) % 262143328850)) 1<>"$1/energy_uj"
}
add tree/sys/class/powercap/intel-rapl:0 $used
add tree/sys/class/powercap/intel-rapl:1 5000000
rmdir lock
sleep "$1"
[ $longer = 0 ] || sleep "$1"
E2
chmod +x task
# stages FILE: its stages' joules, clocks and heat, a line each
stages() {
    python3 - "$1" <<'P'
import json, sys
for stage in json.load(open(sys.argv[1]))["stages"]:
    clock = stage["clock_mhz"]
    print(stage["name"], stage["energy_j"],
          "-".join(str(clock[name]) for name in ("low", "median", "high")) if clock else clock,
          stage["celsius"])
P
}

make_tree
: >tasks
run run -j 2 --sysroot tree -o result.json -- ./task ::: 0.5 0.5 0.5 0.5
expect_status 0 run
stages result.json >said
expect_match '^sequential 100(\.0)? 1800-1800-2400 61\.5$' said "one after the other"
expect_match '^parallel 60(\.0)? 1800-1800-2400 61\.5$' said "2 at a time"
grep -q '"idle_w": 0\.0,' result.json || complain "a counter that stands still" result.json
expect_match '^Energy: 100 J one after the other, 60\.0 J 2 at a time and 0 J idle for the time saved: racing to idle was cheaper \(0\.60 times\)\.' \
    err "which was cheaper"
[ "$(grep -c '^Energy' err)" -eq 1 ] || complain "not said once" err
run show result.json
expect_match '^Energy: 100 J one after the other' out "of a saved result"

# The quiet moment lasts 300 ms at least, in which the second package uses energy until the first
# task begins.
make_tree
: >tasks
cat >rest <<'E2'
#!/bin/sh
used=1000000
while [ $used -lt 60000000 ]; do
    until mkdir lock 2>/dev/null; do sleep 0.01; done
    if [ ! -s tasks ]; then
        used=$((used + 20000))
        printf '%012d\n' $used 1<>tree/sys/class/powercap/intel-rapl:1/energy_uj
    else
        used=60000000
    fi
    rmdir lock
    sleep 0.01
done
E2
sh rest &
run run -j 2 --sysroot tree -o result.json -- ./task ::: 0.3 0.3 0.3 0.3
wait
expect_status 0 "idle power"
grep '^Energy: ' err >said
python3 - result.json said >bad <<'P'
import json, sys
result = json.load(open(sys.argv[1]))
before, after = result["stages"]
idle = result["idle_w"]
if not idle or not 0 < idle <= 60 / 0.3:
    sys.exit(print("idle_w", idle))
saved = (before["elapsed_ns"] - after["elapsed_ns"]) / 1e9
ratio = (after["energy_j"] + idle * saved) / before["energy_j"]
words = "made no difference" if abs(ratio - 1) <= 0.05 else "was cheaper" if ratio < 1 else "was dearer"
line = "idle for the time saved: racing to idle %s (%.2f times)." % (words, ratio)
if line not in open(sys.argv[2]).read():
    print(line)
P
expect_empty bad "idle power, as it was expected"

# A zone that vanishes in mid run: it is not known then.
make_tree
: >tasks
cat >vanish <<'E2'
#!/bin/sh
rm -rf tree/sys/class/powercap/intel-rapl:1
sleep 0.3
E2
chmod +x vanish
run map -j 2 --sysroot tree -o result.json -- ./vanish ::: 1 2
expect_status 0 "a zone vanishes"
stages result.json >said
expect_match '^parallel None ' said "a zone vanishes"

# What cannot be read is not visible; one package of two would be half of it.
make_tree
: >tasks
rm $packages/intel-rapl:1/energy_uj
mkdir $packages/intel-rapl:1/energy_uj
rm -r tree/sys/devices tree/sys/class/hwmon
run run -j 2 --sysroot tree -o result.json -- true ::: 1 2
expect_status 0 "nothing is visible"
stages result.json >said
expect_match '^sequential None None None$' said "nothing is visible"
expect_match '^parallel None None None$' said "nothing is visible"
expect_no_match '[Ee]nergy' err "nothing is visible"

# A pipe that nobody writes into holds up nothing.
make_tree
: >tasks
rm $packages/intel-rapl:0/energy_uj
mkfifo $packages/intel-rapl:0/energy_uj
run run -j 2 --sysroot tree -o result.json -- true ::: 1 2
expect_status 0 "a pipe"
stages result.json >said
expect_match '^sequential None ' said "a pipe"
finish
