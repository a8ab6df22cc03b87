// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "report/report.h"

enum {
    CPUS_AS_COLUMNS = 3, /* up to so many stand beside each other in the table */
    CPUS_PER_LINE = 8,
    LINE_LENGTH = 78,
    CPUS_LISTED = 64, /* beyond, only the extremes; the JSON has them all */
};

static const double WORTH_NAMING = 0.005; /* of the workers' time */

/* Breaks a paragraph at blanks so that no line is longer than a terminal's. */
static void print_paragraph(FILE *out, const char *text)
{
    while (strlen(text) > LINE_LENGTH) {
        size_t length = LINE_LENGTH;
        while (length > 0 && text[length] != ' ')
            length--;
        if (length == 0)
            length = strcspn(text, " ");
        fprintf(out, "%.*s\n", (int)length, text);
        text += length + (text[length] == ' ');
    }
    if (*text)
        fprintf(out, "%s\n", text);
}

__attribute__((format(printf, 3, 4))) static void append(
    size_t size, char text[], const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, size - length, format, arguments);
    va_end(arguments);
}

static void print_share(FILE *out, double share)
{
    if (share < 0)
        fputs("      -", out);
    else
        fprintf(out, "  %3.0f %%", 100 * share);
}

static void print_row(FILE *out, const struct result *result,
    const struct result_stage *stage, size_t columns)
{
    char name[48], elapsed[32], busy[32] = "not visible";
    words_stage(stage, sizeof name, name);
    snprintf(elapsed, sizeof elapsed, "dt=%.3fs", (double)stage->elapsed_ns / NS_PER_S);
    if (words_busy_cpus(stage) >= 0)
        snprintf(busy, sizeof busy, "%.1f of %d", words_busy_cpus(stage),
            result->machine.online_cpus);
    fprintf(out, "%-21s %-12s %9" PRId64 " %11s", name, elapsed, stage->done, busy);
    for (size_t i = 0; i < columns && i < stage->cpu_count; i++)
        print_share(out, stage->cpus[i].busy);
    fputc('\n', out);
}

static void print_table(FILE *out, const struct result *result)
{
    size_t columns = result->machine.cpu_count;
    if (columns > CPUS_AS_COLUMNS)
        columns = 0;
    fprintf(out, "%-21s %-12s %9s %11s", "", "elapsed", "tasks", "CPUs busy");
    for (size_t i = 0; i < columns; i++) {
        char name[16];
        snprintf(name, sizeof name, "CPU %d", result->machine.cpus[i].id);
        fprintf(out, " %6s", name);
    }
    fputc('\n', out);
    for (size_t i = 0; i < result->stage_count; i++)
        print_row(out, result, &result->stages[i], columns);
}

static void print_extremes(FILE *out, const struct result_stage *stage)
{
    double least = 1, most = 0;
    size_t idle = 0;
    for (size_t i = 0; i < stage->cpu_count; i++) {
        if (stage->cpus[i].busy < 0)
            continue;
        least = fmin(least, stage->cpus[i].busy);
        most = fmax(most, stage->cpus[i].busy);
        idle += stage->cpus[i].busy < 0.05;
    }
    fprintf(out, "  least %.0f %%, most %.0f %%, %zu of %zu under 5 %%\n", 100 * least,
        100 * most, idle, stage->cpu_count);
}

static void print_cpu_list(FILE *out, const struct result_stage *stage)
{
    for (size_t i = 0; i < stage->cpu_count; i++) {
        if (i % CPUS_PER_LINE == 0)
            fprintf(out, "  CPU %3d", stage->cpus[i].id);
        print_share(out, stage->cpus[i].busy);
        if (i % CPUS_PER_LINE == CPUS_PER_LINE - 1 || i + 1 == stage->cpu_count)
            fputc('\n', out);
    }
}

/* Each CPU's busy share, where the table has no room for them: one block per kind of
 * stage. */
static void print_cpus(FILE *out, const struct result *result)
{
    if (result->machine.cpu_count <= CPUS_AS_COLUMNS)
        return;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        char name[48];
        if (stage->repeat > 0 || words_busy_cpus(stage) < 0)
            continue;
        words_stage(stage, sizeof name, name);
        fprintf(out, "\nbusy share of each CPU, %s\n", name);
        if (stage->cpu_count > CPUS_LISTED)
            print_extremes(out, stage);
        else
            print_cpu_list(out, stage);
    }
}

/* "work 98 %; idle at the end 2 %": every part that counts, the rest together. */
static void print_account(FILE *out, const struct account *account)
{
    double total = (double)account->total_ns, named = 0;
    bool alone = account->slowdown_ns == ACCOUNT_NOT_SEEN;
    bool seen = account->waiting_ns != ACCOUNT_NOT_SEEN;
    const struct {
        const char *name;
        int64_t ns;
    } parts[] = {
        {"work", account->useful_ns},
        {"slower than alone", alone ? 0 : account->slowdown_ns},
        {"waiting for a CPU", seen ? account->waiting_ns : 0},
        {seen ? "blocked or stolen" : "waiting, blocked or stolen", account->blocked_ns},
        {"starting", account->startup_ns},
        {"handing out", account->handout_ns},
        {"idle at the end", account->tail_ns},
    };
    char text[320] = "The workers' time:";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double share = (double)parts[i].ns / total;
        if (i > 0 && fabs(share) <= WORTH_NAMING)
            continue;
        append(sizeof text, text, "%s %s %.0f %%", i > 0 ? ";" : "", parts[i].name,
            100 * share);
        named += share;
    }
    if (fabs(1 - named) >= 2 * WORTH_NAMING)
        append(sizeof text, text, "; all else %.0f %%", 100 * (1 - named));
    append(sizeof text, text, ".");
    print_paragraph(out, text);
}

