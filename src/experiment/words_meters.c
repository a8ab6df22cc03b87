// SPDX-License-Identifier: MIT
#include "experiment/words_meters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "model/statistics.h"

static const double ALIKE = 0.05; /* no more than that is no difference to speak of */

/* "0.80 to 4.20 GHz", "2.45 GHz". */
static void append_clocks(int low_mhz, int high_mhz, size_t size, char text[])
{
    char low[16], high[16];
    snprintf(low, sizeof low, "%.2f", low_mhz / 1000.0);
    snprintf(high, sizeof high, "%.2f", high_mhz / 1000.0);
    if (strcmp(low, high) != 0)
        text_append(size, text, "%s to ", low);
    text_append(size, text, "%s GHz", high);
}

/* False: none is visible. */
static bool find_clocks(const struct scene_meters *meters, const struct machine *machine,
    int *ret_low, int *ret_high)
{
    int low = 0, high = 0;
    for (size_t i = 0; meters->mhz && i < machine->cpu_count; i++) {
        int mhz = meters->mhz[i];
        if (mhz > 0 && (low == 0 || mhz < low))
            low = mhz;
        if (mhz > high)
            high = mhz;
    }
    *ret_low = low;
    *ret_high = high;
    return high > 0;
}

void words_meters(const struct scene_meters *meters, const struct machine *machine,
    size_t size, char text[])
{
    char missing[48] = "";
    int low, high;
    text[0] = '\0';
    if (find_clocks(meters, machine, &low, &high)) {
        text_append(size, text, "clocks ");
        append_clocks(low, high, size, text);
    } else
        text_append(sizeof missing, missing, "clocks");
    if (!isnan(meters->celsius))
        text_append(size, text, "%shottest %.0f C", *text ? ", " : "", meters->celsius);
    else
        text_append(sizeof missing, missing, "%sheat", *missing ? ", " : "");
    if (!isnan(meters->watts))
        text_append(size, text, "%spower %.*f W", *text ? ", " : "",
            meters->watts < 10 ? 1 : 0, meters->watts);
    else
        text_append(sizeof missing, missing, "%spower", *missing ? ", " : "");
    if (*missing)
        text_append(size, text, "%s%s: not visible here", *text ? "; " : "", missing);
}

/* "6.11 J", "812 J", "12.3 kJ". */
static void append_joules(double joules, size_t size, char text[])
{
    bool many = joules >= 9999.5;
    double number = many ? joules / 1000 : joules;
    int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    if (number < 0.005)
        decimals = 0;
    text_append(size, text, "%.*f %sJ", decimals, number, many ? "k" : "");
}

void words_meters_stage(const struct result_stage *stage, size_t size, char text[])
{
    text[0] = '\0';
    if (stage->clocks.has)
        append_clocks(stage->clocks.low_mhz, stage->clocks.high_mhz, size, text);
    if (stage->celsius != 0)
        text_append(size, text, "%s%.0f C", *text ? ", " : "", stage->celsius);
    if (stage->energy_j > 0) {
        text_append(size, text, "%s", *text ? ", " : "");
        append_joules(stage->energy_j, size, text);
    }
}

/* What a kind of stage used, and how long it took. */
struct usage {
    double joules; /* 0: not known */
    double seconds;
};

/* The medians.  Of a projected stage it is not known what the rest would have used. */
static struct usage find_usage(const struct result *result, enum result_stage_kind kind)
{
    double *joules = memory_new(result->stage_count + 1, sizeof *joules);
    double *seconds = memory_new(result->stage_count + 1, sizeof *seconds);
    struct usage usage = {0};
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind != kind || !stage->complete || stage->failed > 0 ||
            stage->projected || stage->energy_j <= 0)
            continue;
        joules[count] = stage->energy_j;
        seconds[count++] = (double)stage->elapsed_ns / NS_PER_S;
    }
    if (count > 0)
        usage = (struct usage){
            statistics_median(count, joules), statistics_median(count, seconds)};
    free(joules);
    free(seconds);
    return usage;
}

/* Who is done earlier idles for the time that is saved.  NAN: what that needs is not
 * known, or nothing is saved. */
static double idle_joules(
    const struct result *result, const struct usage *before, const struct usage *after)
{
    double saved = before->seconds - after->seconds;
    return saved > 0 ? result->idle_w * saved : NAN;
}

static void append_verdict(
    const struct usage *before, double after_j, size_t size, char text[])
{
    double ratio = after_j / before->joules;
    if (fabs(ratio - 1) <= ALIKE)
        text_append(size, text, "racing to idle made no difference");
    else
        text_append(
            size, text, "racing to idle was %s", ratio < 1 ? "cheaper" : "dearer");
    text_append(size, text, " (%.2f times).", ratio);
}

bool words_meters_energy(const struct result *result, size_t size, char text[])
{
    const struct result_stage *stage = comparison_usual_stage(result, RESULT_PARALLEL);
    struct usage before = find_usage(result, RESULT_SEQUENTIAL);
    struct usage after = find_usage(result, RESULT_PARALLEL);
    double idle_j = idle_joules(result, &before, &after);
    char name[48];
    text[0] = '\0';
    if (!result->comparison.has || !stage || before.joules <= 0 || after.joules <= 0)
        return false;
    words_stage(stage, sizeof name, name);
    text_append(size, text, "Energy: ");
    append_joules(before.joules, size, text);
    text_append(size, text, " one after the other, ");
    append_joules(after.joules, size, text);
    text_append(size, text, " %s", name);
    if (isnan(idle_j)) {
        text_append(size, text, ", until each was done (%.2f times as much).",
            after.joules / before.joules);
        return false;
    }
    text_append(size, text, " and ");
    append_joules(idle_j, size, text);
    text_append(size, text, " idle for the time saved: ");
    append_verdict(&before, after.joules + idle_j, size, text);
    return true;
}

const char *words_meters_note(bool has_idle)
{
    return has_idle ? "That is what the CPU packages used, with all that others did on "
                      "them; idle is what they used in a moment before the start."
                    : "That is what the CPU packages used, with all that others did on "
                      "them; idling afterwards is not in it.";
}
