// SPDX-License-Identifier: MIT
/* The probes of a check. */
#include "experiment/check_inside.h"

void check_prepare_probe(struct check *check, bool together)
{
    const struct check_setup *setup = check->setup;
    check->now = (struct probe_setup){.events = setup->events,
        .task = setup->task ? setup->task : &probe_standard_task,
        .ids = check->ids,
        .units = check->rounds.units,
        .together = together,
        .nice = check->result->plan.nice};
}

void check_add_cpu(struct check *check, struct check_cpu *cpu)
{
    check->under_way[check->now.count] = cpu;
    check->ids[check->now.count++] = cpu->id;
}

/* The rest of the check may still be possible. */
static void give_up(struct check *check, const struct fault *fault)
{
    result_remark(
        check->result, "A part of the check could not be done: %s.", fault->text);
    check->result->check.complete = false;
    check->result->check.undone = true;
}

int check_run_probe(struct check *check)
{
    struct fault fault = {0};
    if (check->now.count == 0 || check_is_stopped(check))
        return 0;
    if (probe_create(&check->now, &check->probe, &fault) < 0) {
        give_up(check, &fault);
        return 0;
    }
    check->result->check.measured = true;
    int error = loop_run(check->setup->events, probe_finished(check->probe));
    probe_stop(check->probe);
    return error < 0 ? fault_system(check->fault, error, "cannot wait for the workers")
                     : 0;
}

void check_close_probe(struct check *check)
{
    probe_destroy(check->probe);
    check->probe = NULL;
}
