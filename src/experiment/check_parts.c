// SPDX-License-Identifier: MIT
/* The parts of a check, one after the other. */
#include "base/clock.h"
#include "experiment/check_inside.h"
#include "experiment/judge.h"

enum {
    UNIT_CPUS = 4, /* that are asked how long a computation takes … */
    UNIT_ROUNDS = 3,
    UNIT_MOST_MS = 2000,     /* … for that long at most, … */
    UNIT_USUAL_NS = 2400000, /* … and where none of them says it */
    OTHERS = 4,              /* of a kind, that suspects are held against */
    PARDON_MS = 200,         /* that a part may be late, beside twice its time */
    REPEATED_ROUNDS = 10,    /* where an answer was wrong, … */
    REPEATED_CPUS = 16,      /* … of so many CPUs at most */
};

static bool is_usable(const struct check_cpu *cpu)
{
    return cpu->refused == 0;
}

static const struct machine_cpu *machine_cpu_of(
    const struct check *check, const struct check_cpu *cpu)
{
    const struct machine *machine = &check->result->machine;
    return &machine->cpus[check->cell_of[cpu - check->result->check.cpus]];
}

static int64_t middle_of(const struct check *check)
{
    int64_t times_ns[UNIT_CPUS];
    int count = 0;
    for (int i = 0; i < check->now.count; i++) {
        int64_t least_ns = check->under_way[i]->alone.min_ns;
        int place = count;
        if (least_ns <= 0)
            continue;
        for (; place > 0 && times_ns[place - 1] > least_ns; place--)
            times_ns[place] = times_ns[place - 1];
        times_ns[place] = least_ns;
        count++;
    }
    return count > 0 ? times_ns[(count - 1) / 2] : UNIT_USUAL_NS;
}

/* How long one computation takes, on the first few CPUs. */
static int measure_unit(struct check *check)
{
    struct result_check *found = &check->result->check;
    check->rounds.units = 1;
    check_prepare_probe(check, false);
    check->now.rounds = UNIT_ROUNDS;
    check->now.lasts_ns = UNIT_MOST_MS * NS_PER_MS;
    for (size_t i = 0; i < found->cpu_count && check->now.count < UNIT_CPUS; i++)
        check_add_cpu(check, &found->cpus[i]);
    int error = check_run_probe(check);
    if (check->probe)
        check_collect_part(check);
    check_close_probe(check);
    found->unit_ns = middle_of(check);
    for (size_t i = 0; i < found->cpu_count; i++)
        found->cpus[i].alone = (struct check_times){0};
    check->rounds = check_rounds_of(
        &check->budget, (int)found->cpu_count, found->unit_ns, found->quiet.quiet);
    found->units = check->rounds.units;
    return error;
}

/* One CPU after the other, so often; what takes twice its time is cut off. */
static int run_in_turn(struct check *check, int64_t rounds)
{
    int64_t lasts_ns = check->now.count * rounds * check->rounds.round_ns;
    bool counts = check->scene.part != CHECK_ANSWERS; /* else there are several probes */
    check->now.rounds = rounds;
    check->rounds_due = counts ? rounds : 0;
    check->now.lasts_ns = 2 * lasts_ns + PARDON_MS * NS_PER_MS;
    return check_run_probe(check);
}

static int run_alone(struct check *check)
{
    struct result_check *found = &check->result->check;
    check_show_part(check, CHECK_ALONE, check->budget.alone_ns);
    int error = measure_unit(check);
    if (error < 0 || check_is_stopped(check))
        return error;
    check->to_sense = &found->alone;
    check_prepare_probe(check, false);
    for (size_t i = 0; i < found->cpu_count; i++)
        if (is_usable(&found->cpus[i]))
            check_add_cpu(check, &found->cpus[i]);
    error = run_in_turn(check, check->rounds.count);
    if (check->probe)
        check_collect_part(check);
    check_close_probe(check);
    judge_compare(check->result, CHECK_ALONE);
    return error;
}

/* Suspects, and the first others of the kind of each. */
static bool is_tried_again(const struct check *check, const struct check_cpu *cpu)
{
    const struct result_check *found = &check->result->check;
    int kind = machine_cpu_of(check, cpu)->kind, before = 0;
    bool suspects = false;
    if (!is_usable(cpu) || cpu->alone.rounds == 0)
        return false;
    if (judge_is_suspect(found, cpu))
        return true;
    for (size_t i = 0; i < found->cpu_count; i++) {
        const struct check_cpu *other = &found->cpus[i];
        if (machine_cpu_of(check, other)->kind != kind || other->alone.rounds == 0)
            continue;
        bool suspect = judge_is_suspect(found, other);
        suspects = suspects || suspect;
        before += other < cpu && !suspect;
    }
    return suspects && before < OTHERS;
}

/* Where others are busy, nothing is said of speeds. */
static int run_again(struct check *check)
{
    struct result_check *found = &check->result->check;
    check_prepare_probe(check, false);
    for (size_t i = 0; i < found->cpu_count && found->quiet.quiet; i++)
        if (is_tried_again(check, &found->cpus[i]))
            check_add_cpu(check, &found->cpus[i]);
    if (check->now.count == 0)
        return 0;
    int64_t rounds = check->rounds.count;
    check_show_part(
        check, CHECK_AGAIN, check->now.count * rounds * check->rounds.round_ns);
    int error = run_in_turn(check, rounds);
    if (check->probe) {
        check_collect_part(check);
        judge_compare(check->result, CHECK_AGAIN);
    }
    check_close_probe(check);
    return error;
}

