#!/bin/sh
# SPDX-License-Identifier: MIT
# includes.sh TREE [modules]: a layer includes only what it may (src/ARCHITECTURE.md), by its
# full name ("base/file.h"); no files include each other in a loop (with `modules`: no modules,
# x.c and x.h taken as one); each library is known to one layer only.
set -eu
cd "$1/src"
unit=${2:-files}

files=$(find . -name '*.[ch]' | sed 's|^\./||' | sort)

# shellcheck disable=SC2086
awk -v unit="$unit" '
BEGIN {
    may["base"] = ""
    may["machine"] = "base"
    may["workload"] = "base"
    may["model"] = "base"
    may["pool"] = "base workload"
    may["experiment"] = "base machine workload model pool"
    may["picture"] = "base machine workload model pool experiment"
    may["report"] = "base machine workload model pool experiment picture"
    may["ui"] = "base machine workload model pool experiment"
    may["options"] = "base machine workload model pool experiment picture report ui"
    may["launch"] = may["options"] " options"
    may["top"] = may["launch"] " launch"

    owner["hwloc"] = "machine"
    owner["libcpuid"] = "machine"
    owner["gmp"] = "workload"
    owner["jansson"] = "report"
    owner["cairo"] = owner["cairo-pdf"] = owner["cairo-svg"] = "picture"
    owner["ncurses"] = owner["ncursesw"] = owner["curses"] = owner["panel"] = "ui"
    owner["term"] = "ui"
    owner["cmocka"] = owner["vterm"] = "no layer"
}
function layer_of(path) { return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "top" }
function unit_of(path) { if (unit == "modules") sub(/\.[ch]$/, "", path); return path }
function fault(text) { print FILENAME ":" FNR ": " text; bad = 1 }
function check_ours(name,    from, to) {
    if ((getline line < name) < 0) {
        fault("no such file below src/: \"" name "\"")
        return
    }
    close(name)
    from = layer_of(FILENAME)
    to = layer_of(name)
    if (!(from in may))
        fault("layer " from " is not in the table")
    else if (from != to && index(" " may[from] " ", " " to " ") == 0)
        fault("layer " from " may not use layer " to ": \"" name "\"")
    if (unit_of(FILENAME) != unit_of(name))
        edge[unit_of(FILENAME) " " unit_of(name)] = 1
}
function check_library(name,    first) {
    first = name
    sub(/[\/.].*/, "", first)
    if (first in owner && owner[first] != layer_of(FILENAME))
        fault("<" name "> is for " owner[first] ", not for " layer_of(FILENAME))
}
/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); check_ours(part[2]) }
/^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); check_library(part[2]) }

# What is left when units that include nothing, or that nothing includes, are taken away
# again and again, is loops and what lies between them.
END {
    do {
        split("", out); split("", in_)
        for (e in edge) { split(e, m, " "); out[m[1]] = 1; in_[m[2]] = 1 }
        changed = 0
        for (e in edge) {
            split(e, m, " ")
            if (!(m[2] in out) || !(m[1] in in_)) { delete edge[e]; changed = 1 }
        }
    } while (changed)
    for (e in edge) {
        split(e, m, " ")
        print "in a loop of includes: " m[1] " -> " m[2]
        bad = 1
    }
    exit bad
}' $files
