// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "launch/launch_fields.h"
#include "launch/launch_form.h"
#include "launch/launch_words.h"
#include "pool/schedule.h"

static bool is_seen(const struct launch_form *form, enum launch_field field)
{
    enum launch_do what = (enum launch_do)launch_choice(form, LAUNCH_DO);
    bool is_check = what == LAUNCH_CHECK, command = launch_has_command(form);
    const struct workload_ops *ops = launch_workload(form);
    switch (field) {
    case LAUNCH_WHAT:
    case LAUNCH_DO:
    case LAUNCH_MORE:
        return true;
    case LAUNCH_LASTS:
    case LAUNCH_EXPECT:
        return is_check;
    case LAUNCH_FILE:
        return !is_check && launch_has_file(form);
    case LAUNCH_COMMAND:
    case LAUNCH_ITEMS:
    case LAUNCH_LIST:
        return !is_check && command;
    case LAUNCH_SIZE:
        return !is_check && !command && (!ops || ops->size_name);
    case LAUNCH_TASKS:
        return !is_check && !command;
    case LAUNCH_FORK:
        return !is_check && ops;
    default:
        return !is_check;
    }
}

static __attribute__((format(printf, 3, 4))) void say(
    struct launch_form *form, enum launch_field field, const char *format, ...)
{
    struct form_field *target = &form->fields[field];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(target->hint, sizeof target->hint, format, arguments);
    va_end(arguments);
}

static __attribute__((format(printf, 3, 4))) void stand_for(
    struct launch_form *form, enum launch_field field, const char *format, ...)
{
    struct form_field *target = &form->fields[field];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(target->fallback, sizeof target->fallback, format, arguments);
    va_end(arguments);
}

static void hint_what(struct launch_form *form)
{
    static const char *const done[] = {
        [LAUNCH_COMPARE] = "one by one, then in parallel",
        [LAUNCH_GUESS] = "with a guess asked in between",
        [LAUNCH_MAP] = "get the work done",
        [LAUNCH_SWEEP] = "1, 2, 4 workers and more",
        [LAUNCH_CHECK] = "each CPU: there, fast and right",
    };
    size_t choice = launch_choice(form, LAUNCH_WHAT);
    bool is_own = choice == launch_preset_count();
    const struct launch_preset *preset =
        is_own ? &launch_preset_own : &launch_presets[choice];
    char text[LAUNCH_TEXT_SIZE];
    launch_form_command_line(form, sizeof text, text);
    bool is_same = is_own || strcmp(text, preset->command_line) == 0;
    say(form, LAUNCH_WHAT, "%s", is_same ? preset->says : "changed");
    say(form, LAUNCH_DO, "%s", done[launch_choice(form, LAUNCH_DO)]);
}

static void hint_loop(struct launch_form *form)
{
    const struct workload_ops *ops = launch_workload(form);
    say(form, LAUNCH_LOOP, "%s",
        ops                        ? (ops->brief ? ops->brief : ops->summary)
        : launch_has_command(form) ? "a program for each item"
                                   : "a loop body of your own");
    say(form, LAUNCH_FILE, "FILE.c or FILE.so");
    say(form, LAUNCH_COMMAND, "gzip -k {}, where {} is the item");
    say(form, LAUNCH_LIST, "a file with an item in each line");
    stand_for(form, LAUNCH_LIST, "the line above");
    stand_for(form, LAUNCH_SIZE, "its own");
    say(form, LAUNCH_SIZE, "as the loop body understands it");
    if (!ops || !ops->size_name)
        return;
    say(form, LAUNCH_SIZE, "%s, %" PRId64 " to %" PRId64, ops->size_name, ops->size_min,
        ops->size_max);
    stand_for(form, LAUNCH_SIZE, "%" PRId64, ops->size_default);
}

/* Files are looked for as one types only where that is one folder to be read. */
static bool is_cheap(const char *pattern)
{
    const char *name = strrchr(pattern, '/');
    size_t length = name ? (size_t)(name - pattern) : 0;
    return strcspn(pattern, "*?[") >= length;
}

