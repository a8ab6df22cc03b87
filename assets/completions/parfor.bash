# SPDX-License-Identifier: MIT
# Completions of parfor for bash.

_parfor()
{
    local current=$2 previous=$3
    local loops='factorial spin primes pi matrix mandelbrot triangle serial memory sharing sleep empty'
    local loop='--iterations --size --workers --schedule --order --fork-per-task --max-tasks
        --pin --repeats --seconds --retries --seed --output --json --quiet'
    local general='--interval --plain --ascii --no-color --sysroot --help --version'
    local options
    COMPREPLY=()

    case $previous in
    --schedule)
        mapfile -t COMPREPLY < <(compgen -W 'dynamic static cyclic guided pool' -- "$current")
        return
        ;;
    --order)
        mapfile -t COMPREPLY < <(compgen -W 'index longest' -- "$current")
        return
        ;;
    -j | --workers)
        mapfile -t COMPREPLY < <(compgen -W '100% 50% +1 -1' -- "$current")
        return
        ;;
    -o | --output)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    --sysroot)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    -n | --iterations | -s | --size | -r | --repeats | --seconds | --retries | --interval | --seed | --max-tasks)
        return
        ;;
    esac

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'run map sweep watch list --help --version' -- "$current")
        return
    fi
    case ${COMP_WORDS[1]} in
    run) options="$loop --ask $general" ;;
    map | sweep) options="$loop $general" ;;
    watch) options=$general loops= ;;
    *) options=--help loops= ;;
    esac
    if [[ $current == -* || ! $loops ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ " ${COMP_WORDS[*]:2:COMP_CWORD-2} " != *\ @(${loops// /|})\ * ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$loops" -- "$current")
    fi
}

complete -F _parfor parfor
