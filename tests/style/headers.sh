#!/bin/sh
# SPDX-License-Identifier: MIT
# headers.sh TREE: every header compiles alone and starts with its licence and #pragma once;
# every source file names its licence in the first two lines.
set -eu
cd "$1"
bad=0
cairo=$(pkg-config --cflags cairo 2>/dev/null || :)
fault() { echo "$*"; bad=1; }

for file in $(find src tests -name '*.[ch]' | sort); do
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' || fault "$file: no SPDX line"
done
for header in $(find src -name '*.h' | sort); do
    head -n 3 "$header" | grep -q '^#pragma once$' || fault "$header: no #pragma once"
    # Included twice by a file of nothing else, so that it is not the main file itself.
    # shellcheck disable=SC2086
    printf '#include "%s"\n#include "%s"\n' "${header#src/}" "${header#src/}" |
        ${CC:-cc} $cairo -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -Isrc -x c - ||
        fault "$header: does not compile alone"
done
exit $bad
