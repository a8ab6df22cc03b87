#!/bin/sh
# SPDX-License-Identifier: MIT
# completions.sh TREE: the completions load in the shells that are there, and know a few words.
set -u
cd "$1/assets/completions" || exit 1
bad=0
tried=0

# check SHELL TYPED WORD: what the shell offers after what was typed has the word.
check() {
    "complete_$1" "$2" | grep -qx -- "$3" || { echo "$1: '$2' does not offer $3"; bad=1; }
}

# refuse SHELL TYPED WORD: it does not offer that.
refuse() {
    ! "complete_$1" "$2" | grep -qx -- "$3" || { echo "$1: '$2' offers $3"; bad=1; }
}

complete_bash() {
    bash --norc -c '
        . ./parfor.bash || exit 1
        COMP_LINE=$1 COMP_POINT=${#1} words=$1
        read -ra COMP_WORDS <<<"$words"
        case $words in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _parfor parfor "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}
complete_fish() {
    fish --no-config -c 'source ./parfor.fish; complete -C"$argv[1]"' "$1" | cut -f 1
}

for shell in bash fish; do
    command -v $shell >/dev/null 2>&1 || continue
    tried=$((tried + 1))
    check $shell 'parfor ' run
    check $shell 'parfor ' watch
    check $shell 'parfor ' list
    check $shell 'parfor check --q' --quick
    refuse $shell 'parfor check --' --iterations
    check $shell 'parfor run ' factorial
    check $shell 'parfor map sp' spin
    check $shell 'parfor run spin --it' --iterations
    check $shell 'parfor run spin --schedule ' static
    check $shell 'parfor sweep spin --schedule ' guided
    check $shell 'parfor sweep spin --order ' longest
    check $shell 'parfor run spin --as' --ask
    check $shell 'parfor map spin --as' --ascii
    refuse $shell 'parfor map spin --as' --ask
    check $shell 'parfor watch --' --no-color
    refuse $shell 'parfor watch --' --iterations
    refuse $shell 'parfor watch ' factorial
done
if command -v zsh >/dev/null 2>&1; then
    tried=$((tried + 1))
    loaded=$(zsh -f -c 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u
        print -r -- ${_comps[parfor]}; autoload +X _parfor && print loaded' 2>&1)
    [ "$loaded" = "_parfor
loaded" ] || { echo "zsh: $loaded"; bad=1; }
    zsh -n ./_parfor || bad=1
fi
[ $tried -gt 0 ] || { echo "skipped: none of bash, zsh and fish is here"; exit 77; }
exit $bad
