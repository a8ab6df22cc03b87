// SPDX-License-Identifier: MIT
#include "screen_facts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "report/report.h"

enum { FILE_MAX = 1 << 21, ROWS_MAX = 200, LABEL_COLUMNS = 6, MARGINS_FROM = 60 };

/* A screen taken apart. */
struct parts {
    const struct facts_screen *screen;
    struct result result;
    int count, columns;
    char *rows[ROWS_MAX]; /* without the lines at both ends */
    char *cause;
};

__attribute__((format(printf, 2, 3))) static bool deny(
    const struct parts *parts, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(parts->cause, FACTS_CAUSE_MAX, format, arguments);
    va_end(arguments);
    return false;
}

static int count_characters(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static void take_apart(struct parts *parts)
{
    for (const char *line = parts->screen->picture; *line && parts->count < ROWS_MAX;) {
        size_t length = strcspn(line, "\n");
        parts->rows[parts->count++] = strndup(line + 1, length - 2);
        line += length + (line[length] == '\n');
    }
    parts->columns = count_characters(parts->rows[0]);
}

static bool load(struct parts *parts)
{
    char *path =
        text_format("%s/%s.json", getenv("PARFOR_RESULTS"), parts->screen->result);
    char *text = NULL;
    struct fault fault = {0};
    bool good = file_read(path, FILE_MAX, &text) == 0 &&
                report_json_read(text, strlen(text), path, &parts->result, &fault) == 0;
    free(text);
    free(path);
    return good || deny(parts, "cannot read the result: %s", fault.text);
}

static bool shows(const struct parts *parts, const char *text)
{
    return strstr(parts->screen->picture, text);
}

/* As many figures as there is reason for, which is one or two. */
static bool shows_time(const struct parts *parts, int64_t elapsed_ns)
{
    char one[32], two[32], minutes[48];
    int64_t whole_s = (elapsed_ns + NS_PER_S / 2) / NS_PER_S;
    snprintf(one, sizeof one, " %.1f s", (double)elapsed_ns / NS_PER_S);
    snprintf(two, sizeof two, " %.2f s", (double)elapsed_ns / NS_PER_S);
    snprintf(minutes, sizeof minutes, " %" PRId64 " min %02" PRId64 " s", whole_s / 60,
        whole_s % 60);
    return shows(parts, one) || shows(parts, two) || shows(parts, minutes) ||
           deny(parts, "neither%s nor%s is shown", one, two);
}

/* The time of every stage that has begun. */
static bool check_times(const struct parts *parts)
{
    const struct facts_screen *screen = parts->screen;
    for (int i = 0; i < (int)parts->result.stage_count && i <= screen->stage; i++) {
        int64_t ns = i == screen->stage ? screen->ms * (int64_t)NS_PER_MS
                                        : parts->result.stages[i].elapsed_ns;
        if (!shows_time(parts, ns))
            return false;
    }
    return true;
}

static bool check_foot(const struct parts *parts)
{
    const char *foot = parts->rows[parts->count - 1];
    if (parts->screen->asks)
        return (strstr(foot, "?") && strstr(foot, " y")) ||
               deny(parts, "the question is not in the last row");
    if (parts->screen->says)
        return foot[strcspn(foot, "abcdefghijklmnopqrstuvwxyz")] ||
               deny(parts, "nothing is in the last row");
    return strstr(foot, "e: end") || strstr(foot, "leave") || strstr(foot, "quit") ||
           strstr(foot, "help") || strstr(foot, "FROZEN") ||
           deny(parts, "no key is in the last row");
}

static bool check_characters(const struct parts *parts)
{
    for (const char *byte = parts->screen->picture; *byte; byte++)
        if (parts->screen->ascii && (unsigned char)*byte > '~')
            return deny(parts, "not ASCII");
    return !shows(parts, "\357\277\275") || deny(parts, "a broken character");
}

/* Nothing stands at the edges of a screen that is wide enough for margins. */
static bool check_margins(const struct parts *parts)
{
    for (int i = 0; i < parts->count && parts->columns >= MARGINS_FROM; i++) {
        const char *row = parts->rows[i];
        if (row[0] != ' ' || row[strlen(row) - 1] != ' ')
            return deny(parts, "row %d has no margin", i);
    }
    return true;
}

static int count_text(const char *row, const char *text)
{
    int count = 0;
    for (; (row = strstr(row, text)); row += strlen(text))
        count++;
    return count;
}

/* The words of a row after its label; *ret_last is the last one. */
static int count_words(const char *row, const char **ret_last)
{
    int count = 0;
    *ret_last = "";
    for (row += strspn(row, " "); *row; row += strspn(row, " ")) {
        *ret_last = row;
        row += strcspn(row, " ");
        count++;
    }
    return count;
}

static int count_glyphs(const char *row)
{
    int count = 0;
    for (; *row; row++)
        count += *row != ' ' && ((unsigned char)*row & 0xc0) != 0x80;
    return count;
}

/* CPUs on a row of the panel: a percentage each, a short bar each before their sum, or a
 * character each, with a sum or without. */
struct row_count {
    int bars, cells;
};

static struct row_count count_cpus(const struct parts *parts, const char *row)
{
    const char *last;
    char *rest;
    int margin = parts->columns >= MARGINS_FROM, percents = count_text(row, " %");
    const char *cells = row + margin + LABEL_COLUMNS;
    if (percents > 0)
        return (struct row_count){percents, percents};
    if (row[margin] == ' ')
        return (struct row_count){0, 0};
    int words = count_words(cells, &last), glyphs = count_glyphs(cells);
    if (words > 1 && isdigit((unsigned char)*last) && strtod(last, &rest) >= 0 &&
        strncmp(rest - 2, ".", 1) == 0)
        return (struct row_count){words - 1, glyphs - (int)(rest - last)};
    return (struct row_count){glyphs, glyphs};
}

/* Where the panel's rows begin: below "now", or below the stages and the total. */
static int find_panel(const struct parts *parts)
{
    for (int i = 0; i < parts->count; i++)
        if (strncmp(parts->rows[i], " now ", 5) == 0)
            return i + 1;
    for (int i = 0; i < parts->count; i++)
        if (strstr(parts->rows[i], "at a time"))
            return i + (strstr(parts->rows[0], " of ") ? 1 : 2);
    return parts->count;
}

/* What the sensors say, below the panel. */
static bool is_meters(const char *row)
{
    return strncmp(row, " clocks", 7) == 0;
}

/* What is not drawn is counted. */
static bool check_hidden(const struct parts *parts)
{
    struct row_count drawn = {0, 0};
    int hidden = 0, all = (int)parts->result.machine.cpu_count;
    int foot =
        parts->count - (parts->count < 20 && all <= 2 && parts->count > 10 ? 2 : 1);
    for (int i = find_panel(parts); i < foot && !is_meters(parts->rows[i]); i++) {
        struct row_count count = count_cpus(parts, parts->rows[i]);
        drawn.bars += count.bars;
        drawn.cells += count.cells;
    }
    for (int i = 0; i < parts->count - 1; i++) {
        const char *plus = strchr(parts->rows[i], '+');
        if (plus && isdigit((unsigned char)plus[1]))
            hidden = atoi(plus + 1);
    }
    return drawn.bars + hidden == all || drawn.cells + hidden == all ||
           deny(parts, "%d or %d CPUs are drawn, %d hidden, of %d", drawn.bars,
               drawn.cells, hidden, all);
}

/* What runs, its time and how busy the CPUs are; at the end how many workers are best. */
static bool check_sweep(const struct parts *parts)
{
    bool ended = parts->screen->stage >= (int)parts->result.stage_count;
    if (ended)
        return shows(parts, "worker") || shows(parts, "One point") ||
               deny(parts, "there is no advice");
    return (shows_time(parts, parts->screen->ms * (int64_t)NS_PER_MS) &&
               (shows(parts, " at a time") || shows(parts, "one after the other")) &&
               (parts->screen->ms == 0 || shows(parts, " busy"))) ||
           deny(parts, "what runs is not shown");
}

static bool check_all(const struct parts *parts)
{
    const struct facts_screen *screen = parts->screen;
    bool live = strcmp(screen->view, "live") == 0;
    bool timed = live || strcmp(screen->view, "compare") == 0;
    return check_foot(parts) && check_characters(parts) && check_margins(parts) &&
           (!timed || check_times(parts)) &&
           (strcmp(screen->view, "sweep") != 0 || check_sweep(parts)) &&
           (!live || screen->ms == 0 || check_hidden(parts));
}

bool facts_hold(const struct facts_screen *screen, char cause[FACTS_CAUSE_MAX])
{
    struct parts parts = {.screen = screen, .cause = cause};
    result_init(&parts.result);
    take_apart(&parts);
    bool holds = load(&parts) && check_all(&parts);
    for (int i = 0; i < parts.count; i++)
        free(parts.rows[i]);
    result_finish(&parts.result);
    return holds;
}

static bool is_colour(long number)
{
    return (number >= 30 && number <= 49) || (number >= 90 && number <= 107);
}

bool facts_has_colour(const char *bytes)
{
    for (; (bytes = strstr(bytes, "\033[")); bytes += 2) {
        const char *parameters = bytes + 2;
        size_t length = strspn(parameters, "0123456789;:");
        if (parameters[length] != 'm')
            continue;
        for (const char *end = parameters + length; parameters < end; parameters++) {
            char *rest;
            if (is_colour(strtol(parameters, &rest, 10)))
                return true;
            parameters = rest;
        }
    }
    return false;
}
