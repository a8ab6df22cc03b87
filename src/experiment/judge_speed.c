// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "experiment/judge.h"
#include "experiment/judge_inside.h"

static const double LOPSIDED = 0.8; /* of its peers' ratio */
static const double ONE_MOST = 0.2; /* busier than all in the mean: it is named */

/* lxcfs, for example, has numbers of its own for the CPUs of a container. */
static void find_unseen(struct judge_scene *scene)
{
    const struct result_check *check = scene->check;
    if (!scene->over || !check->measured || !check->complete ||
        check->quiet.looked_ns > 0)
        return;
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "quiet");
    text_copy(sizeof finding->text, finding->text,
        "The verdict on speed is open: whether the machine was quiet is not visible "
        "here.");
    text_copy(sizeof finding->where, finding->where, "/proc/stat");
    text_copy(sizeof finding->next, finding->next,
        "See whether that file lists the CPUs that may be used; outside of a container "
        "it does.");
}

static void find_busy(struct judge_scene *scene)
{
    const struct check_quiet *quiet = &scene->check->quiet;
    if (quiet->looked_ns <= 0 || quiet->quiet)
        return;
    struct check_finding *finding = judge_add(scene, CHECK_INCONCLUSIVE, "quiet");
    size_t size = sizeof finding->text;
    snprintf(finding->text, size, "The verdict on speed is open: before it began");
    if (quiet->busy > CHECK_BUSY_MOST)
        text_append(
            size, finding->text, " the CPUs were %.0f %% busy", 100 * quiet->busy);
    if (quiet->busy > CHECK_BUSY_MOST && quiet->busiest_cpu >= 0 &&
        quiet->busy_most > quiet->busy + ONE_MOST)
        text_append(size, finding->text, " (CPU %d most, %.0f %%)", quiet->busiest_cpu,
            100 * quiet->busy_most);
    if (quiet->pid > 0 && quiet->busy > CHECK_BUSY_MOST)
        text_append(size, finding->text, ", most with %s (process %d, %.1f CPUs)",
            quiet->process, quiet->pid, quiet->process_cpus);
    if (quiet->steal > CHECK_STEAL_MOST)
        text_append(size, finding->text,
            "%s the host kept %.1f %% of the CPUs' time back",
            quiet->busy > CHECK_BUSY_MOST ? ", and" : "", 100 * quiet->steal);
    text_append(size, finding->text, ".");
    text_copy(sizeof finding->next, finding->next,
        quiet->busy > CHECK_BUSY_MOST ? "Try again when it is quiet."
                                      : "Try again at another time; if it stays, ask who "
                                        "runs the host.");
}

/* Our task did not get the CPU, alone as it was.  A quota of less than one CPU does the
 * same everywhere, and is told of as such. */
static bool has_waited(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    double waited = fmax(cpu->alone.waited, cpu->again.waited);
    return waited > CHECK_WAITED_MOST && !judge_is_fenced(scene, 1);
}

/* Others were seen on a CPU of the machine. */
static bool is_in_use(const struct judge_scene *scene, const struct machine_cpu *cpu)
{
    const struct result_stage *stage =
        result_find_stage(scene->result, RESULT_WATCHED, 0);
    const struct check_cpu *ours = result_check_cpu(scene->check, cpu->id);
    const struct check_quiet *quiet = &scene->check->quiet;
    if (cpu->id == quiet->busiest_cpu && quiet->busy_most > CHECK_BUSY_MOST)
        return true;
    if (ours)
        return has_waited(scene, ours);
    for (size_t i = 0; stage && i < stage->cpu_count; i++)
        if (stage->cpus[i].id == cpu->id)
            return stage->cpus[i].busy > CHECK_BUSY_MOST;
    return false;
}

/* Others used another CPU of its core, which slows it down without a wait.  While the
 * check is under way that is not known of CPUs that are not ours. */
static bool has_busy_sibling(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    const struct machine *machine = &scene->result->machine;
    int core = scene->cores[cpu - scene->check->cpus];
    for (size_t i = 0; i < machine->cpu_count && core >= 0; i++)
        if (machine->cpus[i].core == core && machine->cpus[i].id != cpu->id &&
            is_in_use(scene, &machine->cpus[i]))
            return true;
    return false;
}

