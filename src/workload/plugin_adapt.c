// SPDX-License-Identifier: MIT
#include "workload/plugin_adapt.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

/* What a function of the body is given; the values are where the context points to. */
struct view {
    int64_t values[PARFOR_PARAMETERS];
    struct parfor_context context;
};

/* What a process and those that it has seen the end of have used. */
struct usage {
    int64_t now_ns, own_cpu_ns, children_cpu_ns;
    int64_t system_ns; /* of both */
    int64_t own_rss_bytes;
    int64_t children_rss_bytes; /* of the largest of them */
};

static const struct plugin_body *body_of(const struct workload_job *job)
{
    return job->body;
}

static void fill_job(struct view *view, const struct workload_job *job)
{
    const struct plugin_body *body = body_of(job);
    memcpy(view->values, body->values, sizeof view->values);
    if (body->parameter_count > 0)
        view->values[0] = job->size;
    view->context = (struct parfor_context){.struct_size = sizeof view->context,
        .worker = -1,
        .parameter_count = body->parameter_count,
        .parameters = view->values,
        .iterations = job->iterations};
}

static void fill_place(struct view *view, const struct workload_place *place)
{
    const struct plugin_body *body = body_of(place->job);
    fill_job(view, place->job);
    view->context.worker = place->worker;
    view->context.workers = place->workers;
    view->context.shared = place->shared;
    view->context.own = place->own;
    if (place->shared) {
        struct view asked;
        fill_job(&asked, place->job);
        view->context.shared_size = body->workload.shared_size(&asked.context);
    }
}

/* An error of the body as ours. */
static int error_of(int status)
{
    if (status == 0)
        return 0;
    return status == ENOMEM || status == -ENOMEM ? -ENOMEM : -EIO;
}

static int exit_status_of(int status)
{
    if (status < 0 && status >= -UINT8_MAX)
        return -status;
    return status <= UINT8_MAX ? status : 1;
}

static size_t shared_size(const struct workload_job *job)
{
    struct view view;
    fill_job(&view, job);
    return (size_t)body_of(job)->workload.shared_size(&view.context);
}

/* Before anything of the body is called in a process: that gets a process group of its
 * own, by which a task is ended with all that it has started. */
static int settle(const struct plugin_body *body)
{
    int error = plugin_output_redirect(body->output);
    if (error > 0)
        setpgid(0, 0);
    return error < 0 ? error : 0;
}

static int prepare(const struct workload_place *place)
{
    const struct plugin_body *body = body_of(place->job);
    struct view view;
    int error = settle(body);
    if (error < 0)
        return error;
    fill_place(&view, place);
    int status = body->workload.prepare(&view.context);
    plugin_output_drop(body->output);
    return error_of(status);
}

static int warm(struct workload_place *place)
{
    const struct plugin_body *body = body_of(place->job);
    struct view view;
    int error = settle(body);
    if (error < 0)
        return error;
    fill_place(&view, place);
    int status = body->workload.warm(&view.context);
    place->own = view.context.own;
    plugin_output_drop(body->output);
    return error_of(status);
}

static void release(const struct workload_place *place)
{
    const struct plugin_body *body = body_of(place->job);
    struct view view;
    fill_place(&view, place);
    body->workload.release(&view.context);
    plugin_output_drop(body->output);
}

static bool is_closed(const struct workload_place *place)
{
    if (place->closed && *place->closed != WORKLOAD_OPEN)
        return true;
    return place->ward && place->ward->leave != 0;
}

static void enter_ward(struct workload_ward *ward, int64_t index)
{
    if (!ward)
        return;
    pid_t worker = ward->worker;
    ward->index = index;
    ward->begun_ns = clock_now_ns();
    ward->group = worker > 0 ? worker : getpid();
}

static void leave_ward(struct workload_ward *ward)
{
    if (!ward)
        return;
    ward->group = 0;
    ward->begun_ns = 0;
}

static int64_t ns_of(struct timeval time)
{
    return time.tv_sec * NS_PER_S + time.tv_usec * NS_PER_US;
}

static int64_t rss_bytes(const struct rusage *usage)
{
    enum { BYTES_PER_UNIT = 1024 };
    return (int64_t)usage->ru_maxrss * BYTES_PER_UNIT;
}

static struct usage read_usage(void)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    return (struct usage){.now_ns = clock_now_ns(),
        .own_cpu_ns = clock_cpu_ns(),
        .children_cpu_ns = ns_of(children.ru_utime) + ns_of(children.ru_stime),
        .system_ns = ns_of(own.ru_stime) + ns_of(children.ru_stime),
        .own_rss_bytes = rss_bytes(&own),
        .children_rss_bytes = rss_bytes(&children)};
}

