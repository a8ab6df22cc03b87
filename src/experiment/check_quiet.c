// SPDX-License-Identifier: MIT
/* Whether the machine is quiet before anything is run. */
#include "base/text.h"
#include "experiment/check_inside.h"
#include "machine/busiest.h"
#include "machine/load.h"

struct look {
    struct load_file *file;
    struct load_reading before, after;
    struct busiest *busiest; /* NULL: processes are not visible */
};

static int open_look(struct look *look, const struct check *check)
{
    const struct machine *machine = &check->result->machine;
    size_t room = (size_t)machine->cpus[machine->cpu_count - 1].id + 1;
    int error = load_file_open(check->setup->root, &look->file);
    if (error == 0)
        error = load_reading_init(&look->before, room);
    if (error == 0)
        error = load_reading_init(&look->after, room);
    if (error < 0)
        return error;
    if (busiest_create(
            check->setup->root, busiest_self(check->setup->root), &look->busiest) < 0)
        look->busiest = NULL;
    int lines = load_file_read(look->file, &look->before);
    return lines < 0 ? lines : 0;
}

static void close_look(struct look *look)
{
    busiest_destroy(look->busiest);
    load_reading_finish(&look->before);
    load_reading_finish(&look->after);
    load_file_close(look->file);
}

/* False where nothing is known of any CPU. */
static bool take_loads(const struct look *look, const struct result_check *check,
    struct check_quiet *ret_quiet)
{
    int seen = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        int id = check->cpus[i].id;
        struct load_share share =
            load_share_between(&look->before.cpus[id], &look->after.cpus[id]);
        if (share.busy < 0)
            continue;
        seen++;
        ret_quiet->busy += (double)share.busy;
        ret_quiet->steal += (double)share.steal;
        if (ret_quiet->busiest_cpu < 0 || (double)share.busy > ret_quiet->busy_most) {
            ret_quiet->busy_most = (double)share.busy;
            ret_quiet->busiest_cpu = id;
        }
    }
    if (seen == 0)
        return false;
    ret_quiet->busy /= seen;
    ret_quiet->steal /= seen;
    ret_quiet->quiet =
        ret_quiet->busy <= CHECK_BUSY_MOST && ret_quiet->steal <= CHECK_STEAL_MOST;
    return true;
}

static void take_process(struct busiest *busiest, struct check_quiet *quiet)
{
    struct busiest_process process = {0};
    if (!busiest)
        return;
    busiest_look(busiest, &process);
    if (process.pid <= 0)
        return;
    quiet->pid = process.pid;
    quiet->process_cpus = process.cpus;
    text_copy(sizeof quiet->process, quiet->process, process.name);
}

/* Its own readings, from the part's beginning to its end. */
static int look(struct check *check, struct look *look)
{
    struct check_quiet quiet = {.busiest_cpu = -1};
    int error = check_wait(check);
    if (error < 0 || check_is_stopped(check))
        return error;
    if (load_file_read(look->file, &look->after) >= 0 &&
        take_loads(look, &check->result->check, &quiet)) {
        quiet.looked_ns = check_now(check) - check->begun_ns;
        take_process(look->busiest, &quiet);
    }
    check->result->check.quiet = quiet;
    return 0;
}

int check_look_quiet(struct check *check)
{
    struct look quiet = {0};
    int error = 0;
    check->result->check.quiet.busiest_cpu = -1;
    check_show_part(check, CHECK_QUIET, check->budget.quiet_ns);
    if (open_look(&quiet, check) == 0)
        error = look(check, &quiet);
    close_look(&quiet);
    check_sense(check, &check->result->check.idle);
    if (!check->result->check.quiet.quiet)
        check_shorten(
            &check->budget, (int)check->result->check.cpu_count, check_now(check));
    return error;
}
