// SPDX-License-Identifier: MIT
#include "command_line.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "option_table.h"
#include "workload/workload.h"

static const struct command {
    const char *name, *usage, *summary;
    unsigned bit; /* in a set of commands */
    enum options_action action;
    enum plan_command plan; /* of OPTIONS_RUN */
} commands[] = {
    {"run", "parfor run LOOP [options]", "one after the other, in parallel, side by side",
        OPTION_RUN, OPTIONS_RUN, PLAN_RUN},
    {"map", "parfor map LOOP [options]", "in parallel only: get the work done",
        OPTION_MAP, OPTIONS_RUN, PLAN_MAP},
    {"sweep", "parfor sweep LOOP [options]",
        "with 1, 2, 4 workers and more: the speed-up curve", OPTION_SWEEP, OPTIONS_RUN,
        PLAN_SWEEP},
    {"watch", "parfor watch [options]", "every CPU, live, until q", OPTION_WATCH,
        OPTIONS_RUN, PLAN_WATCH},
    {"list", "parfor list", "the built-in loops and their parameters", OPTION_LIST,
        OPTIONS_LIST, PLAN_RUN},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

/* The tables that getopt_long() wants, made from ours. */
struct getopt_tables {
    char letters[2 * OPTION_ENTRIES + 2];
    struct option options[OPTION_ENTRIES + 1];
};

static void make_tables(unsigned command, struct getopt_tables *tables)
{
    char *letter = tables->letters;
    struct option *option = tables->options;
    *letter++ = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; option_entries[i].name; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (!(entry->commands & command))
            continue;
        int has_argument = entry->argument ? required_argument : no_argument;
        *option++ = (struct option){entry->name, has_argument, NULL, 256 + (int)i};
        if (entry->letter)
            *letter++ = entry->letter;
        if (entry->letter && entry->argument)
            *letter++ = ':';
    }
    *letter = '\0';
    *option = (struct option){0};
}

static int refuse_unknown(const char *text, unsigned command, struct fault *fault)
{
    const char *names[OPTION_ENTRIES];
    size_t count = 0;
    for (size_t i = 0; option_entries[i].name; i++)
        if (option_entries[i].commands & command)
            names[count++] = option_entries[i].name;
    size_t length = strcspn(text, "=");
    char word[64] = "";
    if (strncmp(text, "--", 2) == 0 && length - 2 < sizeof word)
        text_copy(length - 1, word, text + 2);
    const char *nearest = *word ? text_nearest(word, count, names) : NULL;
    if (nearest)
        return fault_input(
            fault, "unknown option: %s (did you mean --%s?)", text, nearest);
    return fault_input(fault, "unknown option: %s (parfor --help lists them)", text);
}

static const struct option_entry *find_entry(int code)
{
    if (code >= 256)
        return &option_entries[code - 256];
    for (size_t i = 0; option_entries[i].name; i++)
        if (option_entries[i].letter == code)
            return &option_entries[i];
    return NULL;
}

static int refuse(int code, char *argv[], unsigned command, struct fault *fault)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    bool is_long = optopt == 0 || optopt >= 256;
    const char *text = is_long ? argv[optind - 1] : letter;
    if (code == ':')
        return fault_input(fault, "no value: %s (it needs one)", text);
    if (is_long && optopt >= 256)
        return fault_input(fault, "value not wanted: %s (it takes none)", text);
    return refuse_unknown(text, command, fault);
}

static int parse_entries(int argc, char *argv[], unsigned command,
    struct options *options, struct fault *fault)
{
    struct getopt_tables tables;
    make_tables(command, &tables);
    optind = 0;
    opterr = 0;
    int code, error = 0;
    while (error == 0 &&
           (code = getopt_long(argc, argv, tables.letters, tables.options, NULL)) != -1) {
        if (code == '?' || code == ':')
            return refuse(code, argv, command, fault);
        const struct option_entry *entry = find_entry(code);
        if (entry->take)
            error = entry->take(options, optarg, fault);
        else
            *(bool *)((char *)options + entry->flag) = true;
    }
    return error;
}

