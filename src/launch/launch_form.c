// SPDX-License-Identifier: MIT
#include "launch/launch_form.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "launch/launch_fields.h"
#include "pool/schedule.h"

static const char *const do_names[] = {
    [LAUNCH_COMPARE] = "compare",
    [LAUNCH_GUESS] = "guess, then compare",
    [LAUNCH_MAP] = "in parallel only",
    [LAUNCH_SWEEP] = "more and more workers",
    [LAUNCH_CHECK] = "check the machine",
    [LAUNCH_DOS] = NULL,
};
static const char *const fork_names[] = {"no", "yes", NULL};

static const struct {
    const char *label;
    enum form_kind kind;
} field_table[LAUNCH_FIELDS] = {
    [LAUNCH_WHAT] = {"what", FORM_CHOICE},
    [LAUNCH_DO] = {"do", FORM_CHOICE},
    [LAUNCH_LOOP] = {"loop", FORM_CHOICE},
    [LAUNCH_FILE] = {"file", FORM_TEXT},
    [LAUNCH_COMMAND] = {"command", FORM_TEXT},
    [LAUNCH_ITEMS] = {"items", FORM_TEXT},
    [LAUNCH_LIST] = {"items from", FORM_TEXT},
    [LAUNCH_SIZE] = {"size", FORM_NUMBER},
    [LAUNCH_TASKS] = {"tasks", FORM_NUMBER},
    [LAUNCH_LASTS] = {"how long", FORM_NUMBER},
    [LAUNCH_EXPECT] = {"expected", FORM_NUMBER},
    [LAUNCH_WORKERS] = {"workers", FORM_NUMBER},
    [LAUNCH_SCHEDULE] = {"schedule", FORM_CHOICE},
    [LAUNCH_CHUNK] = {"chunk", FORM_NUMBER},
    [LAUNCH_REPEATS] = {"repeats", FORM_NUMBER},
    [LAUNCH_FORK] = {"fork per task", FORM_CHOICE},
    [LAUNCH_MORE] = {"more options", FORM_TEXT},
};

static size_t count_loops(void)
{
    size_t count = 0;
    while (workload_table[count])
        count++;
    return count;
}

static size_t count_schedules(void)
{
    size_t count = 0;
    while (schedule_table[count])
        count++;
    return count;
}

const char *launch_command(const struct launch_form *form)
{
    static const enum plan_command commands[] = {
        [LAUNCH_COMPARE] = PLAN_RUN,
        [LAUNCH_GUESS] = PLAN_RUN,
        [LAUNCH_MAP] = PLAN_MAP,
        [LAUNCH_SWEEP] = PLAN_SWEEP,
        [LAUNCH_CHECK] = PLAN_CHECK,
    };
    return plan_command_names[commands[launch_choice(form, LAUNCH_DO)]];
}

const struct workload_ops *launch_workload(const struct launch_form *form)
{
    size_t loop = launch_choice(form, LAUNCH_LOOP);
    return loop < count_loops() ? workload_table[loop] : NULL;
}

bool launch_has_command(const struct launch_form *form)
{
    return launch_choice(form, LAUNCH_LOOP) == count_loops();
}

bool launch_has_file(const struct launch_form *form)
{
    return launch_choice(form, LAUNCH_LOOP) == count_loops() + 1;
}

void launch_choose_command(struct launch_form *form)
{
    form->fields[LAUNCH_LOOP].choice = count_loops();
}

void launch_choose_file(struct launch_form *form)
{
    form->fields[LAUNCH_LOOP].choice = count_loops() + 1;
}

const struct schedule_ops *launch_schedule(const struct launch_form *form)
{
    return schedule_table[launch_choice(form, LAUNCH_SCHEDULE)];
}

void launch_choose_longest(struct launch_form *form)
{
    form->fields[LAUNCH_SCHEDULE].choice = count_schedules();
}

bool launch_is_time(const char *text)
{
    int64_t value;
    return number_parse(text, &value) == -EINVAL &&
           number_parse_duration(text, &value) == 0;
}

static void list_choices(struct launch_form *form)
{
    size_t loops = count_loops(), schedules = count_schedules();
    size_t presets = launch_preset_count();
    for (size_t i = 0; i < presets; i++)
        form->presets[i] = launch_presets[i].name;
    for (size_t i = 0; i < loops; i++)
        form->loops[i] = workload_table[i]->name;
    form->loops[loops] = "a command";
    form->loops[loops + 1] = "a file";
    for (size_t i = 0; i < schedules; i++)
        form->schedules[i] = schedule_table[i]->name;
    form->schedules[schedules] = "longest first";
    assert(presets + 1 < LAUNCH_CHOICES_MAX && loops + 2 < LAUNCH_CHOICES_MAX &&
           schedules + 1 < LAUNCH_CHOICES_MAX);
    form->fields[LAUNCH_WHAT].choices = form->presets;
    form->fields[LAUNCH_DO].choices = do_names;
    form->fields[LAUNCH_LOOP].choices = form->loops;
    form->fields[LAUNCH_SCHEDULE].choices = form->schedules;
    form->fields[LAUNCH_FORK].choices = fork_names;
}

/* Once it was there, the user's own loop can be come back to from the presets. */
static void keep_own(struct launch_form *form)
{
    size_t presets = launch_preset_count();
    bool is_own = launch_choice(form, LAUNCH_WHAT) == presets;
    if (is_own && !launch_form_is_refused(form))
        launch_form_command_line(form, sizeof form->own, form->own);
    form->presets[presets] = is_own || *form->own ? launch_preset_own.name : NULL;
}

