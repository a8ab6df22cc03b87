// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "launch/launch_fields.h"
#include "launch/launch_form.h"
#include "launch/launch_words.h"
#include "options/command_typed.h"
#include "pool/schedule.h"
#include "workload/quote.h"

/* A command line on its way into the fields. */
struct take {
    struct launch_form *form;
    struct bytes more; /* options without a field */
    char letter;       /* by which the option in hand was given; 0: by its name */
    bool shell, longest;
    int error;
};

/* Nothing that is too long for its field is cut. */
static void put(struct take *take, enum launch_field field, const char *text)
{
    if (strlen(text) >= ENTRY_SIZE)
        take->error = -EINVAL;
    else
        entry_set(&take->form->fields[field].entry, text);
    take->form->fields[field].typed = false;
}

/* As it was typed, by its letter or by its name. */
static void take_more(struct take *take, const char *name, const char *value)
{
    char *option =
        take->letter ? text_format("-%c", take->letter) : text_format("--%s", name);
    launch_words_quote(option, &take->more);
    if (value)
        launch_words_quote(value, &take->more);
    free(option);
}

static void take_seconds(struct take *take, const char *value)
{
    char *text = text_format("%s%s", value, launch_is_time(value) ? "" : "s");
    put(take, LAUNCH_TASKS, text);
    free(text);
}

static void take_schedule(struct take *take, const char *value)
{
    const char *comma = strchr(value, ',');
    size_t length = comma ? (size_t)(comma - value) : strlen(value);
    for (size_t i = 0; schedule_table[i]; i++)
        if (strlen(schedule_table[i]->name) == length &&
            strncmp(schedule_table[i]->name, value, length) == 0)
            take->form->fields[LAUNCH_SCHEDULE].choice = i;
    if (comma)
        put(take, LAUNCH_CHUNK, comma + 1);
}

/* Those that are one field's text as it is. */
static bool take_text(struct take *take, const char *name, const char *value)
{
    static const char *const names[] = {
        "size", "iterations", "workers", "repeats", "arg-file", "long", "expect"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) != 0)
            continue;
        put(take, launch_field_of(take->form, name), value);
        return true;
    }
    return false;
}

