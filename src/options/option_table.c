// SPDX-License-Identifier: MIT
#include "options/option_table.h"

#include <stddef.h>

#include "options/option_take.h"

enum {
    LOOPS = OPTION_RUN | OPTION_MAP | OPTION_SWEEP,
    COMMAND = LOOPS | OPTION_COMMAND,
    OWN = COMMAND | OPTION_BODY,
    RUNS = LOOPS | OPTION_VERSUS,
    RESULTS = RUNS | OPTION_CHECK,
    SAMPLING = RESULTS | OPTION_WATCH,
    SEEING = SAMPLING | OPTION_SHOW | OPTION_NONE,
};

const struct option_entry option_entries[] = {
#define VALUE(name, letter, argument, help, commands, take)                              \
    {                                                                                    \
        name, letter, argument, help, commands, take, 0                                  \
    }
#define TEXT(name, letter, argument, member, help, commands)                             \
    {                                                                                    \
        name, letter, argument, help, commands, NULL, offsetof(struct options, member)   \
    }
#define FLAG(name, letter, member, help, commands)                                       \
    {                                                                                    \
        name, letter, NULL, help, commands, NULL, offsetof(struct options, member)       \
    }
    VALUE("iterations", 'n', "N", "how many tasks (default: scaled to this machine)",
        LOOPS, option_take_iterations),
    VALUE(
        "size", 's', "N", "the size of one task (parfor list)", LOOPS, option_take_size),
    VALUE("workers", 'j', "W", "how many workers: 4, 50%, +1, -1 (default: 100%)",
        OPTION_RUN | OPTION_MAP, option_take_workers),
    VALUE("workers", 'j', "LIST", "1-8; 1,2,4; 1-64x2 (default: 1, 2, 4 to 200%)",
        OPTION_SWEEP, option_take_workers),
    VALUE("schedule", 0, "KIND[,CHUNK]",
        "dynamic (default), static, cyclic, guided, pool", LOOPS, option_take_schedule),
    VALUE("order", 0, "ORDER", "index (default); longest: long tasks first", LOOPS,
        option_take_order),
    FLAG("fork-per-task", 0, plan.fork_per_task, "a new process for every task", LOOPS),
    VALUE("max-tasks", 0, "N", "a new process after every N tasks of a worker", LOOPS,
        option_take_max_tasks),
    FLAG("pin", 0, plan.pin, "each worker on a CPU of its own, cores first", LOOPS),
    VALUE("repeats", 'r', "R", "run each stage R times; 3 or more give an interval", RUNS,
        option_take_repeats),
    VALUE("warmup", 0, "N", "run each program N times before, not counted", OPTION_VERSUS,
        option_take_warmups),
    VALUE("prepare", 0, "COMMAND", "run this before each run, not counted", OPTION_VERSUS,
        option_take_prepare),
    VALUE("seconds", 0, "D", "as many tasks as take about D one after the other", LOOPS,
        option_take_seconds),
    VALUE("retries", 0, "N", "repeat a task whose worker was killed (default: 1)", LOOPS,
        option_take_retries),
    VALUE(
        "seed", 0, "N", "seed of everything random (default: 1)", RUNS, option_take_seed),
    TEXT("arg-file", 'a', "FILE", own.items_path,
        "items from FILE, one a line; -: standard input", COMMAND),
    FLAG("null", '0', own.nul, "items end with a NUL, not with the line", COMMAND),
    TEXT("colsep", 0, "TEXT", own.separator, "columns of an item: {1}, {2} (\\t: a tab)",
        COMMAND),
    VALUE("max-args", 'N', "N", "so many items for each command (default: 1)", COMMAND,
        option_take_max_args),
    FLAG("shell", 0, own.shell, "the command is for $SHELL -c, items quoted", COMMAND),
    FLAG("dry-run", 0, own.dry_run, "print the commands, run none", COMMAND),
    TEXT("chdir", 0, "DIR", own.folder, "run the commands in DIR", COMMAND),
    TEXT("init", 0, "COMMAND", own.init, "once for each worker, before its first item",
        COMMAND),
    VALUE("inner-threads", 0, "N", "threads in each command: auto (default), N, keep",
        COMMAND, option_take_threads),
    VALUE("nice", 0, "N", "niceness of the commands", COMMAND, option_take_nice),
    VALUE("delay", 0, "D", "at least D between two starts", COMMAND, option_take_delay),
    VALUE("load", 0, "L", "start none while the load average is above L, or 90%", COMMAND,
        option_take_load),
    VALUE("memory-free", 0, "SIZE", "start none while less memory is free", COMMAND,
        option_take_memory),
    VALUE("timeout", 0, "D", "end what takes longer than D, or 500% of the median", OWN,
        option_take_timeout),
    VALUE("halt", 0, "WHEN", "at a failure: never (default), soon, now; soon,3", OWN,
        option_take_halt),
    VALUE("term-seq", 0, "LIST", "how to end a command (default: TERM,1s,KILL)", OWN,
        option_take_ending),
    FLAG("unordered", 0, own.unordered, "output as items end, not in their order", OWN),
    FLAG("tag", 0, own.tag, "each line of output behind its item", OWN),
    TEXT("results", 0, "DIR", own.results, "output into a folder for each item in DIR",
        OWN),
    TEXT("log", 0, "FILE", own.log, "what is done, a line for each item",
        OPTION_MAP | OPTION_COMMAND),
    TEXT("resume", 0, "FILE", own.resume, "leave out what is done by this log",
        OPTION_MAP | OPTION_COMMAND),
    VALUE("on-hangup", 0, "WHAT", "continue (default), or stop",
        OPTION_MAP | OPTION_COMMAND | OPTION_BODY, option_take_hangup),
    VALUE("sample", 0, "K", "only K tasks one after the other, the rest projected",
        OPTION_RUN | OPTION_COMMAND | OPTION_BODY, option_take_sample),
    VALUE("set", 0, "NAME=VALUE", "another parameter of a loop body; may be repeated",
        LOOPS | OPTION_BODY, option_take_setting),
    TEXT("cflags", 0, "FLAGS", own.flags, "for the compiler of FILE.c",
        LOOPS | OPTION_BODY),
    VALUE("expect", 0, "CPUS", "fail if fewer CPUs may be used", OPTION_CHECK,
        option_take_expected),
    FLAG("quick", 0, quick, "take 5 s in place of 20 s", OPTION_CHECK),
    VALUE("long", 0, "D", "take D in place of 20 s, such as 10m", OPTION_CHECK,
        option_take_long),
    FLAG("inventory", 0, plan.only_inventory, "only look, run nothing", OPTION_CHECK),
    FLAG("strict", 0, plan.strict, "exit with 1 on a warning, too", OPTION_CHECK),
    VALUE("nice", 0, "N", "niceness of the work (default: 10)", OPTION_CHECK,
        option_take_check_nice),
    VALUE("output", 'o', "FILE", "save the result; its ending says how; may be repeated",
        OPTION_SAVING, option_take_output),
    VALUE("format", 0, "NAME", "how to save it whatever the ending, or to print it",
        OPTION_SAVING, option_take_format),
    TEXT("pictures", 0, "DIR", pictures, "a picture of each stage into DIR",
        RUNS | OPTION_SHOW),
    FLAG("dark", 0, dark, "pictures on a dark page", OPTION_SAVING | OPTION_NONE),
    FLAG("json", 0, json, "the result as JSON on standard output", OPTION_SAVING),
    FLAG("ask", 0, ask, "ask for a guess between the two stages", OPTION_RUN),
    VALUE("interval", 0, "D", "between two samples of the CPUs (default: 100ms)",
        SAMPLING, option_take_interval),
    FLAG("plain", 0, plain, "plain sentences, no screen (also PARFOR_PLAIN=1)", SEEING),
    FLAG("ascii", 0, ascii, "draw with plain letters only", SEEING),
    FLAG("no-color", 0, no_color, "without colours (also NO_COLOR=1)", SEEING),
    VALUE("theme", 0, "NAME", "colours: default, light, contrast, safe, mono", SEEING,
        option_take_theme),
    FLAG("no-mouse", 0, no_mouse, "leave the mouse to the terminal", SEEING),
    VALUE("replay", 0, "[=xSPEED]", "play it as if live, so many times as fast",
        OPTION_SHOW, option_take_replay),
    TEXT("sysroot", 0, "DIR", sysroot, "a simulated machine: DIR/proc and DIR/sys",
        SAMPLING | OPTION_NONE),
    FLAG("quiet", 'q', quiet, "no screen, no progress lines; with --json, only JSON",
        OPTION_SAVING),
    FLAG("template", 0, template, "a loop body in C to start from", OPTION_LIST),
    FLAG("help", 'h', help, "this help", OPTION_ALL),
    FLAG("version", 'V', version, "the version", OPTION_ALL),
#undef VALUE
#undef TEXT
#undef FLAG
    {0},
};
