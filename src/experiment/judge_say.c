// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/judge_inside.h"
#include "experiment/words_check.h"

enum { TWO_LINES = 2 * 78, LEAD = 110 };

/* "32 CPUs usable" */
static void append_usable(const struct judge_scene *scene, size_t size, char text[])
{
    double usable = scene->result->machine.usable_cpus;
    char count[32];
    words_check_count(usable, sizeof count, count);
    text_append(size, text, "%s CPU%s usable", count, usable == 1 ? "" : "s");
}

/* "812 tasks, every answer right (a smoke test)", where that is so. */
static void append_answers(
    const struct judge_scene *scene, const char *before, size_t size, char text[])
{
    const struct result_check *check = scene->check;
    if (check->tasks > 0 && check->wrong == 0)
        text_append(size, text, "%s%" PRId64 " task%s, every answer right (a smoke test)",
            before, check->tasks, check->tasks == 1 ? "" : "s");
}

static void say_pass(const struct judge_scene *scene, size_t size, char text[])
{
    const struct result_check *check = scene->check;
    double low, high;
    append_usable(scene, size, text);
    if (!check->measured) {
        text_append(size, text, ", and nothing seen that holds them back.");
        return;
    }
    if (words_check_speeds(check, &low, &high))
        text_append(size, text, ", each at %.2f to %.2f of the usual speed", low, high);
    if (check->together > 0 && check->cpu_count > 1)
        text_append(size, text, ", all at once %.*f times one alone",
            check->together < 10 ? 2 : 1, check->together);
    append_answers(scene, "; ", size, text);
    text_append(size, text, ".");
}

/* The first part of a long one. */
static void append_lead(const char *finding, size_t size, char text[])
{
    const char *end = strlen(finding) > LEAD ? strchr(finding, ';') : NULL;
    if (end)
        text_append(size, text, "%.*s.", (int)(end - finding), finding);
    else
        text_append(size, text, "%s", finding);
}

/* What is sure whatever else was found. */
static void append_facts(const struct judge_scene *scene, size_t size, char text[])
{
    const struct result_check *check = scene->check;
    bool counted = strcmp(check->findings[0].topic, "expected") == 0;
    char facts[160] = " ";
    if (!counted)
        append_usable(scene, sizeof facts, facts);
    append_answers(scene, counted ? "" : "; ", sizeof facts, facts);
    if (check->tasks > 0 && check->wrong == 0 && strlen(text) + strlen(facts) < TWO_LINES)
        text_append(size, text, "%s.", facts);
}

static void say_found(const struct judge_scene *scene, size_t size, char text[])
{
    const struct result_check *check = scene->check;
    const struct check_finding *first = &check->findings[0];
    size_t others = check->finding_count - 1;
    append_lead(first->text, size, text);
    if (others > 0)
        text_append(size, text, " %zu more finding%s.", others, others == 1 ? "" : "s");
    bool fits = strlen(text) + strlen(first->next) < TWO_LINES;
    if (first->level == CHECK_INCONCLUSIVE && first->next[0] && fits)
        text_append(size, text, " %s", first->next);
    append_facts(scene, size, text);
}

void judge_say(struct judge_scene *scene)
{
    struct result_check *check = scene->check;
    size_t size = sizeof check->sentence;
    snprintf(check->sentence, size, "%s: ", check_verdict_names[check->verdict]);
    if (check->finding_count == 0)
        say_pass(scene, size, check->sentence);
    else
        say_found(scene, size, check->sentence);
    if (scene->result->plan.only_inventory)
        text_append(size, check->sentence, " Nothing was run.");
}
