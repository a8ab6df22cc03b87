// SPDX-License-Identifier: MIT
#include "ui/about_seen.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "ui/about.h"

enum { WORKERS_MOST = 4, CPUS_MOST = 6, TEXT_MAX = ABOUT_VALUE_SIZE };

/* A worker on one CPU. */
struct stay {
    int worker;
    int64_t begun_ns; /* -1: it is elsewhere */
    int64_t time_ns;
    int times;
};

static void leave(struct stay *stay, int64_t t_ns)
{
    if (stay->begun_ns >= 0)
        stay->time_ns += t_ns - stay->begun_ns;
    stay->begun_ns = -1;
}

/* The longest first. */
static int by_time(const void *one, const void *other)
{
    const struct stay *left = one, *right = other;
    if (left->time_ns != right->time_ns)
        return left->time_ns < right->time_ns ? 1 : -1;
    return left->worker - right->worker;
}

/* One more than the highest number of a worker that moves. */
static int count_movers(const struct result_stage *stage)
{
    int count = 0;
    for (size_t i = 0; i < stage->move_count; i++)
        if (stage->moves[i].worker >= count)
            count = stage->moves[i].worker + 1;
    return count;
}

/* From one move of a worker to its next it was where it went; moves are by rising time.
 */
static void follow(const struct shown *shown, int cpu, int count, struct stay stays[])
{
    const struct result_stage *stage = shown->stage;
    for (int i = 0; i < count; i++)
        stays[i] = (struct stay){.worker = i, .begun_ns = -1};
    for (size_t i = 0; i < stage->move_count; i++) {
        const struct result_move *move = &stage->moves[i];
        if (move->t_ns > shown->until_ns || move->worker < 0)
            continue;
        struct stay *stay = &stays[move->worker];
        leave(stay, move->t_ns);
        if (move->cpu != cpu)
            continue;
        stay->begun_ns = move->t_ns;
        stay->times++;
    }
    for (int i = 0; i < count; i++)
        leave(&stays[i], shown->until_ns);
}

static void format_stays(int count, const struct stay stays[], size_t size, char text[])
{
    int seen = 0;
    text[0] = '\0';
    for (int i = 0; i < count; i++)
        seen += stays[i].times > 0;
    for (int i = 0, named = 0; i < count && named < WORKERS_MOST; i++) {
        char time[32];
        if (stays[i].times == 0)
            continue;
        number_format_duration(stays[i].time_ns, sizeof time, time);
        text_append(size, text, "%sworker %d for %s", named++ > 0 ? ", " : "",
            stays[i].worker, time);
        if (stays[i].times > 1)
            text_append(size, text, " in %d spells", stays[i].times);
    }
    if (seen > WORKERS_MOST)
        text_append(size, text, " and %d more", seen - WORKERS_MOST);
}

static void say_workers(struct about *about, const struct shown *shown, int cpu)
{
    int count = count_movers(shown->stage);
    char text[TEXT_MAX];
    if (count == 0)
        return;
    struct stay *stays = memory_new((size_t)count, sizeof *stays);
    follow(shown, cpu, count, stays);
    qsort(stays, (size_t)count, sizeof *stays, by_time);
    format_stays(count, stays, sizeof text, text);
    free(stays);
    about_say(about, "workers seen", "%s", *text ? text : "none");
}

/* Records that sum up tasks are of the CPU that the last of them ended on. */
static void say_tasks(struct about *about, const struct shown *shown, int cpu)
{
    char here[32], all[32];
    int64_t count, all_count;
    double mean_ns = about_mean_ns(shown, cpu, &count);
    double all_ns = about_mean_ns(shown, -1, &all_count);
    if (all_count == 0)
        return;
    if (count == 0) {
        about_say(about, "tasks", "none of %" PRId64 " ended here", all_count);
        return;
    }
    number_format_duration((int64_t)mean_ns, sizeof here, here);
    number_format_duration((int64_t)all_ns, sizeof all, all);
    about_say(about, "tasks",
        "%" PRId64 " of %" PRId64 " ended here, %s each: %.2f of the mean (%s)", count,
        all_count, here, mean_ns / all_ns, all);
}

static bool is_told(struct about *about, const struct view_input *input)
{
    if (!input->scene->result->machine.simulated)
        return true;
    about_say(about, "workers seen", ABOUT_SIMULATED);
    return false;
}

void about_seen_on(struct about *about, const struct view_input *input, int cpu)
{
    const struct shown shown = shown_latest(input->scene);
    if (!shown.stage || shown.stage->kind == RESULT_WATCHED || !is_told(about, input))
        return;
    say_workers(about, &shown, cpu);
    say_tasks(about, &shown, cpu);
}

void about_seen_by(struct about *about, const struct view_input *input, int worker)
{
    const struct shown shown = shown_latest(input->scene);
    char text[TEXT_MAX] = "";
    int count = 0;
    if (!shown.stage || input->scene->result->machine.simulated)
        return;
    for (size_t i = 0; i < shown.stage->move_count; i++) {
        const struct result_move *move = &shown.stage->moves[i];
        char time[32];
        if (move->worker != worker || move->t_ns > shown.until_ns)
            continue;
        if (count++ >= CPUS_MOST)
            continue;
        number_format_duration(move->t_ns, sizeof time, time);
        if (count == 1)
            text_append(sizeof text, text, "%d at first", move->cpu);
        else
            text_append(sizeof text, text, ", %d from %s", move->cpu, time);
    }
    if (count > CPUS_MOST)
        text_append(sizeof text, text, " and %d moves more", count - CPUS_MOST);
    if (count > 0)
        about_say(about, "CPUs", "%s%s", text, count == 1 ? ", and no other" : "");
}
