// SPDX-License-Identifier: MIT
/* The figures of a check: words_check_figure(). */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/words_check.h"

static const char NOT_VISIBLE[] = "not visible here";

/* One line of them. */
struct figure {
    const char *name;
    bool looked_at; /* there even where nothing was run */
    void (*say)(const struct result *result, size_t size, char text[]);
};

static void say_quiet(const struct result *result, size_t size, char text[])
{
    const struct check_quiet *quiet = &result->check.quiet;
    if (quiet->looked_ns <= 0) {
        text_copy(size, text, "not looked at");
        return;
    }
    snprintf(text, size, "%.1f %% busy, %.1f %% stolen by the host", 100 * quiet->busy,
        100 * quiet->steal);
    if (!quiet->quiet && quiet->pid > 0)
        text_append(
            size, text, "; most by %s (%.1f CPUs)", quiet->process, quiet->process_cpus);
}

/* CPU time, so that machines can be compared. */
static void say_unit(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    char duration[32];
    number_format_duration(check->unit_ns * check->units, sizeof duration, duration);
    if (check->unit_ns <= 0)
        text_copy(size, text, "not known");
    else
        snprintf(text, size, "%s of CPU time (%" PRId64 " times the same)", duration,
            check->units);
}

static void say_alone(const struct result *result, size_t size, char text[])
{
    double low, high;
    if (words_check_speeds(&result->check, &low, &high))
        snprintf(text, size, "%.2f to %.2f of the usual speed%s", low, high,
            result->machine.kind_count > 0 ? " of their kind" : "");
    else
        text_copy(size, text,
            result->check.cpu_count == 1 ? "one CPU: nothing to compare with"
                                         : "not known: too few rounds");
}

static void say_together(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    if (check->together <= 0)
        text_copy(size, text, "not known");
    else if (check->cpu_count == 1)
        snprintf(text, size, "%.2f of its speed before", check->together);
    else
        snprintf(text, size, "%.*f times one CPU alone, %.2f to %.2f each",
            check->together < 10 ? 2 : 1, check->together, check->ratio_low,
            check->ratio_high);
}

/* Whether two CPUs of one core may be used. */
static bool has_siblings(const struct machine *machine)
{
    for (size_t i = 0; i < machine->cpu_count; i++)
        for (size_t k = i + 1; k < machine->cpu_count; k++)
            if (machine->cpus[i].core >= 0 && machine->cpus[i].allowed &&
                machine->cpus[k].allowed &&
                machine->cpus[k].core == machine->cpus[i].core)
                return true;
    return false;
}

static void say_smt(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    if (check->smt_cores > 1)
        snprintf(text, size, "%.2f times one CPU of a core (%.2f to %.2f on %d cores)",
            check->smt_gain, check->smt_low, check->smt_high, check->smt_cores);
    else if (check->smt_cores == 1)
        snprintf(text, size, "%.2f times one CPU of a core", check->smt_gain);
    else if (!result->machine.topology_known)
        text_copy(size, text, NOT_VISIBLE);
    else
        text_copy(size, text,
            has_siblings(&result->machine) ? "not known" : "none: one CPU of each core");
}

static void say_drift(const struct result *result, size_t size, char text[])
{
    if (result->check.drift > 0)
        snprintf(text, size, "%.2f of the first third's speed in the last",
            result->check.drift);
    else
        text_copy(size, text, "not known");
}

static void say_throttled(const struct result *result, size_t size, char text[])
{
    const struct throttle *throttle = &result->check.throttle;
    const struct throttle_group *worst = throttle->groups;
    char quota[32];
    for (size_t i = 1; i < throttle->group_count; i++)
        if (throttle->groups[i].throttled > worst->throttled)
            worst = &throttle->groups[i];
    if (throttle->group_count == 0) {
        text_copy(size, text, NOT_VISIBLE);
        return;
    }
    if (worst->throttled <= 0) {
        text_copy(size, text, "never");
        return;
    }
    words_check_count(worst->quota_cpus, sizeof quota, quota);
    snprintf(text, size, "in %" PRId64 " of %" PRId64 " periods (", worst->throttled,
        worst->periods);
    if (worst->quota_cpus > 0)
        text_append(size, text, "quota %s, ", quota);
    text_append(size, text, "%.80s)", worst->folder);
}

static void append_clock(
    const struct check_sensed *sensed, const char *when, size_t size, char text[])
{
    if (sensed->mhz_median <= 0)
        return;
    text_append(size, text, "%s%.2f GHz %s", *text ? ", " : "",
        (double)sensed->mhz_median / 1000, when);
    if (sensed->mhz_low > 0 && sensed->mhz_high > sensed->mhz_low && when[0] == 'w')
        text_append(size, text, " (%.2f to %.2f)", (double)sensed->mhz_low / 1000,
            (double)sensed->mhz_high / 1000);
}

static void say_clocks(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    text[0] = '\0';
    append_clock(&check->idle, check->measured ? "before" : "now", size, text);
    if (check->measured && check->alone.mhz_high > 0) /* of the one that computes */
        text_append(size, text, "%sup to %.2f GHz alone", *text ? ", " : "",
            (double)check->alone.mhz_high / 1000);
    append_clock(&check->loaded, "with all", size, text);
    if (!*text)
        text_copy(size, text, NOT_VISIBLE);
}

static bool has_heat(const struct check_sensed *sensed)
{
    return isfinite(sensed->celsius) && sensed->celsius != 0;
}

static void say_heat(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    const struct throttle *throttle = &check->throttle;
    text[0] = '\0';
    if (has_heat(&check->idle))
        text_append(size, text, "%.0f C %s", check->idle.celsius,
            check->measured ? "before" : "now");
    if (has_heat(&check->loaded))
        text_append(
            size, text, "%s%.0f C with all", *text ? ", " : "", check->loaded.celsius);
    if (!*text)
        text_copy(size, text, NOT_VISIBLE);
    if (check->measured && throttle->thermal_visible)
        text_append(size, text, "; slowed down for it %" PRId64 " times",
            throttle->thermal_core + throttle->thermal_package);
}

static void say_answers(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    snprintf(text, size, "%" PRId64 " task%s on %zu CPU%s, ", check->tasks,
        check->tasks == 1 ? "" : "s", check->cpu_count, check->cpu_count == 1 ? "" : "s");
    if (check->tasks <= 0)
        text_copy(size, text, "not known");
    else if (check->wrong > 0)
        text_append(size, text, "%" PRId64 " wrong", check->wrong);
    else
        text_append(size, text, "all right (a smoke test)");
}

static const struct figure figures[] = {
    {"before it began", false, say_quiet},
    {"a round", false, say_unit},
    {"each CPU alone", false, say_alone},
    {"all at once", false, say_together},
    {"gain of SMT", false, say_smt},
    {"drift", false, say_drift},
    {"throttled", false, say_throttled},
    {"clocks", true, say_clocks},
    {"heat", true, say_heat},
    {"answers", false, say_answers},
};

bool words_check_figure(const struct result *result, int number, size_t name_size,
    char name[], size_t value_size, char value[])
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (!result->check.measured && !figures[i].looked_at)
            continue;
        if (number-- > 0)
            continue;
        text_copy(name_size, name, figures[i].name);
        figures[i].say(result, value_size, value);
        return true;
    }
    return false;
}
