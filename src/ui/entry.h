// SPDX-License-Identifier: MIT
#pragma once
/* A line of text that is typed: UTF-8, with a cursor in it. */
#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"

enum { ENTRY_SIZE = 512 };

struct entry {
    char text[ENTRY_SIZE];
    size_t cursor; /* byte of it before which the cursor is */
    bool selected; /* nothing has been typed since it was set */
};

/* Holds this text, selected; the cursor is at its end. */
void entry_set(struct entry *entry, const char *text);

/* Takes a key: a character, Backspace, Delete, Left, Right, Home, End, Ctrl-A, -E, -U
 * (all of it goes, wherever the cursor is), -K, -W.  False if it is none for a line of
 * text; what has no room is left out. */
bool entry_obey(struct entry *entry, int key);

/* The same; of a selected text the first character takes the place, and Delete all of it
 * away. */
bool entry_obey_anew(struct entry *entry, int key);

/* Whether it is a character that entry_obey() puts in. */
bool entry_is_character(int key);

/* Draws it into one row, scrolled so that the cursor is seen, and rests the hardware
 * cursor there if it is being typed. */
void entry_draw(struct canvas *canvas, const struct area *field, enum style style,
    const struct entry *entry, bool typing);
