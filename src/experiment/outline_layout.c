// SPDX-License-Identifier: MIT
/* The columns of outlines: which of them have room. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/outline.h"

enum { GAP_MOST = 2, NARROW = 48, DROPPED = 5, HEAD_LEAST = 3, WHAT_NAMED = 9 };

static const struct {
    const char *heading, *brief; /* where there is little room */
    bool right;
    int least, least_narrow; /* width of those that can be cut; 0: cannot be */
} columns[OUTLINE_COLUMNS] = {
    [OUTLINE_NAME] = {"name", "name", false, 12, 8},
    [OUTLINE_WHAT] = {"what was run", "run", false, 14, 14},
    [OUTLINE_MACHINE] = {"machine", "machine", false, 12, 8},
    [OUTLINE_CPUS] = {"CPUs", "CPUs", true, 0, 0},
    [OUTLINE_SEQUENTIAL] = {"one by one", "1 by 1", true, 0, 0},
    [OUTLINE_PARALLEL] = {"parallel", "par.", true, 0, 0},
    [OUTLINE_WORKERS] = {"W", "W", true, 0, 0},
    [OUTLINE_OUTCOME] = {"S", "S", true, 0, 0},
};

const char *outline_heading(
    const struct outline_layout *layout, enum outline_column column)
{
    int width = layout->widths[column];
    if ((int)strlen(columns[column].heading) <= width)
        return columns[column].heading;
    return (int)strlen(columns[column].brief) <= width ? columns[column].brief : "";
}

bool outline_is_right(enum outline_column column)
{
    return columns[column].right;
}

/* Characters, each counted as one column. */
static int count_columns(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += (*text & 0xc0) != 0x80;
    return count;
}

static void widen(int *width, const char *text)
{
    int needed = count_columns(text);
    if (needed > *width)
        *width = needed;
}

static const char *brief_text(const struct outline *outline, int column)
{
    if (column == OUTLINE_WHAT && outline->brief[0])
        return outline->brief;
    if (column == OUTLINE_MACHINE && outline->machine_brief[0])
        return outline->machine_brief;
    return outline->cells[column];
}

void outline_widen(struct outline_layout *layout, const struct outline *outline)
{
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        widen(&layout->widths[i], outline->cells[i]);
        widen(&layout->brief_widths[i], brief_text(outline, i));
    }
}

static int least_of(const struct outline_layout *layout, int column)
{
    bool narrow = layout->gap < GAP_MOST;
    int width = layout->widths[column];
    int least = narrow ? columns[column].least_narrow : columns[column].least;
    if (narrow && layout->named && column == OUTLINE_WHAT)
        least = WHAT_NAMED; /* the name says more */
    return least > 0 && least < width ? least : width;
}

/* What they take, those that can be cut as narrow as they may be. */
static int sum_least(const struct outline_layout *layout)
{
    int sum = -layout->gap;
    for (int i = 0; i < OUTLINE_COLUMNS; i++)
        if (layout->widths[i] > 0)
            sum += least_of(layout, i) + layout->gap;
    return sum;
}

static int sum_whole(const struct outline_layout *layout)
{
    int sum = -layout->gap;
    for (int i = 0; i < OUTLINE_COLUMNS; i++)
        if (layout->widths[i] > 0)
            sum += layout->widths[i] + layout->gap;
    return sum;
}

/* What can be said in short, is. */
static void shorten(struct outline_layout *layout)
{
    static const enum outline_column shortened[] = {OUTLINE_WHAT, OUTLINE_MACHINE};
    for (size_t i = 0; i < sizeof shortened / sizeof *shortened; i++) {
        int needed = layout->brief_widths[shortened[i]];
        if (needed > 0 && needed < layout->widths[shortened[i]])
            layout->widths[shortened[i]] = needed;
    }
}

/* Gives what is left to those that were cut, a column at a time to the narrowest. */
static void share_out(struct outline_layout *layout, int left)
{
    int needed[OUTLINE_COLUMNS], *widths = layout->widths;
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        needed[i] = widths[i];
        widths[i] = least_of(layout, i);
    }
    for (; left > 0; left--) {
        int next = -1;
        for (int i = 0; i < OUTLINE_COLUMNS; i++)
            if (widths[i] < needed[i] && (next < 0 || widths[i] < widths[next]))
                next = i;
        if (next < 0)
            return;
        widths[next]++;
    }
}

