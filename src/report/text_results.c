// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/contrast.h"
#include "experiment/outline.h"
#include "report/json_place.h"
#include "report/paragraph.h"
#include "report/report.h"
#include "report/stream.h"

enum {
    WIDTH_MIN = 20,
    WIDTH_MAX = 1000,    /* of the table … */
    PARAGRAPH_MAX = 100, /* … and of what stands below it */
    LOOPS_MOST = 2,      /* that something is said of */
    LINE_SIZE = 640,
};

/* A text that is too wide loses its end, one of a file, whose beginning is gone already,
 * shows that. */
static void write_cell(const struct outline *outline, const struct outline_layout *layout,
    enum outline_column column, char text[OUTLINE_CELL_SIZE])
{
    const char *value = outline_text(outline, layout, column);
    int width = layout->widths[column];
    bool is_tail = column == OUTLINE_NAME && value != outline->cells[column];
    text_copy(OUTLINE_CELL_SIZE, text, value);
    if (!is_tail && paragraph_columns(strlen(text), text) <= width)
        return;
    const char *from = is_tail ? value + 1 : value, *end = from;
    while (is_tail && (*from & 0xc0) == 0x80)
        from++;
    for (int left = width - 1; left > 0 && *end; left--)
        do
            end++;
        while ((*end & 0xc0) == 0x80);
    if (is_tail)
        snprintf(text, OUTLINE_CELL_SIZE, "…%s", from);
    else
        snprintf(text, OUTLINE_CELL_SIZE, "%.*s…", (int)(end - from), from);
}

/* A line without blanks at its end; without an outline the headings. */
static void print_row(
    FILE *out, const struct outline_layout *layout, const struct outline *outline)
{
    int blanks = 0;
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        enum outline_column column = (enum outline_column)i;
        char text[OUTLINE_CELL_SIZE] = "";
        if (layout->widths[i] == 0)
            continue;
        if (outline)
            write_cell(outline, layout, column, text);
        else
            text_copy(sizeof text, text, outline_heading(layout, column));
        int left = layout->widths[i] - paragraph_columns(strlen(text), text);
        bool right = outline_is_right(column);
        if (*text)
            fprintf(out, "%*s%s", blanks + (right ? left : 0), "", text);
        blanks = layout->gap + (right && *text ? 0 : left) + (*text ? 0 : blanks);
    }
    fputc('\n', out);
}

static void print_table(FILE *out, int width, const struct report_results *results)
{
    struct outline_layout layout = {.named = true};
    struct outline outline;
    for (size_t i = 0; i < results->count; i++) {
        outline_init(&outline, results->results[i], results->names[i]);
        outline_widen(&layout, &outline);
    }
    outline_fit(&layout, width);
    print_row(out, &layout, NULL);
    for (size_t i = 0; i < results->count; i++) {
        outline_init(&outline, results->results[i], results->names[i]);
        print_row(out, &layout, &outline);
    }
    fputc('\n', out);
}

static void append_field(const struct outline *outline, enum outline_column column,
    const char *before, const char *after, char line[LINE_SIZE])
{
    const char *text = outline->cells[column];
    if (*text)
        text_append(LINE_SIZE, line, "%s%s%s", before, text, after);
}

/* "run.json: 1000000! computed 110 times on AMD EPYC, 2 CPUs: one by one 24.2 s, …". */
static void say_result(FILE *out, const struct outline *outline)
{
    char line[LINE_SIZE] = "";
    append_field(outline, OUTLINE_NAME, "", ": ", line);
    append_field(outline, OUTLINE_WHAT, "", "", line);
    append_field(outline, OUTLINE_MACHINE, " on ", "", line);
    append_field(outline, OUTLINE_CPUS, ", ",
        strcmp(outline->cells[OUTLINE_CPUS], "1") == 0 ? " CPU" : " CPUs", line);
    append_field(outline, OUTLINE_SEQUENTIAL, "; one after the other ", "", line);
    append_field(outline, OUTLINE_PARALLEL,
        outline->workers > 0 ? "; in parallel " : "; ", "", line);
    append_field(outline, OUTLINE_WORKERS, " with ",
        outline->workers == 1 ? " worker" : " workers", line);
    append_field(outline, OUTLINE_OUTCOME, "; ",
        outline->speedup > 0 ? " times as fast" : "", line);
    text_append(sizeof line, line, ".");
    paragraph_print(out, 0, line);
}

/* Results of one loop that came to a time in parallel, with no task failed. */
struct group {
    size_t count;
    size_t first, fastest, slowest; /* of the list */
};

static int64_t time_of(const struct report_results *results, size_t number)
{
    struct outline outline;
    outline_init(&outline, results->results[number], NULL);
    return outline.stopped || outline.failed > 0 ? 0 : outline.parallel_ns;
}

static void join(struct group *group, const int64_t times_ns[], size_t number)
{
    group->count++;
    if (times_ns[number] < times_ns[group->fastest])
        group->fastest = number;
    if (times_ns[number] > times_ns[group->slowest])
        group->slowest = number;
}

