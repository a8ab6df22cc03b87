// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "base/spawn.h"
#include "base/text.h"
#include "experiment/result.h"
#include "launch/launch_fields.h"
#include "launch/launch_form.h"
#include "launch/launch_line.h"
#include "launch/launch_words.h"
#include "workload/plugin.h"
#include "workload/template.h"

/* The first reason stays. */
static __attribute__((format(printf, 3, 4))) void refuse(
    struct launch_form *form, enum launch_field field, const char *format, ...)
{
    struct form_field *target = &form->fields[field];
    va_list arguments;
    if (target->refusal[0])
        return;
    va_start(arguments, format);
    vsnprintf(target->refusal, sizeof target->refusal, format, arguments);
    va_end(arguments);
}

/* A fault as it reads beside its field: without the field's value, and what it is. */
static void refuse_by(struct launch_form *form, enum launch_field field,
    const char *value, const struct fault *fault)
{
    char text[sizeof fault->text], right[sizeof fault->text] = "";
    static const char whole[] = "a whole number, ";
    int64_t number;
    text_copy(sizeof text, text, fault->text);
    size_t length = strlen(text);
    char *open = strstr(text, " (");
    if (open && text[length - 1] == ')') {
        text[length - 1] = '\0';
        text_copy(sizeof right, right, open + 2);
        *open = '\0';
    }
    bool is_number = number_parse(value, &number) != -EINVAL;
    if (strncmp(right, whole, strlen(whole)) == 0)
        refuse(form, field, "%s: %s", is_number ? "out of range" : "not a whole number",
            right + strlen(whole));
    else if (strncmp(text, "wrong ", strlen("wrong ")) == 0 && right[0])
        refuse(form, field, "wrong: %s", right);
    else
        refuse(form, field, "%s%s%s%s", text, right[0] ? " (" : "", right,
            right[0] ? ")" : "");
}

/* By itself, so that what is wrong with it is its own. */
static void check_alone(struct launch_form *form, enum launch_field field)
{
    struct options options;
    struct fault fault;
    struct launch_line line = {0};
    if (form->fields[field].hidden || !*launch_text(form, field))
        return;
    launch_compose_some(form, 1u << field, &line);
    int error = launch_line_parse(&line, &options, &fault);
    if (error == 0)
        error = launch_line_check_screen(&options, &fault);
    if (error < 0)
        refuse_by(form, field, launch_text(form, field), &fault);
    launch_line_finish(&line);
}

static void check_size(struct launch_form *form)
{
    const struct workload_ops *ops = launch_workload(form);
    const char *text = launch_text(form, LAUNCH_SIZE);
    int64_t size = 0;
    if (form->fields[LAUNCH_SIZE].hidden || !ops || !*text)
        return;
    int error = number_parse(text, &size);
    if (error < 0 || size < ops->size_min || size > ops->size_max)
        refuse(form, LAUNCH_SIZE, "%s: %s, %" PRId64 " to %" PRId64,
            error == -EINVAL ? "not a whole number" : "out of range", ops->size_name,
            ops->size_min, ops->size_max);
    else if (ops->size_step > 0 && size % ops->size_step != 0)
        refuse(form, LAUNCH_SIZE, "wrong: multiples of %" PRId64, ops->size_step);
}

static void check_tasks(struct launch_form *form)
{
    const char *text = launch_text(form, LAUNCH_TASKS);
    int64_t tasks;
    if (!form->fields[LAUNCH_TASKS].hidden && *text && !launch_is_time(text) &&
        number_parse(text, &tasks) == -EINVAL)
        refuse(form, LAUNCH_TASKS,
            "neither a whole number nor a time (such as 15, 1M, or 20s)");
}

