// SPDX-License-Identifier: MIT
/* What a verdict comes to: words_check_summary() and its parts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words_check.h"

void words_check_usable(const struct result *result, size_t size, char text[])
{
    double usable = result->machine.usable_cpus;
    char count[32];
    words_check_count(usable, sizeof count, count);
    snprintf(text, size, "%s CPU%s usable", count, usable == 1 ? "" : "s");
}

void words_check_answers(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    text[0] = '\0';
    if (check->tasks > 0 && check->wrong == 0)
        snprintf(text, size, "%" PRId64 " task%s, every answer right (a smoke test)",
            check->tasks, check->tasks == 1 ? "" : "s");
}

static void append_speeds(const struct result_check *check, size_t size, char text[])
{
    char speeds[32];
    if (words_check_speeds(check, sizeof speeds, speeds)) {
        bool alike = strcmp(speeds, "1.00") == 0;
        text_append(size, text, ", each at %s%sthe usual speed", alike ? "" : speeds,
            alike ? "" : " of ");
    }
    if (check->together > 0 && check->cpu_count > 1 && words_check_has_ratios(check))
        text_append(size, text, ", all at once %.*f times one alone",
            check->together < 10 ? 2 : 1, check->together);
}

void words_check_summary(const struct result *result, size_t size, char text[])
{
    const struct result_check *check = &result->check;
    char usable[64], answers[80];
    size_t count = check->finding_count;
    words_check_usable(result, sizeof usable, usable);
    words_check_answers(result, sizeof answers, answers);
    text[0] = '\0';
    if (count > 0)
        snprintf(text, size, "%zu finding%s. ", count, count == 1 ? "" : "s");
    text_append(size, text, "%s", usable);
    if (count == 0 && check->measured)
        append_speeds(check, size, text);
    if (*answers)
        text_append(size, text, "; %s", answers);
    bool looked = count == 0 && !check->measured;
    text_append(
        size, text, "%s.", looked ? ", and nothing seen that holds them back" : "");
}
