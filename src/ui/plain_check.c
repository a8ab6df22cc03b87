// SPDX-License-Identifier: MIT
#include "ui/plain_check.h"

#include <ctype.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_check.h"
#include "ui/plain_items.h"

void plain_check_begin(struct plain_check *plain, FILE *out, const struct result *result)
{
    char machine[400], begins[256];
    *plain = (struct plain_check){.part = -1};
    words_machine(&result->machine, sizeof machine, machine);
    words_check_begins(result, sizeof begins, begins);
    fprintf(out, "Check of %s.\n%s%s", machine, begins, *begins ? "\n" : "");
}

static bool was_said(const struct plain_check *plain, const struct check_finding *finding)
{
    for (int i = 0; i < plain->said_count; i++)
        if (plain->said[i].cpu == finding->cpu &&
            strcmp(plain->said[i].topic, finding->topic) == 0)
            return true;
    return false;
}

/* All that is found is in the report that follows; a failure does not wait for it. */
static void say_failures(
    struct plain_check *plain, FILE *out, const struct result_check *check)
{
    for (size_t i = 0; i < check->finding_count; i++) {
        const struct check_finding *finding = &check->findings[i];
        if (finding->level != CHECK_FAIL || was_said(plain, finding) ||
            plain->said_count == PLAIN_CHECK_SAID_MAX)
            continue;
        struct plain_check_said *said = &plain->said[plain->said_count++];
        said->cpu = finding->cpu;
        text_copy(sizeof said->topic, said->topic, finding->topic);
        fprintf(out, "%s: %s\n", check_verdict_names[finding->level], finding->text);
    }
}

/* "80 s so far, about 6 min 45 s left." */
static void say_time(
    struct plain_check *plain, FILE *out, const struct scene_check *check)
{
    char passed[32], left[32];
    if (check->elapsed_ns - plain->said_ns < PLAIN_EVERY_S * NS_PER_S)
        return;
    plain->said_ns = check->elapsed_ns;
    number_format_estimate(check->elapsed_ns, sizeof passed, passed);
    number_format_estimate(check->expected_ns - check->elapsed_ns, sizeof left, left);
    fprintf(out, "%s so far", passed);
    if (check->expected_ns > check->elapsed_ns)
        fprintf(out, ", about %s left", left);
    fputs(".\n", out);
}

void plain_check_say(struct plain_check *plain, FILE *out, const struct scene *scene)
{
    if (scene->phase != SCENE_CHECKING || !scene->check)
        return;
    enum check_part part = scene->check->part;
    if (part == CHECK_INVENTORY || part == CHECK_OVER) /* it takes no time */
        return;
    if ((int)part > plain->part) {
        char text[160];
        text_copy(sizeof text, text, words_check_part(part));
        text[0] = (char)toupper((unsigned char)text[0]);
        plain->part = (int)part;
        plain->said_ns = scene->check->elapsed_ns;
        fprintf(out, "%s.\n", text);
    }
    say_time(plain, out, scene->check);
    say_failures(plain, out, &scene->result->check);
}
