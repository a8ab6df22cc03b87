// SPDX-License-Identifier: MIT
#include "own.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "dry_run.h"
#include "options/options_output.h"
#include "report/log.h"
#include "report/outlet.h"
#include "resume.h"
#include "workload/command.h"
#include "workload/plugin.h"

struct own {
    const struct options *options;
    struct plugin *plugin;
    struct command *command;
    struct workload_job job;
    struct items *items;
    struct experiment_items source;
    bool has_source;
    struct log_past *past;
    char log_path[sizeof((struct plan *)NULL)->log];
    struct log *log;
    struct outlet *outlet;
    struct experiment *experiment; /* borrowed */
    struct experiment_observer face;
    bool unread;
};

static int open_file(struct own *own, const struct plan *plan, struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    int error = plugin_open(asked->file, asked->flags, &own->plugin, fault);
    for (size_t i = 0; i < asked->setting_count && error == 0; i++)
        error = plugin_set(own->plugin, asked->settings[i], fault);
    return error < 0 ? error : plugin_job(own->plugin, plan->size, &own->job, fault);
}

/* Where nothing else is said the items are the lines of standard input. */
static int open_items(struct own *own, const struct plan *plan, struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    const char *path = asked->items_path;
    own->has_source = true;
    own->source = (struct experiment_items){.store = own->items,
        .count = asked->item_count,
        .texts = asked->items,
        .fd = -1,
        .nul = asked->nul,
        .max_args = plan->max_args > 0 ? (int)plan->max_args : 1};
    if (asked->items_given)
        return 0;
    own->source.fd = STDIN_FILENO;
    if (!path || strcmp(path, "-") == 0)
        return 0;
    own->source.fd = open(path, O_RDONLY | O_CLOEXEC);
    if (own->source.fd >= 0)
        return 0;
    return fault_input(fault, "cannot read the items: %s (%s)", path, strerror(errno));
}

/* "\t" and "\n" as people type them. */
static char *unescape(const char *text)
{
    char *plain = text_duplicate(text), *to = plain;
    for (const char *from = text; *from; from++) {
        char next = from[0] == '\\' ? from[1] : '\0';
        bool escape = next == 't' || next == 'n' || next == '\\';
        *to++ = next == 't' ? '\t' : next == 'n' ? '\n' : *from;
        from += escape;
    }
    *to = '\0';
    return plain;
}

static int create_command(
    struct own *own, double usable_cpus, const struct plan *plan, struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    const char *shell = getenv("SHELL");
    char *separator = asked->separator ? unescape(asked->separator) : NULL;
    struct command_setup setup = {.template = {.word_count = asked->word_count,
                                      .words = asked->words,
                                      .shell = asked->shell,
                                      .shell_path = shell && *shell ? shell : "/bin/sh",
                                      .separator = separator,
                                      .max_args = own->source.max_args},
        .folder = asked->folder,
        .nice = asked->nice,
        .init = asked->init,
        .delay_ns = asked->delay_ns,
        .load_most = asked->load_most * (asked->load_per_cpu ? usable_cpus : 1),
        .memory_free = asked->memory_free,
        .retries = plan->retries,
        .retry_statuses = plan->retries_asked,
        .inner_threads = plan->inner_threads};
    int error = command_create(&setup, own->items, &own->command, fault);
    free(separator);
    if (error == 0)
        own->job = command_job(own->command);
    return error;
}

/* A program that is watched gets our standard input, unless that is the terminal. */
static int open_program(struct own *own, struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    struct command_setup setup = {.template = {.word_count = asked->word_count,
                                      .words = asked->words,
                                      .max_args = 1,
                                      .without_items = true},
        .keep_input = true};
    return command_create(&setup, NULL, &own->command, fault);
}

/* What should be there again, but is not, is done again. */
static bool is_done(void *data, char *const argv[])
{
    const struct own *own = data;
    if (!log_past_take(own->past, argv))
        return false;
    const char *results = log_past_results(own->past);
    return !own->options->own.results || !results || access(results, R_OK) == 0;
}

