#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh HEADER TEMPLATE: the two files as the C texts that plugin_text.h declares.
set -eu

# text NAME FILE: the file as a constant, a line of it on each line.
text() {
    printf '\nconst char plugin_text_%s[] =\n' "$1"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/    "/' -e 's/$/\\n"/' "$2"
    printf '    "";\n'
}

printf '// SPDX-License-Identifier: MIT\n#include "workload/plugin_text.h"\n'
text header "$1"
text template "$2"
