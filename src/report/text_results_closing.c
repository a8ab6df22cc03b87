// SPDX-License-Identifier: MIT
#include "report/text_results_closing.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/contrast.h"
#include "experiment/outline.h"
#include "report/paragraph.h"

enum {
    LOOPS_MOST = 2, /* that something is said of */
    LINE_SIZE = 640,
};

/* Results of one loop that came to a time in parallel, with no task failed. */
struct group {
    size_t count;
    size_t first, fastest, slowest; /* of the list */
};

static int64_t time_of(const struct report_results *results, size_t number)
{
    struct outline outline;
    outline_init(&outline, results->results[number], NULL);
    return outline.stopped || outline.failed > 0 ? 0 : outline.parallel_ns;
}

static void join(struct group *group, const int64_t times_ns[], size_t number)
{
    group->count++;
    if (times_ns[number] < times_ns[group->fastest])
        group->fastest = number;
    if (times_ns[number] > times_ns[group->slowest])
        group->slowest = number;
}

/* Puts each result of a loop with those of the same loop.  The caller frees. */
static struct group *find_groups(
    const struct report_results *results, int64_t times_ns[], size_t *ret_count)
{
    void *groups = NULL;
    size_t count = 0;
    for (size_t i = 0; i < results->count; i++) {
        struct group *list = groups;
        size_t k = 0;
        times_ns[i] = time_of(results, i);
        if (times_ns[i] == 0 ||
            !contrast_is_same_loop(results->results[i], results->results[i]))
            continue; /* or no loop at all */
        while (k < count && !contrast_is_same_loop(
                                results->results[i], results->results[list[k].first]))
            k++;
        if (k == count) {
            struct group *group = memory_append(&groups, count++, sizeof *group);
            *group = (struct group){0, i, i, i};
            list = groups;
        }
        join(&list[k], times_ns, i);
    }
    *ret_count = count;
    return groups;
}

/* What tells a result from others: its file, else its machine. */
static void name_result(
    const struct report_results *results, size_t number, size_t size, char text[])
{
    struct outline outline;
    outline_init(&outline, results->results[number], results->names[number]);
    const char *name = outline.cells[OUTLINE_NAME], *cpus = outline.cells[OUTLINE_CPUS];
    text_copy(size, text, name);
    if (!*name)
        snprintf(text, size, "%.110s with %.60s CPU%s", outline.cells[OUTLINE_MACHINE],
            cpus, strcmp(cpus, "1") == 0 ? "" : "s");
}

/* "1000000! computed 110 times, 3 results: fast.json is the fastest with 0.90 s in
 * parallel, 13.7 times as fast as slow.json with 12.3 s." */
static void say_group(FILE *out, int width, const struct report_results *results,
    const struct group *group, const int64_t times_ns[])
{
    char line[LINE_SIZE], fast[48], slow[48], times[32], fastest[200], slowest[200];
    struct outline outline;
    int64_t fast_ns = times_ns[group->fastest], slow_ns = times_ns[group->slowest];
    outline_init(&outline, results->results[group->first], NULL);
    name_result(results, group->fastest, sizeof fastest, fastest);
    name_result(results, group->slowest, sizeof slowest, slowest);
    number_format_duration(fast_ns, sizeof fast, fast);
    number_format_duration(slow_ns, sizeof slow, slow);
    outline_format_times((double)slow_ns / (double)fast_ns, sizeof times, times);
    const char *what = outline.brief[0] ? outline.brief : outline.cells[OUTLINE_WHAT];
    snprintf(line, sizeof line, "%s, %zu results: ", what, group->count);
    if (strcmp(times, "1.00") == 0)
        text_append(sizeof line, line, "all took %s in parallel.", fast);
    else
        text_append(sizeof line, line,
            "%s is the fastest with %s in parallel, %s times as fast as %s with %s.",
            fastest, fast, times, slowest, slow);
    paragraph_print(out, width, line);
}

/* The largest speed-up, where there are others. */
static void say_largest(FILE *out, int width, const struct report_results *results)
{
    size_t best = 0;
    bool projected = false;
    double largest = 0, second = 0;
    char name[200], times[32], other[32], line[LINE_SIZE];
    for (size_t i = 0; i < results->count; i++) {
        struct outline outline;
        outline_init(&outline, results->results[i], NULL);
        if (outline.stopped || outline.doubtful || outline.speedup <= 0 ||
            outline.workers == 0)
            continue;
        if (outline.speedup > largest) {
            second = largest;
            largest = outline.speedup;
            projected = outline.projected;
            best = i;
        } else if (outline.speedup > second) {
            second = outline.speedup;
        }
    }
    outline_format_times(largest, sizeof times, times);
    outline_format_times(second, sizeof other, other);
    if (second <= 0 || strcmp(times, other) == 0)
        return;
    name_result(results, best, sizeof name, name);
    snprintf(line, sizeof line,
        "The largest speed-up is that of %s: %s%s times as fast as one after the other.",
        name, projected ? "~" : "", times);
    paragraph_print(out, width, line);
}

void text_results_print_closing(
    FILE *out, int width, const struct report_results *results)
{
    int64_t *times_ns = memory_new(results->count, sizeof *times_ns);
    size_t count, said = 0;
    struct group *groups = find_groups(results, times_ns, &count);
    for (size_t i = 0; i < count && said < LOOPS_MOST; i++) {
        if (groups[i].count < 2)
            continue;
        say_group(out, width, results, &groups[i], times_ns);
        said++;
    }
    say_largest(out, width, results);
    free(groups);
    free(times_ns);
}
