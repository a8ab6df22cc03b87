// SPDX-License-Identifier: MIT
#include "options/command_line.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "options/command_line_own.h"
#include "options/command_table.h"
#include "options/option_table.h"
#include "options/option_take.h"
#include "options/options_output.h"
#include "workload/plugin.h"
#include "workload/template.h"
#include "workload/workload.h"

enum { COMMANDS_MAX = 16 };

/* The tables that getopt_long() wants, made from ours. */
struct getopt_tables {
    char letters[2 * OPTION_ENTRIES + 3];
    struct option options[OPTION_ENTRIES + 1];
};

static void make_tables(unsigned command, struct getopt_tables *tables)
{
    char *letter = tables->letters;
    struct option *option = tables->options;
    *letter++ = '-'; /* what is no option comes in its turn, as option 1 */
    *letter++ = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; option_entries[i].name; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (!(entry->commands & command))
            continue;
        int has_argument = !entry->argument            ? no_argument
                           : entry->argument[0] == '[' ? optional_argument
                                                       : required_argument;
        *option++ = (struct option){entry->name, has_argument, NULL, 256 + (int)i};
        if (entry->letter)
            *letter++ = entry->letter;
        if (entry->letter && entry->argument)
            *letter++ = ':';
    }
    *letter = '\0';
    *option = (struct option){0};
}

/* An option of other commands only. */
static int refuse_elsewhere(
    const char *text, unsigned command, unsigned commands, struct fault *fault)
{
    char names[200] = "", place[50] = "without a command";
    for (const struct command *other = command_table; other->name; other++) {
        if (commands & other->bit)
            text_append(sizeof names, names, "%s%s", *names ? ", " : "", other->name);
        if (command == other->bit)
            snprintf(place, sizeof place, "for parfor %s", other->name);
    }
    return fault_input(fault, "not %s: %s (it is for %s)", place, text, names);
}

/* Which have it, by its name or its letter. */
static unsigned find_commands(const char *name, char letter)
{
    unsigned commands = 0;
    for (const struct option_entry *entry = option_entries; entry->name; entry++)
        if (*name ? strcmp(entry->name, name) == 0 : letter && entry->letter == letter)
            commands |= entry->commands;
    return commands;
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
    unsigned commands = find_commands(word, text[1]);
    if (commands)
        return refuse_elsewhere(text, command, commands, fault);
    const char *nearest = *word ? text_nearest(word, count, names) : NULL;
    if (nearest)
        return fault_input(
            fault, "unknown option: %s (did you mean --%s?)", text, nearest);
    const struct command *whose = command_table;
    while (whose->name && whose->bit != command)
        whose++;
    return fault_input(fault, "unknown option: %s (parfor%s%s --help lists them)", text,
        whose->name ? " " : "", whose->name ? whose->name : "");
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

/* What is on the command line beside options. */
struct arguments {
    int count;
    const char *list[OPTIONS_FILES_MAX]; /* the first of those before "--" */
    const char *own;   /* the first option that is not for every loop … */
    unsigned own_bits; /* … and what it is for, together with all others */
};

static int take_entry(const struct option_entry *entry, struct options *options,
    struct arguments *arguments, struct fault *fault)
{
    void *member = (char *)options + entry->member;
    if (entry->commands & OPTION_OWN && !arguments->own)
        arguments->own = entry->name;
    if (entry->commands & OPTION_OWN)
        arguments->own_bits &= entry->commands;
    if (entry->take)
        return entry->take(options, optarg, fault);
    if (entry->argument)
        *(const char **)member = optarg;
    else
        *(bool *)member = true;
    return 0;
}

static void take_argument(struct arguments *arguments)
{
    if (arguments->count < OPTIONS_FILES_MAX)
        arguments->list[arguments->count] = optarg;
    arguments->count++;
}

static int parse_entries(int argc, char *argv[], unsigned command,
    struct options *options, struct arguments *arguments, struct fault *fault)
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
        if (code == 1)
            take_argument(arguments);
        else
            error = take_entry(find_entry(code), options, arguments, fault);
    }
    return error;
}

