// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/columns.h"
#include "report/json_place.h"
#include "report/paragraph.h"
#include "report/report.h"
#include "report/stream.h"

enum {
    WIDTH_MIN = 20,
    WIDTH_MAX = 1000,    /* of the table … */
    PARAGRAPH_MAX = 100, /* … and of what stands below it */
    COLUMN_NAME = 0,     /* then those of the fleet */
    COLUMNS_ALL = FLEET_COLUMNS_MAX + 1,
    NAME_PARTS = 3,  /* a third of the width is for names, at most … */
    NAME_LEAST = 12, /* … but so much at least */
    CELL_SIZE = 96,
    LINE_SIZE = 400,
};

struct table {
    const struct fleet *fleet;
    size_t count; /* of columns that have room */
    int widths[COLUMNS_ALL];
};

static const char *heading_of(const struct fleet *fleet, size_t column)
{
    return column == COLUMN_NAME ? "machine" : fleet->columns[column - 1].heading;
}

static const char *value_of(const struct fleet_machine *machine, size_t column)
{
    return column == COLUMN_NAME ? machine->name : machine->cells[column - 1];
}

static bool is_odd(const struct fleet_machine *machine, size_t column)
{
    return column == COLUMN_NAME ? machine->odd : machine->odd_cells[column - 1];
}

static bool is_right(const struct fleet *fleet, size_t column)
{
    return column != COLUMN_NAME && fleet->columns[column - 1].right;
}

/* A mark behind what is odd takes a column, in all rows alike. */
static int find_mark(const struct fleet *fleet, size_t column)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (is_odd(&fleet->machines[i], column))
            return 1;
    return 0;
}

static int find_width(const struct fleet *fleet, size_t column, int width)
{
    int widest = columns_widest(0, heading_of(fleet, column));
    for (size_t i = 0; i < fleet->count; i++)
        widest = columns_widest(widest, value_of(&fleet->machines[i], column));
    int most = width / NAME_PARTS > NAME_LEAST ? width / NAME_PARTS : NAME_LEAST;
    if (column == COLUMN_NAME && widest > most)
        widest = most;
    return widest;
}

static void find_columns(struct table *table, int width)
{
    int left = width;
    for (; table->count <= table->fleet->column_count; table->count++) {
        int needed = find_width(table->fleet, table->count, width);
        table->widths[table->count] = needed;
        left -= needed + find_mark(table->fleet, table->count);
        if (table->count > 0)
            left -= COLUMNS_GAP;
        if (left < 0 && table->count > 0)
            break;
    }
}

/* The start of a text in characters. */
static const char *skip_characters(const char *text, int characters)
{
    for (; characters > 0 && *text; characters--)
        do
            text++;
        while ((*text & 0xc0) == 0x80);
    return text;
}

/* A name that is too long loses its end, one of a file its beginning. */
static void cut(int width, const char *value, char text[CELL_SIZE])
{
    int columns = paragraph_columns(strlen(value), value);
    const char *end = skip_characters(value, width - 1);
    if (columns <= width)
        text_copy(CELL_SIZE, text, value);
    else if (strchr(value, '/'))
        snprintf(text, CELL_SIZE, "…%s", skip_characters(value, columns - width + 1));
    else
        snprintf(text, CELL_SIZE, "%.*s…", (int)(end - value), value);
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
}

/* A line without blanks at its end; without a machine the headings. */
static void print_row(
    FILE *out, const struct table *table, const struct fleet_machine *machine)
{
    int blanks = 0;
    for (size_t i = 0; i < table->count; i++) {
        char text[CELL_SIZE];
        bool odd = machine && is_odd(machine, i);
        const char *value = machine ? value_of(machine, i) : heading_of(table->fleet, i);
        cut(table->widths[i], value, text);
        int left = table->widths[i] - paragraph_columns(strlen(text), text);
        bool right = is_right(table->fleet, i);
        fprintf(out, "%*s%s%s", blanks + (right ? left : 0), "", text, odd ? "*" : "");
        blanks = COLUMNS_GAP + (right ? 0 : left) + find_mark(table->fleet, i) - odd;
    }
    fputc('\n', out);
}

static void say_dropped(FILE *out, int width, const struct table *table)
{
    const struct fleet *fleet = table->fleet;
    size_t dropped = fleet->column_count + 1 - table->count;
    char text[LINE_SIZE];
    if (dropped == 0)
        return;
    snprintf(
        text, sizeof text, "%zu column%s had no room:", dropped, dropped == 1 ? "" : "s");
    for (size_t i = table->count; i <= fleet->column_count; i++)
        text_append(sizeof text, text, "%s %s", i > table->count ? "," : "",
            heading_of(fleet, i));
    text_append(sizeof text, text, ".");
    paragraph_print(out, width, text);
}

static void print_table(FILE *out, int width, const struct fleet *fleet)
{
    struct table table = {.fleet = fleet};
    find_columns(&table, width);
    print_row(out, &table, NULL);
    for (size_t i = 0; i < fleet->count; i++)
        print_row(out, &table, &fleet->machines[i]);
    fputc('\n', out);
    say_dropped(out, width < PARAGRAPH_MAX ? width : PARAGRAPH_MAX, &table);
}

/* "node17*: CPUs 16; usable 15*." */
static void say_machine(
    FILE *out, const struct fleet *fleet, const struct fleet_machine *machine)
{
    char text[FLEET_COLUMNS_MAX * CELL_SIZE + CELL_SIZE];
    snprintf(text, sizeof text, "%s%s", machine->name, machine->odd ? "*" : "");
    for (size_t i = 0; i < fleet->column_count; i++)
        text_append(sizeof text, text, "%s %s %s%s", i > 0 ? ";" : ":",
            fleet->columns[i].heading, machine->cells[i],
            machine->odd_cells[i] ? "*" : "");
    text_append(sizeof text, text, ".");
    paragraph_print(out, 0, text);
}

/* How each odd one differs, where the sentence does not say it anyway. */
static void print_odd(FILE *out, int width, const struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++) {
        const struct fleet_machine *machine = &fleet->machines[i];
        char text[LINE_SIZE];
        if (!machine->odd || *machine->why == '\0' ||
            strstr(fleet->sentence, machine->why))
            continue;
        snprintf(text, sizeof text, "%s: %s", machine->name, machine->why);
        size_t length = strlen(text);
        if (text[length - 1] != '.')
            text_append(sizeof text, text, ".");
        paragraph_print(out, width, text);
    }
}

static void print_fleet(
    FILE *out, const struct report_text_style *style, const struct fleet *fleet)
{
    int width = style->width < WIDTH_MIN   ? WIDTH_MIN
                : style->width > WIDTH_MAX ? WIDTH_MAX
                                           : style->width;
    int paragraph = width < PARAGRAPH_MAX ? width : PARAGRAPH_MAX;
    if (style->form != REPORT_TEXT_FULL) {
        paragraph = 0;
        for (size_t i = 0; i < fleet->count; i++)
            say_machine(out, fleet, &fleet->machines[i]);
    } else if (fleet->count > 0) {
        print_table(out, width, fleet);
    }
    print_odd(out, paragraph, fleet);
    paragraph_print(out, paragraph, fleet->sentence);
}

int report_fleet_write(const struct fleet *fleet, const struct report_text_style *style,
    char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    print_fleet(stream.out, style, fleet);
    error = stream_close(&stream, ret_text, ret_size, fault);
    if (error == 0)
        json_place_disarm(*ret_text); /* names of files may hold anything */
    return error;
}
