// SPDX-License-Identifier: MIT
/* The figures of a check: words_check_figure(). */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/words_check.h"

static const char NOT_VISIBLE[] = "not visible here";

/* One line of them. */
struct figure {
    const char *name;
    void (*say)(const struct result *result, size_t size, char text[]);
};

/* That a task had to wait for a CPU that it had to itself. */
static bool had_to_share(const struct result_check *check)
{
    for (size_t i = 0; i < check->finding_count; i++)
        if (strcmp(check->findings[i].topic, "shared") == 0)
            return true;
    return false;
}

/* Where others had their share of the CPUs: `before it began` or a finding says how much.
 */
static void append_doubt(const struct result_check *check, size_t size, char text[])
{
    if (!check->quiet.quiet || check->suspended_ns > 0 || had_to_share(check))
        text_append(size, text, "; not reliable");
}

static void say_quiet(const struct result *result, size_t size, char text[])
{
    const struct check_quiet *quiet = &result->check.quiet;
    bool can_be_stolen = !result->check.bare_metal || quiet->steal > 0;
    if (quiet->looked_ns <= 0) {
        text_copy(size, text, result->check.complete ? NOT_VISIBLE : "not looked at");
        return;
    }
    snprintf(text, size, "%.1f %% busy", 100 * quiet->busy);
    if (can_be_stolen)
        text_append(size, text, ", %.1f %% stolen by the host", 100 * quiet->steal);
    if (!quiet->quiet && quiet->pid > 0)
        text_append(
            size, text, "; most by %s (%.1f CPUs)", quiet->process, quiet->process_cpus);
}

/* CPU time, so that machines can be compared. */
static void say_task(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    double unit_ns = words_check_unit_ns(check);
    char duration[32];
    number_format_duration(
        (int64_t)(unit_ns * (double)check->units), sizeof duration, duration);
    if (unit_ns <= 0)
        text_copy(size, text, "not known");
    else
        snprintf(text, size, "%s of CPU time (%" PRId64 " units of %.2f ms)", duration,
            check->units, unit_ns / NS_PER_MS);
}

static void say_alone(const struct result *result, size_t size, char text[])
{
    char speeds[32];
    if (!words_check_speeds(&result->check, sizeof speeds, speeds)) {
        text_copy(size, text,
            result->check.cpu_count == 1 ? "one CPU: nothing to compare with"
                                         : "not known: too few rounds");
        return;
    }
    snprintf(text, size, "%s of the usual speed%s", speeds,
        result->machine.kind_count > 0 ? " of their kind" : "");
    append_doubt(&result->check, size, text);
}

static void say_together(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    char low[32], high[32];
    if (check->together <= 0 || !words_check_has_ratios(check)) {
        text_copy(
            size, text, check->together <= 0 ? "not known" : "not known: too few rounds");
        return;
    }
    snprintf(low, sizeof low, "%.2f", check->ratio_low);
    snprintf(high, sizeof high, "%.2f", check->ratio_high);
    bool alike = strcmp(low, high) == 0;
    if (check->cpu_count == 1)
        snprintf(text, size, "%.2f of its speed before", check->together);
    else
        snprintf(text, size, "%.*f times one CPU alone, %s%s%s each",
            check->together < 10 ? 2 : 1, check->together, low, alike ? "" : " to ",
            alike ? "" : high);
    append_doubt(check, size, text);
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
            machine_has_siblings(&result->machine) ? "not known"
                                                   : "none: one CPU of each core");
    if (check->smt_cores > 0)
        append_doubt(check, size, text);
}

static void say_drift(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    text_copy(size, text, "not known");
    if (check->drift <= 0)
        return;
    snprintf(
        text, size, "in the last third %.2f of the speed in the first", check->drift);
    append_doubt(check, size, text);
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
    append_clock(&check->idle, "before", size, text);
    if (check->alone.mhz_high > 0) /* of the one that computes */
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

static void append_slowdowns(int64_t count, size_t size, char text[])
{
    if (count <= 0)
        text_append(size, text, "; never slowed down for it");
    else if (count == 1)
        text_append(size, text, "; slowed down for it once");
    else
        text_append(size, text, "; slowed down for it %" PRId64 " times", count);
}

static void say_heat(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    const struct throttle *throttle = &check->throttle;
    text[0] = '\0';
    if (has_heat(&check->idle))
        text_append(size, text, "%.0f C before", check->idle.celsius);
    if (has_heat(&check->loaded))
        text_append(
            size, text, "%s%.0f C with all", *text ? ", " : "", check->loaded.celsius);
    if (!*text)
        text_copy(size, text, NOT_VISIBLE);
    if (throttle->thermal_visible)
        append_slowdowns(throttle->thermal_core + throttle->thermal_package, size, text);
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

/* What it was about comes first: there may be no room for all. */
static const struct figure figures[] = {
    {"each CPU alone", say_alone},
    {"all at once", say_together},
    {"gain of SMT", say_smt},
    {"answers", say_answers},
    {"drift", say_drift},
    {"throttled", say_throttled},
    {"clocks", say_clocks},
    {"heat", say_heat},
    {"before it began", say_quiet},
    {"a task", say_task},
};

bool words_check_figure(const struct result *result, int number, size_t name_size,
    char name[], size_t value_size, char value[])
{
    if (!result->check.measured || number >= (int)(sizeof figures / sizeof *figures))
        return false;
    text_copy(name_size, name, figures[number].name);
    figures[number].say(result, value_size, value);
    return true;
}
