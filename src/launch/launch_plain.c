// SPDX-License-Identifier: MIT
#include "launch/launch_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "launch/launch_fields.h"

enum { ANSWER_SIZE = ENTRY_SIZE };
enum answer { ANSWER_GIVEN, ANSWER_EMPTY, ANSWER_HELP, ANSWER_LEAVE };

/* A conversation. */
struct talk {
    const struct launch_plain_setup *setup;
    struct launch_form *form;
    FILE *in, *out;
    char text[ANSWER_SIZE]; /* the last answer, without spaces around it */
};

static void trim(char text[])
{
    size_t first = strspn(text, " \t"), length;
    memmove(text, text + first, strlen(text + first) + 1);
    for (length = strlen(text); length > 0 && strchr(" \t\r\n", text[length - 1]);)
        text[--length] = '\0';
}

/* What a terminal would obey is not to come back to it. */
static void disarm(char text[])
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
}

void launch_plain_say(FILE *out, const char *text)
{
    char *copy = text_duplicate(text);
    disarm(copy);
    fprintf(out, "%s\n", copy);
    free(copy);
}

static enum answer listen(struct talk *talk)
{
    char *line = NULL;
    size_t room = 0;
    fflush(talk->out);
    ssize_t length = getline(&line, &room, talk->in);
    talk->text[0] = '\0';
    if (length > 0 && length < ANSWER_SIZE)
        text_copy(ANSWER_SIZE, talk->text, line);
    free(line);
    trim(talk->text);
    disarm(talk->text);
    if (length >= ANSWER_SIZE)
        return ANSWER_HELP;
    if (length < 0 || ferror(talk->out) || strcmp(talk->text, "q") == 0)
        return ANSWER_LEAVE;
    return strcmp(talk->text, "?") == 0 ? ANSWER_HELP
           : talk->text[0]              ? ANSWER_GIVEN
                                        : ANSWER_EMPTY;
}

static const char *value_of(const struct form_field *field)
{
    if (field->kind == FORM_CHOICE)
        return field->choices[field->choice];
    return field->entry.text[0] ? field->entry.text : field->fallback;
}

/* The choice that is meant: its number, its name, or how that begins; -1: none. */
static int find_choice(const char *const *names, const char *text)
{
    int64_t number, count = 0, found = -1;
    for (; names[count]; count++)
        if (strcmp(names[count], text) == 0)
            return (int)count;
    if (number_parse(text, &number) == 0)
        return number >= 1 && number <= count ? (int)number - 1 : -1;
    for (int64_t i = 0; i < count; i++) {
        if (strncmp(names[i], text, strlen(text)) != 0)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return (int)found;
}

static void say_choices(struct talk *talk, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        fprintf(talk->out, "%s%d %s", i == 0 ? "" : ", ", i + 1, names[i]);
    fprintf(talk->out, ".\n");
}

static void say_presets(struct talk *talk)
{
    size_t presets = launch_preset_count();
    for (size_t i = 0; i < presets; i++)
        fprintf(talk->out, "%zu %s: %s.\n", i + 1, launch_presets[i].name,
            launch_presets[i].says);
    if (talk->form->presets[presets] && talk->form->own[0])
        fprintf(talk->out, "%zu %s: %s\n", presets + 1, launch_preset_own.name,
            talk->form->own);
}

/* Takes the answer into the field that has the focus; false: that is none of its choices.
 */
static bool take(struct talk *talk, struct form_field *field)
{
    int choice;
    if (field->kind != FORM_CHOICE) {
        entry_set(&field->entry, talk->text);
        return true;
    }
    choice = find_choice(field->choices, talk->text);
    if (choice >= 0)
        field->choice = (size_t)choice;
    return choice >= 0;
}

static void explain(struct talk *talk, const struct form_field *field)
{
    if (field->kind == FORM_CHOICE)
        fprintf(talk->out,
            "The answer is a number or a name, or how one begins. An empty "
            "line: as it is.\n");
    else
        fprintf(talk->out,
            "%s: %s. An empty line: as it is. A minus sign alone: nothing here%s%s.\n",
            field->label, field->hint, field->fallback[0] ? ", which means " : "",
            field->fallback);
}

static void ask_field(struct talk *talk, const struct form_field *field)
{
    fprintf(talk->out, "%s", field->label);
    if (field->kind == FORM_CHOICE) {
        fprintf(talk->out, ": ");
        say_choices(talk, field->choices);
        fprintf(talk->out, "%s (now %s)? ", field->label, value_of(field));
        return;
    }
    fprintf(talk->out, " (%s; now %s)? ", field->hint,
        *value_of(field) ? value_of(field) : "empty");
}

/* Asks until the answer will do.  False: the user leaves. */
static bool change(struct talk *talk, size_t place)
{
    struct form *form = launch_form_fields(talk->form);
    struct form_field *field = &form->fields[place];
    form->focus = place;
    for (;;) {
        ask_field(talk, field);
        enum answer answer = listen(talk);
        if (answer == ANSWER_LEAVE)
            return false;
        if (answer == ANSWER_HELP) {
            explain(talk, field);
            continue;
        }
        if (answer == ANSWER_GIVEN && strcmp(talk->text, "-") == 0)
            talk->text[0] = '\0';
        if (answer == ANSWER_GIVEN && !take(talk, field)) {
            fprintf(talk->out, "None of these: %s.\n", talk->text);
            continue;
        }
        launch_form_check(talk->form);
        if (!field->refusal[0])
            return true;
        fprintf(talk->out, "%s: %s.\n", field->label, field->refusal);
        if (answer == ANSWER_EMPTY)
            return true;
    }
}

/* True: the answer was about the results. */
static bool obey_wish(struct talk *talk)
{
    struct launch_wish wish;
    struct fault fault;
    if (!launch_wish_is_one(talk->text))
        return false;
    if (launch_wish_parse(talk->text, *talk->setup->results, &wish, &fault) < 0)
        fprintf(talk->out, "%s.\n", fault.text);
    else
        talk->setup->on_wish(talk->setup->data, &wish);
    return true;
}

static void explain_results(struct talk *talk)
{
    fprintf(talk->out,
        "Of the results: l lists them; s saves the newest, s NAME under that name, s 2 "
        "NAME the second; o NAME opens a file; b 1 2 compares the first and the "
        "second.\n");
}

/* What an empty answer stands for: a preset by its name, else what it comes to. */
static void ask_which(struct talk *talk)
{
    const struct launch_form *form = talk->form;
    size_t choice = launch_choice(form, LAUNCH_WHAT);
    char line[LAUNCH_TEXT_SIZE];
    launch_form_command_line(form, sizeof line, line);
    bool is_preset = choice < launch_preset_count() &&
                     strcmp(line, launch_presets[choice].command_line) == 0;
    if (is_preset)
        fprintf(talk->out, "Its number (Enter: %s; q leaves)? ", form->presets[choice]);
    else
        fprintf(talk->out, "Its number (Enter: as it was left: %s; q leaves)? ", line);
}

/* The preset that was named, as it is by itself, also where that is the one that the loop
 * came from. */
static bool take_preset(struct talk *talk)
{
    struct form_field *field = &talk->form->fields[LAUNCH_WHAT];
    size_t before = field->choice;
    talk->form->form.focus = LAUNCH_WHAT;
    if (!take(talk, field)) {
        fprintf(talk->out, "None of these: %s.\n", talk->text);
        return false;
    }
    if (field->choice == before && before < launch_preset_count())
        launch_apply_preset(talk->form);
    launch_form_check(talk->form);
    return true;
}

/* The preset is asked for first. */
static bool ask_preset(struct talk *talk)
{
    if (talk->setup->again)
        fprintf(talk->out, "The next loop: ? lists those that are prepared.\n");
    else
        fprintf(
            talk->out, "A loop, one after the other and then in parallel. Which one?\n");
    if (!talk->setup->again)
        say_presets(talk);
    for (;;) {
        ask_which(talk);
        enum answer answer = listen(talk);
        if (answer == ANSWER_LEAVE)
            return false;
        if (answer == ANSWER_EMPTY)
            return true;
        if (answer == ANSWER_HELP)
            say_presets(talk);
        else if (!obey_wish(talk) && take_preset(talk))
            return true;
    }
}

/* What is wrong with the form as it is; true: nothing. */
static bool say_refusals(struct talk *talk)
{
    const struct form *form = launch_form_fields(talk->form);
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden && form->fields[i].refusal[0])
            fprintf(
                talk->out, "%s: %s.\n", form->fields[i].label, form->fields[i].refusal);
    return !launch_form_is_refused(talk->form);
}

