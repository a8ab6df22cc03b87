// SPDX-License-Identifier: MIT
#pragma once
/* A form: fields to be filled in, one of which has the keys.  What the fields mean is the
 * owner's business, who is told of changes and says what is wrong with them. */
#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/entry.h"

enum form_kind {
    FORM_CHOICE, /* one of several words: Left and Right, Space */
    FORM_NUMBER, /* a number, a share, a duration: a digit begins it anew */
    FORM_TEXT, /* any text: every character is typed; what was not typed here is selected
                  first: a character takes its place, other keys change it */
};

enum { FORM_HINT_SIZE = 160 };

struct form_field {
    const char *label; /* "tasks" */
    enum form_kind kind;
    const char *const *choices; /* of FORM_CHOICE, ended by NULL; borrowed */
    size_t choice;
    struct entry entry;           /* of the others; may be empty: as it is by itself */
    char fallback[48];            /* what an empty field stands for: "scaled to 20 s" */
    char hint[FORM_HINT_SIZE];    /* what may stand here: "1 to 10000000" */
    char refusal[FORM_HINT_SIZE]; /* what is wrong with what stands here; "" */
    bool hidden;                  /* means nothing for this loop */
    bool typed;                   /* the text is the user's own, typed here */
};

struct form {
    size_t count;
    struct form_field *fields; /* borrowed */
    size_t focus;              /* never a hidden one, unless all are */
    bool typing;               /* in a number: letters belong to it; in a text: it is no
                                  longer selected */
};

enum form_action {
    FORM_DRAW,   /* another field, or nothing */
    FORM_CHANGE, /* the field that has the keys has changed */
    FORM_DONE,   /* Enter */
    FORM_OTHER,  /* the key means nothing here */
};

/* Tab, Up and Down go to another field (j and k, too, where no text is typed); beyond the
 * last they mean nothing here.  Escape ends typing: in a text by leaving the field. */
enum form_action form_obey(struct form *form, int key);

/* Goes to a field that was clicked; a choice that has the keys already goes on to its
 * next. */
enum form_action form_click(struct form *form, const struct target *target);

/* After fields were hidden or shown: the focus goes to one that can be seen. */
void form_settle(struct form *form);

/* Whether letters belong to the field that has the focus. */
bool form_is_typing(const struct form *form);

/* Whether its text is selected: the first character that is typed takes its place. */
bool form_is_selected(const struct form *form);

/* Goes to the first field that is refused.  False if there is none. */
bool form_go_to_refused(struct form *form);

/* The rows that all of it takes: one for each field that can be seen, whatever is said of
 * it. */
int form_rows(const struct form *form);

/* What is to be said of the field with the focus that has no place beside it in so many
 * columns: what may stand there, or why that is refused. */
enum form_below { FORM_BELOW_NOTHING, FORM_BELOW_HINT, FORM_BELOW_REFUSAL };
enum form_below form_below(const struct form *form, int columns);
void form_draw_below(struct canvas *canvas, struct area area, const struct form *form);

/* Draws a field to a row, label, value and beside it what may stand there or why it is
 * refused; scrolled so that the focus is seen; `active`: the keys go there.  What is said
 * of the field in hand goes on beside those below it, and a row more than all need takes
 * the end of a long one.  Returns the rows of the fields. */
int form_draw(
    struct canvas *canvas, struct area area, const struct form *form, bool active);
