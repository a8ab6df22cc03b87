# SPDX-License-Identifier: MIT
# Puts what a program printed in place of an indented block of the README: the one after the
# first line that ends with `after`.  Lines from `printed`; of more than `most` the rest is "...".
BEGIN {
    while ((getline line < printed) > 0)
        lines[++count] = line
}
!found && index($0, after) && substr($0, length($0) - length(after) + 1) == after {
    found = waiting = 1
    print
    next
}
waiting && /^$/ && !replacing { print; next }
waiting && /^(    .*)?$/ {
    replacing = 1
    next
}
waiting {
    for (i = 1; i <= count && i <= most; i++)
        print lines[i] == "" ? "" : "    " lines[i]
    if (count > most)
        print "    ..."
    print ""
    waiting = 0
}
{ print }
END { exit !found }
