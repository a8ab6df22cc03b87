// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "experiment/words_meters.h"
#include "experiment/words_outcome.h"
#include "report/paragraph.h"
#include "report/report.h"
#include "report/stream.h"
#include "report/text_check.h"
#include "report/text_closing.h"
#include "report/text_items.h"
#include "report/text_sweep.h"
#include "report/text_table.h"
#include "report/text_versus.h"

enum { WIDTH_MIN = 20, WIDTH_MAX = 100, PAGE_WIDTH = 78 };

/* Where it goes, and how. */
struct page {
    FILE *out;
    enum report_text_form form;
    int width; /* of a paragraph; 0: a line each */
};

static void print(const struct page *page, const char *text)
{
    paragraph_print(page->out, page->width, text);
}

/* The loop and the machine. */
static void print_headline(const struct page *page, const struct result *result)
{
    char machine[400], text[520];
    words_machine(&result->machine, sizeof machine, machine);
    const char *title = result->plan.title; /* empty where the plan was never settled */
    snprintf(text, sizeof text, "%s%s%s.", title, *title ? " on " : "", machine);
    print(page, text);
    if (result->plan.size_reduced)
        print(page, "The size was made smaller, so that this machine ends in time.");
}

static void print_stage_sentences(const struct page *page, const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        char text[160];
        words_stage_ended(result, &result->stages[i], sizeof text, text);
        print(page, text);
    }
}

/* What was measured: a sweep's stages are told by its points. */
static void print_stages(const struct page *page, const struct result *result)
{
    bool is_full = page->form == REPORT_TEXT_FULL;
    if (is_full)
        fputc('\n', page->out);
    if (result->sweep.has)
        text_sweep_print_points(page->out, page->width, result);
    else if (is_full)
        text_table_print(page->out, page->width, result);
    else
        print_stage_sentences(page, result);
    if (is_full)
        fputc('\n', page->out);
}

/* "work 98 %; idle at the end 2 %": what is not 0 % of the workers' time. */
static void print_account(const struct page *page, const struct account *account)
{
    struct words_part parts[WORDS_PARTS_MAX];
    char text[320] = "The workers' time:", one[96];
    size_t count = words_account(account, WORDS_PARTS_MAX, parts);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && parts[i].share < 0.005)
            continue;
        words_part(&parts[i], false, sizeof one, one);
        text_append(sizeof text, text, "%s %s", i > 0 ? ";" : "", one);
    }
    text_append(sizeof text, text, ".");
    if (count > 0)
        print(page, text);
}

/* The numbers behind the sentence. */
static void print_figures(const struct page *page, const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    char text[160] = "";
    if (page->form == REPORT_TEXT_FULL) {
        text_append(sizeof text, text, "Efficiency %.2f", comparison->efficiency);
        if (!isnan(comparison->karp_flatt))
            text_append(sizeof text, text, ", Karp-Flatt serial share %.3f",
                comparison->karp_flatt);
    }
    if (comparison->has_interval)
        text_append(sizeof text, text, "%s95 %% interval of the speed-up %.2f to %.2f",
            *text ? ", " : "", comparison->interval_low, comparison->interval_high);
    text_append(sizeof text, text, "%s", *text ? "." : "");
    print(page, text);
}

/* What they used, where the machine says it. */
static void print_energy(const struct page *page, const struct result *result)
{
    char text[400];
    bool has_idle = words_meters_energy(result, sizeof text, text);
    if (*text)
        text_append(sizeof text, text, " %s", words_meters_note(has_idle));
    print(page, text);
}

/* Why there is no interval, and the command that gives one, where it has room in one
 * line; of a simulated machine it may not be known where that is.
 */
