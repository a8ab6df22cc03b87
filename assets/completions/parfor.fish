# SPDX-License-Identifier: MIT
# Completions of parfor for fish.

set -l commands run map sweep versus watch check show list
set -l loops factorial spin primes pi matrix mandelbrot triangle serial memory sharing sleep empty
set -l no_command "not __fish_seen_subcommand_from $commands"
set -l runs "__fish_seen_subcommand_from run map sweep"
set -l measures "__fish_seen_subcommand_from run map sweep versus"
set -l results "__fish_seen_subcommand_from run map sweep versus check"
set -l saves "__fish_seen_subcommand_from run map sweep versus check show"
set -l pictures "__fish_seen_subcommand_from run map sweep versus show"
set -l shows "__fish_seen_subcommand_from run map sweep versus watch check"
set -l sees "not __fish_seen_subcommand_from list"
set -l checks "__fish_seen_subcommand_from check"
set -l no_loop "$runs; and not __fish_seen_subcommand_from $loops"

complete -c parfor -f

complete -c parfor -n $no_command -a run -d 'One after the other, in parallel, side by side'
complete -c parfor -n $no_command -a map -d 'In parallel only: get the work done'
complete -c parfor -n $no_command -a sweep -d 'With 1, 2, 4 workers and more: the speed-up curve'
complete -c parfor -n $no_command -a versus -d 'Whole programs side by side'
complete -c parfor -n $no_command -a watch -d 'Every CPU, live, until q'
complete -c parfor -n $no_command -a check -d 'Is every CPU there, at speed, and right?'
complete -c parfor -n $no_command -a show -d 'Saved results: screens, replay, side by side; a log'
complete -c parfor -n $no_command -a list -d 'The built-in loops and their parameters'
complete -c parfor -s h -l help -d 'Show help'
complete -c parfor -s V -l version -d 'Show the version'

complete -c parfor -n "__fish_seen_subcommand_from show" -F
complete -c parfor -n $no_loop -a '(__fish_complete_suffix .c; __fish_complete_suffix .so)'
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
complete -c parfor -n $measures -s r -l repeats -x -d 'How often to run each stage'
complete -c parfor -n $runs -l seconds -x -d 'How long the sequential stage should take'
complete -c parfor -n $runs -l retries -x -d 'How often to repeat a task whose worker was killed'
complete -c parfor -n "__fish_seen_subcommand_from run" -l ask -d 'Ask for a guess between the two stages'
complete -c parfor -n $shows -l interval -x -d 'Time between two samples of the CPUs'
complete -c parfor -n $measures -l seed -x -d 'Seed of everything random'
complete -c parfor -n $saves -s o -l output -r -F -d 'Write the result to a file'
complete -c parfor -n $saves -l format -x -a 'json svg png pdf txt md csv tasks.svg tasks.png tasks.pdf tasks.csv trace hyperfine' -d 'How to write it whatever the ending'
complete -c parfor -n $pictures -l pictures -x -a '(__fish_complete_directories)' -d 'A picture of each stage'
complete -c parfor -n $saves -l dark -d 'Pictures on a dark page'
complete -c parfor -n $results -l json -d 'Write the result to standard output as JSON'
complete -c parfor -n $sees -l plain -d 'Plain sentences, no screen'
complete -c parfor -n $sees -l ascii -d 'Draw with plain letters only'
complete -c parfor -n $sees -l no-color -d 'Without colours'
complete -c parfor -n $sees -l theme -x -a 'default light contrast safe mono' -d 'Which colours'
complete -c parfor -n $sees -l no-mouse -d 'Leave the mouse to the terminal'
complete -c parfor -n "__fish_seen_subcommand_from show" -l replay -d 'Play it as if live'
complete -c parfor -n $shows -l sysroot -x -a '(__fish_complete_directories)' -d 'A simulated machine'
complete -c parfor -n $results -s q -l quiet -d 'No screen, no progress lines; with --json, only JSON'
complete -c parfor -n $runs -s a -l arg-file -r -F -d 'Items from a file, one a line'
complete -c parfor -n $runs -s 0 -l null -d 'Items end with a NUL'
complete -c parfor -n $runs -l colsep -x -d 'What stands between the columns of an item'
complete -c parfor -n $runs -s N -l max-args -x -d 'So many items for each command'
complete -c parfor -n $runs -l shell -d 'The command is a script for the shell'
complete -c parfor -n $runs -l dry-run -d 'Print the commands, run none'
complete -c parfor -n $runs -l chdir -x -a '(__fish_complete_directories)' -d 'Run the commands in a folder'
complete -c parfor -n $runs -l init -x -d 'Once for each worker, before its first item'
complete -c parfor -n $runs -l inner-threads -x -a 'auto keep' -d 'Threads in each command'
complete -c parfor -n $runs -l nice -x -d 'Niceness of the commands'
complete -c parfor -n $runs -l delay -x -d 'At least so long between two starts'
complete -c parfor -n $runs -l load -x -d 'Start none while the load average is above'
complete -c parfor -n $runs -l memory-free -x -d 'Start none while less memory is free'
complete -c parfor -n $runs -l timeout -x -d 'End what takes longer'
complete -c parfor -n $runs -l halt -x -a 'never soon now' -d 'What a failure does to the rest'
complete -c parfor -n $runs -l term-seq -x -d 'How to end a command'
complete -c parfor -n $runs -l unordered -d 'Output as items end'
complete -c parfor -n $runs -l tag -d 'Each line of output behind its item'
complete -c parfor -n $runs -l results -x -a '(__fish_complete_directories)' -d 'Output into a folder for each item'
complete -c parfor -n $runs -l set -x -d 'Another parameter of a loop body'
complete -c parfor -n $runs -l cflags -x -d 'For the compiler of FILE.c'
complete -c parfor -n "__fish_seen_subcommand_from map" -l log -r -F -d 'What is done, a line for each item'
complete -c parfor -n "__fish_seen_subcommand_from map" -l resume -r -F -d 'Leave out what is done by this log'
complete -c parfor -n "__fish_seen_subcommand_from map" -l on-hangup -x -a 'continue stop' -d 'What a hang-up does'
complete -c parfor -n "__fish_seen_subcommand_from run" -l sample -x -d 'So many tasks one after the other, the rest projected'
complete -c parfor -n "__fish_seen_subcommand_from list" -l template -d 'A loop body in C to start from'
complete -c parfor -n "__fish_seen_subcommand_from versus" -l warmup -x -d 'Runs of each program that do not count'
complete -c parfor -n "__fish_seen_subcommand_from versus" -l prepare -x -d 'A command before every run'
complete -c parfor -n $checks -l quick -d 'Take 5 s in place of 20 s'
complete -c parfor -n $checks -l long -x -d 'Take so long in place of 20 s'
complete -c parfor -n $checks -l inventory -d 'Only look, run nothing'
complete -c parfor -n $checks -l expect -x -d 'Fail if fewer CPUs may be used'
complete -c parfor -n $checks -l strict -d 'Exit with 1 on a warning, too'
complete -c parfor -n $checks -l nice -x -d 'Niceness of the work'
