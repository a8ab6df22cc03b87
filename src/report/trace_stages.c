// SPDX-License-Identifier: MIT
#include "report/trace_stages.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/words.h"

/* All pauses together, of all stages together. */
enum { PAUSES_PART = 10 };

/* No stage begins later, so that times can be added to it: 2000 stages in a file that was
 * tampered with can last longer than a number holds. */
static const int64_t BEGIN_MAX_NS = INT64_MAX / 2;

static int64_t most(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t length_of(const struct result_stage *stage)
{
    int64_t length_ns = result_measured_ns(stage);
    if (stage->samples.count > 0)
        length_ns = most(length_ns, stage->samples.t_ns[stage->samples.count - 1]);
    for (size_t i = 0; i < stage->record_count; i++)
        length_ns = most(length_ns, stage->records[i].end_ns);
    for (size_t i = 0; i < stage->event_count; i++)
        length_ns = most(length_ns, stage->events[i].t_ns);
    for (size_t i = 0; i < stage->move_count; i++)
        length_ns = most(length_ns, stage->moves[i].t_ns);
    return length_ns;
}

static void name_stage(const struct result *result, struct trace_stage *place)
{
    words_stage(place->stage, sizeof place->name, place->name);
    if (!place->name[0])
        text_copy(sizeof place->name, place->name, "a program");
    if (result->plan.repeats > 1)
        text_append(sizeof place->name, place->name, " (run %u of %d)",
            (unsigned)place->stage->repeat + 1, result->plan.repeats);
}

struct trace_stage *trace_stages_lay_out(const struct result *result)
{
    struct trace_stage *places = memory_new(result->stage_count + 1, sizeof *places);
    int64_t pause_ns = NS_PER_US, from_ns = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        places[i].stage = &result->stages[i];
        places[i].place = (int)i + 1;
        places[i].length_ns = length_of(&result->stages[i]);
        places[i].whole_ns = result_measured_ns(&result->stages[i]);
        name_stage(result, &places[i]);
        pause_ns += places[i].length_ns / PAUSES_PART / (int64_t)result->stage_count;
    }
    pause_ns -= pause_ns % NS_PER_US;
    for (size_t i = 0; i < result->stage_count; i++) {
        int64_t room_ns = BEGIN_MAX_NS - from_ns;
        int64_t taken_ns = places[i].length_ns + pause_ns;
        places[i].from_ns = from_ns;
        from_ns += least(taken_ns, room_ns);
        if (i + 1 < result->stage_count)
            places[i].whole_ns = least(places[i].whole_ns, room_ns);
    }
    return places;
}
