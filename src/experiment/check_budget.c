// SPDX-License-Identifier: MIT
/* How long a check takes, and what it does in that time. */
#include "base/clock.h"
#include "experiment/check_inside.h"

#define ALONE_SHARE 0.35 /* of the whole time, for each CPU alone */
#define QUIET_SHARE 0.3  /* of it at most, to look whether the machine is quiet */
#define CORES_SHARE 0.2  /* of what is left then, for one CPU of each core at once */

enum {
    QUIET_MS = 1500,
    ROUND_MIN_MS = 20,
    ROUND_MAX_MS = 100,
    ROUND_USUAL_MS = 23,  /* of the shortest, with what is not timed */
    TOGETHER_MIN_MS = 700 /* 15 rounds at half the speed */
};

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t most(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

struct check_budget check_budget_of(const struct plan *plan, int cpus)
{
    int64_t needed_ns = cpus * CHECK_ROUNDS_MIN * ROUND_USUAL_MS * NS_PER_MS;
    int64_t part_ns = (int64_t)((double)plan->lasts_ns * ALONE_SHARE);
    struct check_budget budget = {.alone_ns = most(part_ns, needed_ns),
        .quiet_ns =
            least(QUIET_MS * NS_PER_MS, (int64_t)((double)plan->lasts_ns * QUIET_SHARE))};
    int64_t all_ns = budget.quiet_ns + needed_ns + TOGETHER_MIN_MS * NS_PER_MS;
    budget.expected_ns = most(plan->lasts_ns, all_ns);
    return budget;
}

void check_shorten(struct check_budget *budget, int cpus, int64_t now_ns)
{
    int64_t rounds = (cpus + 2) * CHECK_ROUNDS_MIN; /* alone, and at half the speed */
    budget->expected_ns =
        least(budget->expected_ns, now_ns + rounds * ROUND_USUAL_MS * NS_PER_MS);
}

/* More rounds first, then longer ones. */
struct check_rounds check_rounds_of(
    const struct check_budget *budget, int cpus, int64_t unit_ns, bool quiet)
{
    struct check_rounds rounds = {.count = CHECK_ROUNDS_MIN};
    int64_t shortest = (ROUND_MIN_MS * NS_PER_MS + unit_ns - 1) / unit_ns;
    int64_t longest = most(ROUND_MAX_MS * NS_PER_MS / unit_ns, shortest);
    int64_t each_ns = budget->alone_ns / cpus;
    rounds.units = shortest;
    if (quiet) {
        int64_t fit = each_ns / ((shortest + 1) * unit_ns);
        rounds.count = least(most(fit, CHECK_ROUNDS_MIN), PROBE_ROUNDS_KEPT);
        rounds.units = each_ns / rounds.count / unit_ns - 1;
        rounds.units = least(most(rounds.units, shortest), longest);
    }
    rounds.round_ns = (rounds.units + 1) * unit_ns;
    return rounds;
}

int64_t check_cores_ns(const struct check_rounds *rounds, int64_t left_ns)
{
    int64_t least_ns = CHECK_ROUNDS_MIN * rounds->round_ns * 5 / 4;
    return most((int64_t)((double)left_ns * CORES_SHARE), least_ns);
}

int64_t check_together_ns(const struct check_rounds *rounds, int64_t left_ns)
{
    return most(left_ns, 2 * CHECK_ROUNDS_MIN * rounds->round_ns);
}