/* The numbers behind the sentence. */
static void print_figures(FILE *out, const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    char text[160];
    snprintf(text, sizeof text, "Efficiency %.2f", comparison->efficiency);
    if (!isnan(comparison->karp_flatt))
        append(
            sizeof text, text, ", Karp-Flatt serial share %.3f", comparison->karp_flatt);
    if (comparison->has_interval)
        append(sizeof text, text, ", 95 %% interval of the speed-up %.2f to %.2f",
            comparison->interval_low, comparison->interval_high);
    append(sizeof text, text, ".");
    print_paragraph(out, text);
    if (comparison->pairs == 1)
        fputs("One run each, so no error bar: -r 5 gives one.\n", out);
    else if (!comparison->has_interval)
        fprintf(out, "%d runs each are too few for an error bar: -r 3 is the least.\n",
            comparison->pairs);
}

/* One word of the line to hand in: blanks become hyphens. */
static void print_word(FILE *out, const char *text)
{
    for (; *text; text++)
        fputc(*text == ' ' ? '-' : *text, out);
}

static void print_time(FILE *out, int64_t ns)
{
    fprintf(out, " %.*fs", ns < NS_PER_S ? 3 : 1, (double)ns / NS_PER_S);
}

/* One line that a learner can hand in and a teacher can sort: fields without blanks. */
static void print_line_to_hand_in(FILE *out, const struct result *result)
{
    const struct machine *machine = &result->machine;
    const struct result_comparison *comparison = &result->comparison;
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    const struct result_stage *parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    fputs("parfor-1 ", out);
    print_word(out, machine->cpu_name);
    if (machine->cores > 0)
        fprintf(out, " %dc/%dt", machine->cores, machine->online_cpus);
    else
        fprintf(out, " %dt", machine->online_cpus);
    fprintf(out, " W=%d ", parallel ? parallel->workers : 1);
    print_word(out, result->plan.task);
    fprintf(out, "x%" PRId64, result->plan.iterations);
    if (comparison->has) {
        print_time(out, comparison->sequential_ns);
        print_time(out, comparison->parallel_ns);
        fprintf(out, " %.2fx", comparison->speedup);
    } else {
        print_time(out, last->elapsed_ns);
        fputs(last->complete ? "" : " stopped", out);
    }
    int runs = comparison->pairs;
    for (size_t i = 0; i < result->stage_count && !comparison->has; i++)
        runs += result->stages[i].complete;
    if (comparison->has || last->complete)
        fprintf(out, " (%d run%s)", runs, runs == 1 ? "" : "s");
    fputs(machine->simulated ? " simulated\n" : "\n", out);
}

/* What there is to say where nothing can be compared: `map`, or a run that was stopped.
 */
static void print_alone(FILE *out, const struct result *result)
{
    const struct result_stage *last = &result->stages[result->stage_count - 1];
    char name[48];
    words_stage(last, sizeof name, name);
    if (last->complete && last->failed == 0)
        fprintf(out, "%" PRId64 " tasks in %.3f s, %s.\n", last->done,
            (double)last->elapsed_ns / NS_PER_S, name);
    else if (last->complete)
        fprintf(out,
            "%" PRId64 " of %" PRId64 " tasks done in %.3f s, %s; %" PRId64 " failed.\n",
            last->done, last->done + last->failed, (double)last->elapsed_ns / NS_PER_S,
            name, last->failed);
    else
        fprintf(out, "Stopped after %.3f s: %" PRId64 " of %" PRId64 " tasks done, %s.\n",
            (double)last->elapsed_ns / NS_PER_S, last->done, result->plan.iterations,
            name);
}

static void print_result(FILE *out, const struct result *result)
{
    char machine[400];
    char headline[520];
    words_machine(&result->machine, sizeof machine, machine);
    const char *title = result->plan.title; /* empty where the plan was never settled */
    snprintf(headline, sizeof headline, "%s%s%s.", title, *title ? " on " : "", machine);
    print_paragraph(out, headline);
    if (result->plan.size_reduced)
        fputs("The size was made smaller, so that this machine ends in time.\n", out);
    if (result->stage_count == 0) {
        fputs("Stopped before the first task.\n", out);
        return;
    }
    fputc('\n', out);
    print_table(out, result);
    print_cpus(out, result);
    fputc('\n', out);
    if (result->comparison.has)
        print_paragraph(out, result->comparison.sentence);
    if (!result->comparison.has || !result->stages[result->stage_count - 1].complete)
        print_alone(out, result);
    const struct result_stage *parallel = comparison_usual_stage(result, RESULT_PARALLEL);
    if (!parallel)
        parallel = result_find_stage(result, RESULT_PARALLEL, 0);
    if (parallel && parallel->account.total_ns > 0)
        print_account(out, &parallel->account);
    if (result->comparison.has)
        print_figures(out, result);
    for (size_t i = 0; i < result->remark_count; i++)
        print_paragraph(out, result->remarks[i]);
    print_line_to_hand_in(out, result);
}

int report_text_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return fault_system(fault, -errno, "no memory for the text");
    print_result(out, result);
    bool failed = ferror(out);
    if (fclose(out) != 0 || failed) {
        free(text);
        return fault_system(fault, -ENOMEM, "no memory for the text");
    }
    *ret_text = text;
    *ret_size = size;
    return 0;
}
