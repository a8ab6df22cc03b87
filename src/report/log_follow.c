// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/loop.h"
#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/words_items.h"
#include "report/json_place.h"
#include "report/log.h"
#include "report/log_mend.h"
#include "report/log_read.h"
#include "workload/template.h"

enum { FAILURES_SAID = 10 }; /* of those that are new */
static const int64_t LOOK_PERIOD_NS = 200 * NS_PER_MS, SPEAK_PERIOD_NS = 10 * NS_PER_S;

struct follower {
    struct log_reader lines;
    FILE *out;
    const bool *stop;
    struct fault *fault;
    struct plan plan; /* as far as the line about the run tells it */
    int64_t done, failed, elapsed_ns;
    int64_t unsaid_done, unsaid_failed;
    int64_t spoken_ns; /* when it last said how far it is */
    int64_t before_ns; /* what earlier runs of the same took */
    bool ended;        /* the last line of the run was there … */
    bool cut;          /* … and said that not all was begun */
    bool over;         /* nothing more is to be said */
    int error;
};

/* A text of the file for a person, who may have it on a terminal. */
static void take_text(const json_t *json, const char *name, size_t size, char text[])
{
    size_t length;
    char *found = log_read_text(json, name, &length);
    text_copy(size, text, found ? found : "");
    json_place_disarm(text);
    for (char *end = strchr(text, '\n'); end; end = strchr(end, '\n'))
        *end = ' ';
    free(found);
}

static int64_t take_integer(const json_t *json, const char *name, int64_t missing)
{
    const json_t *value = json_object_get(json, name);
    return json_is_integer(value) ? json_integer_value(value) : missing;
}

/* Another run: what has failed before is done again by it, and what was done before
 * counts if the command is the same. */
static void start_run(struct follower *follower, const json_t *json)
{
    char loop[sizeof follower->plan.loop], started[40], folder[200];
    int64_t workers = take_integer(json, "workers", 0);
    take_text(json, "loop", sizeof loop, loop);
    take_text(json, "started", sizeof started, started);
    take_text(json, "folder", sizeof folder, folder);
    bool goes_on = strcmp(loop, follower->plan.loop) == 0;
    if (!goes_on)
        follower->done = 0;
    follower->before_ns = goes_on ? follower->elapsed_ns : 0;
    follower->elapsed_ns = follower->before_ns;
    follower->failed = 0;
    follower->ended = follower->cut = false;
    text_copy(sizeof loop, follower->plan.loop, loop);
    take_text(json, "unit", sizeof follower->plan.unit, follower->plan.unit);
    const char *command = strncmp(loop, "-- ", 3) == 0 ? loop + 3 : loop;
    fprintf(follower->out, "%s: begun %s", *command ? command : "A run", started);
    if (workers > 0)
        fprintf(follower->out, " with %" PRId64 " worker%s", workers,
            workers == 1 ? "" : "s");
    fprintf(follower->out, "%s%s.\n", *folder ? " in " : "", folder);
}

/* How it failed, in the words of all other places. */
static void write_failure(const json_t *json, size_t size, char text[])
{
    const char *signal = json_string_value(json_object_get(json, "signal"));
    struct result_item item = {.exit_status = (int)take_integer(json, "exit", -1),
        .signal = signal ? signals_number(signal) : 0,
        .error = (int)take_integer(json, "errno", 0),
        .timed_out = json_is_true(json_object_get(json, "timed_out"))};
    struct result_record record = {.count = 1,
        .failed = 1,
        .status = RESULT_FAILED,
        .end_ns = take_integer(json, "elapsed_ns", 0),
        .item = &item};
    if (item.signal < 0)
        item.signal = 0;
    words_record_failure(&record, size, text);
}

static void write_name(const json_t *json, size_t size, char text[])
{
    struct result_item item = {.number = take_integer(json, "number", 0)};
    struct result_record record = {.count = 1, .item = &item};
    char *found = log_read_text(json, "item", &item.item_size);
    item.item = found ? found : (char[]){""};
    if (!found)
        item.item_size = 0;
    words_record_name(&record, size, text);
    free(found);
}

static void say_failure(struct follower *follower, const json_t *json)
{
    char name[120], how[120];
    if (++follower->unsaid_failed > FAILURES_SAID)
        return;
    write_name(json, sizeof name, name);
    write_failure(json, sizeof how, how);
    fprintf(follower->out, "Failed: %s: %s.\n", name, how);
}

/* How far the run is, by the clock that begins with it. */
static void note_time(struct follower *follower, int64_t end_ns)
{
    int64_t most_ns = INT64_MAX - follower->before_ns;
    int64_t elapsed_ns = follower->before_ns + (end_ns < most_ns ? end_ns : most_ns);
    if (elapsed_ns > follower->elapsed_ns)
        follower->elapsed_ns = elapsed_ns;
}

