// SPDX-License-Identifier: MIT
/* How a check stands, for the scene. */
#include "experiment/check_inside.h"

static double share_of(int64_t part, int64_t whole)
{
    if (whole <= 0 || part <= 0)
        return 0;
    return part < whole ? (double)part / (double)whole : 1;
}

static double time_share(const struct check *check)
{
    return share_of(check_now(check) - check->begun_ns, check->part_ns);
}

static void clear_cells(struct check *check)
{
    const struct result_check *found = &check->result->check;
    for (size_t i = 0; i < found->cpu_count; i++)
        check->cells[check->cell_of[i]] = (struct scene_check_cpu){
            .rounds = found->cpus[i].tasks, .wrong = found->cpus[i].wrong};
}

/* By its rounds where these are counted, else by the time. */
static double cell_share(const struct check *check, int64_t rounds)
{
    return check->rounds_due > 0 ? share_of(rounds, check->rounds_due)
                                 : time_share(check);
}

/* The ten rounds more, where an answer was wrong, are in no sum. */
static void show_probe(struct check *check)
{
    bool counts = check->scene.part != CHECK_ANSWERS;
    bool runs = !*probe_finished(check->probe);
    int current = probe_current(check->probe);
    for (int i = 0; i < check->now.count; i++) {
        const struct probe_tally *tally = probe_tally(check->probe, i);
        size_t cpu = (size_t)(check->under_way[i] - check->result->check.cpus);
        struct scene_check_cpu *cell = &check->cells[check->cell_of[cpu]];
        int64_t rounds = atomic_load(&tally->rounds);
        cell->taken = true;
        cell->current = runs && (check->now.together || i == current);
        cell->share = cell_share(check, rounds);
        cell->rounds += counts ? rounds : 0;
        cell->wrong += counts ? atomic_load(&tally->wrong) : 0;
    }
}

static double part_share(const struct check *check)
{
    if (!check->probe || check->rounds_due == 0)
        return time_share(check);
    int64_t rounds = 0;
    for (int i = 0; i < check->now.count; i++)
        rounds += atomic_load(&probe_tally(check->probe, i)->rounds);
    return share_of(rounds, check->rounds_due * check->now.count);
}

void check_show(struct check *check)
{
    struct scene *scene = &check->show.scene;
    scene->elapsed_ns = check->scene.elapsed_ns = check_now(check);
    scene->expected_ns = check->scene.expected_ns = check->budget.expected_ns;
    scene->check = &check->scene;
    check->scene.share = check->scene.part == CHECK_OVER ? 1 : part_share(check);
    clear_cells(check);
    if (check->probe)
        show_probe(check);
    if (check->sampler)
        show_update(&check->show, check->sampler, NULL);
}

void check_show_part(struct check *check, enum check_part part, int64_t lasts_ns)
{
    check->scene.part = part;
    check->begun_ns = check_now(check);
    check->part_ns = lasts_ns;
    check->part_over = false;
    check->rounds_due = 0;
    check->to_sense = NULL;
}
