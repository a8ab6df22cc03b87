// SPDX-License-Identifier: MIT
#include "report/text_closing.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/clock.h"
#include "base/text.h"
#include "report/text_check.h"
#include "report/text_sweep.h"

enum { REPEATS_ADVISED = 5 };

/* How many runs there were of what is compared without an error bar; 0: it has one, or
 * nothing is compared, or more runs would not do. */
static int find_few_runs(const struct result *result)
{
    const struct result_sweep *sweep = &result->sweep;
    if (sweep->has && sweep->point_count > 0) {
        const struct result_point *last = &sweep->points[sweep->point_count - 1];
        bool lacks = last->workers > 1 && !last->has_interval && !sweep->cut_short;
        return lacks ? sweep->points[0].repeats : 0;
    }
    if (result->programs.count > 0 || !result->comparison.has)
        return 0;
    return result->comparison.has_interval ? 0 : result->comparison.pairs;
}

bool text_closing_needs_repeat(const struct result *result, struct plan *ret_plan,
    char ret_why[TEXT_CLOSING_WHY_SIZE])
{
    int runs = find_few_runs(result);
    if (runs == 0)
        return false;
    *ret_plan = result->plan;
    if (ret_plan->repeats < REPEATS_ADVISED)
        ret_plan->repeats = REPEATS_ADVISED;
    text_copy(TEXT_CLOSING_WHY_SIZE, ret_why, "One run each, so no error bar.");
    if (runs != 1)
        snprintf(ret_why, TEXT_CLOSING_WHY_SIZE,
            "%d runs each are too few for an error bar.", runs);
    return true;
}

bool text_closing_can_repeat(const struct result *result)
{
    return !result->machine.simulated || result->plan.sysroot;
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
    const struct result_stage *last = &result->stages[result->stage_count - 1];
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
        outcome.runs +=
            result->stages[i].complete && result->stages[i].kind == last->kind;
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

static void print_check(FILE *out, const struct result *result)
{
    print_machine_words(out, &result->machine);
    text_check_print_words(out, result);
    fputs(result->machine.simulated ? " simulated\n" : "\n", out);
}

static void print_loop(FILE *out, const struct result *result)
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
    bool is_disturbed = result->comparison.has && result->comparison.doubtful;
    fprintf(out, "%s%s%s\n", is_projected ? " projected" : "",
        machine->simulated ? " simulated" : "", is_disturbed ? " disturbed" : "");
}

void text_closing_print_line(FILE *out, const struct result *result)
{
    bool is_check = result->plan.command == PLAN_CHECK;
    if (is_check && result->check.has)
        print_check(out, result);
    if (is_check || result->stage_count == 0)
        return;
    enum result_stage_kind kind = result->stages[result->stage_count - 1].kind;
    if (kind != RESULT_WATCHED && kind != RESULT_PROGRAM)
        print_loop(out, result);
}
