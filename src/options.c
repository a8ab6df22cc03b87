// SPDX-License-Identifier: MIT
#include "options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "pool/schedule.h"
#include "report/report.h"
#include "workload/workload.h"

enum {
    REPEATS_MAX = 1000,
    RETRIES_MAX = 100,
    INTERVAL_MS_MIN = 10,
    INTERVAL_MS_MAX = 10000
};

static const struct command {
    const char *name, *usage, *summary;
    enum options_action action;
    enum plan_command plan; /* of OPTIONS_RUN */
} commands[] = {
    {"run", "parfor run LOOP [options]", "one after the other, in parallel, side by side",
        OPTIONS_RUN, PLAN_RUN},
    {"map", "parfor map LOOP [options]", "in parallel only: get the work done",
        OPTIONS_RUN, PLAN_MAP},
    {"list", "parfor list", "the built-in loops and their parameters", OPTIONS_LIST,
        PLAN_RUN},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

/* A whole number of a range; what it is in words, for the refusal. */
static int parse_in_range(const char *what, const char *text, const int64_t range[2],
    int64_t *ret_value, struct fault *fault)
{
    int64_t value = 0;
    if (number_parse(text, &value) < 0 || value < range[0] || value > range[1])
        return fault_input(fault,
            "wrong %s: %s (a whole number, %" PRId64 " to %" PRId64 ")", what, text,
            range[0], range[1]);
    *ret_value = value;
    return 0;
}

static int parse_int(const char *what, const char *text, const int64_t range[2],
    int *ret_value, struct fault *fault)
{
    int64_t value = 0;
    int error = parse_in_range(what, text, range, &value, fault);
    if (error == 0)
        *ret_value = (int)value;
    return error;
}

static int take_iterations(struct options *options, const char *text, struct fault *fault)
{
    return parse_in_range("number of iterations", text,
        (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &options->plan.iterations, fault);
}

/* The range is the workload's, which is not known yet. */
static int take_size(struct options *options, const char *text, struct fault *fault)
{
    if (number_parse(text, &options->plan.size) < 0 || options->plan.size < 1)
        return fault_input(
            fault, "wrong size: %s (a whole number; parfor list shows the range)", text);
    return 0;
}

static int take_workers(struct options *options, const char *text, struct fault *fault)
{
    int workers;
    options->workers = text;
    return plan_parse_workers(text, 1, &workers, fault);
}

static int take_schedule(struct options *options, const char *text, struct fault *fault)
{
    struct plan *plan = &options->plan;
    const struct schedule_ops *schedule;
    size_t length = strcspn(text, ",");
    char name[sizeof plan->schedule];
    text_copy(length < sizeof name ? length + 1 : sizeof name, name, text);
    int error = schedule_find(name, &schedule, fault);
    if (error == 0 && text[length] == ',')
        error = parse_in_range("chunk", text + length + 1,
            (const int64_t[]){1, WORKLOAD_ITERATIONS_MAX}, &plan->chunk, fault);
    if (error == 0)
        text_copy(sizeof plan->schedule, plan->schedule, name);
    return error;
}

static int take_repeats(struct options *options, const char *text, struct fault *fault)
{
    return parse_int("number of repeats", text, (const int64_t[]){1, REPEATS_MAX},
        &options->plan.repeats, fault);
}

static int take_seconds(struct options *options, const char *text, struct fault *fault)
{
    int64_t *seconds_ns = &options->plan.seconds_ns;
    if (number_parse_duration(text, seconds_ns) < 0 || *seconds_ns < NS_PER_MS ||
        *seconds_ns > 86400 * NS_PER_S)
        return fault_input(
            fault, "wrong duration: %s (1ms to 1d, such as 3s or 2m)", text);
    return 0;
}

static int take_retries(struct options *options, const char *text, struct fault *fault)
{
    return parse_int("number of retries", text, (const int64_t[]){0, RETRIES_MAX},
        &options->plan.retries, fault);
}

static int take_interval(struct options *options, const char *text, struct fault *fault)
{
    int64_t *interval_ns = &options->plan.interval_ns;
    if (number_parse_duration(text, interval_ns) < 0 ||
        *interval_ns < INTERVAL_MS_MIN * NS_PER_MS ||
        *interval_ns > INTERVAL_MS_MAX * NS_PER_MS)
        return fault_input(fault, "wrong interval: %s (10ms to 10s)", text);
    return 0;
}

static int take_seed(struct options *options, const char *text, struct fault *fault)
{
    int64_t seed = 0;
    int error =
        parse_in_range("seed", text, (const int64_t[]){0, INT64_MAX}, &seed, fault);
    if (error == 0)
        options->plan.seed = (uint64_t)seed;
    return error;
}

static int take_output(struct options *options, const char *text, struct fault *fault)
{
    const struct report_format *format;
    if (options->output_count == OPTIONS_OUTPUTS_MAX)
        return fault_input(
            fault, "too many output files: %s (%d at most)", text, OPTIONS_OUTPUTS_MAX);
    options->outputs[options->output_count++] = text;
    return report_find_format(text, &format, fault);
}

static int take_sysroot(struct options *options, const char *text, struct fault *fault)
{
    (void)fault;
    options->sysroot = text;
    return 0;
}

static const struct entry {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: none */
    const char *help;
    bool runs; /* only for the commands that run something */
    int (*take)(struct options *options, const char *text, struct fault *fault);
    size_t flag; /* without `take`: the offset of the bool that it sets */
} entries[] = {
#define VALUE(name, letter, argument, help, take)                                        \
    {                                                                                    \
        name, letter, argument, help, true, take, 0                                      \
    }
#define FLAG(name, letter, member, help, runs)                                           \
    {                                                                                    \
        name, letter, NULL, help, runs, NULL, offsetof(struct options, member)           \
    }
    VALUE("iterations", 'n', "N", "how many tasks (default: about 20 s of them)",
        take_iterations),
    VALUE("size", 's', "N", "the size of one task (parfor list)", take_size),
    VALUE("workers", 'j', "W", "how many workers: 4, 50%, +1, -1 (default: 100%)",
        take_workers),
    VALUE("schedule", 0, "KIND[,CHUNK]",
        "how tasks are handed out: dynamic (default), static", take_schedule),
    VALUE("repeats", 'r', "R", "run each stage R times; 3 or more give an interval",
        take_repeats),
    VALUE("seconds", 0, "D", "as many tasks as take about D one after the other",
        take_seconds),
    VALUE("retries", 0, "N", "repeat a task whose worker was killed (default: 1)",
        take_retries),
    VALUE("interval", 0, "D", "between two samples of the CPUs (default: 100ms)",
        take_interval),
    VALUE("seed", 0, "N", "seed of everything random (default: 1)", take_seed),
    VALUE("output", 'o', "FILE", "save the result; .json or .txt; may be repeated",
        take_output),
    FLAG("json", 0, json, "the result as JSON on standard output", true),
    FLAG("plain", 0, plain, "plain sentences, all there is so far (also PARFOR_PLAIN=1)",
        true),
    VALUE("sysroot", 0, "DIR", "a simulated machine: DIR/proc and DIR/sys", take_sysroot),
    FLAG("quiet", 'q', quiet, "no progress lines; with --json, only JSON", true),
    FLAG("help", 'h', help, "this help", false),
    FLAG("version", 'V', version, "the version", false),
#undef VALUE
#undef FLAG
};

enum { ENTRIES = sizeof entries / sizeof *entries };

/* The tables that getopt_long() wants, made from ours. */
struct getopt_tables {
    char letters[2 * ENTRIES + 2];
    struct option options[ENTRIES + 1];
};

static void make_tables(bool runs, struct getopt_tables *tables)
{
    char *letter = tables->letters;
    struct option *option = tables->options;
    *letter++ = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct entry *entry = &entries[i];
        if (entry->runs && !runs)
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

static int refuse_unknown(const char *text, bool runs, struct fault *fault)
{
    const char *names[ENTRIES];
    size_t count = 0;
    for (size_t i = 0; i < ENTRIES; i++)
        if (runs || !entries[i].runs)
            names[count++] = entries[i].name;
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

static const struct entry *find_entry(int code)
{
    if (code >= 256)
        return &entries[code - 256];
    for (size_t i = 0; i < ENTRIES; i++)
        if (entries[i].letter == code)
            return &entries[i];
    return NULL;
}

static int refuse(int code, char *argv[], bool runs, struct fault *fault)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    bool is_long = optopt == 0 || optopt >= 256;
    const char *text = is_long ? argv[optind - 1] : letter;
    if (code == ':')
        return fault_input(fault, "no value: %s (it needs one)", text);
    if (is_long && optopt >= 256)
        return fault_input(fault, "value not wanted: %s (it takes none)", text);
    return refuse_unknown(text, runs, fault);
}

static int parse_entries(
    int argc, char *argv[], struct options *options, struct fault *fault)
{
    struct getopt_tables tables;
    bool runs = options->action == OPTIONS_RUN;
    make_tables(runs, &tables);
    optind = 0;
    opterr = 0;
    int code, error = 0;
    while (error == 0 &&
           (code = getopt_long(argc, argv, tables.letters, tables.options, NULL)) != -1) {
        if (code == '?' || code == ':')
            return refuse(code, argv, runs, fault);
        const struct entry *entry = find_entry(code);
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

int options_parse(
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
    int error = parse_entries(argc, argv, &options, fault);
    if (options.help || options.version)
        options.action = options.help ? OPTIONS_HELP : OPTIONS_VERSION;
    if (error == 0 && options.action == OPTIONS_RUN)
        error = take_loop(argc, argv, &options, fault);
    else if (error == 0 && optind < argc && (!command || options.action == OPTIONS_LIST))
        error = fault_input(fault, "an argument too many: %s", argv[optind]);
    if (error == 0)
        *ret_options = options;
    return error;
}

static void print_entries(FILE *out, bool runs)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct entry *entry = &entries[i];
        if (entry->runs != runs)
            continue;
        char left[40], letter[5] = "    ";
        if (entry->letter)
            snprintf(letter, sizeof letter, "-%c, ", entry->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, entry->name,
            entry->argument ? " " : "", entry->argument ? entry->argument : "");
        fprintf(out, "  %-28s%s\n", left, entry->help);
    }
}

void options_print_help(FILE *out, const char *name)
{
    const struct command *command = name ? find_command(name) : NULL;
    if (command)
        fprintf(out, "usage: %s\n%s\n", command->usage, command->summary);
    else
        fputs("parfor: see a loop go parallel\n\n", out);
    for (size_t i = 0; i < COMMANDS && !command; i++)
        fprintf(out, "  %-28s%s\n", commands[i].usage, commands[i].summary);
    fputs("\noptions\n", out);
    if (!command || command->action == OPTIONS_RUN)
        print_entries(out, true);
    print_entries(out, false);
    if (!command)
        fputs("\nTry: parfor run factorial\n", out);
}