/* The body's own run and verify; what verify says is told in the task's errors. */
static int call(
    const struct workload_place *place, int64_t index, struct parfor_result *result)
{
    const struct plugin_body *body = body_of(place->job);
    struct view view;
    fill_place(&view, place);
    int status = body->workload.run(&view.context, index, result);
    if (status != 0 || !body->workload.verify)
        return status;
    status = body->workload.verify(&view.context, index, result);
    if (status != 0) {
        fflush(NULL);
        dprintf(STDERR_FILENO,
            "%s: the result of index %" PRId64 " is wrong: verify() returned %d\n",
            body->name, index, status);
    }
    return status;
}

static void fill_result(struct workload_result *result,
    const struct parfor_result *computed, const struct usage *before,
    const struct usage *after)
{
    int64_t elapsed_ns = after->now_ns - before->now_ns;
    int64_t cpu_ns = after->children_cpu_ns - before->children_cpu_ns;
    *result = (struct workload_result){.digest = computed->digest,
        .value = computed->value,
        .cpu_ns = cpu_ns < elapsed_ns ? cpu_ns : elapsed_ns};
}

static void fill_outcome(struct workload_outcome *outcome, int status,
    const struct usage *before, const struct usage *after)
{
    int64_t system_ns = after->system_ns - before->system_ns;
    outcome->attempts = 1;
    outcome->exit_status = exit_status_of(status);
    outcome->max_rss_bytes = after->own_rss_bytes > after->children_rss_bytes
                                 ? after->own_rss_bytes
                                 : after->children_rss_bytes;
    outcome->cpu_ns = after->own_cpu_ns - before->own_cpu_ns + after->children_cpu_ns -
                      before->children_cpu_ns;
    outcome->system_ns = system_ns < outcome->cpu_ns ? system_ns : outcome->cpu_ns;
    outcome->user_ns = outcome->cpu_ns - outcome->system_ns;
}

static int refuse(const struct workload_place *place, int error)
{
    if (place->outcome)
        *place->outcome =
            (struct workload_outcome){.exit_status = -1, .error = -error, .attempts = 1};
    return error == -ECANCELED ? -EIO : error;
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const struct plugin_body *body = body_of(place->job);
    struct parfor_result computed = {.digest = 0};
    struct spool_range ranges[2] = {{0, 0}, {0, 0}};
    if (is_closed(place))
        return -ECANCELED;
    int error = settle(body);
    if (error < 0)
        return refuse(place, error);
    enter_ward(place->ward, index);
    struct usage before = read_usage();
    int status = call(place, index, &computed);
    struct usage after = read_usage();
    error = plugin_output_take(body->output, place->spools, ranges);
    leave_ward(place->ward);
    fill_result(result, &computed, &before, &after);
    if (error < 0)
        return refuse(place, error);
    if (place->outcome) {
        fill_outcome(place->outcome, status, &before, &after);
        place->outcome->out = ranges[0];
        place->outcome->err = ranges[1];
    }
    return error_of(status);
}

/* "collatz (limit 1000, seed 1)" */
static void describe(const struct workload_job *job, size_t size, char text[])
{
    const struct plugin_body *body = body_of(job);
    snprintf(text, size, "%s", body->name);
    for (int i = 0; i < body->parameter_count; i++)
        text_append(size, text, "%s%s %" PRId64, i == 0 ? " (" : ", ",
            body->workload.parameters[i].name, i == 0 ? job->size : body->values[i]);
    if (body->parameter_count > 0)
        text_append(size, text, ")");
}

struct workload_ops plugin_adapt(const struct plugin_body *body)
{
    const struct parfor_workload *workload = &body->workload;
    const struct parfor_parameter *size =
        body->parameter_count > 0 ? &workload->parameters[0] : NULL;
    return (struct workload_ops){.name = body->name,
        .summary = workload->summary ? workload->summary : "a loop body of one's own",
        .verb = ",",
        .teaches = "a loop of one's own",
        .size_name = size ? size->name : NULL,
        .size_min = size ? size->least : 0,
        .size_max = size ? size->most : 0,
        .size_default = size ? size->usual : 0,
        .size_is_kind = true, /* nobody but its author knows what it does to a task */
        .tells = true,
        .value_name = workload->value_name,
        .describe = describe,
        .shared_size = workload->shared_size ? shared_size : NULL,
        .prepare = workload->prepare ? prepare : NULL,
        .warm = workload->warm ? warm : NULL,
        .release = workload->release ? release : NULL,
        .run = run};
}