/* Puts each result of a loop with those of the same loop.  The caller frees. */
static struct group *find_groups(
    const struct report_results *results, int64_t times_ns[], size_t *ret_count)
{
    void *groups = NULL;
    size_t count = 0;
    for (size_t i = 0; i < results->count; i++) {
        struct group *list = groups;
        size_t k = 0;
        times_ns[i] = time_of(results, i);
        if (times_ns[i] == 0 ||
            !contrast_is_same_loop(results->results[i], results->results[i]))
            continue; /* or no loop at all */
        while (k < count && !contrast_is_same_loop(
                                results->results[i], results->results[list[k].first]))
            k++;
        if (k == count) {
            struct group *group = memory_append(&groups, count++, sizeof *group);
            *group = (struct group){0, i, i, i};
            list = groups;
        }
        join(&list[k], times_ns, i);
    }
    *ret_count = count;
    return groups;
}

/* What tells a result from others: its file, else its machine. */
static void name_result(
    const struct report_results *results, size_t number, size_t size, char text[])
{
    struct outline outline;
    outline_init(&outline, results->results[number], results->names[number]);
    const char *name = outline.cells[OUTLINE_NAME], *cpus = outline.cells[OUTLINE_CPUS];
    text_copy(size, text, name);
    if (!*name)
        snprintf(text, size, "%.110s with %.60s CPU%s", outline.cells[OUTLINE_MACHINE],
            cpus, strcmp(cpus, "1") == 0 ? "" : "s");
}

/* "1000000! computed 110 times, 3 results: fast.json is the fastest with 0.90 s in
 * parallel, 13.7 times as fast as slow.json with 12.3 s." */
static void say_group(FILE *out, int width, const struct report_results *results,
    const struct group *group, const int64_t times_ns[])
{
    char line[LINE_SIZE], fast[48], slow[48], times[32], fastest[200], slowest[200];
    struct outline outline;
    int64_t fast_ns = times_ns[group->fastest], slow_ns = times_ns[group->slowest];
    outline_init(&outline, results->results[group->first], NULL);
    name_result(results, group->fastest, sizeof fastest, fastest);
    name_result(results, group->slowest, sizeof slowest, slowest);
    number_format_duration(fast_ns, sizeof fast, fast);
    number_format_duration(slow_ns, sizeof slow, slow);
    outline_format_times((double)slow_ns / (double)fast_ns, sizeof times, times);
    const char *what = outline.brief[0] ? outline.brief : outline.cells[OUTLINE_WHAT];
    snprintf(line, sizeof line, "%s, %zu results: ", what, group->count);
    if (strcmp(times, "1.00") == 0)
        text_append(sizeof line, line, "all took %s in parallel.", fast);
    else
        text_append(sizeof line, line,
            "%s is the fastest with %s in parallel, %s times as fast as %s with %s.",
            fastest, fast, times, slowest, slow);
    paragraph_print(out, width, line);
}

/* The largest speed-up, where there are others. */
static void say_largest(FILE *out, int width, const struct report_results *results)
{
    size_t best = 0;
    bool projected = false;
    double largest = 0, second = 0;
    char name[200], times[32], other[32], line[LINE_SIZE];
    for (size_t i = 0; i < results->count; i++) {
        struct outline outline;
        outline_init(&outline, results->results[i], NULL);
        if (outline.stopped || outline.doubtful || outline.speedup <= 0 ||
            outline.workers == 0)
            continue;
        if (outline.speedup > largest) {
            second = largest;
            largest = outline.speedup;
            projected = outline.projected;
            best = i;
        } else if (outline.speedup > second) {
            second = outline.speedup;
        }
    }
    outline_format_times(largest, sizeof times, times);
    outline_format_times(second, sizeof other, other);
    if (second <= 0 || strcmp(times, other) == 0)
        return;
    name_result(results, best, sizeof name, name);
    snprintf(line, sizeof line,
        "The largest speed-up is that of %s: %s%s times as fast as one after the other.",
        name, projected ? "~" : "", times);
    paragraph_print(out, width, line);
}

/* What follows from it: which is the fastest on which loop. */
static void print_closing(FILE *out, int width, const struct report_results *results)
{
    int64_t *times_ns = memory_new(results->count, sizeof *times_ns);
    size_t count, said = 0;
    struct group *groups = find_groups(results, times_ns, &count);
    for (size_t i = 0; i < count && said < LOOPS_MOST; i++) {
        if (groups[i].count < 2)
            continue;
        say_group(out, width, results, &groups[i], times_ns);
        said++;
    }
    say_largest(out, width, results);
    free(groups);
    free(times_ns);
}

static void print_results(FILE *out, const struct report_text_style *style,
    const struct report_results *results)
{
    int width = style->width < WIDTH_MIN   ? WIDTH_MIN
                : style->width > WIDTH_MAX ? WIDTH_MAX
                                           : style->width;
    int paragraph = width < PARAGRAPH_MAX ? width : PARAGRAPH_MAX;
    if (results->count == 0) {
        fputs("There are no results.\n", out);
        return;
    }
    if (style->form == REPORT_TEXT_FULL) {
        print_table(out, width, results);
    } else {
        paragraph = 0;
        for (size_t i = 0; i < results->count; i++) {
            struct outline outline;
            outline_init(&outline, results->results[i], results->names[i]);
            say_result(out, &outline);
        }
    }
    print_closing(out, paragraph, results);
}

int report_results_write(const struct report_results *results,
    const struct report_text_style *style, char **ret_text, size_t *ret_size,
    struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    print_results(stream.out, style, results);
    error = stream_close(&stream, ret_text, ret_size, fault);
    if (error == 0)
        json_place_disarm(*ret_text); /* names of files may hold anything */
    return error;
}