static int take_loop(int argc, char *argv[], struct options *options, struct fault *fault)
{
    const struct workload_ops *ops;
    if (optind == argc)
        return fault_input(fault,
            "no loop: parfor %s (which one? parfor list shows what there is)",
            options->command);
    if (optind + 1 < argc)
        return fault_input(
            fault, "an argument too many: %s (one loop at a time)", argv[optind + 1]);
    int error = workload_find(argv[optind], &ops, fault);
    if (error < 0)
        return error;
    text_copy(sizeof options->plan.workload, options->plan.workload, ops->name);
    if (options->plan.iterations > 0 && options->plan.seconds_ns > 0)
        return fault_input(fault,
            "-n and --seconds together: -n %" PRId64
            " (--seconds chooses the number of iterations)",
            options->plan.iterations);
    if (options->plan.fork_per_task && options->plan.max_tasks > 1)
        return fault_input(fault,
            "--fork-per-task and --max-tasks together: --max-tasks %" PRId64
            " (--fork-per-task is --max-tasks 1)",
            options->plan.max_tasks);
    return 0;
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int refuse_command(const char *name, struct fault *fault)
{
    const char *names[COMMANDS];
    const struct workload_ops *ops;
    struct fault ignored;
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    if (workload_find(name, &ops, &ignored) == 0)
        return fault_input(
            fault, "no such command: %s (did you mean parfor run %s?)", name, name);
    const char *nearest = text_nearest(name, COMMANDS, names);
    return fault_input(fault, "no such command: %s (%s%s%s)", name,
        nearest ? "did you mean " : "parfor --help lists them", nearest ? nearest : "",
        nearest ? "?" : "");
}

int command_line_parse(
    int argc, char *argv[], struct options *ret_options, struct fault *fault)
{
    struct options options = {.action = OPTIONS_HELP};
    const struct command *command = NULL;
    if (argc > 1 && argv[1][0] != '-') {
        command = find_command(argv[1]);
        if (!command)
            return refuse_command(argv[1], fault);
        options.action = command->action;
        options.command = command->name;
        plan_init(&options.plan, command->plan, "");
        argc--;
        argv++;
    }
    unsigned bit = command ? command->bit : OPTION_LIST; /* which has none of its own */
    int error = parse_entries(argc, argv, bit, &options, fault);
    if (options.help || options.version)
        options.action = options.help ? OPTIONS_HELP : OPTIONS_VERSION;
    if (error == 0 && options.action == OPTIONS_RUN &&
        bit & (OPTION_RUN | OPTION_MAP | OPTION_SWEEP))
        error = take_loop(argc, argv, &options, fault);
    else if (error == 0 && optind < argc &&
             (!command || options.action == OPTIONS_LIST || bit == OPTION_WATCH))
        error = fault_input(fault, "an argument too many: %s", argv[optind]);
    if (error == 0)
        *ret_options = options;
    return error;
}

/* The options that a command has beside help and version, or only those two. */
static void print_entries(FILE *out, unsigned command, bool general)
{
    for (size_t i = 0; option_entries[i].name; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (!(entry->commands & command) || (entry->commands == OPTION_ALL) != general)
            continue;
        char left[40], letter[5] = "    ";
        if (entry->letter)
            snprintf(letter, sizeof letter, "-%c, ", entry->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, entry->name,
            entry->argument ? " " : "", entry->argument ? entry->argument : "");
        fprintf(out, "  %-28s%s\n", left, entry->help);
    }
}

void command_line_print_help(FILE *out, const char *name)
{
    const struct command *command = name ? find_command(name) : NULL;
    if (command)
        fprintf(out, "usage: %s\n%s\n", command->usage, command->summary);
    else
        fputs("parfor: see a loop go parallel\n\n", out);
    for (size_t i = 0; i < COMMANDS && !command; i++)
        fprintf(out, "  %-28s%s\n", commands[i].usage, commands[i].summary);
    fputs("\noptions\n", out);
    print_entries(out, command ? command->bit : OPTION_ALL, false);
    print_entries(out, OPTION_ALL, true);
    if (!command)
        fputs("\nTry: parfor run factorial\n", out);
}