static int choose_log(struct own *own, struct plan *plan, struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    const char *path = asked->log ? asked->log : asked->resume;
    int error = 0;
    if (asked->resume)
        error = log_past_read(asked->resume, &own->past, fault);
    own->source.is_done = own->past ? is_done : NULL;
    own->source.data = own;
    if (error < 0 || plan->command != PLAN_MAP || asked->dry_run)
        return error;
    if (path && strlen(path) >= sizeof own->log_path)
        return fault_input(fault, "a name too long: --log %s (%zu bytes at most)", path,
            sizeof own->log_path - 1);
    if (path)
        text_copy(sizeof own->log_path, own->log_path, path);
    else
        error = log_choose_path(sizeof own->log_path, own->log_path, fault);
    text_copy(sizeof plan->log, plan->log, own->log_path);
    return error;
}

static int open_command(
    struct own *own, double usable_cpus, struct plan *plan, struct fault *fault)
{
    int error = items_create(&own->items, fault);
    if (error == 0)
        error = open_items(own, plan, fault);
    if (error == 0)
        error = create_command(own, usable_cpus, plan, fault);
    return error < 0 ? error : choose_log(own, plan, fault);
}

int own_create(const struct options *options, double usable_cpus, struct plan *plan,
    struct own **ret_own, struct fault *fault)
{
    struct own *own = memory_new(1, sizeof *own);
    own->options = options;
    own->source.fd = -1;
    int error;
    if (options->own.file)
        error = open_file(own, plan, fault);
    else if (plan->command == PLAN_WATCH)
        error = open_program(own, fault);
    else
        error = open_command(own, usable_cpus, plan, fault);
    if (error < 0) {
        own_destroy(own);
        return error;
    }
    *ret_own = own;
    return 0;
}

void own_destroy(struct own *own)
{
    if (!own)
        return;
    struct fault late = {0};
    log_close(own->log, NULL, &late);
    outlet_destroy(own->outlet);
    command_destroy(own->command);
    plugin_close(own->plugin);
    items_destroy(own->items);
    log_past_destroy(own->past);
    if (own->source.fd > STDIN_FILENO)
        close(own->source.fd);
    free(own);
}

void own_set_up(const struct own *own, struct experiment_setup *setup)
{
    setup->body = own->job.ops ? &own->job : NULL;
    setup->command = own->command;
    setup->items = own->has_source ? &own->source : NULL;
    setup->keep_output = options_find_printed(own->options);
    setup->log = own->log_path[0] ? own->log_path : NULL;
}

bool own_is_typed(const struct own *own)
{
    return own->source.fd >= 0 && isatty(own->source.fd);
}

/* Who measures does everything several times, which not every command bears. */
bool own_warn(const struct own *own, const struct plan *plan, size_t size, char text[])
{
    size_t stages = plan->command == PLAN_SWEEP ? plan->point_count : 2;
    text[0] = '\0';
    if (plan->commands && plan->command != PLAN_MAP)
        snprintf(text, size,
            "Each item is run %zu times, to measure; parfor map runs it once.",
            stages * (size_t)plan->repeats);
    else if (own_is_typed(own))
        snprintf(text, size,
            "Items are read from the terminal, one in a line; Ctrl-D ends them.");
    return text[0] != '\0';
}

int own_begin(struct own *own, struct experiment *experiment, const struct plan *plan,
    struct fault *fault)
{
    const struct options_own *asked = &own->options->own;
    bool prints = !options_find_printed(own->options);
    struct outlet_setup outlet = {.out_fd = prints ? STDOUT_FILENO : -1,
        .err_fd = prints ? STDERR_FILENO : -1,
        .unordered = asked->unordered,
        .tag = asked->tag,
        .results = asked->results};
    own->experiment = experiment;
    int error = outlet_create(&outlet, &own->outlet, fault);
    if (error < 0 || !own->log_path[0])
        return error;
    char **words = memory_new(asked->word_count + 1, sizeof *words); /* ended by NULL */
    memcpy(words, asked->words, asked->word_count * sizeof *words);
    char **arguments = resume_arguments(own->options);
    struct log_run run = {.plan = plan, .command = words, .arguments = arguments};
    error = log_open(own->log_path, &run, &own->log, fault);
    free(arguments);
    free(words);
    return error;
}

