// SPDX-License-Identifier: MIT
/* Several results, a row for each. */
#include <math.h>

#include "experiment/outline.h"
#include "report/csv_row.h"
#include "report/date.h"
#include "report/report.h"
#include "report/stream.h"

/* The numbers of a result by which it is held against others. */
struct figures {
    const char *file, *what, *verdict;
    const char *command; /* "run" */
    char line[PLAN_LINE_SIZE];
    char started[DATE_SIZE];
    struct outline outline;
    double speedup, low, high, bound, efficiency, karp_flatt; /* NAN: not known */
};

static const struct csv_field file_fields[] = {
    CSV_FIELD("file", WORDS, NONE, figures, file),
    CSV_FIELD("what", WORDS, NONE, figures, what),
    CSV_FIELD("command", WORDS, NONE, figures, command),
};

static const struct csv_field host_fields[] = {
    CSV_FIELD("host", TEXT, NONE, result_check, host),
};

static const struct csv_field machine_fields[] = {
    CSV_FIELD("cpu", TEXT, NONE, machine, cpu_name),
    CSV_FIELD("simulated", BOOL, NONE, machine, simulated),
    CSV_FIELD("online_cpus", INT, NONE, machine, online_cpus),
    CSV_FIELD("usable_cpus", REAL, NONE, machine, usable_cpus),
};

static const struct csv_field plan_fields[] = {
    CSV_FIELD("workload", TEXT, NONE, plan, workload),
    CSV_FIELD("size", INTEGER, ZERO, plan, size),
    CSV_FIELD("iterations", INTEGER, ZERO, plan, iterations),
    CSV_FIELD("schedule", TEXT, NONE, plan, schedule),
    CSV_FIELD("chunk", INTEGER, ZERO, plan, chunk),
    CSV_FIELD("repeats", INT, NONE, plan, repeats),
};

static const struct csv_field figures_fields[] = {
    CSV_FIELD("workers", INT, ZERO, figures, outline.workers),
    CSV_FIELD("sequential_s", SECONDS, ZERO, figures, outline.sequential_ns),
    CSV_FIELD("parallel_s", SECONDS, ZERO, figures, outline.parallel_ns),
    CSV_FIELD("speedup", REAL, UNSEEN, figures, speedup),
    CSV_FIELD("speedup_low", REAL, UNSEEN, figures, low),
    CSV_FIELD("speedup_high", REAL, UNSEEN, figures, high),
    CSV_FIELD("bound", REAL, UNSEEN, figures, bound),
    CSV_FIELD("efficiency", REAL, UNSEEN, figures, efficiency),
    CSV_FIELD("karp_flatt", REAL, UNSEEN, figures, karp_flatt),
    CSV_FIELD("doubtful", BOOL, NONE, figures, outline.doubtful),
    CSV_FIELD("projected", BOOL, NONE, figures, outline.projected),
    CSV_FIELD("stopped", BOOL, NONE, figures, outline.stopped),
    CSV_FIELD("failed", INTEGER, NONE, figures, outline.failed),
    CSV_FIELD("verdict", WORDS, NONE, figures, verdict),
    CSV_FIELD("command_line", TEXT, NONE, figures, line),
};

static const struct csv_field version_fields[] = {
    CSV_FIELD("program_version", TEXT, NONE, result, program_version),
};

static const struct csv_field date_fields[] = {
    CSV_FIELD("started", TEXT, NONE, figures, started),
};

static void take_comparison(
    struct figures *figures, const struct result_comparison *comparison)
{
    figures->bound = comparison->bound > 0 ? comparison->bound : NAN;
    figures->efficiency = comparison->efficiency;
    figures->karp_flatt = comparison->karp_flatt;
    if (comparison->has_interval) {
        figures->low = comparison->interval_low;
        figures->high = comparison->interval_high;
    }
}

/* Those of the point that the outline speaks of. */
static void take_sweep(struct figures *figures, const struct result_sweep *sweep)
{
    for (size_t i = 0; i < sweep->point_count; i++) {
        const struct result_point *point = &sweep->points[i];
        if (point->workers != figures->outline.workers)
            continue;
        figures->efficiency = point->efficiency;
        figures->karp_flatt = point->karp_flatt;
        if (point->has_interval) {
            figures->low = point->interval_low;
            figures->high = point->interval_high;
        }
        return;
    }
}

static void find_figures(
    struct figures *figures, const struct result *result, const char *name)
{
    *figures = (struct figures){.file = name,
        .command = plan_command_names[result->plan.command],
        .speedup = NAN,
        .low = NAN,
        .high = NAN,
        .bound = NAN,
        .efficiency = NAN,
        .karp_flatt = NAN};
    outline_init(&figures->outline, result, name);
    figures->what = figures->outline.cells[OUTLINE_WHAT];
    if (figures->outline.speedup > 0)
        figures->speedup = figures->outline.speedup;
    if (result->check.has)
        figures->verdict = check_verdict_names[result->check.verdict];
    if (result->comparison.has)
        take_comparison(figures, &result->comparison);
    else if (result->sweep.has)
        take_sweep(figures, &result->sweep);
    plan_command_line(&result->plan, sizeof figures->line, figures->line);
    if (date_is_known(result->started_s))
        date_format(result->started_s, figures->started);
}

/* Without a result: the names of the columns. */
static void print_result(
    FILE *out, const struct result *result, const struct figures *figures)
{
    const struct csv_part parts[] = {
        CSV_PART(file_fields, figures),
        CSV_PART(host_fields, result ? &result->check : NULL),
        CSV_PART(machine_fields, result ? &result->machine : NULL),
        CSV_PART(plan_fields, result ? &result->plan : NULL),
        CSV_PART(figures_fields, figures),
        CSV_PART(version_fields, result),
        CSV_PART(date_fields, figures),
    };
    if (result)
        csv_print_row(out, sizeof parts / sizeof *parts, parts);
    else
        csv_print_names(out, sizeof parts / sizeof *parts, parts);
}

int report_csv_results_write(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    print_result(stream.out, NULL, NULL);
    for (size_t i = 0; i < results->count; i++) {
        struct figures figures;
        find_figures(&figures, results->results[i], results->names[i]);
        print_result(stream.out, results->results[i], &figures);
    }
    return stream_close(&stream, ret_text, ret_size, fault);
}
