// SPDX-License-Identifier: MIT
#include "experiment/words.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/projection.h"
#include "experiment/words_items.h"

static const double WORTH_NAMING = 0.005; /* of the workers' time */

void words_stage(const struct result_stage *stage, size_t size, char text[])
{
    if (stage->kind == RESULT_SEQUENTIAL)
        text_copy(size, text, "one after the other");
    else if (stage->kind == RESULT_WATCHED)
        text_copy(size, text, "the machine alone");
    else if (stage->kind == RESULT_PROGRAM)
        snprintf(text, size, "%s%s", stage->label, stage->warmup ? " (warm-up)" : "");
    else
        snprintf(text, size, "%d at a time", stage->workers);
}

void words_machine(const struct machine *machine, size_t size, char text[])
{
    char usable[224] = "";
    const struct machine_limit *limit = machine_smallest_limit(machine);
    if (machine->online_cpus > 1)
        text_copy(sizeof usable, usable, "all usable");
    if (limit && limit->cpus < machine->online_cpus) {
        bool whole = limit->cpus == (int)limit->cpus;
        snprintf(usable, sizeof usable, "%.*f of them usable (%s%s%.160s)", whole ? 0 : 2,
            limit->cpus, limit->source, limit->where[0] ? ": " : "", limit->where);
    }
    snprintf(text, size, "%s%s, %d CPU%s%s%s", machine->cpu_name,
        machine->simulated ? " (simulated)" : "", machine->online_cpus,
        machine->online_cpus == 1 ? "" : "s", *usable ? ", " : "", usable);
}

void words_usable(const struct machine *machine, size_t size, char text[])
{
    const struct machine_limit *limit = machine_smallest_limit(machine);
    int online = machine->online_cpus;
    const char *plural = online == 1 ? "" : "s";
    if (!limit || limit->cpus >= online) {
        snprintf(text, size, "%s %d CPU%s may be used.", online == 1 ? "Its" : "All",
            online, plural);
        return;
    }
    bool whole = limit->cpus == (int)limit->cpus;
    snprintf(text, size, "%.*f of %d CPU%s may be used: %s%s%.120s%s.", whole ? 0 : 2,
        limit->cpus, online, plural, limit->source, limit->where[0] ? " (" : "",
        limit->where, limit->where[0] ? ")" : "");
}

/* ": 4 P + 4 E cores", the fastest kind first; nothing where all cores are of one kind.
 */
static void append_kinds(const struct machine *machine, size_t size, char text[])
{
    for (size_t i = machine->kind_count; i > 0; i--)
        text_append(size, text, "%s %d %s", i == machine->kind_count ? ":" : " +",
            machine->kinds[i - 1].cores, machine->kinds[i - 1].name);
    if (machine->kind_count > 0)
        text_append(size, text, " cores");
}

static bool is_limited(const struct machine *machine)
{
    return machine->usable_cpus > 0 && machine->usable_cpus < machine->online_cpus;
}

/* "12 CPUs", "1.50 of 4 CPUs". */
static void append_cpus(const struct machine *machine, size_t size, char text[])
{
    double usable = machine->usable_cpus;
    if (is_limited(machine))
        text_append(size, text, "%.*f of ", usable == floor(usable) ? 0 : 2, usable);
    text_append(size, text, "%d CPU%s", machine->online_cpus,
        machine->online_cpus == 1 ? "" : "s");
}

void words_machine_short(const struct machine *machine, size_t size, char text[])
{
    snprintf(
        text, size, "%s%s", machine->cpu_name, machine->simulated ? " (simulated)" : "");
    append_kinds(machine, size, text);
    text_append(size, text, ", ");
    append_cpus(machine, size, text);
    text_append(size, text, "%s", is_limited(machine) ? " usable" : "");
}

void words_machine_brief(
    const struct machine *machine, bool named, size_t size, char text[])
{
    snprintf(text, size, "%s%s", machine->simulated ? "sim. " : "",
        named ? machine->cpu_name : "");
    for (size_t i = machine->kind_count; i > 0 && !named; i--)
        text_append(size, text, "%d %s%s", machine->kinds[i - 1].cores,
            machine->kinds[i - 1].name, i > 1 ? " + " : ", ");
    text_append(size, text, "%s", named ? ", " : "");
    append_cpus(machine, size, text);
}

/* How much of the loop it was, if not all. */
static void append_part(const struct result *result, const struct result_stage *stage,
    size_t size, char text[])
{
    char part[64], count[64];
    const struct plan *plan = &result->plan;
    projection_describe(plan, stage, sizeof part, part);
    if (stage->projected)
        text_append(size, text, " (%s)", part);
    if (stage->complete || stage->kind == RESULT_WATCHED)
        return;
    if (stage->kind == RESULT_PROGRAM) {
        text_append(size, text, ", stopped");
        return;
    }
    words_items_count(
        plan, plan->iterations ? plan->iterations : stage->done, sizeof count, count);
    text_append(size, text, ", stopped after ");
    if (plan->iterations > 0) /* else nobody has counted them */
        text_append(size, text, "%" PRId64 " of ", stage->done);
    text_append(size, text, "%s", count);
}