/* The words by which an item is found again, where they are not those that were run. */
static int append_to_log(
    struct own *own, const struct result_record *record, struct fault *fault)
{
    const struct result_item *item = record->item;
    char **key = NULL, results[4096] = "";
    if (!own->log || !item)
        return 0;
    command_expand(own->command, record->index, -1, &key);
    outlet_results_of(own->outlet, item, sizeof results, results);
    int error = log_append(own->log, record, key, *results ? results : NULL, fault);
    free(key);
    return error;
}

/* Results are safe before the log says so. */
static int on_item_ended(void *data, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault)
{
    struct own *own = data;
    int error = outlet_take(own->outlet, record, output, fault);
    if (error == -EPIPE && !own->unread) {
        own->unread = true;
        experiment_end(own->experiment, SIGPIPE);
    }
    if (error < 0 && error != -EPIPE)
        return error;
    return append_to_log(own, record, fault);
}

static int on_item_skipped(
    void *data, int64_t number, const struct items_task *task, struct fault *fault)
{
    struct own *own = data;
    const char *results = log_past_results(own->past);
    if (results && access(results, R_OK) < 0)
        results = NULL;
    int error = outlet_skip(own->outlet, number, task, results, fault);
    return error == -EPIPE ? 0 : error;
}

static void on_planned(void *data, const struct result *result)
{
    struct own *own = data;
    if (own->face.planned)
        own->face.planned(own->face.data, result);
}

static void on_started(void *data, const struct scene *scene)
{
    struct own *own = data;
    if (own->face.stage_started)
        own->face.stage_started(own->face.data, scene);
}

static void on_sampled(void *data, const struct scene *scene)
{
    struct own *own = data;
    struct fault late = {0};
    if (own->log && log_sync(own->log, &late) < 0)
        experiment_close(own->experiment);
    if (own->face.sampled)
        own->face.sampled(own->face.data, scene);
}

static void on_ended(void *data, const struct scene *scene)
{
    struct own *own = data;
    if (own->face.stage_ended)
        own->face.stage_ended(own->face.data, scene);
}

static bool before_stage(void *data, const struct scene *scene)
{
    struct own *own = data;
    return own->face.before_stage && own->face.before_stage(own->face.data, scene);
}

struct experiment_observer own_observer(
    struct own *own, const struct experiment_observer *face)
{
    own->face = *face;
    return (struct experiment_observer){.data = own,
        .planned = on_planned,
        .stage_started = on_started,
        .sampled = on_sampled,
        .stage_ended = on_ended,
        .item_ended = on_item_ended,
        .item_skipped = on_item_skipped,
        .before_stage = before_stage};
}

void own_hold(struct own *own)
{
    struct fault late = {0}; /* then it goes out below the screen */
    if (own->outlet)
        outlet_hold(own->outlet, isatty(STDOUT_FILENO), isatty(STDERR_FILENO), &late);
}

void own_release(struct own *own)
{
    struct fault late = {0}; /* what cannot be written now is told at the end */
    if (own->outlet && outlet_release(own->outlet, &late) == -EPIPE)
        own->unread = true;
}

void own_end(struct own *own, const struct result *result, struct fault *fault)
{
    struct fault late = {0}, *first = fault->kind == FAULT_NONE ? fault : &late;
    if (own->outlet) {
        if (outlet_finish(own->outlet, first) == -EPIPE)
            own->unread = true;
    }
    if (own->command && fault->kind == FAULT_NONE)
        command_init_has_failed(own->command, fault);
    first = fault->kind == FAULT_NONE ? fault : &late;
    log_close(own->log, result, first);
    own->log = NULL;
}

bool own_is_unread(const struct own *own)
{
    return own->unread;
}

int own_print(struct own *own, struct fault *fault)
{
    return dry_run_print(stdout, &own->source, own->command, fault);
}
