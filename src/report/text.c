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
#include "experiment/words_items.h"
#include "experiment/words_meters.h"
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
    char text[320] = "The workers' time:";
    size_t count = words_account(account, WORDS_PARTS_MAX, parts);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || fabs(parts[i].share) >= 0.005)
            text_append(sizeof text, text, "%s %s %.0f %%", i > 0 ? ";" : "",
                parts[i].name, 100 * parts[i].share);
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
 * line.
 */
static void print_repeat(const struct page *page, const struct result *result)
{
    struct plan plan;
    char why[TEXT_CLOSING_WHY_SIZE], command[320], text[420];
    if (!text_closing_needs_repeat(result, &plan, why))
        return;
    plan_command_line(&plan, sizeof command, command);
    snprintf(text, sizeof text, "%s Repeat: %s", why, command);
    int columns = paragraph_columns(strlen(text), text);
    if (page->width > 0 && columns > page->width)
        snprintf(text, sizeof text, "%s Repeat:\n%s", why, command);
    print(page, text);
}

/* Whether what was reached is news: sentences have said how each stage ended, but not
 * that tasks failed. */
static bool is_alone_news(const struct page *page, const struct result *result)
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    if (result->comparison.has && last->complete)
        return false;
    return page->form == REPORT_TEXT_FULL || last->failed > 0;
}

/* What there is to say where nothing can be compared: `map`, or a run that was stopped.
 */
static void print_alone(const struct page *page, const struct result *result)
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    const char *unit = *result->plan.unit ? result->plan.unit : "tasks";
    double seconds = (double)last->elapsed_ns / NS_PER_S;
    char name[48], text[200];
    words_stage(last, sizeof name, name);
    if (last->kind == RESULT_WATCHED)
        snprintf(text, sizeof text, "Watched for %.3f s.", seconds);
    else if (!last->complete)
        snprintf(text, sizeof text,
            "Stopped after %.3f s: %" PRId64 " of %" PRId64 " %s done, %s.", seconds,
            last->done, result->plan.iterations, unit, name);
    else if (last->failed == 0)
        snprintf(text, sizeof text, "%" PRId64 " %s in %.3f s, %s.", last->done, unit,
            seconds, name);
    else
        snprintf(text, sizeof text,
            "%" PRId64 " of %" PRId64 " %s done in %.3f s, %s; %" PRId64 " failed.",
            last->done, last->done + last->failed, unit, seconds, name, last->failed);
    print(page, text);
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
    if (result->comparison.has)
        print(page, result->comparison.sentence);
    if (result->plan.tells && result->plan.command == PLAN_MAP)
        text_items_print_end(page->out, page->width, result);
    else if (is_alone_news(page, result))
        print_alone(page, result);
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
    if (result->stage_count == 0 && result->plan.tells && result->plan.iterations == 0) {
        text_items_print_end(page->out, page->width, result);
        return;
    }
    if (result->stage_count == 0) {
        print(page, "Stopped before the first task.");
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
