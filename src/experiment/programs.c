// SPDX-License-Identifier: MIT
/* Whole programs in place of a loop. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/inside.h"
#include "experiment/versus.h"
#include "experiment/words_programs.h"

struct programs {
    size_t count;
    bool owned; /* the commands are */
    struct command *commands[PLAN_PROGRAMS_MAX];
    struct command *prepare;               /* NULL: none */
    struct root root;                      /* of this machine, whatever is shown */
    struct family family;                  /* of the one that runs */
    int64_t cpu_ns;                        /* of its family, as last seen */
    int64_t cpu_before_ns, seen_before_ns; /* half a second earlier */
    double own_cpus;                       /* busy with it in between; -1: not known */
    int current;
    bool told[PLAN_PROGRAMS_MAX]; /* the observer was, of its output */
    bool prepare_failed;
};

/* What a shell would make something else of than words. */
static bool needs_shell(const char *text)
{
    return strpbrk(text, "\"'`\\$&|;<>()*?[]{}~#!=\n") != NULL;
}

/* Cuts `text` at its blanks, in place.  How many words there are. */
static size_t split(char *text, char *words[])
{
    size_t count = 0;
    for (char *rest = NULL, *word = strtok_r(text, " \t", &rest); word;
         word = strtok_r(NULL, " \t", &rest))
        words[count++] = word;
    return count;
}

/* Without a shell where it is not needed: it would be timed, too. */
static int open_program(
    const char *text, struct command **ret_command, struct fault *fault)
{
    char copy[PLAN_PROGRAM_SIZE], *words[PLAN_PROGRAM_SIZE / 2 + 1] = {copy};
    struct command_setup setup = {.template = {.word_count = 1,
                                      .words = words,
                                      .shell_path = "/bin/sh",
                                      .max_args = 1,
                                      .without_items = true}};
    text_copy(sizeof copy, copy, text);
    setup.template.shell = needs_shell(text);
    if (!setup.template.shell)
        setup.template.word_count = split(copy, words);
    if (setup.template.word_count == 0)
        return fault_input(
            fault, "an empty program: \"%s\" (like 'python3 loop.py')", text);
    return command_create(&setup, NULL, ret_command, fault);
}

static int open_all(
    struct programs *programs, const struct plan *plan, struct fault *fault)
{
    int error = 0;
    programs->owned = true;
    for (size_t i = 0; i < programs->count && error == 0; i++)
        error = open_program(plan->programs[i], &programs->commands[i], fault);
    if (error == 0 && plan->prepare[0])
        error = open_program(plan->prepare, &programs->prepare, fault);
    return error;
}

/* They have their places in the result from here on, so that the first frame shows them.
 */
static void list_programs(struct result *result)
{
    struct result_programs *programs = &result->programs;
    free(programs->list);
    programs->count = result->plan.program_count;
    programs->list = memory_new(programs->count, sizeof *programs->list);
    for (size_t i = 0; i < programs->count; i++)
        text_copy(sizeof programs->list[i].text, programs->list[i].text,
            result->plan.programs[i]);
}

int programs_create(
    struct experiment *experiment, struct programs **ret_programs, struct fault *fault)
{
    const struct plan *plan = &experiment->result->plan;
    *ret_programs = NULL;
    if (plan->program_count == 0)
        return 0;
    struct programs *programs = memory_new(1, sizeof *programs);
    programs->count = plan->program_count;
    programs->root.fd = -1;
    programs->commands[0] = experiment->setup.command;
    int error = root_open(NULL, &programs->root, fault);
    if (error == 0 && !programs->commands[0])
        error = open_all(programs, plan, fault);
    if (error < 0) {
        programs_destroy(programs);
        return error;
    }
    list_programs(experiment->result);
    *ret_programs = programs;
    return 0;
}

void programs_destroy(struct programs *programs)
{
    if (!programs)
        return;
    for (size_t i = 0; i < programs->count && programs->owned; i++)
        command_destroy(programs->commands[i]);
    command_destroy(programs->prepare);
    family_finish(&programs->family);
    if (programs->root.fd >= 0)
        root_close(&programs->root);
    free(programs);
}

void programs_settle(struct experiment *experiment)
{
    struct plan *plan = &experiment->result->plan;
    if (!experiment->programs)
        return;
    plan->iterations = plan->workers = 1;
    plan->chunk = plan->grain = 1;
    plan->commands = true;
    plan->tells = false;
    plan->retries = 0;
    words_programs_title(plan, sizeof plan->title, plan->title);
}

bool programs_skips(const struct experiment *experiment, const struct turn *turn)
{
    return experiment->programs &&
           experiment->result->programs.list[turn->program].failed;
}

static void on_prepared(void *data, const struct pool_delivery *delivery)
{
    struct programs *programs = data;
    programs->prepare_failed = delivery->failed;
}

/* What comes before each run, outside of its time and of every picture. */
static int prepare(struct experiment *experiment, struct fault *fault)
{
    struct programs *programs = experiment->programs;
    struct workload_job job = command_job(programs->prepare);
    struct pool_setup setup = {.job = &job,
        .loop = {.tasks = 1, .workers = 1, .chunk = 1},
        .schedule = experiment->schedule,
        .grain = 1,
        .events = experiment->setup.events,
        .on_delivery = on_prepared,
        .data = programs};
    job.iterations = 1;
    programs->prepare_failed = false;
    int error = pool_create(&setup, &experiment->calibration, fault);
    if (error < 0)
        return error;
    error = loop_run(setup.events, pool_finished(experiment->calibration));
    pool_destroy(experiment->calibration);
    experiment->calibration = NULL;
    if (error < 0)
        return fault_system(fault, error, "cannot wait for the command of --prepare");
    if (programs->prepare_failed && !experiment->is_stopped)
        return fault_input(fault, "the command of --prepare failed: %s",
            experiment->result->plan.prepare);
    return 0;
}

