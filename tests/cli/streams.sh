#!/bin/sh
# SPDX-License-Identifier: MIT
# Standard streams that are closed, or whose reader has gone: a quiet end.
. "$(dirname "$0")/lib.sh"

# piped ARGUMENT...: into a reader that is gone before the first byte.
piped() {
    mkfifo pipe 2>/dev/null
    (exec 3<pipe && exec 3<&-) &
    reader=$!
    {
        while kill -0 "$reader" 2>/dev/null; do sleep 0.02; done
        timeout -k 5 20 "$program" "$@" 2>err </dev/null
        echo $? >status
    } >pipe
    wait "$reader"
    status=$(cat status)
    # What only prints may end as other programs do then, by SIGPIPE.
    case $1:$status in run:* | map:*) ;; *:141) status=0 ;; esac
    expect_status 0 "parfor $* | nobody"
    expect_no_match 'parfor: |cannot|rror|roken' err "parfor $* | nobody"
}
for arguments in "run spin -s 1000 -n 4" "map spin -s 1000 -n 4 -q" "map empty -n 9 --json -q" \
    "check --inventory" "check --inventory --json -q" list --help --version; do
    # shellcheck disable=SC2086
    piped $arguments
done

# The same with SIGPIPE ignored by who starts it.
(
    trap '' PIPE
    piped map empty -n 9 -q
    exit $bad
) || bad=1

# closed WHAT: what was closed makes no difference to the rest.
closed() {
    expect_status 0 "$1"
    expect_no_match 'parfor: |cannot|rror' err "$1"
}
timeout 20 "$program" run spin -s 1000 -n 4 -q -o a.json >&- 2>err
status=$?
closed "standard output closed"
[ "$(head -n 1 a.json)" = '{' ] || complain "standard output closed: the file is bad" a.json
timeout 20 "$program" run spin -s 1000 -n 4 -o b.json 2>&- >out
status=$?
closed "standard error closed"
grep -q '^parfor-1 ' out || complain "standard error closed: nothing printed" out
[ "$(head -n 1 b.json)" = '{' ] || complain "standard error closed: the file is bad" b.json
timeout 20 "$program" run spin -s 1000 -n 4 -o c.json <&- >&- 2>&-
status=$?
closed "all closed"
[ "$(head -n 1 c.json)" = '{' ] || complain "all closed: the file is bad" c.json
tail -n 1 c.json | grep -qx '}' || complain "all closed: text in the file" c.json
timeout 20 "$program" run -j 0 2>&-
status=$?
expect_status 2 "bad input, standard error closed"

# Standard error's reader gone in mid run: it goes on.
mkfifo lines
head -n 1 <lines >/dev/null &
timeout 20 "$program" run sleep -s 100000 -n 6 -j 2 >out 2>lines
status=$?
expect_status 0 "the progress lines' reader has gone"
grep -q '^parfor-1 ' out || complain "nobody reads the progress lines: nothing printed" out
finish