/* They are what the launcher itself is started with. */
static bool is_of_screen(const char *name)
{
    static const char *const names[] = {
        "ascii", "no-color", "no-mouse", "plain", "sysroot", "theme"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void take_option(void *data, const char *name, const char *value, char letter)
{
    struct take *take = data;
    take->letter = letter;
    struct form_field *fields = take->form->fields;
    if (is_of_screen(name))
        return;
    if (value && !*value)
        take_more(take, name, value);
    else if (value && take_text(take, name, value))
        return;
    else if (strcmp(name, "seconds") == 0)
        take_seconds(take, value);
    else if (strcmp(name, "schedule") == 0)
        take_schedule(take, value);
    else if (strcmp(name, "order") == 0)
        take->longest = strcmp(value, "longest") == 0;
    else if (strcmp(name, "shell") == 0)
        take->shell = true;
    else if (strcmp(name, "ask") == 0)
        fields[LAUNCH_DO].choice = LAUNCH_GUESS;
    else if (strcmp(name, "quick") == 0)
        put(take, LAUNCH_LASTS, "5s");
    else if (strcmp(name, "fork-per-task") == 0 && launch_workload(take->form))
        fields[LAUNCH_FORK].choice = 1;
    else
        take_more(take, name, value);
}

static void take_command(struct take *take, const struct options_own *own)
{
    struct launch_words words;
    struct bytes text = {0};
    take->letter = '\0';
    for (size_t i = 0; i < own->word_count; i++) {
        if (!take->shell && i == 0 && strchr(own->words[i], '='))
            quote_word(QUOTE_POSIX, strlen(own->words[i]), own->words[i], &text);
        else if (!take->shell)
            launch_words_quote(own->words[i], &text);
        else {
            bytes_add_text(&text, i > 0 ? " " : "");
            bytes_add_text(&text, own->words[i]);
        }
    }
    bytes_add(&text, 1, "");
    put(take, LAUNCH_COMMAND, text.data);
    launch_words_split(text.data, &words);
    if (take->shell && !launch_words_need_shell(&words))
        take_more(take, "shell", NULL);
    launch_words_finish(&words);
    bytes_finish(&text);
}

/* The items behind ":::", patterns as they were typed. */
static void take_items(
    struct take *take, const char *typed, const struct launch_words *words)
{
    struct bytes text = {0};
    size_t i = 0;
    while (i < words->count && strcmp(words->list[i].text, ":::") != 0)
        i++;
    for (i++; i < words->count; i++) {
        const struct launch_word *word = &words->list[i];
        if (!word->pattern)
            launch_words_quote(word->text, &text);
        else {
            bytes_add_text(&text, text.size > 0 ? " " : "");
            bytes_add(&text, word->end - word->begin, typed + word->begin);
        }
    }
    bytes_add(&text, 1, "");
    put(take, LAUNCH_ITEMS, text.data);
    bytes_finish(&text);
}

static void take_loop(struct take *take, const struct options *options)
{
    struct launch_form *form = take->form;
    for (size_t i = 0; workload_table[i]; i++)
        if (strcmp(workload_table[i]->name, options->plan.workload) == 0)
            form->fields[LAUNCH_LOOP].choice = i;
    if (options->own.words)
        launch_choose_command(form);
    if (options->own.file) {
        launch_choose_file(form);
        put(take, LAUNCH_FILE, options->own.file);
    }
}

/* What is true of all together. */
static void take_rest(struct take *take)
{
    struct launch_form *form = take->form;
    take->letter = '\0';
    bool is_dynamic = launch_choice(form, LAUNCH_SCHEDULE) == 0;
    if (take->longest && is_dynamic)
        launch_choose_longest(form);
    else if (take->longest)
        take_more(take, "order", "longest");
    bytes_add(&take->more, 1, "");
    put(take, LAUNCH_MORE, take->more.data);
    bytes_finish(&take->more);
}

static void clear(struct launch_form *form)
{
    for (int i = 0; i < LAUNCH_FIELDS; i++) {
        if (i == LAUNCH_WHAT)
            continue;
        form->fields[i].choice = 0;
        form->fields[i].typed = false;
        entry_set(&form->fields[i].entry, "");
    }
}

static enum launch_do find_do(enum plan_command command)
{
    return command == PLAN_MAP     ? LAUNCH_MAP
           : command == PLAN_SWEEP ? LAUNCH_SWEEP
           : command == PLAN_CHECK ? LAUNCH_CHECK
                                   : LAUNCH_COMPARE;
}

/* No field has it: items from standard input, or none; what a terminal would obey; a
 * pattern that is no item. */
static bool is_strange(
    const char *typed, const struct launch_words *words, const struct options *options)
{
    bool items = false;
    const struct options_own *own = &options->own;
    for (const char *c = typed; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return true;
    for (size_t i = 0; i < words->count; i++) {
        if (words->list[i].pattern && !items)
            return true;
        items = items || strcmp(words->list[i].text, ":::") == 0;
    }
    bool standard_input = own->items_path && strcmp(own->items_path, "-") == 0;
    return own->words && (standard_input || (!own->items_path && own->item_count == 0));
}

static int take_line(
    struct take *take, const char *typed, const struct launch_words *words)
{
    struct options options;
    struct fault fault;
    struct launch_line line = {0};
    for (size_t i = 0; i < words->count; i++)
        launch_line_put(&line, words->list[i].text);
    int error = launch_line_parse(&line, &options, &fault);
    if (error == 0 && is_strange(typed, words, &options))
        error = -EINVAL;
    if (error == 0) {
        clear(take->form);
        take->form->fields[LAUNCH_DO].choice = find_do(options.plan.command);
        take_loop(take, &options);
        /* Again from the words as they were: parsing changes their order. */
        memcpy(line.arguments, line.words, line.count * sizeof *line.words);
        launch_each_option((int)line.count, line.arguments, take_option, take);
        if (options.own.words) {
            take_command(take, &options.own);
            take_items(take, typed, words);
        }
        take_rest(take);
        error = take->error;
    }
    launch_line_finish(&line);
    return error;
}

int launch_fill(struct launch_form *form, const char *command_line)
{
    struct take take = {.form = form};
    struct launch_words words;
    struct form_field *before = memory_new(LAUNCH_FIELDS, sizeof *before);
    memcpy(before, form->fields, sizeof form->fields);
    launch_words_split(command_line, &words);
    int error =
        words.special || words.open ? -EINVAL : take_line(&take, command_line, &words);
    if (error < 0)
        memcpy(form->fields, before, sizeof form->fields);
    launch_words_finish(&words);
    free(before);
    return error;
}

bool launch_form_has(const struct options *options, const struct machine *machine)
{
    char *line = command_typed(options);
    struct launch_form *form = launch_form_create(machine, machine->usable_cpus);
    bool can = launch_form_take(form, line) == 0;
    launch_form_destroy(form);
    free(line);
    return can;
}
