// SPDX-License-Identifier: MIT
#pragma once
/* A stage: one measured execution of the whole loop by a pool, sampled beside it by
 * whoever runs it. */
#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "experiment/result.h"
#include "experiment/sampler.h"
#include "experiment/scene.h"
#include "pool/pool.h"
#include "pool/schedule.h"
#include "workload/workload.h"

struct stage_setup {
    const struct workload_job *job;
    const struct plan *plan;
    const struct machine *machine;
    const struct schedule_ops *schedule;
    struct schedule_loop loop;
    bool sequential; /* elapsed is from before the first task, or what is to be prepared
                        for it, to after the last */
    const struct order *order; /* of the tasks, in a parallel stage; NULL: as numbered */
    size_t pin_count;          /* worker w is pinned to pins[w % pin_count] … */
    const int *pins;           /* … 0: none is */
    bool supplied; /* loop.tasks are those that there are so far: stage_supply() */
    int room;      /* workers that there may ever be; 0: as many as there are */
    struct loop *events;
    struct sampler *sampler;
    int64_t project_to; /* tasks that a sequential stage of fewer stands for; 0: it is
                           whole */
    void (*on_start)(void *data); /* it runs now; or NULL */
    const struct items *items;    /* that name its tasks; NULL: none do */
    void (*on_delivery)(void *data, const struct pool_delivery *delivery); /* or NULL */
    void *data;
};

struct stage;

/* Runs the stage to its end, or until stage_stop(), and fills *result_stage but for the
 * parts of the account that need another stage.  *ret_stage is set while it runs, for the
 * calls below, NULL before and after.  Returns 0 or -errno with `fault` filled. */
int stage_run(const struct stage_setup *setup, struct result_stage *result_stage,
    struct stage **ret_stage, struct fault *fault);

/* Looks at it, and takes a sample where one is due; to be called every sampler_tick_ns()
 * of the plan's interval.  False, and nothing is done, while it is suspended. */
bool stage_tick(struct stage *stage);

/* Brings the result's records up to what the workers have completed so far. */
void stage_collect_records(struct stage *stage);

/* Ends it now because of `signal` (or 0), with what was measured so far. */
void stage_stop(struct stage *stage, int signal);

/* There are so many tasks now, and no more will come if that is the `whole` loop. */
void stage_supply(struct stage *stage, int64_t tasks, bool whole);

/* Begins nothing more, and ends when what is under way has ended.  With `to_project` a
 * sequential stage is taken for whole, and its time is projected from what was done. */
void stage_close(struct stage *stage, bool to_project);

/* Begins nothing more, and sends `signal` to the process groups of what is under way;
 * what dies of it is not spoken of. */
void stage_end_tasks(struct stage *stage, int signal);

/* Notes that it is ended before its time, by `signal` or 0. */
void stage_note_end(struct stage *stage, int signal);

/* From now on with so many workers, room at most. */
void stage_set_workers(struct stage *stage, int workers);

/* Of a stage that runs: its pool, the most workers it has had, its time now, and that of
 * a monotonic stamp. */
struct pool *stage_pool(const struct stage *stage);
int stage_workers(const struct stage *stage);
int64_t stage_now(const struct stage *stage);
int64_t stage_time(const struct stage *stage, int64_t stamp_ns);

/* Stops all workers before the program is stopped itself, and lets them go on after that;
 * the time between is taken out of every time and share of the stage, unless the program
 * was not stopped after all. */
void stage_suspend(struct stage *stage);
void stage_resume(struct stage *stage, bool was_stopped);

/* How it stands: time since the start without suspensions, tasks done and failed; the
 * workers as of the last tick, borrowed until the next. */
struct stage_state {
    int64_t elapsed_ns, done, failed;
    double own_cpus; /* CPUs busy with the workers, over about the last 500 ms; or -1 */
    const struct scene_worker *workers; /* all that were asked for */
};
struct stage_state stage_state(const struct stage *stage);
