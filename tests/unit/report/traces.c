// SPDX-License-Identifier: MIT
#include "traces.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "report/report.h"

enum { IDS_MAX = 200000, PERCENT_MAX = 100 };

/* What is known of a number, of a process or a track, while it is read. */
struct known {
    bool is_process;
    int process; /* of a track; 0: not seen yet */
    int names, places;
    bool is_used;
};

static json_t *member(json_t *object, const char *name, json_type type)
{
    json_t *found = json_object_get(object, name);
    if (!found)
        fail_msg("an event without %s", name);
    if (json_typeof(found) != type)
        fail_msg("%s is of another type", name);
    return found;
}

static int read_id(json_t *event, const char *name)
{
    json_int_t id = json_integer_value(member(event, name, JSON_INTEGER));
    assert_in_range(id, 1, IDS_MAX - 1);
    return (int)id;
}

static int64_t read_time(json_t *event, const char *name)
{
    json_t *found = json_object_get(event, name);
    if (!json_is_number(found) || json_number_value(found) < 0)
        fail_msg("%s is no time", name);
    if (json_is_integer(found))
        return json_integer_value(found) * 1000;
    return llround(json_real_value(found) * 1000);
}

static void read_event(json_t *json, struct traces_event *event)
{
    const char *phase = json_string_value(member(json, "ph", JSON_STRING));
    assert_int_equal(strlen(phase), 1);
    assert_non_null(strchr("MXiC", phase[0]));
    event->phase = phase[0];
    event->process = read_id(json, "pid");
    event->name = json_string_value(member(json, "name", JSON_STRING));
    assert_string_not_equal(event->name, "");
    event->args = member(json, "args", JSON_OBJECT);
    if (event->phase != 'C')
        event->track = read_id(json, "tid");
    if (event->phase != 'M')
        event->at_ns = read_time(json, "ts");
    if (event->phase == 'X')
        event->lasts_ns = read_time(json, "dur");
    if (event->phase == 'i')
        assert_string_equal(json_string_value(member(json, "s", JSON_STRING)), "t");
    if (event->phase == 'X' || event->phase == 'i')
        event->category = json_string_value(member(json, "cat", JSON_STRING));
}

static void take_name(const struct traces_event *event, struct known known[])
{
    bool of_process = strncmp(event->name, "process_", 8) == 0;
    const char *what = event->name + (of_process ? 8 : 7);
    struct known *one = &known[of_process ? event->process : event->track];
    assert_true(of_process || strncmp(event->name, "thread_", 7) == 0);
    if (strcmp(what, "name") == 0) {
        const char *name = json_string_value(member(event->args, "name", JSON_STRING));
        assert_string_not_equal(name, "");
        one->names++;
    } else {
        assert_string_equal(what, "sort_index");
        member(event->args, "sort_index", JSON_INTEGER);
        one->places++;
    }
    one->is_process = of_process;
    if (!of_process)
        one->process = event->process;
}

/* No number is that of two things, and whatever is used has a name and a place, once. */
static void check_names(const struct traces *traces)
{
    struct known *known = memory_new(IDS_MAX, sizeof *known);
    for (size_t i = 0; i < traces->count; i++)
        if (traces->events[i].phase == 'M')
            take_name(&traces->events[i], known);
    for (size_t i = 0; i < traces->count; i++) {
        const struct traces_event *event = &traces->events[i];
        assert_true(known[event->process].is_process);
        known[event->process].is_used = true;
        if (event->phase == 'C' || event->phase == 'M')
            continue;
        assert_false(known[event->track].is_process);
        assert_int_equal(known[event->track].process, event->process);
        known[event->track].is_used = true;
    }
    for (int i = 0; i < IDS_MAX; i++) {
        assert_int_equal(known[i].names, known[i].places);
        assert_in_range(known[i].names, known[i].is_used, 1);
    }
    free(known);
}

/* Times are read as viewers do, into 53 bits: exact for a hundred days. */
static int64_t error_ns(int64_t at_ns)
{
    return at_ns >> 50;
}