static int take_file(const char *path, struct options *options, struct fault *fault)
{
    struct plan *plan = &options->plan;
    if (strlen(path) >= sizeof plan->workload)
        return fault_input(fault, "a name too long: %s (%zu bytes at most)", path,
            sizeof plan->workload - 1);
    options->own.file = path;
    plan->tells = true;
    text_copy(sizeof plan->workload, plan->workload, path);
    template_quote(path, sizeof plan->loop, plan->loop);
    return 0;
}

static int take_loop(const struct arguments *arguments, int rest, char *words[],
    struct options *options, struct fault *fault)
{
    const struct workload_ops *ops;
    const char *first = arguments->list[0];
    if (rest > 0 && first)
        return fault_input(
            fault, "a loop too many: %s (a command after -- is the whole loop)", first);
    if (rest > 0 || (!first && strcmp(words[-1], "--") == 0))
        return command_line_take_words(rest, words, options, fault);
    options->resumes = !first && options->own.resume;
    if (options->resumes)
        return 0;
    if (!first)
        return fault_input(fault,
            "no loop: parfor %s (which one? parfor list shows what there is)",
            options->command);
    if (arguments->count == 1 && plugin_is_one(first))
        return take_file(first, options, fault);
    if (arguments->count > 1 || workload_find(first, &ops, fault) < 0)
        return command_line_refuse_loop(options, first, arguments->list[1], fault);
    text_copy(sizeof options->plan.workload, options->plan.workload, ops->name);
    return 0;
}

/* An option that would change nothing is refused. */
static int check_own(
    const struct arguments *arguments, const struct options *options, struct fault *fault)
{
    unsigned bit = options->own.words  ? OPTION_COMMAND
                   : options->own.file ? OPTION_BODY
                                       : 0;
    if (!arguments->own || arguments->own_bits & bit)
        return options_has_own(options) ? command_line_check_own(options, fault) : 0;
    return fault_input(fault, "not for this loop: --%s (it is for %s)", arguments->own,
        arguments->own_bits & OPTION_COMMAND ? "a command after --"
                                             : "FILE.c or FILE.so");
}

static int check_loop(const struct plan *plan, struct fault *fault)
{
    if (plan->iterations > 0 && plan->seconds_ns > 0)
        return fault_input(fault,
            "-n and --seconds together: -n %" PRId64
            " (--seconds chooses the number of iterations)",
            plan->iterations);
    if (plan->fork_per_task && plan->max_tasks > 1)
        return fault_input(fault,
            "--fork-per-task and --max-tasks together: --max-tasks %" PRId64
            " (--fork-per-task is --max-tasks 1)",
            plan->max_tasks);
    return 0;
}

static int refuse_command(const char *name, struct fault *fault)
{
    const char *names[COMMANDS_MAX];
    const struct workload_ops *ops;
    struct fault ignored;
    size_t count = 0;
    for (; command_table[count].name; count++)
        names[count] = command_table[count].name;
    if (workload_find(name, &ops, &ignored) == 0)
        return fault_input(
            fault, "no such command: %s (did you mean parfor run %s?)", name, name);
    const char *nearest = text_nearest(name, count, names);
    return fault_input(fault, "no such command: %s (%s%s%s)", name,
        nearest ? "did you mean " : "parfor --help lists them", nearest ? nearest : "",
        nearest ? "?" : "");
}

static int take_programs(const struct arguments *arguments, int rest, char *words[],
    struct options *options, struct fault *fault)
{
    int error = 0;
    if (arguments->count + rest > PLAN_PROGRAMS_MAX)
        return fault_input(fault, "too many programs: %d (%d at most)",
            arguments->count + rest, PLAN_PROGRAMS_MAX);
    for (int i = 0; i < arguments->count && error == 0; i++)
        error = command_line_add_program(arguments->list[i], &options->plan, fault);
    for (int i = 0; i < rest && error == 0; i++)
        error = command_line_add_program(words[i], &options->plan, fault);
    if (error == 0)
        error = command_line_check_programs(&options->plan, fault);
    return error;
}

