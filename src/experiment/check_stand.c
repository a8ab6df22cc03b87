// SPDX-License-Identifier: MIT
#include "experiment/check_stand.h"

#include <math.h>
#include <string.h>

const char *const check_mark_words[CHECK_MARKS] = {
    [CHECK_UNMARKED] = "",
    [CHECK_WAITED] = "waited",
    [CHECK_SLOW] = "slow",
    [CHECK_REFUSED] = "refused",
    [CHECK_DIED] = "died",
    [CHECK_WRONG] = "wrong",
};

/* Neither a digit nor what marks a CPU that is not there. */
const char check_mark_letters[CHECK_MARKS] = {
    [CHECK_UNMARKED] = ' ',
    [CHECK_WAITED] = 'w',
    [CHECK_SLOW] = 's',
    [CHECK_REFUSED] = 'r',
    [CHECK_DIED] = 'd',
    [CHECK_WRONG] = '!',
};

bool check_stand_is_run(const struct scene *scene)
{
    if (scene->phase != SCENE_CHECKING || !scene->check)
        return false;
    enum check_part part = scene->check->part;
    return part != CHECK_INVENTORY && part != CHECK_QUIET && part != CHECK_OVER;
}

int check_stand_count(const struct result *result)
{
    return result->check.cpu_count > 0 ? (int)result->check.cpu_count
                                       : machine_count_allowed(&result->machine);
}

static bool has_finding(const struct result_check *check, int cpu, const char *topic)
{
    for (size_t i = 0; i < check->finding_count; i++)
        if (check->findings[i].cpu == cpu && strcmp(check->findings[i].topic, topic) == 0)
            return true;
    return false;
}

static enum check_mark mark_of(
    const struct result_check *check, const struct check_cpu *found)
{
    if (found->wrong > 0 || found->again_wrong > 0)
        return CHECK_WRONG;
    if (found->died_of != 0)
        return CHECK_DIED;
    if (found->refused != 0)
        return CHECK_REFUSED;
    if (found->slow)
        return CHECK_SLOW;
    return has_finding(check, found->id, "shared") ? CHECK_WAITED : CHECK_UNMARKED;
}

double check_stand_speed(const struct check_cpu *cpu)
{
    double slowness = cpu->alone.slowness;
    if (cpu->again.slowness > 0)
        slowness = fmin(slowness, cpu->again.slowness);
    return slowness > 0 ? 1 / slowness : 0;
}

struct check_stand check_stand_of(const struct scene *scene, size_t index)
{
    const struct result_check *check = &scene->result->check;
    struct check_stand stand = {.about = &scene->result->machine.cpus[index]};
    stand.found = result_check_cpu(check, stand.about->id);
    if (stand.found) {
        stand.tested = stand.found->alone.rounds > 0;
        stand.mark = mark_of(check, stand.found);
        stand.speed = check_stand_speed(stand.found);
        if (stand.found->alone.rounds >= CHECK_ROUNDS_MIN)
            stand.ratio = stand.found->ratio;
    }
    if (!check_stand_is_run(scene) || !scene->check->cpus)
        return stand;
    const struct scene_check_cpu *now = &scene->check->cpus[index];
    if (now->wrong > 0)
        stand.mark = CHECK_WRONG;
    stand.filling = now->taken;
    stand.filled = fmin(fmax(now->share, 0), 1);
    return stand;
}

const char *check_stand_absence(const struct check_stand *stand)
{
    if (!stand->about->online)
        return "offline";
    return stand->about->allowed ? NULL : "not for us";
}

struct check_tally check_stand_tally(const struct scene *scene)
{
    const struct machine *machine = &scene->result->machine;
    struct check_tally tally = {.offline = 0};
    for (size_t i = 0; i < machine->cpu_count; i++) {
        tally.offline += !machine->cpus[i].online;
        tally.forbidden += machine->cpus[i].online && !machine->cpus[i].allowed;
        tally.marks[check_stand_of(scene, i).mark]++;
    }
    return tally;
}