/* All of the probe's CPUs at once, for so long. */
static int run_at_once(struct check *check, enum check_part part, int64_t lasts_ns)
{
    check_show_part(check, part, lasts_ns);
    if (part == CHECK_TOGETHER)
        check->to_sense = &check->result->check.loaded;
    check->now.lasts_ns = lasts_ns;
    int error = check_run_probe(check);
    if (check->probe)
        check_collect_part(check);
    check_close_probe(check);
    return error;
}

/* The first of the CPUs of its core that we may use, where there are others. */
static bool stands_for_core(const struct check *check, const struct check_cpu *cpu)
{
    const struct result_check *found = &check->result->check;
    int core = machine_cpu_of(check, cpu)->core;
    bool others = false;
    for (size_t i = 0; i < found->cpu_count && core >= 0; i++) {
        const struct check_cpu *other = &found->cpus[i];
        if (other == cpu || !is_usable(other) ||
            machine_cpu_of(check, other)->core != core)
            continue;
        if (other < cpu)
            return false;
        others = true;
    }
    return others && is_usable(cpu);
}

/* Where others are busy it is not worth more than it must have. */
static int64_t left_ns(const struct check *check)
{
    bool quiet = check->result->check.quiet.quiet;
    return quiet ? check->budget.expected_ns - check_now(check) : 0;
}

static int run_cores(struct check *check)
{
    struct result_check *found = &check->result->check;
    check_prepare_probe(check, true);
    for (size_t i = 0; i < found->cpu_count; i++)
        if (stands_for_core(check, &found->cpus[i]))
            check_add_cpu(check, &found->cpus[i]);
    if (check->now.count == 0)
        return 0;
    return run_at_once(
        check, CHECK_CORES, check_cores_ns(&check->rounds, left_ns(check)));
}

/* For all the time that is left. */
static int run_together(struct check *check)
{
    struct result_check *found = &check->result->check;
    check_prepare_probe(check, true);
    for (size_t i = 0; i < found->cpu_count; i++)
        if (is_usable(&found->cpus[i]))
            check_add_cpu(check, &found->cpus[i]);
    return run_at_once(
        check, CHECK_TOGETHER, check_together_ns(&check->rounds, left_ns(check)));
}

/* One that was right is best, then one that shares no core with it, of its kind. */
static struct check_cpu *find_neighbour(
    const struct check *check, const struct check_cpu *cpu)
{
    const struct result_check *found = &check->result->check;
    const struct machine_cpu *own = machine_cpu_of(check, cpu);
    struct check_cpu *best = NULL;
    int best_rank = -1;
    size_t place = (size_t)(cpu - found->cpus);
    for (size_t i = 1; i < found->cpu_count; i++) {
        struct check_cpu *other = &found->cpus[(place + i) % found->cpu_count];
        const struct machine_cpu *its = machine_cpu_of(check, other);
        int rank = 4 * (other->wrong == 0) +
                   2 * (its->core < 0 || its->core != own->core) +
                   (its->kind == own->kind);
        if (is_usable(other) && other->died_of == 0 && rank > best_rank) {
            best = other;
            best_rank = rank;
        }
    }
    return best;
}

static int repeat(struct check *check, struct check_cpu *cpu)
{
    struct check_cpu *neighbour = find_neighbour(check, cpu);
    check_prepare_probe(check, false);
    check_add_cpu(check, cpu);
    if (neighbour)
        check_add_cpu(check, neighbour);
    int error = run_in_turn(check, REPEATED_ROUNDS);
    if (check->probe) {
        cpu->again_tasks = atomic_load(&probe_tally(check->probe, 0)->rounds);
        cpu->again_wrong = atomic_load(&probe_tally(check->probe, 0)->wrong);
        cpu->neighbour = neighbour ? neighbour->id : -1;
        cpu->neighbour_wrong =
            neighbour ? atomic_load(&probe_tally(check->probe, 1)->wrong) : 0;
        check_collect_fates(check);
    }
    check_close_probe(check);
    return error;
}

static int run_answers(struct check *check)
{
    struct result_check *found = &check->result->check;
    int64_t each_ns = 2 * REPEATED_ROUNDS * check->rounds.round_ns;
    int wrong = 0, error = 0;
    for (size_t i = 0; i < found->cpu_count; i++)
        wrong += found->cpus[i].wrong > 0;
    if (wrong == 0)
        return 0;
    if (wrong > REPEATED_CPUS)
        wrong = REPEATED_CPUS;
    check_show_part(check, CHECK_ANSWERS, wrong * each_ns);
    for (size_t i = 0; i < found->cpu_count && wrong > 0 && error == 0; i++)
        if (found->cpus[i].wrong > 0 && !check_is_stopped(check)) {
            error = repeat(check, &found->cpus[i]);
            wrong--;
        }
    return error;
}

int check_run_parts(struct check *check)
{
    static int (*const parts[])(struct check *) = {
        check_look_quiet, run_alone, run_again, run_cores, run_together, run_answers};
    int error = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && error == 0; i++) {
        if (!check_is_stopped(check))
            error = parts[i](check);
        judge_check(check->result);
    }
    if (error < 0 || check_is_stopped(check))
        check->result->check.complete = false;
    return error;
}