static bool has_unknown_sibling(
    const struct judge_scene *scene, const struct check_cpu *cpu)
{
    const struct machine *machine = &scene->result->machine;
    int core = scene->cores[cpu - scene->check->cpus];
    for (size_t i = 0; i < machine->cpu_count && core >= 0 && !scene->over; i++)
        if (machine->cpus[i].core == core && machine->cpus[i].online &&
            !machine->cpus[i].allowed)
            return true;
    return false;
}

static bool is_in_doubt(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    return has_waited(scene, cpu) || has_busy_sibling(scene, cpu) ||
           !judge_is_quiet(scene);
}

static bool is_slow(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    return cpu->slow && !is_in_doubt(scene, cpu) && !has_unknown_sibling(scene, cpu);
}

/* Whether a quota was the cause is known once all is over. */
static bool is_shared(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    bool sure = scene->over || scene->result->machine.usable_cpus >= 1;
    return scene->check->suspended_ns == 0 && sure &&
           (has_waited(scene, cpu) || (cpu->slow && is_in_doubt(scene, cpu)));
}

/* That it was at least, both times. */
static double slowness_of(const struct check_cpu *cpu)
{
    return fmin(cpu->alone.slowness, cpu->again.slowness);
}

static const char *usual_cpu(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    return scene->kinds[cpu - scene->check->cpus] < 0 ? "the usual CPU"
                                                      : "the usual CPU of its kind";
}

static void say_slow(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    const struct check_cpu *worst = cpus->list[0];
    bool bare = scene->check->bare_metal, one = cpus->count == 1;
    for (size_t i = 1; i < cpus->count; i++)
        if (slowness_of(cpus->list[i]) > slowness_of(worst))
            worst = cpus->list[i];
    finding->level = bare ? CHECK_FAIL : CHECK_WARN;
    snprintf(finding->text, sizeof finding->text,
        "%s %s slow: a task takes %s%.2f times as long as on %s, twice in a row.",
        cpus->name, one ? "is" : "are", one ? "" : "up to ", slowness_of(worst),
        usual_cpu(scene, worst));
    text_copy(sizeof finding->next, finding->next,
        bare ? "Look at its clock while it computes (scaling_cur_freq), at its limit "
               "(scaling_max_freq), at its cooling, and at what runs on its core's other "
               "CPU."
             : "Try again at another time; if it stays, ask who runs the host.");
}

static const struct judge_topic slow = {
    .name = "slow", .apart = 8, .applies = is_slow, .say = say_slow};

static void say_shared(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    const struct check_cpu *worst = cpus->list[0];
    double waited = 0, slowness = 0;
    for (size_t i = 0; i < cpus->count; i++) {
        const struct check_cpu *cpu = cpus->list[i];
        waited = fmax(waited, fmax(cpu->alone.waited, cpu->again.waited));
        if (cpu->slow && slowness_of(cpu) > slowness) {
            slowness = slowness_of(cpu);
            worst = cpu;
        }
    }
    size_t size = sizeof finding->text;
    const char *most = cpus->count > 1 ? "up to " : "";
    finding->level = CHECK_INCONCLUSIVE;
    snprintf(finding->text, size, "The speed of %s is open:", cpus->name);
    if (slowness > 0)
        text_append(size, finding->text, " a task takes %s%.2f times as long as on %s,",
            most, slowness, usual_cpu(scene, worst));
    if (waited > CHECK_WAITED_MOST)
        text_append(size, finding->text,
            "%s a task waited there for %s%.0f %% of its time, alone as it was.",
            slowness > 0 ? " but" : "", most, 100 * waited);
    else
        text_append(size, finding->text,
            judge_is_quiet(scene) ? " but others used another CPU of its core."
                                  : " but the machine was not quiet.");
    text_copy(sizeof finding->next, finding->next,
        "See what else runs there (ps -eLo psr,pcpu,pid,comm), and try again when it is "
        "quiet.");
}

static const struct judge_topic shared = {
    .name = "shared", .apart = 1, .applies = is_shared, .say = say_shared};

/* Rounds of the part whose verdict is missing; -1: none is. */
static int64_t missing_rounds(
    const struct result_check *check, const struct check_cpu *cpu)
{
    if (cpu->refused || cpu->died_of)
        return -1;
    if (cpu->alone.rounds < CHECK_ROUNDS_MIN)
        return cpu->alone.rounds;
    bool tried_again =
        !judge_is_suspect(check, cpu) || cpu->again.rounds >= CHECK_ROUNDS_MIN;
    return tried_again ? -1 : cpu->again.rounds;
}