static void take_item(struct follower *follower, const json_t *json)
{
    const char *status = json_string_value(json_object_get(json, "status"));
    if (!status)
        return;
    note_time(follower, take_integer(json, "end_ns", 0));
    if (strcmp(status, "ok") == 0) {
        follower->done++;
        follower->unsaid_done++;
    } else {
        follower->failed++;
        say_failure(follower, json);
    }
}

static void take_line(struct follower *follower, const json_t *json)
{
    if (json_object_get(json, "schema")) {
        start_run(follower, json);
    } else if (json_object_get(json, "end")) {
        follower->ended = true;
        follower->cut = json_is_false(json_object_get(json, "complete"));
        note_time(follower, take_integer(json, "elapsed_ns", 0));
    } else {
        take_item(follower, json);
    }
}

/* "171 files done, 1 failed, in 56 min". */
static void say_how_far(struct follower *follower, const char *before, const char *after)
{
    char count[64], duration[32], failed[48] = "";
    words_items_count(&follower->plan, follower->done, sizeof count, count);
    number_format_duration(follower->elapsed_ns, sizeof duration, duration);
    if (follower->failed > 0)
        snprintf(failed, sizeof failed, ", %" PRId64 " failed", follower->failed);
    fprintf(
        follower->out, "%s%s done%s, in %s%s.\n", before, count, failed, duration, after);
    follower->unsaid_done = 0;
    follower->spoken_ns = clock_now_ns();
}

static void say_new(struct follower *follower, bool is_over)
{
    if (follower->unsaid_failed > FAILURES_SAID)
        fprintf(follower->out, "… and %" PRId64 " more failed.\n",
            follower->unsaid_failed - FAILURES_SAID);
    follower->unsaid_failed = 0;
    bool is_time = clock_now_ns() - follower->spoken_ns >= SPEAK_PERIOD_NS;
    if (!is_over && is_time && follower->unsaid_done > 0)
        say_how_far(follower, "", " so far");
}

static void say_last(struct follower *follower)
{
    if (follower->ended)
        say_how_far(follower, follower->cut ? "Ended early: " : "Ended: ", "");
    else
        say_how_far(follower, "The run was cut off: ", "");
    if (follower->ended && !follower->cut && follower->failed == 0)
        return;
    char path[TEMPLATE_QUOTED(PATH_MAX)];
    template_quote(follower->lines.path, sizeof path, path);
    fprintf(follower->out, "Try: parfor map --resume %s\n", path);
}

static int read_lines(struct follower *follower)
{
    json_t *json;
    int more;
    while ((more = log_reader_next(&follower->lines, &json, follower->fault)) > 0) {
        take_line(follower, json);
        json_decref(json);
    }
    return more;
}

/* Whoever writes it holds its lock: asked for before the reading, so that nothing comes
 * behind what is read when it is over. */
static void look(void *data)
{
    struct follower *follower = data;
    bool is_written = log_is_locked(fileno(follower->lines.in));
    follower->error = read_lines(follower);
    bool is_over = follower->error == 0 && !is_written;
    if (follower->error == 0)
        say_new(follower, is_over);
    if (is_over)
        say_last(follower);
    bool is_heard = fflush(follower->out) == 0;
    bool is_stopped = follower->stop && *follower->stop;
    follower->over = follower->error < 0 || is_over || is_stopped || !is_heard;
}

static int keep_looking(struct follower *follower)
{
    struct loop *loop;
    struct watch *watch;
    look(follower);
    if (follower->over)
        return follower->error;
    int error = loop_create(&loop);
    if (error < 0)
        return fault_system(follower->fault, error, "cannot wait for the run");
    error = loop_watch_timer(loop, LOOK_PERIOD_NS, look, follower, &watch);
    if (error == 0)
        error = loop_run(loop, &follower->over);
    if (error < 0)
        fault_system(follower->fault, error, "cannot wait for the run");
    loop_destroy(loop);
    return error < 0 ? error : follower->error;
}

int log_follow(const char *path, FILE *out, const bool *stop, int64_t *ret_failed,
    struct fault *fault)
{
    struct follower follower = {.out = out,
        .stop = stop,
        .fault = fault,
        .spoken_ns = clock_now_ns() - SPEAK_PERIOD_NS};
    int error = log_reader_init(&follower.lines, path, fault);
    if (error < 0)
        return error;
    error = keep_looking(&follower);
    log_reader_finish(&follower.lines);
    if (error == 0)
        *ret_failed = follower.failed;
    return error;
}