/* Tasks and the like of one track follow each other in the file as in time. */
static void check_tracks(const struct traces *traces)
{
    int64_t *ends_ns = memory_new(IDS_MAX, sizeof *ends_ns);
    for (size_t i = 0; i < traces->count; i++) {
        const struct traces_event *event = &traces->events[i];
        if (event->phase != 'X' || strcmp(event->category, "start") == 0)
            continue;
        if (event->at_ns + error_ns(event->at_ns) < ends_ns[event->track])
            fail_msg("%s begins before the end of that before", event->name);
        ends_ns[event->track] = event->at_ns + event->lasts_ns;
    }
    free(ends_ns);
}

/* By track, then by time, the longer first, then as they stand. */
static int compare_on_track(const void *one, const void *other)
{
    const struct traces_event *a = *(const struct traces_event *const *)one;
    const struct traces_event *b = *(const struct traces_event *const *)other;
    if (a->track != b->track)
        return a->track - b->track;
    if (a->at_ns != b->at_ns)
        return a->at_ns < b->at_ns ? -1 : 1;
    if (a->lasts_ns != b->lasts_ns)
        return a->lasts_ns > b->lasts_ns ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* By counter, then as they stand. */
static int compare_counters(const void *one, const void *other)
{
    const struct traces_event *a = *(const struct traces_event *const *)one;
    const struct traces_event *b = *(const struct traces_event *const *)other;
    if (a->process != b->process)
        return a->process - b->process;
    int order = strcmp(a->name, b->name);
    return order ? order : a->place < b->place ? -1 : 1;
}

/* Those of one phase in that order; caller frees. */
static const struct traces_event **sorted(const struct traces *traces, char phase,
    int (*compare)(const void *, const void *), size_t *ret_count)
{
    const struct traces_event **list = memory_new(traces->count + 1, sizeof *list);
    *ret_count = 0;
    for (size_t i = 0; i < traces->count; i++)
        if (traces->events[i].phase == phase)
            list[(*ret_count)++] = &traces->events[i];
    qsort(list, *ret_count, sizeof *list, compare);
    return list;
}

/* Nothing on a track reaches beyond what it began in: here nothing is even inside. */
static void check_nesting(const struct traces *traces)
{
    size_t count;
    const struct traces_event **list = sorted(traces, 'X', compare_on_track, &count);
    for (size_t i = 1; i < count; i++)
        if (list[i]->track == list[i - 1]->track && list[i - 1]->lasts_ns > 0 &&
            list[i]->at_ns + error_ns(list[i]->at_ns) <
                list[i - 1]->at_ns + list[i - 1]->lasts_ns &&
            list[i]->at_ns + list[i]->lasts_ns >
                list[i - 1]->at_ns + list[i - 1]->lasts_ns + error_ns(list[i]->at_ns))
            fail_msg("%s and %s overlap", list[i - 1]->name, list[i]->name);
    free(list);
}

static bool is_of_one(const struct traces_event *counter)
{
    return strncmp(counter->name, "CPU ", 4) == 0;
}

static void check_values(const struct traces_event *counter)
{
    const char *name;
    json_t *value;
    assert_true(json_object_size(counter->args) > 0);
    json_object_foreach(counter->args, name, value)
    {
        assert_true(json_is_number(value));
        assert_true(json_number_value(value) >= 0);
        if (is_of_one(counter))
            assert_in_range(json_integer_value(value), 0, PERCENT_MAX);
    }
}

/* A counter's events have the same members, later and later, each says something new, and
 * the last lets it not run on. */
static void check_counters(const struct traces *traces)
{
    size_t count;
    const struct traces_event **list = sorted(traces, 'C', compare_counters, &count);
    for (size_t i = 0; i < count; i++) {
        const struct traces_event *next = i + 1 < count ? list[i + 1] : NULL;
        const char *name;
        json_t *value;
        check_values(list[i]);
        bool is_last = !next || next->process != list[i]->process ||
                       strcmp(next->name, list[i]->name) != 0;
        if (!is_last) {
            assert_true(next->at_ns > list[i]->at_ns);
            assert_int_equal(
                json_object_size(next->args), json_object_size(list[i]->args));
            assert_false(is_of_one(next) && json_equal(next->args, list[i]->args));
        }
        json_object_foreach(list[i]->args, name, value)
        {
            if (is_last)
                assert_true(json_number_value(value) == 0);
            else
                assert_non_null(json_object_get(next->args, name));
        }
    }
    free(list);
}

static void check_notes(json_t *root)
{
    const char *name;
    json_t *value;
    assert_string_equal(
        json_string_value(member(root, "displayTimeUnit", JSON_STRING)), "ms");
    json_object_foreach(member(root, "otherData", JSON_OBJECT), name, value)
        assert_true(json_is_string(value));
    assert_int_equal(json_object_size(root), 3);
}

void traces_read(const struct result *result, struct traces *ret_traces)
{
    char *text = NULL;
    size_t size = 0;
    struct fault fault = {0};
    json_error_t error;
    assert_int_equal(report_trace_write(result, &text, &size, &fault), 0);
    *ret_traces =
        (struct traces){.root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error)};
    if (!ret_traces->root)
        fail_msg("%d: %s\n%.2000s", error.line, error.text, text);
    free(text);
    json_t *events = member(ret_traces->root, "traceEvents", JSON_ARRAY);
    ret_traces->count = json_array_size(events);
    ret_traces->events = memory_new(ret_traces->count + 1, sizeof *ret_traces->events);
    for (size_t i = 0; i < ret_traces->count; i++) {
        ret_traces->events[i].place = i;
        read_event(json_array_get(events, i), &ret_traces->events[i]);
    }
    check_notes(ret_traces->root);
    check_names(ret_traces);
    check_tracks(ret_traces);
    check_nesting(ret_traces);
    check_counters(ret_traces);
}

