// SPDX-License-Identifier: MIT
/* Several results in Markdown: a row for each, then what follows from it. */

#include "experiment/outline.h"
#include "report/markdown_table.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/stream.h"
#include "report/text_results_closing.h"

enum { WIDE = 100 }; /* enough for every heading */

/* In full where the outline is brief: nobody explains it here. */
static const char *find_heading(
    const struct outline_layout *layout, enum outline_column column)
{
    return column == OUTLINE_WORKERS   ? "workers"
           : column == OUTLINE_OUTCOME ? "times as fast"
                                       : outline_heading(layout, column);
}

static void print_table(FILE *out, const struct report_results *results)
{
    struct outline_layout layout = {0};
    struct markdown_column columns[OUTLINE_COLUMNS];
    struct markdown_table table;
    struct outline outline;
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        enum outline_column column = (enum outline_column)i;
        layout.widths[i] = WIDE;
        columns[i] = (struct markdown_column){
            find_heading(&layout, column), outline_is_right(column)};
    }
    markdown_table_init(&table, OUTLINE_COLUMNS, columns);
    for (size_t i = 0; i < results->count; i++) {
        outline_init(&outline, results->results[i], results->names[i]);
        for (int k = 0; k < OUTLINE_COLUMNS; k++)
            markdown_table_add(&table, outline.cells[k]);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_closing(FILE *out, const struct report_results *results)
{
    struct markdown_lines lines;
    markdown_lines_begin(&lines);
    text_results_print_closing(lines.out, 0, results);
    markdown_lines_end(&lines, out);
}

int report_markdown_results_write(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    if (results->count > 0)
        print_table(stream.out, results);
    else
        markdown_print(stream.out, "There are no results.");
    print_closing(stream.out, results);
    error = stream_close(&stream, ret_text, ret_size, fault);
    if (error == 0) /* that between paragraphs ends none */
        (*ret_text)[--*ret_size] = '\0';
    return error;
}