static void print_repeat(const struct page *page, const struct result *result)
{
    struct plan plan;
    char why[TEXT_CLOSING_WHY_SIZE], command[PLAN_LINE_SIZE], text[PLAN_LINE_SIZE + 100];
    if (!text_closing_needs_repeat(result, &plan, why))
        return;
    if (!text_closing_can_repeat(result)) {
        print(page, why);
        return;
    }
    plan_command_line(&plan, sizeof command, command);
    snprintf(text, sizeof text, "%s Repeat: %s", why, command);
    int columns = paragraph_columns(strlen(text), text);
    if (page->width > 0 && columns > page->width)
        snprintf(text, sizeof text, "%s Repeat:\n%s", why, command);
    print(page, text);
}

/* The sentence, unless sentences have said it of the last stage already; behind a
 * comparison that was not the end of it, how far that stage was. */
static void print_outcome(const struct page *page, const struct result *result)
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    char text[WORDS_OUTCOME_SIZE], ended[WORDS_OUTCOME_SIZE];
    bool is_full = page->form == REPORT_TEXT_FULL;
    words_outcome(result, sizeof text, text);
    words_stage_ended(result, last, sizeof ended, ended);
    if (is_full || strcmp(text, ended) != 0)
        print(page, text);
    if (is_full && result->comparison.has && !last->complete)
        print(page, ended);
}

/* What follows from a sweep. */
static void print_sweep(const struct page *page, const struct result *result)
{
    if (page->form == REPORT_TEXT_CLOSING)
        text_sweep_print_points(page->out, page->width, result);
    text_sweep_print_closing(page->out, page->width, result);
    print_repeat(page, result);
}

/* What follows from two kinds of stage, or from one alone. */
static void print_comparison(const struct page *page, const struct result *result)
{
    print_outcome(page, result);
    const struct result_stage *parallel = comparison_usual_stage(result, RESULT_PARALLEL);
    if (!parallel)
        parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    if (parallel)
        print_account(page, &parallel->account);
    if (result->comparison.has)
        print_figures(page, result);
    print_energy(page, result);
    print_repeat(page, result);
}

/* What whole programs came to. */
static void print_programs(const struct page *page, const struct result *result)
{
    text_versus_print_programs(page->out, page->width, result);
    text_versus_print_closing(page->out, page->width, result);
}

/* What is said once all is over. */
static void print_closing(const struct page *page, const struct result *result)
{
    if (result->sweep.has)
        print_sweep(page, result);
    else if (result->programs.count > 0)
        print_programs(page, result);
    else
        print_comparison(page, result);
    for (size_t i = 0; i < result->remark_count; i++)
        print(page, result->remarks[i]);
    if (result->plan.tells)
        text_items_print(page->out, page->width, result);
    text_closing_print_line(page->out, result);
}

static void print_check(const struct page *page, const struct result *result)
{
    if (page->form == REPORT_TEXT_FULL)
        fputc('\n', page->out);
    text_check_print(page->out, page->form, page->width, result);
    for (size_t i = 0; i < result->remark_count; i++)
        print(page, result->remarks[i]);
    text_closing_print_line(page->out, result);
}

static void print_result(const struct page *page, const struct result *result)
{
    if (page->form != REPORT_TEXT_CLOSING)
        print_headline(page, result);
    if (result->plan.command == PLAN_CHECK) {
        print_check(page, result);
        return;
    }
    if (result->stage_count == 0) {
        char text[WORDS_OUTCOME_SIZE];
        words_outcome(result, sizeof text, text);
        print(page, text);
        return;
    }
    if (page->form != REPORT_TEXT_CLOSING)
        print_stages(page, result);
    print_closing(page, result);
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

int report_text_write(const struct result *result, const struct report_text_style *style,
    char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    struct page page = {.out = stream.out, .form = style->form};
    if (style->form == REPORT_TEXT_FULL)
        page.width = clamp(style->width, WIDTH_MIN, WIDTH_MAX);
    print_result(&page, result);
    return stream_close(&stream, ret_text, ret_size, fault);
}

int report_text_write_page(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    const struct report_text_style style = {
        .form = REPORT_TEXT_FULL, .width = PAGE_WIDTH};
    return report_text_write(result, &style, ret_text, ret_size, fault);
}