void traces_finish(struct traces *traces)
{
    json_decref(traces->root);
    free(traces->events);
}

static const char *find_name(const struct traces *traces, const char *what, int number)
{
    for (size_t i = 0; i < traces->count; i++) {
        const struct traces_event *event = &traces->events[i];
        if (event->phase == 'M' && event->track == number &&
            strcmp(event->name, what) == 0)
            return traces_text(event, "name");
    }
    fail_msg("no %s of %d", what, number);
    return NULL;
}

const char *traces_process_name(const struct traces *traces, int process)
{
    return find_name(traces, "process_name", process);
}

const char *traces_track_name(const struct traces *traces, int track)
{
    return find_name(traces, "thread_name", track);
}

static bool is_of(const struct traces_event *event, const char *category)
{
    return event->category && strcmp(event->category, category) == 0;
}

size_t traces_count(const struct traces *traces, const char *category)
{
    size_t count = 0;
    for (size_t i = 0; i < traces->count; i++)
        count += is_of(&traces->events[i], category);
    return count;
}

int64_t traces_sum_ns(const struct traces *traces, const char *category)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < traces->count; i++)
        if (is_of(&traces->events[i], category))
            sum_ns += traces->events[i].lasts_ns;
    return sum_ns;
}

const struct traces_event *traces_find(
    const struct traces *traces, const char *category, const char *name)
{
    for (size_t i = 0; i < traces->count; i++)
        if (is_of(&traces->events[i], category) &&
            strcmp(traces->events[i].name, name) == 0)
            return &traces->events[i];
    fail_msg("no %s \"%s\"", category, name);
    return NULL;
}

const struct traces_event *traces_find_counter(
    const struct traces *traces, const char *name, size_t from)
{
    for (size_t i = from; i < traces->count; i++)
        if (traces->events[i].phase == 'C' && strcmp(traces->events[i].name, name) == 0)
            return &traces->events[i];
    return NULL;
}

int64_t traces_integer(const struct traces_event *event, const char *name)
{
    return json_integer_value(member(event->args, name, JSON_INTEGER));
}

double traces_number(const struct traces_event *event, const char *name)
{
    json_t *value = json_object_get(event->args, name);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

const char *traces_text(const struct traces_event *event, const char *name)
{
    return json_string_value(member(event->args, name, JSON_STRING));
}

bool traces_has(const struct traces_event *event, const char *name)
{
    return json_object_get(event->args, name) != NULL;
}