/* What is relative to the usable CPUs, and how many runs there are. */
static void check_workers(struct launch_form *form)
{
    const char *text = launch_text(form, LAUNCH_WORKERS);
    struct plan plan = {.host_cpus = form->host_cpus, .repeats = 3};
    struct fault fault;
    int64_t repeats;
    int workers, error = 0;
    bool is_sweep = launch_choice(form, LAUNCH_DO) == LAUNCH_SWEEP;
    if (form->fields[LAUNCH_WORKERS].hidden)
        return;
    if (*text && is_sweep)
        error = plan_parse_points(text, form->host_cpus, &plan, &fault);
    else if (*text)
        error = plan_parse_workers(text, form->host_cpus, &workers, &fault);
    else
        plan_default_points(&plan);
    if (error < 0)
        refuse_by(form, LAUNCH_WORKERS, text, &fault);
    if (error < 0 || !is_sweep)
        return;
    if (number_parse(launch_text(form, LAUNCH_REPEATS), &repeats) < 0)
        repeats = plan.repeats;
    if (repeats <= INT32_MAX && repeats * (int64_t)plan.point_count > RESULT_STAGES_MAX)
        refuse(form, LAUNCH_REPEATS, "too many runs: with %zu numbers of workers %zu",
            plan.point_count, RESULT_STAGES_MAX / plan.point_count);
}

static bool is_readable(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISDIR(status.st_mode) &&
           access(path, R_OK) == 0;
}

static void check_file(struct launch_form *form)
{
    const char *path = launch_text(form, LAUNCH_FILE);
    if (form->fields[LAUNCH_FILE].hidden)
        return;
    if (!*path)
        refuse(form, LAUNCH_FILE, "which one? FILE.c or FILE.so");
    else if (!plugin_is_one(path) || *path == '-')
        refuse(form, LAUNCH_FILE, "not a loop body: FILE.c or FILE.so");
    else if (!is_readable(path))
        refuse(form, LAUNCH_FILE, "no such file");
}

/* What is refused of words, whatever they are for. */
static void check_words(
    struct launch_form *form, enum launch_field field, const struct launch_words *words)
{
    if (words->open)
        refuse(form, field, "a quote that is not closed");
    else if (words->special && field != LAUNCH_COMMAND)
        refuse(form, field, "%c means something to a shell only: %sput it in quotes",
            words->special, field == LAUNCH_ITEMS ? "type 1 2 3 4 5, or " : "");
}

static void check_items(struct launch_form *form)
{
    const char *list = launch_text(form, LAUNCH_LIST);
    struct launch_words words;
    if (form->fields[LAUNCH_ITEMS].hidden)
        return;
    launch_words_split(launch_text(form, LAUNCH_ITEMS), &words);
    check_words(form, LAUNCH_ITEMS, &words);
    if (words.count == 0 && !*list)
        refuse(form, LAUNCH_ITEMS, "of what? Such as *.txt, or 1 2 3");
    else if (words.count > 0 && form->is_counted && form->item_count == 0)
        refuse(form, LAUNCH_ITEMS, "no such files");
    if (*list && words.count > 0)
        refuse(form, LAUNCH_LIST, "one list is enough: this, or the line above");
    else if (*list && !is_readable(list))
        refuse(form, LAUNCH_LIST, "no such file");
    launch_words_finish(&words);
}

static void check_more(struct launch_form *form)
{
    struct launch_words words;
    launch_words_split(launch_text(form, LAUNCH_MORE), &words);
    check_words(form, LAUNCH_MORE, &words);
    for (size_t i = 0; i < words.count; i++)
        if (words.list[i].pattern)
            refuse(form, LAUNCH_MORE,
                "%.40s means something to a shell only: put it in quotes",
                words.list[i].text);
        else if (strcmp(words.list[i].text, "--") == 0)
            refuse(form, LAUNCH_MORE, "not here: -- (it ends the options)");
    launch_words_finish(&words);
}

/* What a field says is said by that alone. */
static void check_option(void *data, const char *name, const char *value, char letter)
{
    struct launch_form *form = data;
    enum launch_field field = launch_field_of(form, name);
    char option[2] = {letter, '\0'};
    (void)value;
    if (field < LAUNCH_FIELDS && !form->fields[field].hidden)
        refuse(form, LAUNCH_MORE, "not here: -%s%s (the field %s)", letter ? "" : "-",
            letter ? option : name, form->fields[field].label);
}

