// SPDX-License-Identifier: MIT
#include "experiment/words_meters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "model/statistics.h"

static const double ALIKE = 0.05; /* no more than that is no difference to speak of */

const char words_meters_note[] =
    "That is what the CPU packages used until each was done, with all that others did on "
    "them; idling afterwards is not in it.";

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
        text_append(size, text, "%senergy %.*f W", *text ? ", " : "",
            meters->watts < 10 ? 1 : 0, meters->watts);
    else
        text_append(sizeof missing, missing, "%senergy", *missing ? ", " : "");
    if (*missing)
        text_append(size, text, "%s%s: not visible here", *text ? "; " : "", missing);
}

/* "6.11 J", "812 J", "12.3 kJ". */
static void append_joules(double joules, size_t size, char text[])
{
    bool many = joules >= 9999.5;
    double number = many ? joules / 1000 : joules;
    int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
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

/* 0: not known.  Of a projected stage it is not known what the rest would have used. */
static double median_energy(const struct result *result, enum result_stage_kind kind)
{
    double *joules = memory_new(result->stage_count + 1, sizeof *joules);
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind == kind && stage->complete && stage->failed == 0 &&
            !stage->projected && stage->energy_j > 0)
            joules[count++] = stage->energy_j;
    }
    double median = count > 0 ? statistics_median(count, joules) : 0;
    free(joules);
    return median;
}

void words_meters_energy(const struct result *result, size_t size, char text[])
{
    const struct result_stage *stage = comparison_usual_stage(result, RESULT_PARALLEL);
    double before = median_energy(result, RESULT_SEQUENTIAL);
    double after = median_energy(result, RESULT_PARALLEL);
    char name[48];
    text[0] = '\0';
    if (!result->comparison.has || !stage || before <= 0 || after <= 0)
        return;
    double ratio = after / before;
    words_stage(stage, sizeof name, name);
    text_append(size, text, "Energy: ");
    append_joules(before, size, text);
    text_append(size, text, " one after the other, ");
    append_joules(after, size, text);
    text_append(size, text, " %s: ", name);
    if (fabs(ratio - 1) <= ALIKE)
        text_append(size, text, "racing to idle made no difference");
    else
        text_append(
            size, text, "racing to idle was %s", ratio < 1 ? "cheaper" : "dearer");
    text_append(size, text, " (%.2f times).", ratio);
}