static void look_again(struct launch_form *form)
{
    form->preset = launch_choice(form, LAUNCH_WHAT);
    form->loop = launch_choice(form, LAUNCH_LOOP);
    launch_hint(form);
    launch_refuse(form);
    keep_own(form);
    form_settle(&form->form);
}

struct launch_form *launch_form_create(const struct machine *machine, double host_cpus)
{
    struct launch_form *form = memory_new(1, sizeof *form);
    form->form = (struct form){.count = LAUNCH_FIELDS, .fields = form->fields};
    form->host_cpus = host_cpus;
    form->is_simulated = machine->simulated;
    for (int i = 0; i < LAUNCH_FIELDS; i++) {
        form->fields[i].label = field_table[i].label;
        form->fields[i].kind = field_table[i].kind;
    }
    list_choices(form);
    launch_fill(form, launch_presets[0].command_line);
    look_again(form);
    return form;
}

void launch_form_destroy(struct launch_form *form)
{
    if (!form)
        return;
    launch_line_finish(&form->line);
    free(form);
}

struct form *launch_form_fields(struct launch_form *form)
{
    return &form->form;
}

/* The size that tasks have, typed or not, is the one of this preset. */
static bool is_as_large(const struct launch_form *form, const char *command_line)
{
    const struct workload_ops *ops = launch_workload(form);
    const char *typed = launch_text(form, LAUNCH_SIZE);
    const char *asked = strstr(command_line, " -s ");
    int64_t size = ops->size_default, expected = size;
    if (*typed && number_parse(typed, &size) < 0)
        return false;
    if (asked)
        expected = strtoll(asked + strlen(" -s "), NULL, 10);
    return size == expected;
}

/* It is for the same loop, so that one may have come from the other. */
static bool is_alike(const struct launch_form *form, const char *command_line)
{
    const struct workload_ops *ops = launch_workload(form);
    const char *command = strchr(command_line, ' ') + 1, *loop = strchr(command, ' ');
    if (launch_choice(form, LAUNCH_DO) == LAUNCH_CHECK)
        return strncmp(command, "check", strlen("check")) == 0;
    if (launch_has_command(form))
        return strstr(command_line, " -- ") != NULL;
    return loop && ops && strncmp(loop + 1, ops->name, strlen(ops->name)) == 0 &&
           is_as_large(form, command_line);
}

/* The preset that this is, or that it may have come from; else the user's own. */
static size_t find_preset(const struct launch_form *form)
{
    char text[LAUNCH_TEXT_SIZE];
    size_t count = launch_preset_count(), chosen = launch_choice(form, LAUNCH_WHAT);
    launch_form_command_line(form, sizeof text, text);
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, launch_presets[i].command_line) == 0)
            return i;
    if (chosen < count && is_alike(form, launch_presets[chosen].command_line))
        return chosen;
    for (size_t i = 0; i < count; i++)
        if (is_alike(form, launch_presets[i].command_line))
            return i;
    return count;
}

/* Says in the first field what the others have come to. */
static void name_it(struct launch_form *form)
{
    launch_hint(form);
    form->fields[LAUNCH_WHAT].choice = find_preset(form);
}

/* Its values, but a command that was typed is not thrown away for the example of one. */
void launch_apply_preset(struct launch_form *form)
{
    size_t choice = launch_choice(form, LAUNCH_WHAT);
    bool is_own = choice == launch_preset_count();
    static const enum launch_field kept[] = {LAUNCH_COMMAND, LAUNCH_ITEMS, LAUNCH_LIST};
    enum { KEPT = sizeof kept / sizeof *kept };
    char texts[KEPT][ENTRY_SIZE];
    bool typed[KEPT];
    for (size_t i = 0; i < KEPT; i++) {
        text_copy(ENTRY_SIZE, texts[i], launch_text(form, kept[i]));
        typed[i] = form->fields[kept[i]].typed;
    }
    launch_fill(form, is_own ? form->own : launch_presets[choice].command_line);
    for (size_t i = 0; i < KEPT && texts[0][0]; i++) {
        entry_set(&form->fields[kept[i]].entry, texts[i]);
        form->fields[kept[i]].typed = typed[i];
    }
}

void launch_form_check(struct launch_form *form)
{
    if (launch_choice(form, LAUNCH_WHAT) != form->preset) {
        launch_apply_preset(form);
        look_again(form);
        return;
    }
    if (launch_choice(form, LAUNCH_LOOP) != form->loop) {
        /* Sizes and numbers of tasks are one loop's and no other's. */
        entry_set(&form->fields[LAUNCH_SIZE].entry, "");
        entry_set(&form->fields[LAUNCH_TASKS].entry, "");
    }
    name_it(form);
    look_again(form);
}

bool launch_form_is_refused(const struct launch_form *form)
{
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        if (!form->fields[i].hidden && form->fields[i].refusal[0])
            return true;
    return false;
}

void launch_form_command_line(const struct launch_form *form, size_t size, char text[])
{
    struct launch_line line = {0};
    launch_compose(form, &line);
    bytes_add(&line.typed, 1, "");
    text_copy(size, text, line.typed.data);
    launch_line_finish(&line);
}

int launch_form_options(
    struct launch_form *form, struct options *ret_options, struct fault *fault)
{
    for (int i = 0; i < LAUNCH_FIELDS; i++)
        if (!form->fields[i].hidden && form->fields[i].refusal[0])
            return fault_input(
                fault, "%s: %s", form->fields[i].label, form->fields[i].refusal);
    int error = launch_compose_expanded(form, &form->line, fault);
    if (error == 0)
        error = launch_line_parse(&form->line, ret_options, fault);
    return error;
}

int launch_form_take(struct launch_form *form, const char *command_line)
{
    int error = launch_fill(form, command_line);
    if (error < 0)
        return error;
    name_it(form);
    look_again(form);
    return 0;
}