static int take_files(const struct arguments *arguments, int rest, char *words[],
    struct options *options, struct fault *fault)
{
    if (arguments->count + rest == 0)
        return fault_input(fault, "no file: parfor show (one or more results, or a log)");
    if (arguments->count + rest > OPTIONS_FILES_MAX)
        return fault_input(fault, "too many files: %d (%d at most)",
            arguments->count + rest, OPTIONS_FILES_MAX);
    for (int i = 0; i < arguments->count; i++)
        if (!option_is_speed(arguments->list[i], options))
            options->files[options->file_count++] = arguments->list[i];
    for (int i = 0; i < rest; i++)
        options->files[options->file_count++] = words[i];
    return 0;
}

/* How long it is to take. */
static int settle_check(struct options *options, struct fault *fault)
{
    struct plan *plan = &options->plan;
    const char *asked = options->quick ? "--quick" : plan->lasts_ns > 0 ? "--long" : NULL;
    if (options->quick && plan->lasts_ns > 0)
        return fault_input(fault, "--quick and --long together (one of them)");
    if (plan->only_inventory && asked)
        return fault_input(fault, "--inventory and %s together (nothing is run)", asked);
    if (options->quick)
        plan->lasts_ns = PLAN_CHECK_QUICK_NS;
    else if (plan->lasts_ns == 0)
        plan->lasts_ns = PLAN_CHECK_NS;
    return 0;
}

static int take_arguments(int argc, char *argv[], const struct arguments *arguments,
    struct options *options, struct fault *fault)
{
    int error;
    switch (options->action) {
    case OPTIONS_RUN:
        if (options->plan.command == PLAN_VERSUS)
            return take_programs(arguments, argc - optind, argv + optind, options, fault);
        if (options->plan.command == PLAN_WATCH && arguments->count == 0 && optind < argc)
            return command_line_take_program(
                argc - optind, argv + optind, options, fault);
        if (options->plan.command == PLAN_CHECK && settle_check(options, fault) < 0)
            return -EINVAL;
        if (options->plan.command == PLAN_WATCH || options->plan.command == PLAN_CHECK)
            break;
        error = take_loop(arguments, argc - optind, argv + optind, options, fault);
        if (error == 0 && !options->resumes)
            error = check_own(arguments, options, fault);
        return error < 0 ? error : check_loop(&options->plan, fault);
    case OPTIONS_SHOW:
        return take_files(arguments, argc - optind, argv + optind, options, fault);
    default:
        break;
    }
    if (arguments->count + argc - optind == 0)
        return 0;
    return fault_input(fault, "an argument too many: %s",
        arguments->list[0] ? arguments->list[0] : argv[optind]);
}

int command_line_parse(
    int argc, char *argv[], struct options *ret_options, struct fault *fault)
{
    struct options options = {.action = OPTIONS_LAUNCH, .speed = 1};
    struct arguments arguments = {.own_bits = OPTION_OWN};
    const struct command *command = NULL;
    if (argc > 1 && argv[1][0] != '-') {
        command = command_table_find(argv[1]);
        if (!command)
            return refuse_command(argv[1], fault);
        options.action = command->action;
        options.command = command->name;
        plan_init(&options.plan, command->plan, "");
        options.plan.inner_auto = true;
        argc--;
        argv++;
        options.argument_count = argc - 1;
        options.arguments = argv + 1;
    }
    unsigned bit = command ? command->bit : OPTION_NONE;
    int error = parse_entries(argc, argv, bit, &options, &arguments, fault);
    bool asks = options.help || options.version;
    if (asks)
        options.action = options.help ? OPTIONS_HELP : OPTIONS_VERSION;
    if (error == 0 && !(asks && command))
        error = take_arguments(argc, argv, &arguments, &options, fault);
    if (error == 0 && !asks)
        error = options_check_outputs(&options, fault);
    if (error == 0)
        *ret_options = options;
    return error;
}
