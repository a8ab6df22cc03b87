// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "launch/launch_fields.h"
#include "launch/launch_words.h"

/* What is put together: which fields, and what a pattern becomes. */
struct compose {
    const struct launch_form *form;
    uint32_t fields;
    bool expands;
    struct fault *fault;
    struct launch_line *line;
};

static bool has(const struct compose *compose, enum launch_field field)
{
    return compose->fields & 1u << field;
}

static void add_option(
    const struct compose *compose, enum launch_field field, const char *option)
{
    const char *text = launch_text(compose->form, field);
    if (!has(compose, field) || !*text)
        return;
    launch_line_add(compose->line, option);
    launch_line_add(compose->line, text);
}

static void add_lasts(const struct compose *compose)
{
    int64_t lasts_ns;
    if (!has(compose, LAUNCH_LASTS))
        return;
    const char *text = launch_text(compose->form, LAUNCH_LASTS);
    bool is_known = number_parse_duration(text, &lasts_ns) == 0;
    if (is_known && lasts_ns == PLAN_CHECK_QUICK_NS)
        launch_line_add(compose->line, "--quick");
    else if (!is_known || lasts_ns != PLAN_CHECK_NS)
        add_option(compose, LAUNCH_LASTS, "--long");
}

static void add_schedule(const struct compose *compose)
{
    const struct launch_form *form = compose->form;
    const struct schedule_ops *schedule =
        has(compose, LAUNCH_SCHEDULE) ? launch_schedule(form) : schedule_table[0];
    const char *chunk = has(compose, LAUNCH_CHUNK) ? launch_text(form, LAUNCH_CHUNK) : "";
    const struct schedule_ops *usual = schedule_table[0];
    if ((schedule && schedule != usual) || *chunk) {
        char *text = text_format(
            "%s%s%s", schedule ? schedule->name : usual->name, *chunk ? "," : "", chunk);
        launch_line_add(compose->line, "--schedule");
        launch_line_add(compose->line, text);
        free(text);
    }
    if (!schedule) {
        launch_line_add(compose->line, "--order");
        launch_line_add(compose->line, "longest");
    }
}

/* Any other options; whether --shell is among them. */
static bool add_more(const struct compose *compose)
{
    struct launch_words words;
    bool shell = false;
    if (!has(compose, LAUNCH_MORE))
        return false;
    launch_words_split(launch_text(compose->form, LAUNCH_MORE), &words);
    for (size_t i = 0; i < words.count; i++) {
        launch_line_add(compose->line, words.list[i].text);
        shell = shell || strcmp(words.list[i].text, "--shell") == 0;
    }
    launch_words_finish(&words);
    return shell;
}

/* A command that means something only to a shell is given to one, as it stands. */
static void add_command(const struct compose *compose, bool shell_is_asked)
{
    const char *text = launch_text(compose->form, LAUNCH_COMMAND);
    struct launch_words words;
    launch_words_split(text, &words);
    bool shell = shell_is_asked || launch_words_need_shell(&words);
    if (shell && !shell_is_asked)
        launch_line_add(compose->line, "--shell");
    launch_line_add(compose->line, "--");
    for (size_t i = 0; i < words.count && !shell; i++)
        launch_line_add(compose->line, words.list[i].text);
    if (shell)
        launch_line_add(compose->line, text);
    launch_words_finish(&words);
}

static int put_names(const struct compose *compose, const char *pattern)
{
    struct launch_names names;
    int error = launch_names_find(pattern, &names, compose->fault);
    if (error < 0)
        return error;
    for (size_t i = 0; i < names.count; i++)
        launch_line_put(compose->line, names.list[i]);
    launch_names_finish(&names);
    return 0;
}

/* A pattern is typed as it is: the shell makes the same of it. */
static int add_items(const struct compose *compose)
{
    const char *text = launch_text(compose->form, LAUNCH_ITEMS);
    struct launch_words words;
    int error = 0;
    launch_words_split(text, &words);
    if (words.count > 0)
        launch_line_add(compose->line, ":::");
    for (size_t i = 0; i < words.count && error == 0; i++) {
        const struct launch_word *word = &words.list[i];
        if (!word->pattern) {
            launch_line_add(compose->line, word->text);
            continue;
        }
        launch_line_type(compose->line, word->end - word->begin, text + word->begin);
        if (compose->expands)
            error = put_names(compose, word->pattern);
        else
            launch_line_put(compose->line, word->text);
    }
    launch_words_finish(&words);
    return error;
}

static int add_own(const struct compose *compose, bool shell)
{
    add_option(compose, LAUNCH_LIST, "-a");
    if (has(compose, LAUNCH_COMMAND))
        add_command(compose, shell);
    else {
        launch_line_add(compose->line, "--");
        launch_line_add(compose->line, "true");
    }
    if (has(compose, LAUNCH_ITEMS))
        return add_items(compose);
    launch_line_add(compose->line, ":::");
    launch_line_add(compose->line, "1");
    return 0;
}

static void add_loop(const struct compose *compose)
{
    const struct launch_form *form = compose->form;
    const struct workload_ops *ops = launch_workload(form);
    if (ops)
        launch_line_add(compose->line, ops->name);
    else if (launch_has_file(form))
        launch_line_add(compose->line,
            has(compose, LAUNCH_FILE) ? launch_text(form, LAUNCH_FILE) : "./loop.c");
}

static int compose_all(const struct compose *compose)
{
    const struct launch_form *form = compose->form;
    bool is_check = launch_choice(form, LAUNCH_DO) == LAUNCH_CHECK;
    launch_line_finish(compose->line);
    launch_line_add(compose->line, "parfor");
    launch_line_add(compose->line, launch_command(form));
    if (!is_check)
        add_loop(compose);
    add_option(compose, LAUNCH_SIZE, "-s");
    add_option(compose, LAUNCH_TASKS,
        launch_is_time(launch_text(form, LAUNCH_TASKS)) ? "--seconds" : "-n");
    add_lasts(compose);
    add_option(compose, LAUNCH_EXPECT, "--expect");
    add_option(compose, LAUNCH_WORKERS, "-j");
    add_schedule(compose);
    add_option(compose, LAUNCH_REPEATS, "-r");
    if (has(compose, LAUNCH_FORK) && launch_choice(form, LAUNCH_FORK))
        launch_line_add(compose->line, "--fork-per-task");
    if (has(compose, LAUNCH_DO) && launch_choice(form, LAUNCH_DO) == LAUNCH_GUESS)
        launch_line_add(compose->line, "--ask");
    bool shell = add_more(compose);
    return !is_check && launch_has_command(form) ? add_own(compose, shell) : 0;
}

static uint32_t seen_fields(const struct launch_form *form)
{
    uint32_t fields = 0;
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        if (!form->fields[i].hidden)
            fields |= 1u << i;
    return fields;
}

void launch_compose(const struct launch_form *form, struct launch_line *line)
{
    compose_all(&(struct compose){form, seen_fields(form), false, NULL, line});
}

void launch_compose_some(
    const struct launch_form *form, uint32_t fields, struct launch_line *line)
{
    compose_all(&(struct compose){form, fields, false, NULL, line});
}

int launch_compose_expanded(
    const struct launch_form *form, struct launch_line *line, struct fault *fault)
{
    return compose_all(&(struct compose){form, seen_fields(form), true, fault, line});
}