/* How many items a word is; -1: not known. */
static int64_t count_word(const struct launch_word *word)
{
    struct launch_names names;
    struct fault fault;
    if (!word->pattern)
        return 1;
    if (!is_cheap(word->pattern))
        return -1;
    if (launch_names_find(word->pattern, &names, &fault) < 0)
        return 0;
    int64_t count = (int64_t)names.count;
    launch_names_finish(&names);
    return count;
}

void launch_count_items(struct launch_form *form)
{
    const char *text = launch_text(form, LAUNCH_ITEMS);
    struct launch_words words;
    if (strcmp(text, form->counted) == 0)
        return;
    text_copy(sizeof form->counted, form->counted, text);
    form->item_count = 0;
    form->is_counted = true;
    launch_words_split(text, &words);
    for (size_t i = 0; i < words.count; i++) {
        int64_t count = count_word(&words.list[i]);
        form->is_counted = count >= 0;
        form->item_count = count > 0 ? form->item_count + (size_t)count : 0;
        if (count <= 0)
            break;
    }
    launch_words_finish(&words);
}

static void hint_items(struct launch_form *form)
{
    launch_count_items(form);
    if (form->is_counted && form->item_count > 0)
        say(form, LAUNCH_ITEMS, "%zu item%s", form->item_count,
            form->item_count == 1 ? "" : "s");
    else
        say(form, LAUNCH_ITEMS, "such as *.txt, or 1 2 3");
}

static void hint_workers(struct launch_form *form)
{
    bool is_sweep = launch_choice(form, LAUNCH_DO) == LAUNCH_SWEEP;
    double usable = form->host_cpus;
    bool is_whole = usable == floor(usable);
    if (is_sweep) {
        say(form, LAUNCH_WORKERS, "1-8; 1,2,4; 1-64x2 (doubling)");
        stand_for(form, LAUNCH_WORKERS, "1, 2, 4 and more");
    } else {
        say(form, LAUNCH_WORKERS, "1 to %d, 50%%, +1; %.*f %s", PLAN_WORKERS_MAX,
            is_whole ? 0 : 2, usable, form->is_simulated ? "real CPUs" : "usable");
        stand_for(form, LAUNCH_WORKERS, "%.0f", ceil(usable));
    }
    say(form, LAUNCH_REPEATS, "3 or more tell how sure it is");
    stand_for(form, LAUNCH_REPEATS, "%d", is_sweep ? 3 : 1);
}

static void hint_tasks(struct launch_form *form)
{
    const struct schedule_ops *schedule = launch_schedule(form);
    bool is_sweep = launch_choice(form, LAUNCH_DO) == LAUNCH_SWEEP;
    say(form, LAUNCH_TASKS, "how many, or how long: 15, 20s");
    stand_for(form, LAUNCH_TASKS, "as many as take %d s", is_sweep ? 5 : 20);
    say(form, LAUNCH_SCHEDULE, "%s",
        schedule ? schedule->brief : "by the times of the first run");
    say(form, LAUNCH_CHUNK, "so many tasks are taken at once");
    stand_for(form, LAUNCH_CHUNK, "by itself");
    say(form, LAUNCH_FORK, "a new process for every task");
    say(form, LAUNCH_LASTS, "1s to 7d: 5s is a quick one");
    stand_for(form, LAUNCH_LASTS, "20 s");
    say(form, LAUNCH_EXPECT, "so many CPUs must be usable");
    stand_for(form, LAUNCH_EXPECT, "any number");
    bool is_check = launch_choice(form, LAUNCH_DO) == LAUNCH_CHECK;
    say(form, LAUNCH_MORE, "such as %s", is_check ? "--strict" : "--pin --seed 3");
    stand_for(form, LAUNCH_MORE, "none");
}

void launch_hint(struct launch_form *form)
{
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        form->fields[i].hidden = !is_seen(form, (enum launch_field)i);
    hint_what(form);
    hint_loop(form);
    hint_items(form);
    hint_workers(form);
    hint_tasks(form);
}
