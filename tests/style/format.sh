#!/bin/sh
# SPDX-License-Identifier: MIT
# format.sh TREE: clang-format would change nothing.
set -eu
cd "$1"
if ! command -v clang-format >/dev/null 2>&1; then
    echo "skipped: there is no clang-format"
    exit 77
fi
find src tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
