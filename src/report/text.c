// SPDX-License-Identifier: MIT
#include <ctype.h>
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
#include "report/text_items.h"
#include "report/text_sweep.h"
#include "report/text_table.h"
#include "report/text_versus.h"

enum { WIDTH_MIN = 20, WIDTH_MAX = 100, PAGE_WIDTH = 78, REPEATS_ADVISED = 5 };

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
static void print_repeat(const struct page *page, const struct result *result, int runs)
{
    struct plan plan = result->plan;
    char why[80], command[320], text[420];
    if (plan.repeats < REPEATS_ADVISED)
        plan.repeats = REPEATS_ADVISED;
    plan_command_line(&plan, sizeof command, command);
    text_copy(sizeof why, why, "One run each, so no error bar.");
    if (runs != 1)
        snprintf(why, sizeof why, "%d runs each are too few for an error bar.", runs);
    snprintf(text, sizeof text, "%s Repeat: %s", why, command);
    int columns = paragraph_columns(strlen(text), text);
    if (page->width > 0 && columns > page->width)
        snprintf(text, sizeof text, "%s Repeat:\n%s", why, command);
    print(page, text);
}

/* One word of the line to hand in: blanks become hyphens. */
static void print_word(FILE *out, const char *text)
{
    for (; *text; text++)
        fputc(*text == ' ' || iscntrl((unsigned char)*text) ? '-' : *text, out);
}

static void print_time(FILE *out, int64_t ns)
{
    fprintf(out, " %.*fs", ns < NS_PER_S ? 3 : 1, (double)ns / NS_PER_S);
}

/* What comes out of it in one line: both times, where there are two. */
struct outcome {
    bool has;
    int workers, runs;
    int64_t sequential_ns, parallel_ns;
    double speedup;
};

static struct outcome find_outcome(const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    const struct result_stage *parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    struct outcome outcome = {.has = comparison->has,
        .workers = parallel ? parallel->workers : 1,
        .runs = comparison->pairs,
        .sequential_ns = comparison->sequential_ns,
        .parallel_ns = comparison->parallel_ns,
        .speedup = comparison->speedup};
    if (result->sweep.has && result->sweep.point_count > 1) {
        const struct result_point *one = &result->sweep.points[0];
        const struct result_point *point = text_sweep_usual_point(&result->sweep);
        int runs = point->repeats < one->repeats ? point->repeats : one->repeats;
        return (struct outcome){true, point->workers, runs, one->elapsed_ns,
            point->elapsed_ns, point->speedup};
    }
    for (size_t i = 0; i < result->stage_count && !comparison->has; i++)
        outcome.runs += result->stages[i].complete;
    return outcome;
}

/* What the line to hand in begins with: the machine. */
static void print_machine_words(FILE *out, const struct machine *machine)
{
    fputs("parfor-1 ", out);
    print_word(out, machine->cpu_name);
    if (machine->cores > 0)
        fprintf(out, " %dc/%dt", machine->cores, machine->online_cpus);
    else
        fprintf(out, " %dt", machine->online_cpus);
}

/* One line that a learner can hand in and a teacher can sort: fields without blanks. */
static void print_line_to_hand_in(FILE *out, const struct result *result)
{
    const struct machine *machine = &result->machine;
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    struct outcome outcome = find_outcome(result);
    print_machine_words(out, machine);
    fprintf(out, " W=%d ", outcome.workers);
    print_word(out, result->plan.task);
    int64_t tasks = result->plan.iterations; /* or nobody has counted them all */
    fprintf(out, "x%" PRId64, tasks > 0 ? tasks : last->done + last->failed);
    if (outcome.has) {
        print_time(out, outcome.sequential_ns);
        print_time(out, outcome.parallel_ns);
        fprintf(out, " %.2fx", outcome.speedup);
    } else {
        print_time(out, last->elapsed_ns);
        fputs(last->complete ? "" : " stopped", out);
    }
    if (outcome.has || last->complete)
        fprintf(out, " (%d run%s)", outcome.runs, outcome.runs == 1 ? "" : "s");
    bool is_projected = result->stages[0].projected;
    fprintf(out, "%s%s\n", is_projected ? " projected" : "",
        machine->simulated ? " simulated" : "");
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
    const struct result_point *last =
        &result->sweep.points[result->sweep.point_count - 1];
    if (page->form == REPORT_TEXT_CLOSING)
        text_sweep_print_points(page->out, page->width, result);
    text_sweep_print_closing(page->out, page->width, result);
    if (last->workers > 1 && !last->has_interval && !result->sweep.cut_short)
        print_repeat(page, result, result->sweep.points[0].repeats);
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
    if (result->comparison.has && !result->comparison.has_interval)
        print_repeat(page, result, result->comparison.pairs);
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
    const struct result_stage *last = &result->stages[result->stage_count - 1];
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
    if (last->kind != RESULT_WATCHED && last->kind != RESULT_PROGRAM)
        print_line_to_hand_in(page->out, result);
}

static void print_check(const struct page *page, const struct result *result)
{
    if (page->form == REPORT_TEXT_FULL)
        fputc('\n', page->out);
    text_check_print(page->out, page->form, page->width, result);
    for (size_t i = 0; i < result->remark_count; i++)
        print(page, result->remarks[i]);
    if (!result->check.has)
        return;
    print_machine_words(page->out, &result->machine);
    text_check_print_words(page->out, result);
    fputs(result->machine.simulated ? " simulated\n" : "\n", page->out);
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