void words_stage_ended(const struct result *result, const struct result_stage *stage,
    size_t size, char text[])
{
    char duration[32];
    double busy = words_busy_cpus(stage);
    bool watched = stage->kind == RESULT_WATCHED;
    number_format_duration(stage->elapsed_ns, sizeof duration, duration);
    words_stage(stage, size, text);
    if (stage->kind != RESULT_PROGRAM)
        text[0] = (char)toupper((unsigned char)text[0]);
    text_append(size, text, ": %s", duration);
    if (watched)
        snprintf(text, size, "Watched for %s", duration);
    append_part(result, stage, size, text);
    if (busy >= 0)
        text_append(size, text, "%c %.1f of %d CPUs busy", watched ? ':' : ',', busy,
            result->machine.online_cpus);
    text_append(size, text, ".");
}

/* By how much the tasks were faster than alone, 0 if they were not, or where so little is
 * said of next to nothing. */
static double faster_by(const struct account *account)
{
    double total_ns = (double)account->total_ns, saved_ns = -(double)account->slowdown_ns;
    double cpu_ns = (double)account->useful_ns - saved_ns;
    bool counts = account->slowdown_ns != ACCOUNT_NOT_SEEN &&
                  saved_ns > WORTH_NAMING * total_ns && cpu_ns > WORTH_NAMING * total_ns;
    return counts ? saved_ns / cpu_ns : 0;
}

/* Every term of an account by its name; what is not seen is 0, and named with the next.
 * Tasks that took less than alone have no term for that: work is what they took. */
static size_t list_terms(const struct account *account, struct words_part terms[])
{
    bool compared = account->slowdown_ns != ACCOUNT_NOT_SEEN;
    int64_t slowdown_ns = compared ? account->slowdown_ns : 0;
    int64_t saved_ns = slowdown_ns < 0 ? -slowdown_ns : 0;
    bool seen = account->waiting_ns != ACCOUNT_NOT_SEEN;
    const struct {
        const char *name;
        int64_t ns;
    } all[] = {
        {"work", account->useful_ns - saved_ns},
        {"slower than alone", slowdown_ns + saved_ns},
        {"waiting for a CPU", seen ? account->waiting_ns : 0},
        {seen ? "blocked or stolen" : "waiting, blocked or stolen", account->blocked_ns},
        {"starting", account->startup_ns},
        {"preparing, alone", account->prepare_ns},
        {"handing out", account->handout_ns},
        {"idle at the end", account->tail_ns},
    };
    size_t count = sizeof all / sizeof *all;
    static_assert(sizeof all / sizeof *all < WORDS_PARTS_MAX, "the rest comes to them");
    for (size_t i = 0; i < count; i++)
        terms[i] = (struct words_part){
            .name = all[i].name, .share = (double)all[i].ns / (double)account->total_ns};
    terms[0].faster = faster_by(account);
    return count;
}

/* Of the parts behind the first that with the smallest share; 0 if there is none. */
static size_t find_smallest(size_t count, const struct words_part parts[])
{
    size_t smallest = 0;
    for (size_t i = 1; i < count; i++)
        if (smallest == 0 || parts[i].share < parts[smallest].share)
            smallest = i;
    return smallest;
}

size_t words_account(
    const struct account *account, size_t room, struct words_part parts[])
{
    struct words_part terms[WORDS_PARTS_MAX];
    assert(room >= 2);
    if (account->total_ns <= 0)
        return 0;
    const char *last = NULL;
    size_t count = list_terms(account, terms), dropped = 0, smallest;
    while ((smallest = find_smallest(count, terms)) > 0 &&
           (count >= room || terms[smallest].share <= WORTH_NAMING)) {
        if (terms[smallest].share > 0) {
            last = terms[smallest].name;
            dropped++;
        }
        count--;
        memmove(
            &terms[smallest], &terms[smallest + 1], (count - smallest) * sizeof *terms);
    }
    struct words_part rest = {.name = dropped == 1 ? last : "all else", .share = 1};
    for (size_t i = 0; i < count; i++) {
        parts[i] = terms[i];
        rest.share -= terms[i].share;
    }
    if (rest.share > 1e-9)
        parts[count++] = rest;
    for (size_t i = 0; i < count && rest.share < 0; i++) /* a part below 0 was left out */
        parts[i].share /= 1 - rest.share;
    return count;
}

const char *words_account_brief(const char *name)
{
    static const struct {
        const char *name, *brief;
    } briefs[] = {
        {"slower than alone", "slower"},
        {"waiting for a CPU", "waiting"},
        {"blocked or stolen", "blocked"},
        {"waiting, blocked or stolen", "blocked"},
        {"preparing, alone", "one alone"},
        {"handing out", "hand-out"},
        {"idle at the end", "idle"},
    };
    for (size_t i = 0; i < sizeof briefs / sizeof *briefs; i++)
        if (strcmp(briefs[i].name, name) == 0)
            return briefs[i].brief;
    return name;
}

double words_busy_cpus(const struct result_stage *stage)
{
    double busy = 0;
    bool known = false;
    for (size_t i = 0; i < stage->cpu_count; i++) {
        known = known || stage->cpus[i].busy >= 0;
        if (stage->cpus[i].busy > 0)
            busy += stage->cpus[i].busy;
    }
    return known ? busy : -1;
}

double words_busy_allowed(
    const struct machine *machine, const struct result_stage *stage, int *ret_cpus)
{
    double busy = 0;
    *ret_cpus = 0;
    for (size_t i = 0; i < stage->cpu_count && i < machine->cpu_count; i++) {
        if (!machine->cpus[i].allowed)
            continue;
        ++*ret_cpus;
        if (stage->cpus[i].busy > 0)
            busy += stage->cpus[i].busy;
    }
    return busy;
}