static void drop(struct outline_layout *layout, int width)
{
    static const enum outline_column dropped[3][DROPPED] = {
        {OUTLINE_NAME, OUTLINE_MACHINE, OUTLINE_WORKERS, OUTLINE_CPUS,
            OUTLINE_SEQUENTIAL},
        {OUTLINE_NAME, OUTLINE_MACHINE, OUTLINE_WORKERS, OUTLINE_SEQUENTIAL,
            OUTLINE_CPUS}, /* what was run, and on what, tells them apart */
        {OUTLINE_MACHINE, OUTLINE_WORKERS, OUTLINE_CPUS, OUTLINE_NAME,
            OUTLINE_SEQUENTIAL}};
    const enum outline_column *order = dropped[layout->named            ? 2
                                               : layout->gap < GAP_MOST ? 1
                                                                        : 0];
    int widths[OUTLINE_COLUMNS], count = 0;
    memcpy(widths, layout->widths, sizeof widths);
    while (count < DROPPED && sum_least(layout) > width)
        layout->widths[order[count++]] = 0;
    while (count-- > 0) { /* a narrower one may have room again */
        layout->widths[order[count]] = widths[order[count]];
        if (sum_least(layout) > width)
            layout->widths[order[count]] = 0;
    }
}

/* Headings get the room that nothing else needs. */
static void lengthen_headings(struct outline_layout *layout, int width)
{
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        int more = (int)strlen(columns[i].heading) - layout->widths[i];
        if (layout->widths[i] > 0 && more > 0 && sum_whole(layout) + more <= width)
            layout->widths[i] += more;
    }
}

void outline_fit(struct outline_layout *layout, int width)
{
    layout->gap = width < NARROW ? 1 : GAP_MOST;
    for (int i = 0; i < OUTLINE_COLUMNS; i++)
        if (layout->widths[i] > 0)
            widen(&layout->widths[i], columns[i].brief);
    if (sum_whole(layout) > width)
        shorten(layout);
    drop(layout, width);
    int left = width - sum_least(layout);
    share_out(layout, left);
    if (left < 0)
        layout->widths[OUTLINE_WHAT] += left;
    if (layout->widths[OUTLINE_WHAT] < 0)
        layout->widths[OUTLINE_WHAT] = 0;
    lengthen_headings(layout, width);
}

/* So many characters on. */
static const char *skip_columns(const char *text, int count)
{
    for (; count > 0 && *text; count--)
        do
            text++;
        while ((*text & 0xc0) == 0x80);
    return text;
}

/* Of a text that is too wide its beginning and, from `tail` on, its end. */
static void cut(const char *from, const char *tail, int width, const char *mark,
    char text[OUTLINE_CELL_SIZE])
{
    int head = width - count_columns(mark) - count_columns(tail);
    if (width <= count_columns(mark)) {
        mark = "";
        head = width;
        tail = from + strlen(from);
    }
    int bytes = (int)(skip_columns(from, head) - from);
    snprintf(text, OUTLINE_CELL_SIZE, "%.*s%s%s", bytes, from, mark, tail);
}

/* Whether so much of its beginning has the count, if not of what. */
static bool shows_count(const struct outline *outline, int width)
{
    const char *count = outline->brief + outline->count_at;
    size_t until = strcspn(count, "0123456789");
    until += strspn(count + until, "0123456789");
    return skip_columns(outline->brief, width) >= count + until;
}

void outline_write_what(const struct outline *outline, int width, const char *mark,
    char text[OUTLINE_CELL_SIZE])
{
    const char *value = outline->cells[OUTLINE_WHAT], *tail = "";
    if (count_columns(value) > width)
        value = brief_text(outline, OUTLINE_WHAT);
    if (count_columns(value) <= width) {
        text_copy(OUTLINE_CELL_SIZE, text, value);
        return;
    }
    if (value == outline->brief && !shows_count(outline, width - count_columns(mark)))
        tail = value + outline->count_at;
    if (width < columns[OUTLINE_WHAT].least ||
        width < HEAD_LEAST + count_columns(mark) + count_columns(tail))
        tail = "";
    cut(value, tail, width, mark, text);
}

void outline_write(const struct outline *outline, const struct outline_layout *layout,
    enum outline_column column, const char *mark, char text[OUTLINE_CELL_SIZE])
{
    const char *value = outline->cells[column];
    int width = layout->widths[column], over = count_columns(value) - width;
    if (column == OUTLINE_WHAT) {
        outline_write_what(outline, width, mark, text);
        return;
    }
    if (over > 0)
        value = brief_text(outline, column);
    if (count_columns(value) <= width)
        text_copy(OUTLINE_CELL_SIZE, text, value);
    else if (column == OUTLINE_NAME && strchr(value, '/'))
        cut(value, skip_columns(value, over + count_columns(mark)), width, mark, text);
    else
        cut(value, "", width, mark, text);
}
