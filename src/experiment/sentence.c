// SPDX-License-Identifier: MIT
#include "experiment/sentence.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/cause.h"
#include "experiment/projection.h"

enum { LINE = 78 };

static const double SLOWER = 0.95; /* times as fast: above, it is as fast */

/* What the speed-up was reached on, unless the cause has better words.  A simulated
 * machine runs nothing. */
static void describe_place(const struct cause_scene *scene, size_t size, char text[])
{
    int cpus = scene->cpus;
    const char *plural = cpus == 1 ? "" : "s";
    const char *whose =
        scene->result->machine.simulated ? " of the machine behind it" : "";
    if (scene->workers > cpus)
        snprintf(text, size, "with %d workers on %d CPU%s%s", scene->workers, cpus,
            plural, whose);
    else if (scene->workers >= ceil(scene->usable))
        snprintf(text, size, "on %d CPU%s%s", cpus, plural, whose);
    else
        snprintf(text, size, "with %d worker%s", scene->workers,
            scene->workers == 1 ? "" : "s");
}

static void compose(const struct cause_scene *scene, const struct cause_ops *cause,
    bool brief, size_t size, char text[])
{
    char place[128], speedup[32], more[280], part[64];
    cause->say(scene, brief, sizeof more, more);
    if (cause->doubtful) {
        text_copy(size, text, more);
        return;
    }
    describe_place(scene, sizeof place, place);
    if (cause->place)
        cause->place(scene, sizeof place, place);
    projection_describe(scene->plan, scene->sequential, sizeof part, part);
    if (part[0])
        text_append(sizeof place, place, " (%s)", part);
    cause_format_speedup(scene->speedup, sizeof speedup, speedup);
    snprintf(text, size, "%s%s times as fast %s%s",
        scene->speedup < SLOWER ? "Slower: " : "", speedup, place, more);
    struct cause_try best = {.speedup = 0};
    if (cause->propose)
        cause->propose(scene, &best);
    cause_format_speedup(best.speedup, sizeof speedup, speedup);
    if (best.text[0])
        text_append(size, text, " %s (about %s)", best.text, speedup);
}

/* Whether it fits into so many lines, broken at spaces. */
static bool fits(const char *text, int lines)
{
    for (; lines > 0; lines--) {
        if (strlen(text) <= LINE)
            return true;
        size_t end = LINE;
        while (end > 0 && text[end] != ' ')
            end--;
        if (end == 0)
            return false;
        text += end + 1;
    }
    return false;
}

void sentence_write(struct result *result)
{
    struct result_comparison *comparison = &result->comparison;
    struct cause_scene scene;
    if (!comparison->has)
        return;
    cause_scene_init(&scene, result);
    const struct cause_ops *cause = cause_find(&scene);
    size_t size = sizeof comparison->sentence;
    comparison->doubtful = cause->doubtful;
    compose(&scene, cause, false, size, comparison->sentence);
    scene.without_bound = !fits(comparison->sentence, 2);
    if (scene.without_bound)
        compose(&scene, cause, false, size, comparison->sentence);
    if (!fits(comparison->sentence, 2))
        compose(&scene, cause, true, size, comparison->sentence);
    cause_scene_finish(&scene);
}
