# SPDX-License-Identifier: MIT
# What the scripts of this folder share.  Each sources it, works in a folder of its own that goes
# away at the end, and ends with `finish`.  PARFOR is the program under test.  With
# PARFOR_GOLDEN=write the golden files are written instead of compared.
set -u
program=${PARFOR:?the program under test}
here=$(cd "$(dirname "$0")" && pwd)
bad=0

# What would change the outcome comes from the scripts alone.
unset PARFOR_PLAIN POSIXLY_CORRECT SLURM_CPUS_PER_TASK SLURM_CPUS_ON_NODE NSLOTS PBS_NUM_PPN NCPUS
LC_ALL=C
TERM=dumb # no screen, also where somebody starts a script by hand
export LC_ALL TERM
umask 022

folder=$(mktemp -d "${TMPDIR:-/tmp}/parfor-cli.XXXXXX") || exit 1
folder=$(cd "$folder" && pwd -P)
mark=parfor-cli-$$- # with an end: else 12 would find what is of 123, too
XDG_STATE_HOME=$folder.state # logs of runs
export XDG_STATE_HOME
extra_cleanup() { :; } # a script may replace it

clean_up() {
    # shellcheck disable=SC2046
    kill -9 $(marked) 2>/dev/null
    extra_cleanup
    cd / && rm -rf "$folder" "$folder.state"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1

# complain WHAT [FILE...]: this script has failed; the files show why.
complain() {
    echo "FAILED: $1"
    shift
    for file; do
        [ ! -e "$file" ] || head -n 40 "$file" | sed "s|^|    $file: |"
    done
    bad=1
}
finish() { exit $bad; }
skip() {
    echo "skipped: $*"
    [ $bad -eq 0 ] && exit 77
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Runs the program, for a minute at most, into the files `out` and `err`; `status` is its own.
run() {
    timeout -k 5 60 "$program" "$@" >out 2>err </dev/null
    status=$?
}
expect_status() { [ "$status" -eq "$1" ] || complain "exit $status, not $1: $2" out err; }
expect_match() { grep -Eq -- "$1" "$2" || complain "$3: no line like $1 in" "$2"; }
expect_no_match() { ! grep -Eq -- "$1" "$2" || complain "$3: a line like $1 in" "$2"; }
expect_empty() { [ ! -s "$1" ] || complain "$2: not empty" "$1"; }

# The first sentence of a comparison in a pipe: which loop, on what.
expect_headline() {
    head -n 1 out >headline
    expect_match "$1" headline "$2"
}

# compare_golden FILE NAME: the file is the golden text of that name, to the byte.
compare_golden() {
    if [ "${PARFOR_GOLDEN:-}" = write ]; then
        cp "$1" "$here/golden/$2"
    elif ! diff -u "$here/golden/$2" "$1" >difference; then
        complain "not golden/$2 (left: golden)" difference
    fi
}

# Starts the program in the background into `out` and `err`, its signals as a terminal's shell
# would give them (a script's background has INT and QUIT ignored).  `parent` is its number.
start() { start_with "INT,QUIT,HUP,TERM,TSTP" "$@"; }
start_with() {
    reset=$1
    shift
    env --default-signal=INT true 2>/dev/null || skip "env cannot reset signals here"
    : >err # what the one before has said is not to be waited for
    PARFOR_TEST_MARK=$mark env --default-signal="$reset" "$program" "$@" >out 2>err </dev/null &
    parent=$!
}

# The processes that `start` started and that still run, dead ones not yet reaped aside.
marked() {
    grep -al "PARFOR_TEST_MARK=$mark" /proc/[0-9]*/environ 2>/dev/null |
        sed 's|/proc/||; s|/environ||'
}
workers() { marked | grep -vx "$parent"; }
state_of() { sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null; }

# within SECONDS COMMAND...: whether the command succeeds within that time, tried 50 times a second.
within() {
    tries=$(($1 * 50))
    shift
    while ! "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.02
    done
}
says() { grep -Eq -- "$1" err; }
nothing_runs() { [ -z "$(marked)" ]; }
workers_run() { [ "$(workers | wc -l)" -eq "$1" ]; }

# wait_for_end SECONDS WHAT: the program ends in that time and leaves nothing; `status` is its own.
wait_for_end() {
    within "$1" nothing_runs ||
        complain "$2: still running after $1 s: $(marked | tr '\n' ' ')" out err
    # shellcheck disable=SC2046
    kill -9 $(marked) 2>/dev/null
    wait "$parent"
    status=$?
}

# check_truth FILE [NAME=VALUE...]: truth.py has nothing to say against the result in FILE.
check_truth() {
    python3 "$here/truth.py" "$@" >truth 2>&1 || complain "$*" truth
}