static bool has_few_rounds(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    const struct result_check *check = scene->check;
    return scene->over && check->measured && check->complete && judge_is_quiet(scene) &&
           missing_rounds(check, cpu) >= 0;
}

static void say_rounds(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    int64_t least = CHECK_ROUNDS_MIN;
    for (size_t i = 0; i < cpus->count; i++)
        if (missing_rounds(scene->check, cpus->list[i]) < least)
            least = missing_rounds(scene->check, cpus->list[i]);
    finding->level = CHECK_INCONCLUSIVE;
    snprintf(finding->text, sizeof finding->text,
        "The speed of %s is open: %s%d task%s in the time there was, of %d that it "
        "takes.",
        cpus->name, cpus->count > 1 ? "as few as " : "", (int)least,
        least == 1 ? "" : "s", CHECK_ROUNDS_MIN);
    text_copy(sizeof finding->next, finding->next,
        "Give it more time: --long 2m, for example.");
}

static const struct judge_topic rounds = {
    .name = "rounds", .apart = 0, .applies = has_few_rounds, .say = say_rounds};

/* No worker could be started for it, or a fence has left it no time: then nothing is said
 * of all CPUs at once. */
static bool was_absent(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    const struct result_check *check = scene->check;
    return scene->over && check->complete && !cpu->refused && !cpu->died_of &&
           cpu->alone.rounds > 0 && cpu->together.rounds == 0;
}

static void say_absent(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    (void)scene;
    finding->level = CHECK_INCONCLUSIVE;
    snprintf(finding->text, sizeof finding->text,
        "When all CPUs were to compute at once no task was done on %s.", cpus->name);
    text_copy(sizeof finding->next, finding->next,
        "See whether more processes may be started (ulimit -u, pids.max), or give it "
        "more time: --long 2m, for example.");
}

static const struct judge_topic absent = {
    .name = "together", .apart = 1, .applies = was_absent, .say = say_absent};

/* Ratios are facts that depend on the machine; a CPU is odd only among its like. */
static bool is_lopsided(const struct judge_scene *scene, const struct check_cpu *cpu)
{
    double usual = scene->ratios[cpu - scene->check->cpus];
    bool counts =
        cpu->alone.rounds >= CHECK_ROUNDS_MIN && cpu->together.rounds >= CHECK_ROUNDS_MIN;
    return scene->over && counts && judge_is_quiet(scene) && usual > 0 &&
           cpu->ratio < LOPSIDED * usual && !is_shared(scene, cpu) &&
           !judge_is_fenced(scene, (double)scene->check->cpu_count);
}

static void say_lopsided(const struct judge_scene *scene, const struct judge_cpus *cpus,
    struct check_finding *finding)
{
    const struct check_cpu *worst = cpus->list[0];
    for (size_t i = 1; i < cpus->count; i++)
        if (cpus->list[i]->ratio < worst->ratio)
            worst = cpus->list[i];
    size_t size = sizeof finding->text;
    snprintf(finding->text, size,
        "With all CPUs at once %s ran%s at %.2f of the speed alone, the usual CPU like "
        "it "
        "at %.2f",
        cpus->name, cpus->count > 1 ? " as low as" : "", worst->ratio,
        scene->ratios[worst - scene->check->cpus]);
    if (worst->together.waited > CHECK_WAITED_MOST)
        text_append(size, finding->text, "; %.0f %% of its time it waited for the CPU",
            100 * worst->together.waited);
    text_append(size, finding->text, ".");
    text_copy(sizeof finding->next, finding->next,
        "Try again; if it is the same CPU, see what else runs there, and compare the "
        "clocks (scaling_cur_freq) while all compute.");
}

static const struct judge_topic together = {
    .name = "together", .apart = 4, .applies = is_lopsided, .say = say_lopsided};

void judge_speeds(struct judge_scene *scene)
{
    find_busy(scene);
    find_unseen(scene);
    judge_find(scene, &slow);
    judge_find(scene, &shared);
    judge_find(scene, &rounds);
    judge_find(scene, &absent);
    judge_find(scene, &together);
}
