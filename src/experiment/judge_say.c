// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/judge_inside.h"
#include "experiment/words_check.h"

enum { TWO_LINES = 2 * 78, LEAD = 110 };

/* The first part of a long one. */
static void append_lead(const char *finding, size_t size, char text[])
{
    const char *end = strlen(finding) > LEAD ? strchr(finding, ';') : NULL;
    if (end)
        text_append(size, text, "%.*s.", (int)(end - finding), finding);
    else
        text_append(size, text, "%s", finding);
}

/* What is sure whatever else was found, where all of it is. */
static void append_facts(const struct judge_scene *scene, size_t size, char text[])
{
    const struct result_check *check = scene->check;
    bool counted = strcmp(check->findings[0].topic, "expected") == 0;
    char usable[64], answers[80], facts[160];
    words_check_usable(scene->result, sizeof usable, usable);
    words_check_answers(scene->result, sizeof answers, answers);
    snprintf(facts, sizeof facts, " %s%s%s.", counted ? "" : usable, counted ? "" : "; ",
        answers);
    if (*answers && strlen(text) + strlen(facts) <= TWO_LINES)
        text_append(size, text, "%s", facts);
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
    size_t used = strlen(check->sentence);
    if (check->finding_count == 0)
        words_check_summary(scene->result, size - used, check->sentence + used);
    else
        say_found(scene, size, check->sentence);
    if (scene->result->plan.only_inventory)
        text_append(size, check->sentence, " Nothing was run.");
}
