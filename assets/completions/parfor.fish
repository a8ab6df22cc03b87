# SPDX-License-Identifier: MIT
# Completions of parfor for fish.

set -l commands run map watch list
set -l loops factorial spin empty sleep
set -l no_command "not __fish_seen_subcommand_from $commands"
set -l runs "__fish_seen_subcommand_from run map"
set -l shows "__fish_seen_subcommand_from run map watch"
set -l no_loop "$runs; and not __fish_seen_subcommand_from $loops"

complete -c parfor -f

complete -c parfor -n $no_command -a run -d 'One after the other, in parallel, side by side'
complete -c parfor -n $no_command -a map -d 'In parallel only: get the work done'
complete -c parfor -n $no_command -a watch -d 'Every CPU, live, until q'
complete -c parfor -n $no_command -a list -d 'The built-in loops and their parameters'
complete -c parfor -s h -l help -d 'Show help'
complete -c parfor -s V -l version -d 'Show the version'

complete -c parfor -n $no_loop -a factorial -d 'n! by GMP; the size is n'
complete -c parfor -n $no_loop -a spin -d 'Arithmetic; the size is microseconds'
complete -c parfor -n $no_loop -a empty -d 'Nothing, for the price of handing out a task'
complete -c parfor -n $no_loop -a sleep -d 'Waiting; the size is microseconds'

complete -c parfor -n $runs -s n -l iterations -x -d 'How many tasks'
complete -c parfor -n $runs -s s -l size -x -d 'The size of one task'
complete -c parfor -n $runs -s j -l workers -x -a '100% 50% +1 -1' -d 'How many workers'
complete -c parfor -n $runs -l schedule -x -a 'dynamic static' -d 'How tasks are handed out'
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
