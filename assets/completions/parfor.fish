# SPDX-License-Identifier: MIT
# Completions of parfor for fish.

set -l commands run map sweep watch list
set -l loops factorial spin primes pi matrix mandelbrot triangle serial memory sharing sleep empty
set -l no_command "not __fish_seen_subcommand_from $commands"
set -l runs "__fish_seen_subcommand_from run map sweep"
set -l shows "__fish_seen_subcommand_from run map sweep watch"
set -l no_loop "$runs; and not __fish_seen_subcommand_from $loops"

complete -c parfor -f

complete -c parfor -n $no_command -a run -d 'One after the other, in parallel, side by side'
complete -c parfor -n $no_command -a map -d 'In parallel only: get the work done'
complete -c parfor -n $no_command -a sweep -d 'With 1, 2, 4 workers and more: the speed-up curve'
complete -c parfor -n $no_command -a watch -d 'Every CPU, live, until q'
complete -c parfor -n $no_command -a list -d 'The built-in loops and their parameters'
complete -c parfor -s h -l help -d 'Show help'
complete -c parfor -s V -l version -d 'Show the version'

complete -c parfor -n $no_loop -a factorial -d 'n! by GMP; the size is n'
complete -c parfor -n $no_loop -a spin -d 'Arithmetic; the size is microseconds'
complete -c parfor -n $no_loop -a primes -d 'Primes by a sieve; the size is numbers in a segment'
complete -c parfor -n $no_loop -a pi -d 'Pi by GMP; the size is decimals'
complete -c parfor -n $no_loop -a matrix -d 'A matrix product; the size is rows and columns'
complete -c parfor -n $no_loop -a mandelbrot -d 'A row of a picture; the size is points in a row'
complete -c parfor -n $no_loop -a triangle -d 'Longer and longer tasks; the size is microseconds'
complete -c parfor -n $no_loop -a serial -d 'A part of the work is serial; the size is percent'
complete -c parfor -n $no_loop -a memory -d 'Reads memory; the size is MiB for each worker'
complete -c parfor -n $no_loop -a sharing -d 'Counters in a cache line; the size is bytes apart'
complete -c parfor -n $no_loop -a empty -d 'Nothing, for the price of handing out a task'
complete -c parfor -n $no_loop -a sleep -d 'Waiting; the size is microseconds'

complete -c parfor -n $runs -s n -l iterations -x -d 'How many tasks'
complete -c parfor -n $runs -s s -l size -x -d 'The size of one task'
complete -c parfor -n $runs -s j -l workers -x -a '100% 50% +1 -1' -d 'How many workers'
complete -c parfor -n $runs -l schedule -x -a 'dynamic static cyclic guided pool' -d 'How tasks are handed out'
complete -c parfor -n $runs -l order -x -a 'index longest' -d 'In which order'
complete -c parfor -n $runs -l fork-per-task -d 'A new process for every task'
complete -c parfor -n $runs -l max-tasks -x -d 'A new process after so many tasks of a worker'
complete -c parfor -n $runs -l pin -d 'Each worker on a CPU of its own'
complete -c parfor -n $runs -s r -l repeats -x -d 'How often to run each stage'
complete -c parfor -n $runs -l seconds -x -d 'How long the sequential stage should take'
complete -c parfor -n $runs -l retries -x -d 'How often to repeat a task whose worker was killed'
complete -c parfor -n "__fish_seen_subcommand_from run" -l ask -d 'Ask for a guess between the two stages'
complete -c parfor -n $shows -l interval -x -d 'Time between two samples of the CPUs'
complete -c parfor -n $runs -l seed -x -d 'Seed of everything random'
complete -c parfor -n $runs -s o -l output -r -F -d 'Write the result to a file'
complete -c parfor -n $runs -l json -d 'Write the result to standard output as JSON'
complete -c parfor -n $shows -l plain -d 'Plain sentences, no screen'
complete -c parfor -n $shows -l ascii -d 'Draw with plain letters only'
complete -c parfor -n $shows -l no-color -d 'Without colours'
complete -c parfor -n $shows -l sysroot -x -a '(__fish_complete_directories)' -d 'A simulated machine'
complete -c parfor -n $runs -s q -l quiet -d 'No screen, no progress lines; with --json, only JSON'
