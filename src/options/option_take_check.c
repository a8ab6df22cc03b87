// SPDX-License-Identifier: MIT
#include "base/clock.h"
#include "base/number.h"
#include "options/option_take.h"

enum { EXPECTED_MAX = 65536, NICE_MAX = 19, LONG_DAYS_MAX = 7 };

/* A quota has fractions, so what is expected may have one. */
int option_take_expected(struct options *options, const char *text, struct fault *fault)
{
    double cpus;
    if (number_parse_decimal(text, &cpus) < 0 || cpus <= 0 || cpus > EXPECTED_MAX)
        return fault_input(
            fault, "wrong number of CPUs: %s (such as 32, or 1.5 of a quota)", text);
    options->plan.expected_cpus = cpus;
    return 0;
}

int option_take_long(struct options *options, const char *text, struct fault *fault)
{
    int64_t lasts_ns;
    if (number_parse_duration(text, &lasts_ns) < 0 || lasts_ns < NS_PER_S ||
        lasts_ns > LONG_DAYS_MAX * 86400 * NS_PER_S)
        return fault_input(
            fault, "wrong duration: %s (1s to 7d, such as 10m or 1h)", text);
    options->plan.lasts_ns = lasts_ns;
    return 0;
}

int option_take_check_nice(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_int(
        "niceness", text, (const int64_t[]){0, NICE_MAX}, &options->plan.nice, fault);
}
