// SPDX-License-Identifier: MIT
#include "ui/form.h"

#include <string.h>

#include "base/text.h"
#include "ui/keys.h"

enum { PAGE_FIELDS = 5, CONTROL_U = 'U' - 'A' + 1 };

static struct form_field *focused(const struct form *form)
{
    return &form->fields[form->focus];
}

bool form_is_typing(const struct form *form)
{
    if (form->focus >= form->count)
        return false;
    enum form_kind kind = focused(form)->kind;
    return kind == FORM_TEXT || (kind == FORM_NUMBER && form->typing);
}

bool form_is_selected(const struct form *form)
{
    const struct form_field *field = focused(form);
    return form->focus < form->count && field->kind == FORM_TEXT && !field->typed &&
           !form->typing && field->entry.text[0];
}

/* The next field that can be seen, up or down; where there is none, the same. */
static size_t next_seen(const struct form *form, int by)
{
    for (size_t at = form->focus + (size_t)by; at < form->count; at += (size_t)by)
        if (!form->fields[at].hidden)
            return at;
    return form->focus;
}

static enum form_action go_to(struct form *form, size_t place)
{
    bool same = place == form->focus;
    form->focus = place;
    form->typing = false;
    struct entry *entry = &focused(form)->entry;
    entry->cursor = strlen(entry->text);
    return same ? FORM_OTHER : FORM_DRAW;
}

static enum form_action go_by(struct form *form, int fields)
{
    size_t from = form->focus;
    int by = fields < 0 ? -1 : 1;
    for (; fields != 0; fields -= by)
        form->focus = next_seen(form, by);
    size_t to = form->focus;
    form->focus = from;
    return go_to(form, to);
}

/* How many fields a key goes on; 0: it is none of these. */
static int fields_of(const struct form *form, int key)
{
    bool letters = !form_is_typing(form);
    switch (key) {
    case '\t':
    case KEYS_DOWN:
    case KEYS_WHEEL_DOWN:
        return 1;
    case KEYS_BACK_TAB:
    case KEYS_UP:
    case KEYS_WHEEL_UP:
        return -1;
    case KEYS_PAGE_DOWN:
        return PAGE_FIELDS;
    case KEYS_PAGE_UP:
        return -PAGE_FIELDS;
    case 'j':
        return letters ? 1 : 0;
    case 'k':
        return letters ? -1 : 0;
    case KEYS_HOME:
        return letters ? -(int)form->count : 0;
    case KEYS_END:
        return letters ? (int)form->count : 0;
    default:
        return 0;
    }
}

static enum form_action turn(struct form_field *field, int by)
{
    size_t count = 0;
    while (field->choices[count])
        count++;
    if (count < 2)
        return FORM_DRAW;
    field->choice = (field->choice + count + (size_t)by) % count;
    return FORM_CHANGE;
}

static enum form_action obey_choice(struct form_field *field, int key)
{
    switch (key) {
    case KEYS_RIGHT:
    case 'l':
    case ' ':
        return turn(field, 1);
    case KEYS_LEFT:
    case 'h':
        return turn(field, -1);
    default:
        return FORM_OTHER;
    }
}

/* A key for the text itself. */
static enum form_action edit(struct form_field *field, int key)
{
    struct entry before = field->entry;
    if (!entry_obey(&field->entry, key))
        return FORM_OTHER;
    return strcmp(before.text, field->entry.text) == 0 ? FORM_DRAW : FORM_CHANGE;
}

static bool is_of_number(int key)
{
    return (key > ' ' && key < 0x7f && strchr("+-.,%:", key)) ||
           (key >= '0' && key <= '9') || (key >= 'a' && key <= 'z') ||
           (key >= 'A' && key <= 'Z');
}

/* What begins a number, in place of the one that is there. */
static bool is_beginning(int key)
{
    return (key >= '0' && key <= '9') || key == '.' || key == '+' || key == '-';
}

static enum form_action empty(struct form_field *field)
{
    bool was_empty = !field->entry.text[0];
    entry_set(&field->entry, "");
    return was_empty ? FORM_DRAW : FORM_CHANGE;
}

static enum form_action obey_number(struct form *form, int key)
{
    struct form_field *field = focused(form);
    if (form->typing && key == KEYS_ESCAPE) {
        form->typing = false;
        return FORM_DRAW;
    }
    if (form->typing && key > ' ' && key < KEYS_UP && !is_of_number(key)) {
        form->typing = false;
        return FORM_OTHER;
    }
    if (form->typing)
        return key == ' ' ? FORM_DRAW : edit(field, key);
    if (key == KEYS_DELETE || key == CONTROL_U)
        return empty(field);
    if (is_beginning(key))
        entry_set(&field->entry, "");
    else if (key != KEYS_LEFT && key != KEYS_RIGHT && key != KEYS_BACKSPACE)
        return FORM_OTHER;
    form->typing = true;
    return edit(field, key);
}

/* What the user has not typed is replaced as a whole, or changed from its end. */
static enum form_action edit_text(struct form *form, int key)
{
    struct form_field *field = focused(form);
    struct entry before = field->entry;
    bool selected = form_is_selected(form);
    if (selected && (entry_is_character(key) || key == KEYS_DELETE))
        entry_set(&field->entry, "");
    if (!entry_obey(&field->entry, key))
        return FORM_OTHER;
    form->typing = true;
    if (strcmp(before.text, field->entry.text) == 0)
        return FORM_DRAW;
    field->typed = true;
    return FORM_CHANGE;
}

/* Letters are text here, so Escape goes where they are keys again: to the first field of
 * another kind. */
static enum form_action obey_text(struct form *form, int key)
{
    if (key != KEYS_ESCAPE)
        return edit_text(form, key);
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden && form->fields[i].kind != FORM_TEXT)
            return go_to(form, i);
    return FORM_OTHER;
}

enum form_action form_obey(struct form *form, int key)
{
    if (form->focus >= form->count)
        return FORM_OTHER;
    if (key == KEYS_ENTER) {
        form->typing = false;
        return FORM_DONE;
    }
    int fields = fields_of(form, key);
    if (fields != 0)
        return go_by(form, fields);
    switch (focused(form)->kind) {
    case FORM_CHOICE:
        return obey_choice(focused(form), key);
    case FORM_NUMBER:
        return obey_number(form, key);
    default:
        return obey_text(form, key);
    }
}

enum form_action form_click(struct form *form, const struct target *target)
{
    size_t place = (size_t)target->number;
    if (target->kind != TARGET_FIELD || target->number < 0 || place >= form->count ||
        form->fields[place].hidden)
        return FORM_OTHER;
    if (place != form->focus)
        return go_to(form, place);
    if (focused(form)->kind == FORM_CHOICE)
        return turn(focused(form), 1);
    form->typing = true;
    return FORM_DRAW;
}

void form_settle(struct form *form)
{
    if (form->focus >= form->count)
        form->focus = 0;
    if (form->count == 0 || !focused(form)->hidden)
        return;
    size_t from = form->focus, to = next_seen(form, 1);
    go_to(form, to != from ? to : next_seen(form, -1));
}

bool form_go_to_refused(struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].hidden && form->fields[i].refusal[0]) {
            go_to(form, i);
            return true;
        }
    return false;
}
