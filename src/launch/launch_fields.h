// SPDX-License-Identifier: MIT
#pragma once
/* What the files of the launcher's form (launch_form.h) share. */
#include <stdint.h>

#include "launch/launch_line.h"
#include "launch/launch_preset.h"
#include "ui/form.h"
#include "workload/workload.h"

enum launch_field {
    LAUNCH_WHAT, /* a preset */
    LAUNCH_DO,
    LAUNCH_LOOP,
    LAUNCH_FILE, /* of a loop body */
    LAUNCH_COMMAND,
    LAUNCH_ITEMS,
    LAUNCH_LIST, /* a file with items */
    LAUNCH_SIZE,
    LAUNCH_TASKS, /* how many, or how long */
    LAUNCH_LASTS, /* of a check */
    LAUNCH_EXPECT,
    LAUNCH_WORKERS,
    LAUNCH_SCHEDULE,
    LAUNCH_CHUNK,
    LAUNCH_REPEATS,
    LAUNCH_FORK,
    LAUNCH_MORE, /* any other options, as they are typed */
    LAUNCH_FIELDS
};

/* What is to be done, in the order of that field. */
enum launch_do {
    LAUNCH_COMPARE,
    LAUNCH_GUESS, /* … after a guess */
    LAUNCH_MAP,
    LAUNCH_SWEEP,
    LAUNCH_CHECK,
    LAUNCH_DOS
};

enum { LAUNCH_CHOICES_MAX = 32 };

struct launch_form {
    struct form form;
    struct form_field fields[LAUNCH_FIELDS];
    const char *presets[LAUNCH_CHOICES_MAX], *loops[LAUNCH_CHOICES_MAX],
        *schedules[LAUNCH_CHOICES_MAX];
    size_t preset, loop;        /* as they were before the last change */
    char own[LAUNCH_TEXT_SIZE]; /* the last loop that was no preset; "": none yet */
    double host_cpus;           /* that workers can have … */
    bool is_simulated;          /* … which are not those of the machine that is shown */
    char counted[ENTRY_SIZE];   /* the items whose number is known … */
    size_t item_count;          /* … which it is; 0: patterns that match nothing, … */
    bool is_counted;            /* … or false: it would take too long */
    struct launch_line line;    /* from which the options borrow */
};

/* What stands in a field that is typed. */
static inline const char *launch_text(
    const struct launch_form *form, enum launch_field field)
{
    return form->fields[field].entry.text;
}

/* What a choice is at. */
static inline size_t launch_choice(
    const struct launch_form *form, enum launch_field field)
{
    return form->fields[field].choice;
}

/* The command of what is to be done: "run". */
const char *launch_command(const struct launch_form *form);

/* The loop that is built in; NULL: one of the user's own. */
const struct workload_ops *launch_workload(const struct launch_form *form);
bool launch_has_command(const struct launch_form *form); /* a command per item … */
bool launch_has_file(const struct launch_form *form);    /* … or a loop body */
void launch_choose_command(struct launch_form *form);
void launch_choose_file(struct launch_form *form);

/* The schedule; NULL: dynamic, with the longest tasks first. */
const struct schedule_ops *launch_schedule(const struct launch_form *form);
void launch_choose_longest(struct launch_form *form);

/* It is a duration, and not a number. */
bool launch_is_time(const char *text);

/* What a field makes of the command line (launch_compose.c): of all that can be seen, …
 */
void launch_compose(const struct launch_form *form, struct launch_line *line);

/* … or of some alone (1u << field), with a loop in place of the user's own, and an item
 * for a command without its items. */
void launch_compose_some(
    const struct launch_form *form, uint32_t fields, struct launch_line *line);

/* All of it with the files that patterns stand for, to be run.  Returns 0 or -EINVAL with
 * `fault`. */
int launch_compose_expanded(
    const struct launch_form *form, struct launch_line *line, struct fault *fault);

/* All options of a line in their turn, by their names, with their values or NULL, and the
 * letter that stood for the name, or 0.  The line has been parsed once, so that nothing
 * is wrong; its words change their order. */
void launch_each_option(int argc, char *argv[],
    void (*take)(void *data, const char *name, const char *value, char letter),
    void *data);

/* The field that has what an option says; LAUNCH_FIELDS: none. */
enum launch_field launch_field_of(const struct launch_form *form, const char *option);

/* Writes which fields can be seen, what may stand in them (launch_hint.c), … */
void launch_hint(struct launch_form *form);

/* … and why what stands there is refused (launch_check.c). */
void launch_refuse(struct launch_form *form);

/* Counts the items, once for each text. */
void launch_count_items(struct launch_form *form);

/* Begins with the preset that is chosen. */
void launch_apply_preset(struct launch_form *form);

/* Fills the fields but for the preset; 0 or -EINVAL (launch_take.c). */
int launch_fill(struct launch_form *form, const char *command_line);
