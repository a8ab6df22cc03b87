// SPDX-License-Identifier: MIT
#pragma once
/* What it takes to run a loop of the user's own as an experiment on this computer. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiment/experiment.h"
#include "made.h"

enum { OWN_TOLD = 100000 };

struct own_ground {
    struct loop *events;
    struct root root;
    struct result result;
    struct items *store;
    struct command *command;
    struct workload_job job;
    struct experiment_items items;
    struct experiment_observer observer;
    struct experiment_setup setup;
    struct experiment *experiment;
    struct fault fault;
    int told[OWN_TOLD];      /* how often, by number … */
    int told_count, skipped; /* … and in all */
    char out[4096];          /* what they put out, in the order they ended */
    int refuse_after;        /* told tasks; then the observer fails; 0: never */
    void (*on_item)(struct own_ground *ground, const struct result_record *record);
    void (*on_sample)(struct own_ground *ground, const struct scene *scene);
    double most_own_cpus; /* that a scene had */
    int word_fd;          /* for whoever gives the items */
    char *texts[10];      /* items given; owned */
};

static inline int own_item_ended(void *data, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault)
{
    struct own_ground *ground = data;
    size_t length = strlen(ground->out);
    assert_int_equal(record->count, 1);
    assert_non_null(record->item);
    assert_true(record->end_ns >= record->start_ns && record->start_ns >= 0);
    assert_in_range(record->item->number, 0, OWN_TOLD - 1);
    ground->told[record->item->number]++;
    ground->told_count++;
    int64_t size = output->out.end - output->out.begin;
    if (size > 0 && length + (size_t)size + 1 < sizeof ground->out)
        assert_int_equal(spool_read(output->out_fd, output->out.begin, (size_t)size,
                             ground->out + length),
            size);
    if (ground->on_item)
        ground->on_item(ground, record);
    if (ground->refuse_after > 0 && ground->told_count >= ground->refuse_after)
        return fault_system(fault, -ENOSPC, "cannot keep it");
    return 0;
}

static inline int own_item_skipped(
    void *data, int64_t number, const struct items_task *task, struct fault *fault)
{
    struct own_ground *ground = data;
    (void)fault;
    assert_int_equal(task->number, number);
    ground->skipped++;
    return 0;
}

static inline void own_sampled(void *data, const struct scene *scene)
{
    struct own_ground *ground = data;
    if (ground->on_sample)
        ground->on_sample(ground, scene);
}

/* The words of a command, ended by NULL. */
static inline void own_make_command(struct own_ground *ground, const char *const words[])
{
    char *copies[8];
    size_t count = 0;
    for (; words[count]; count++)
        copies[count] = text_duplicate(words[count]);
    struct command_setup setup = {
        .template = {.word_count = count, .words = copies, .max_args = 1}, .retries = 1};
    if (command_create(&setup, ground->store, &ground->command, &ground->fault) < 0)
        fail_msg("%s", ground->fault.text);
    ground->job = command_job(ground->command);
    while (count > 0)
        free(copies[--count]);
}

/* A loop of the words over items that are still to be given. */
static inline void own_ground_init(
    struct own_ground *ground, enum plan_command command, const char *const words[])
{
    struct machine *machine = &ground->result.machine;
    memset(ground, 0, sizeof *ground);
    assert_int_equal(loop_create(&ground->events), 0);
    assert_int_equal(root_open(NULL, &ground->root, &ground->fault), 0);
    result_init(&ground->result);
    assert_int_equal(machine_init(machine, &ground->root, environ, &ground->fault), 0);
    plan_init(&ground->result.plan, command, "command");
    ground->result.plan.host_cpus = machine->usable_cpus;
    ground->result.plan.workers = 2;
    assert_int_equal(items_create(&ground->store, &ground->fault), 0);
    own_make_command(ground, words);
    ground->items = (struct experiment_items){
        .store = ground->store, .fd = -1, .max_args = 1, .data = ground};
    ground->observer = (struct experiment_observer){.data = ground,
        .item_ended = own_item_ended,
        .item_skipped = own_item_skipped,
        .sampled = own_sampled};
    ground->setup = (struct experiment_setup){.events = ground->events,
        .root = &ground->root,
        .observer = &ground->observer,
        .body = &ground->job,
        .command = ground->command,
        .items = &ground->items};
}

/* The items are "0", "1" … */
static inline void own_ground_number(struct own_ground *ground, size_t count)
{
    ground->items.count = count;
    ground->items.texts = ground->texts;
    for (size_t i = 0; i < count; i++)
        ground->texts[i] = text_format("%zu", i);
}

/* Returns what the run does; the ground has the result. */
static inline int own_ground_run(struct own_ground *ground)
{
    ground->experiment = experiment_create(&ground->setup, &ground->result);
    int error = experiment_check(ground->experiment, &ground->fault);
    if (error < 0)
        fail_msg("%s", ground->fault.text);
    return experiment_run(ground->experiment, &ground->fault);
}

static inline void own_ground_finish(struct own_ground *ground)
{
    experiment_destroy(ground->experiment);
    for (size_t i = 0; i < ground->items.count; i++)
        free(ground->texts[i]);
    command_destroy(ground->command);
    items_destroy(ground->store);
    result_finish(&ground->result);
    root_close(&ground->root);
    loop_destroy(ground->events);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}
