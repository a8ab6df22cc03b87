// SPDX-License-Identifier: MIT
#include "experiment/fleet_property.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/check_stand.h"
#include "experiment/words_check.h"

static bool online_cpus(const struct result *result, size_t size, char text[])
{
    snprintf(text, size, "%d", result->machine.online_cpus);
    return result->machine.online_cpus > 0;
}

static bool usable_cpus(const struct result *result, size_t size, char text[])
{
    words_check_count(result->machine.usable_cpus, size, text);
    return result->machine.usable_cpus > 0;
}

static bool cores(const struct result *result, size_t size, char text[])
{
    snprintf(text, size, "%d", result->machine.cores);
    return result->machine.cores > 0;
}

static bool wrong_answers(const struct result *result, size_t size, char text[])
{
    snprintf(text, size, "%" PRId64, result->check.wrong);
    return result->check.tasks > 0;
}

static bool verdict(const struct result *result, size_t size, char text[])
{
    text_copy(size, text, check_verdict_names[result->check.verdict]);
    return true;
}

/* What was found that is the heaviest: "slow", "quota". */
static const char *first_topic(const struct result *result)
{
    return result->check.finding_count > 0 ? result->check.findings[0].topic : "";
}

static bool cpu_name(const struct result *result, size_t size, char text[])
{
    text_copy(size, text, result->machine.cpu_name);
    return text[0] != '\0';
}

static double smt_gain(const struct result *result)
{
    return result->check.smt_gain;
}

static double unit_ms(const struct result *result)
{
    return words_check_unit_ns(&result->check) / NS_PER_MS;
}

static double slowest(const struct result *result)
{
    double least = INFINITY;
    for (size_t i = 0; i < result->check.cpu_count; i++) {
        double speed = check_stand_speed(&result->check.cpus[i]);
        least = speed > 0 ? fmin(least, speed) : least;
    }
    return 1 / least;
}

static double together(const struct result *result)
{
    return words_check_has_ratios(&result->check) ? result->check.together : 0;
}

static double ratio(const struct result *result)
{
    return words_check_has_ratios(&result->check) ? result->check.ratio_median : 0;
}

/* The last are left out first where there is no room for all. */
const struct fleet_property fleet_properties[] = {
    {.heading = "verdict",
        .word = verdict,
        .about = first_topic,
        .between = ", most have "},
    {.heading = "wrong",
        .right = true,
        .word = wrong_answers,
        .between = " wrong answers, most have ",
        .once = " wrong answer, most have "},
    {.heading = "CPUs",
        .right = true,
        .word = online_cpus,
        .between = " CPUs online, most have ",
        .once = " CPU online, most have "},
    {.heading = "usable",
        .right = true,
        .word = usable_cpus,
        .between = " CPUs usable, most have ",
        .once = " CPU usable, most have "},
    {.heading = "a unit",
        .right = true,
        .number = unit_ms,
        .decimals = 2,
        .unit = " ms",
        .before = "a unit of work takes ",
        .between = " times the usual",
        .relative = true},
    {.heading = "slowest",
        .right = true,
        .number = slowest,
        .decimals = 2,
        .before = "its slowest CPU takes ",
        .between = " times as long as its usual one, elsewhere "},
    {.heading = "at once",
        .right = true,
        .number = together,
        .decimals = 1,
        .before = "all at once ",
        .between = " times one CPU, usually "},
    {.heading = "each",
        .right = true,
        .number = ratio,
        .decimals = 2,
        .before = "each CPU at ",
        .between = " of its speed with all at once, usually "},
    {.heading = "SMT",
        .right = true,
        .number = smt_gain,
        .decimals = 2,
        .before = "a gain of SMT of ",
        .between = " times, usually "},
    {.heading = "cores",
        .right = true,
        .word = cores,
        .between = " cores, most have ",
        .once = " core, most have "},
    {.heading = "CPU", .word = cpu_name, .between = ", most have "},
    {.heading = NULL},
};

void fleet_format(
    const struct fleet_property *property, double number, size_t size, char text[])
{
    snprintf(text, size, "%.*f%s", property->decimals, number,
        property->unit ? property->unit : "");
}
