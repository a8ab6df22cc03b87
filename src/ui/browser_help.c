// SPDX-License-Identifier: MIT
#include "ui/browser_help.h"

#include <string.h>

#include "ui/key_line.h"

enum { KEY_COLUMNS = 12 };

static const char *const list_words[] = {
    "A line for each result: what was run and on which machine, the time one after the "
    "other and in parallel, with how many workers (W), and how many times as fast that "
    "was (S).",
    "In place of S: the verdict of a check, \"stopped\" where not all was done, how many "
    "tasks failed.",
    "Of a sweep it is the number of workers to take; of whole programs the fastest. A ~ "
    "before a time: it is projected; before S: it follows from such a time.",
    "> is the selected line, * a marked one.", NULL};
static const struct view_key list_help[] = {
    {"Enter", "open the selected result; so does a second click"},
    {"m", "mark it, or take the mark away; two can be marked"},
    {"b", "side by side: the two marked, or the marked and the selected one"},
    {"Up Down", "the one before, the next one; also j, k, PageUp, PageDown, Home, End"},
    {"s", "save the selected result in a file; Tab: as text, table, trace, picture"},
    {"c", "the next set of colours"}, {"q", "quit"}, {NULL, NULL}};

static const char *const pair_words[] = {
    "Length is time, height is CPUs busy. Both results have the same scale of time, and "
    "each the CPUs of its own machine.",
    "Below are their figures: CPUs, the time one by one and in parallel, workers (W), "
    "times as fast (S).",
    "Their times are compared only where both ran the same loop.", NULL};
static const struct view_key pair_help[] = {{"Up Down", "scroll; also j, k, PageDown"},
    {"s", "save both as one table; Tab: as text, Markdown, CSV"},
    {"c", "the next set of colours"}, {"q, Esc", "back"}, {NULL, NULL}};

static int draw_key(struct canvas *canvas, struct area area, const struct view_key *key)
{
    canvas_text(canvas, area.row, area.column, STYLE_KEY, key->key);
    area.column += KEY_COLUMNS;
    area.columns -= KEY_COLUMNS;
    return canvas_paragraph(canvas, area, STYLE_TEXT, key->does);
}

/* The next key that does something. */
static const struct view_key *skip(
    const struct browser_help *help, const struct view_key *key)
{
    return !help->can_save && key->key && strcmp(key->key, "s") == 0 ? key + 1 : key;
}

int browser_help_draw(
    struct canvas *canvas, struct area area, const struct browser_help *help)
{
    const char *const *words = help->of_pair ? pair_words : list_words;
    const struct view_key *keys = help->of_pair ? pair_help : list_help;
    int end = area.row + area.rows, number = 0, hidden = 0;
    for (; *words || keys->key; number++) {
        bool is_word = *words;
        area.rows = end - area.row;
        if (number >= help->scroll && area.rows <= 0)
            hidden++;
        else if (number >= help->scroll && is_word)
            area.row += canvas_paragraph(canvas, area, STYLE_TEXT, *words) + !words[1];
        else if (number >= help->scroll)
            area.row += draw_key(canvas, area, keys);
        words += is_word;
        keys = skip(help, keys + !is_word);
    }
    return help->scroll + hidden;
}
