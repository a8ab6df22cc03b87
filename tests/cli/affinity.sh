#!/bin/sh
# SPDX-License-Identifier: MIT
# Parent and workers may run where the shell may: libraries that look at the CPUs leave the
# affinity mask as it was.
. "$(dirname "$0")/lib.sh"
mask_of() { sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "/proc/$1/status"; }
[ -r /proc/self/status ] || skip "no /proc/self/status"

# check_masks MASK: of all processes of a run.
check_masks() {
    within 10 workers_run 3 || complain "no 3 workers" err
    for process in $(marked); do
        [ "$(mask_of "$process")" = "$1" ] ||
            complain "process $process may run on $(mask_of "$process"), not on $1"
    done
    kill -INT "$parent"
    wait_for_end 10 "INT"
}
start map sleep -s 500000 -n 100 -j 3
check_masks "$(mask_of self)"

have taskset || skip "no taskset: a smaller mask is not tried"
cpu=$(mask_of self | sed 's/.*[-,]//')
program_alone=$program
cat >on_one_cpu <<S
#!/bin/sh
exec taskset -c $cpu "$program_alone" "\$@"
S
chmod +x on_one_cpu
program=$folder/on_one_cpu
start map sleep -s 500000 -n 100 -j 3
check_masks "$cpu"
finish