static void check_more_fields(struct launch_form *form)
{
    struct options options;
    struct fault fault;
    struct launch_line line = {0};
    if (form->fields[LAUNCH_MORE].refusal[0] || !*launch_text(form, LAUNCH_MORE))
        return;
    launch_compose_some(form, 1u << LAUNCH_MORE, &line);
    if (launch_line_parse(&line, &options, &fault) == 0) {
        /* Again from the words as they were: parsing changes their order. */
        memcpy(line.arguments, line.words, line.count * sizeof *line.words);
        launch_each_option((int)line.count, line.arguments, check_option, form);
    }
    launch_line_finish(&line);
}

/* Its placeholders, and whether there is such a program. */
static void check_program(struct launch_form *form, const struct options *options)
{
    const char *shell = getenv("SHELL");
    const struct options_own *own = &options->own;
    const struct template_setup setup = {.word_count = own->word_count,
        .words = own->words,
        .shell = own->shell,
        .shell_path = shell && *shell == '/' ? shell : "/bin/sh",
        .separator = own->separator,
        .max_args = (int)options->plan.max_args};
    struct template *template = NULL;
    struct fault fault;
    char *path = NULL;
    int error = template_create(&setup, &template, &fault);
    const char *program = error == 0 ? template_program(template) : NULL;
    if (program)
        error = spawn_find(program, own->folder, &path, &fault);
    if (error < 0)
        refuse(form, LAUNCH_COMMAND, "%s", fault.text);
    free(path);
    template_destroy(template);
}

/* Whatever its items are. */
static void check_command(struct launch_form *form)
{
    struct launch_words words;
    struct options options;
    struct fault fault;
    struct launch_line line = {0};
    uint32_t fields = 1u << LAUNCH_COMMAND;
    if (form->fields[LAUNCH_COMMAND].hidden)
        return;
    launch_words_split(launch_text(form, LAUNCH_COMMAND), &words);
    check_words(form, LAUNCH_COMMAND, &words);
    if (words.count == 0)
        refuse(form, LAUNCH_COMMAND, "which one? Such as gzip -k {}");
    launch_words_finish(&words);
    if (form->fields[LAUNCH_COMMAND].refusal[0])
        return;
    if (!form->fields[LAUNCH_MORE].refusal[0])
        fields |= 1u << LAUNCH_MORE; /* --shell, and others that are of the command */
    launch_compose_some(form, fields, &line);
    if (launch_line_parse(&line, &options, &fault) == 0 && options.own.words)
        check_program(form, &options);
    launch_line_finish(&line);
}

/* To which field it belongs that all together is refused. */
static enum launch_field find_owner(struct launch_form *form)
{
    bool is_check = launch_choice(form, LAUNCH_DO) == LAUNCH_CHECK;
    return *launch_text(form, LAUNCH_MORE) ? LAUNCH_MORE
           : is_check                      ? LAUNCH_DO
           : launch_has_command(form)      ? LAUNCH_ITEMS
           : launch_has_file(form)         ? LAUNCH_FILE
                                           : LAUNCH_LOOP;
}

static void check_whole(struct launch_form *form)
{
    struct options options;
    struct fault fault;
    struct launch_line line = {0};
    launch_compose(form, &line);
    if (line.typed.size >= LAUNCH_LINE_SIZE)
        refuse(form, find_owner(form), "the command line is too long");
    else if (launch_line_parse(&line, &options, &fault) < 0)
        refuse(form, find_owner(form), "%s", fault.text);
    launch_line_finish(&line);
}

void launch_refuse(struct launch_form *form)
{
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        form->fields[i].refusal[0] = '\0';
    check_size(form);
    check_tasks(form);
    check_more(form);
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        if (form->fields[i].kind == FORM_NUMBER || i == LAUNCH_MORE)
            check_alone(form, (enum launch_field)i);
    check_more_fields(form);
    check_workers(form);
    check_file(form);
    check_command(form);
    check_items(form);
    if (launch_choice(form, LAUNCH_DO) == LAUNCH_MAP && !launch_schedule(form))
        refuse(form, LAUNCH_SCHEDULE, "needs the times of a first run: do compare");
    if (!launch_form_is_refused(form))
        check_whole(form);
}
