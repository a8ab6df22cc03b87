// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/text.h"
#include "experiment/outline.h"
#include "report/json_place.h"
#include "report/paragraph.h"
#include "report/report.h"
#include "report/stream.h"
#include "report/text_results_closing.h"

enum {
    PAGE_WIDTH = 78,
    WIDTH_MIN = 20,
    WIDTH_MAX = 1000,    /* of the table … */
    PARAGRAPH_MAX = 100, /* … and of what stands below it */
    LINE_SIZE = 640,
};

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
            outline_write(outline, layout, column, "…", text);
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
    text_results_print_closing(out, paragraph, results);
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

int report_results_write_page(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault)
{
    const struct report_text_style style = {REPORT_TEXT_FULL, PAGE_WIDTH};
    return report_results_write(results, &style, ret_text, ret_size, fault);
}
