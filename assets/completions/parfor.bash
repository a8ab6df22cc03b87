# SPDX-License-Identifier: MIT
# Completions of parfor for bash.

_parfor()
{
    local current=$2 previous=$3
    local loops='factorial spin primes pi matrix mandelbrot triangle serial memory sharing sleep empty'
    local loop='--iterations --size --workers --schedule --order --fork-per-task --max-tasks
        --pin --repeats --seconds --retries --seed --output --format --pictures --dark --json --quiet'
    local own='--arg-file --null --colsep --max-args --shell --dry-run --chdir --init
        --inner-threads --nice --delay --load --memory-free --timeout --halt --term-seq
        --unordered --tag --results --set --cflags'
    local seen='--plain --ascii --no-color --theme --no-mouse --help --version'
    local general="--interval --sysroot $seen"
    local formats='json svg png pdf txt md csv tasks.svg tasks.png tasks.pdf tasks.csv trace hyperfine'
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
    --halt)
        mapfile -t COMPREPLY < <(compgen -W 'never soon now' -- "$current")
        return
        ;;
    --theme)
        mapfile -t COMPREPLY < <(compgen -W 'default light contrast safe mono' -- "$current")
        return
        ;;
    --inner-threads)
        mapfile -t COMPREPLY < <(compgen -W 'auto keep' -- "$current")
        return
        ;;
    --on-hangup)
        mapfile -t COMPREPLY < <(compgen -W 'continue stop' -- "$current")
        return
        ;;
    -o | --output | -a | --arg-file | --log | --resume)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    --format)
        mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$current")
        return
        ;;
    --sysroot | --chdir | --results | --pictures)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    -n | --iterations | -s | --size | -r | --repeats | --seconds | --retries | --interval | --seed | --max-tasks | \
        --colsep | -N | --max-args | --init | --nice | --delay | --load | --memory-free | --timeout | \
        --term-seq | --sample | --set | --cflags | --warmup | --prepare | --expect | --long)
        return
        ;;
    esac

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "run map sweep versus watch check show list --sysroot --dark $seen" -- "$current")
        return
    fi
    case ${COMP_WORDS[1]} in
    run) options="$loop --ask --sample $own $general" ;;
    map) options="$loop --log --resume --on-hangup $own $general" ;;
    sweep) options="$loop $own $general" ;;
    versus) options="--repeats --warmup --prepare --seed --output --format --pictures --dark
            --json --quiet $general" loops= ;;
    watch) options=$general loops= ;;
    check)
        options="--quick --long --inventory --expect --strict --nice --output --format --dark
            --json --quiet $general"
        loops=
        ;;
    list) options='--template --help' loops= ;;
    show)
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "--replay --output --format --pictures --dark $seen" -- "$current")
            return
        fi
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    *) options=--help loops= ;;
    esac
    if [[ " ${COMP_WORDS[*]:2:COMP_CWORD-2} " == *' -- '* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -c -f -- "$current")
        return
    fi
    if [[ $current == -* || ! $loops ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ " ${COMP_WORDS[*]:2:COMP_CWORD-2} " != *\ @(${loops// /|})\ * ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$loops" -- "$current"
            compgen -f -X '!*.@(c|so)' -- "$current")
    fi
}

complete -F _parfor parfor
