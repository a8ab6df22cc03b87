#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build of parfor needs, where it is missing, and builds it in build/.
# On Debian and its relatives, as root or with sudo; elsewhere it names the packages.
#   sh assets/setup.sh            install what is missing, build
#   sh assets/setup.sh --tests    install what the tests need as well; do not build
set -eu
cd "$(dirname "$0")/.."

say() { echo "setup: $*"; }
fail() { say "$*" >&2; exit 1; }

case "${1-}" in
'') tests=no ;;
--tests) tests=yes ;;
*) fail "unknown argument: $1 (none, or --tests)" ;;
esac

log=$(mktemp "${TMPDIR:-/tmp}/parfor-setup.XXXXXX")
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a command quietly; shows the end of what it said if it fails.
quietly() { "$@" >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; return 1; }; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# --- packages -----------------------------------------------------------------------------

# A program that is there in any way counts; a library's headers come as a package.
needed_programs='gcc:gcc meson:meson ninja:ninja-build pkg-config:pkg-config scdoc:scdoc'
needed_packages='libc6-dev libcairo2-dev libgmp-dev libhwloc-dev libjansson-dev libncurses-dev'
case $(uname -m) in
x86_64 | i?86) needed_packages="$needed_packages libcpuid-dev" ;;
esac
if [ "$tests" = yes ]; then
    needed_programs="$needed_programs clang:clang clang-format:clang-format bzip2:bzip2
        python3:python3 ps:procps prlimit:util-linux"
    needed_packages="$needed_packages libcmocka-dev libgomp1 libvterm-dev"
fi

is_installed() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

list_missing() {
    for pair in $needed_programs; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair#*:}"
    done
    for package in $needed_packages; do
        is_installed "$package" || printf '%s ' "$package"
    done
}

install_packages() {
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        say "going on without: $* (neither root nor sudo, which could install them)" >&2
        return
    fi
    say "installing $*"
    quietly as_root apt-get update ||
        say "apt-get update failed; trying with the package lists that are there" >&2
    # shellcheck disable=SC2086
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" ||
        fail "could not install: $*"
}

# The fuzzers' runtime is a package of clang's own version.
install_fuzzer_runtime() {
    resources=$(clang -print-resource-dir 2>/dev/null) || return 0
    find "$resources/" -name 'libclang_rt.fuzzer*' 2>/dev/null | grep -q . && return 0
    version=${resources##*/}
    package=libclang-rt-${version%%.*}-dev
    if apt-cache show "$package" >/dev/null 2>&1; then
        install_packages "$package"
    else
        say "no package $package: the fuzzers will run without coverage"
    fi
}

name_packages_elsewhere() {
    if command -v dnf >/dev/null 2>&1; then
        say "needs (dnf install): gcc meson pkgconf-pkg-config cairo-devel gmp-devel hwloc-devel" \
            "libcpuid-devel jansson-devel ncurses-devel scdoc"
        [ "$tests" = no ] ||
            say "for the tests also: libcmocka-devel libvterm-devel clang clang-tools-extra" \
                "compiler-rt libasan libubsan libgomp bzip2 python3 procps-ng util-linux"
    elif command -v pacman >/dev/null 2>&1; then
        say "needs (pacman -S --needed): gcc meson pkgconf cairo gmp hwloc libcpuid jansson ncurses" \
            "scdoc"
        [ "$tests" = no ] ||
            say "for the tests also: cmocka libvterm clang compiler-rt bzip2 python procps-ng" \
                "util-linux"
    elif command -v apk >/dev/null 2>&1; then
        say "needs (apk add): build-base meson pkgconf cairo-dev gmp-dev hwloc-dev libcpuid-dev jansson-dev" \
            "ncurses-dev scdoc"
        [ "$tests" = no ] ||
            say "for the tests also: cmocka-dev libvterm-dev ncurses clang clang-extra-tools" \
                "compiler-rt bzip2 python3 procps util-linux"
    else
        say "needs a C compiler, meson, ninja, pkg-config, and the headers of gmp, hwloc," \
            "jansson and ncurses; of use: cairo, libcpuid, scdoc, cmocka"
    fi
}

installed=no
if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    missing=$(list_missing)
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086
        install_packages $missing
        installed=yes
    fi
    [ "$tests" = no ] || install_fuzzer_runtime
else
    name_packages_elsewhere
fi
[ "$tests" = no ] || exit 0

# --- build --------------------------------------------------------------------------------

for program in meson ninja; do
    command -v $program >/dev/null 2>&1 || fail "$program is missing"
done
if [ ! -f build/build.ninja ]; then
    quietly meson setup build || fail "the build could not be set up (above, and build/meson-logs)"
elif [ "$installed" = yes ]; then # look again for what was not there before
    quietly meson configure --clearcache build || true
    quietly meson setup --reconfigure build || fail "the build could not be set up again"
fi
quietly ninja -C build || fail "the build failed; after a change of compiler: rm -r build"
say "build/parfor is ready"