/* What the observer is told of is the output of each program's first run. */
static void select_program(struct experiment *experiment, const struct turn *turn)
{
    struct programs *programs = experiment->programs;
    experiment->setup.command = programs->commands[turn->program];
    experiment->job = command_job(experiment->setup.command);
    experiment->job.iterations = 1;
    programs->current = turn->program;
    programs->cpu_ns = programs->cpu_before_ns = programs->seen_before_ns = 0;
    programs->own_cpus = -1;
    if (!turn->warmup && !programs->told[turn->program]) {
        marks_finish(&experiment->own.told);
        programs->told[turn->program] = true;
    } else {
        marks_add(&experiment->own.told, 0);
    }
}

int programs_prepare(
    struct experiment *experiment, const struct turn *turn, struct fault *fault)
{
    struct programs *programs = experiment->programs;
    if (!programs)
        return 0;
    select_program(experiment, turn);
    if (!experiment->own.ledger)
        experiment->own.ledger = ledger_create(NULL);
    return programs->prepare ? prepare(experiment, fault) : 0;
}

void programs_open(const struct experiment *experiment, const struct turn *turn,
    struct result_stage *stage)
{
    if (!experiment->programs)
        return;
    stage->kind = RESULT_PROGRAM;
    stage->program = turn->program;
    stage->warmup = turn->warmup;
    words_program_label(
        experiment->result, turn->program, sizeof stage->label, stage->label);
}

void programs_name(const struct experiment *experiment, struct result_record *record)
{
    const struct programs *programs = experiment->programs;
    if (!programs || !record->item)
        return;
    const char *text = experiment->result->programs.list[programs->current].text;
    record->item->number = programs->current;
    free(record->item->item);
    record->item->item = text_duplicate(text);
    record->item->item_size = strlen(text);
}

static struct result_stage *last_stage(const struct experiment *experiment)
{
    return &experiment->result->stages[experiment->result->stage_count - 1];
}

/* Clocks of processes have ticks: shares over less than half a second are too coarse. */
static void count_cpus(struct programs *programs, int64_t now_ns)
{
    int64_t passed_ns = now_ns - programs->seen_before_ns;
    if (passed_ns < SAMPLER_SPEAKS_FROM_NS)
        return;
    programs->own_cpus =
        fmax(0, (double)(programs->cpu_ns - programs->cpu_before_ns) / (double)passed_ns);
    programs->cpu_before_ns = programs->cpu_ns;
    programs->seen_before_ns = now_ns;
}

/* The most at a time, as far as looking ten times a second shows it. */
void programs_look(struct experiment *experiment)
{
    struct programs *programs = experiment->programs;
    if (!programs || !experiment->stage)
        return;
    struct result_stage *stage = last_stage(experiment);
    struct family *family = &programs->family;
    pid_t pid = pool_view(stage_pool(experiment->stage), 0).group;
    if (pid <= 0 || family_look(family, &programs->root, pid) < 0) {
        family->count = family->spot_count = 0;
        return;
    }
    programs->cpu_ns = family->cpu_ns;
    count_cpus(programs, stage_now(experiment->stage));
    if ((int)family->count > stage->processes)
        stage->processes = (int)family->count;
    if (family->threads > stage->threads)
        stage->threads = family->threads;
}

/* The last that the ledger knows is the only one. */
static void note_failure(struct experiment *experiment, const struct result_stage *stage)
{
    struct result_program *program = &experiment->result->programs.list[stage->program];
    const struct scene_items *items = ledger_items(experiment->own.ledger);
    program->failed = true;
    if (items->failure_count == 0)
        return;
    const struct scene_item *how = &items->failures[0];
    program->exit_status = how->exit_status;
    program->signal = how->signal;
    program->error = how->error;
    program->timed_out = how->timed_out;
    text_copy(sizeof program->last_line, program->last_line, how->last_line);
}

/* Of one that does not count as a run; if it was ended early nobody has told. */
static void take_cpu_time(struct experiment *experiment, struct result_stage *stage)
{
    const struct result_item *item =
        stage->record_count > 0 ? stage->records[0].item : NULL;
    struct result_program *program = &experiment->result->programs.list[stage->program];
    if (!stage->complete)
        stage->others_cpus = -1;
    if (!stage->complete || stage->failed > 0)
        program->cpu_ns = item ? item->cpu_ns : experiment->programs->cpu_ns;
}

/* One that is too short to have been looked at was one process. */
void programs_conclude(struct experiment *experiment, struct result_stage *stage)
{
    struct programs *programs = experiment->programs;
    if (!programs)
        return;
    if (stage->processes == 0)
        stage->processes = stage->threads = 1;
    if (stage->failed > 0)
        note_failure(experiment, stage);
    take_cpu_time(experiment, stage);
    programs->family.count = 0;
    versus_compute(experiment->result);
}

static const struct family *family_of(const struct experiment *experiment)
{
    const struct programs *programs = experiment->programs;
    bool runs = programs && experiment->stage && programs->family.count > 0;
    return runs ? &programs->family : NULL;
}

void programs_show(const struct experiment *experiment, struct scene *scene)
{
    const struct programs *programs = experiment->programs;
    if (!programs)
        return;
    scene->family = family_of(experiment);
    scene->own_cpus = experiment->stage && !experiment->result->machine.simulated
                          ? programs->own_cpus
                          : -1;
}
