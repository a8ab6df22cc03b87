// SPDX-License-Identifier: MIT
/* A result in Markdown: what was run, tables of what was measured, what follows from it,
 * and how to do it again. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_meters.h"
#include "experiment/words_outcome.h"
#include "report/markdown_check.h"
#include "report/markdown_stages.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/stream.h"
#include "report/text_closing.h"
#include "report/text_items.h"
#include "report/text_sweep.h"
#include "report/text_versus.h"

enum { TEXT_SIZE = 800 };

/* The loop and the machine. */
static void print_headline(FILE *out, const struct result *result)
{
    const struct plan *plan = &result->plan;
    char text[TEXT_SIZE];
    const char *title = *plan->title      ? plan->title
                        : *plan->workload ? plan->workload
                                          : plan_command_names[plan->command];
    markdown_print_heading(out, 1, title);
    words_machine(&result->machine, sizeof text - 1, text);
    strcat(text, ".");
    markdown_print(out, text);
    markdown_print_date(out, result->started_s);
    if (plan->size_reduced)
        markdown_print(
            out, "The size was made smaller, so that this machine ends in time.");
}

/* What another report prints as lines of text, each a paragraph here. */
static void print_lines(FILE *out, const struct result *result,
    void (*print)(FILE *out, int width, const struct result *result))
{
    struct markdown_lines lines;
    markdown_lines_begin(&lines);
    print(lines.out, 0, result);
    markdown_lines_end(&lines, out);
}

/* The sentence; behind a comparison that was not the end of it, how far the last stage
 * was. */
static void print_outcome(FILE *out, const struct result *result)
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    char text[TEXT_SIZE];
    words_outcome(result, sizeof text, text);
    markdown_print(out, text);
    if (!result->comparison.has || last->complete)
        return;
    words_stage_ended(result, last, sizeof text, text);
    markdown_print(out, text);
}

static void print_energy(FILE *out, const struct result *result)
{
    char text[TEXT_SIZE];
    bool has_idle = words_meters_energy(result, sizeof text, text);
    markdown_print(out, text);
    if (*text)
        markdown_print(out, words_meters_note(has_idle));
}

/* The same as the text does, without the numbers that are in tables. */
static void print_closing(FILE *out, const struct result *result)
{
    if (result->sweep.has) {
        print_lines(out, result, text_sweep_print_closing);
        return;
    }
    if (result->programs.count > 0) {
        print_lines(out, result, text_versus_print_closing);
        return;
    }
    print_outcome(out, result);
    markdown_stages_print_figures(out, result);
    print_energy(out, result);
}

static void print_remarks(FILE *out, const struct result *result)
{
    for (size_t i = 0; i < result->remark_count; i++)
        markdown_print_item(out, result->remarks[i]);
    if (result->remark_count > 0)
        fputc('\n', out);
}

/* As often as it takes for an error bar. */
static void print_repeat(FILE *out, const struct result *result)
{
    struct plan plan = result->plan;
    char why[TEXT_CLOSING_WHY_SIZE], before[TEXT_SIZE] = "", command[PLAN_LINE_SIZE];
    if (text_closing_needs_repeat(result, &plan, why))
        text_append(sizeof before, before, "%s ", why);
    text_append(sizeof before, before, "Repeat it: ");
    plan_command_line(&plan, sizeof command, command);
    markdown_print_command(out, before, command);
}

/* The line to hand in, or "".  Caller frees. */
static char *find_line(const struct result *result)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = memory_need(open_memstream(&line, &size));
    text_closing_print_line(stream, result);
    fclose(stream);
    line = memory_need(line);
    line[strcspn(line, "\n")] = '\0';
    return line;
}

/* How to do it again, unless that is not known, as of a simulated machine in a file; and
 * what to hand in. */
static void print_foot(FILE *out, const struct result *result)
{
    char *line = find_line(result);
    if (text_closing_can_repeat(result)) {
        print_repeat(out, result);
        fputs(*line ? "\n" : "", out);
    }
    if (*line)
        markdown_print_command(out, "To hand in: ", line);
    free(line);
}

static void print_loop(FILE *out, const struct result *result)
{
    print_headline(out, result);
    if (result->stage_count == 0) {
        char text[WORDS_OUTCOME_SIZE];
        words_outcome(result, sizeof text, text);
        markdown_print(out, text);
        print_remarks(out, result);
        return;
    }
    markdown_stages_print(out, result);
    print_closing(out, result);
    print_remarks(out, result);
    if (result->plan.tells)
        print_lines(out, result, text_items_print);
}

int report_markdown_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    if (result->plan.command == PLAN_CHECK) {
        markdown_check_print(stream.out, result);
        print_remarks(stream.out, result);
    } else {
        print_loop(stream.out, result);
    }
    print_foot(stream.out, result);
    return stream_close(&stream, ret_text, ret_size, fault);
}