static void say_fields(struct talk *talk)
{
    const struct form *form = launch_form_fields(talk->form);
    char line[LAUNCH_TEXT_SIZE];
    launch_form_command_line(talk->form, sizeof line, line);
    fprintf(talk->out, "%s\n", line);
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden)
            fprintf(talk->out, "%s: %s.\n", form->fields[i].label,
                *value_of(&form->fields[i]) ? value_of(&form->fields[i]) : "empty");
}

/* The field that is meant: its name, or how that begins; the count: none. */
static size_t find_field(const struct form *form, const char *text)
{
    size_t found = form->count;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->hidden || strncmp(field->label, text, strlen(text)) != 0)
            continue;
        if (strcmp(field->label, text) == 0)
            return i;
        if (found < form->count)
            return form->count;
        found = i;
    }
    return found;
}

static void ask_what(struct talk *talk)
{
    const struct form *form = launch_form_fields(talk->form);
    char line[LAUNCH_TEXT_SIZE];
    const char *between = "";
    launch_form_command_line(talk->form, sizeof line, line);
    fprintf(talk->out, "%s\nEnter runs it. Or change: ", line);
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden) {
            fprintf(talk->out, "%s%s", between, form->fields[i].label);
            between = ", ";
        }
    size_t results = *talk->setup->results;
    fprintf(talk->out, ". Results: %s%so opens a file (? explains, q leaves)? ",
        results > 0 ? "l lists, s saves, " : "", results > 1 ? "b compares two, " : "");
}

int launch_plain_ask(const struct launch_plain_setup *setup)
{
    struct talk talk = {setup, setup->form, setup->in, setup->out, ""};
    const struct form *fields = launch_form_fields(setup->form);
    if (!ask_preset(&talk))
        return 0;
    for (;;) {
        ask_what(&talk);
        enum answer answer = listen(&talk);
        size_t place = find_field(fields, talk.text);
        if (answer == ANSWER_LEAVE)
            return 0;
        if (answer == ANSWER_EMPTY && say_refusals(&talk))
            return 1;
        if (answer == ANSWER_HELP) {
            say_fields(&talk);
            explain_results(&talk);
        } else if (answer == ANSWER_GIVEN && !obey_wish(&talk)) {
            if (place == fields->count)
                fprintf(setup->out, "No such field: %s.\n", talk.text);
            else if (!change(&talk, place))
                return 0;
        }
    }
}
