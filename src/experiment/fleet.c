// SPDX-License-Identifier: MIT
#include "experiment/fleet.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/fleet_property.h"
#include "model/statistics.h"

static const double APART = 0.05;      /* from the median, of it */
static const double APART_USUALLY = 5; /* times the median distance */
enum { LEAST = 3 };                    /* of a majority, or a median */

/* One property of all machines, while they are compared. */
struct comparison {
    struct fleet *fleet;
    const struct result *const *results;
    const struct fleet_property *property;
    size_t column, known;
    bool *knows;
    double *numbers;
    char usual[64]; /* value; "": there is none */
    double usual_number;
};

/* The end of a long path says more than its beginning. */
static void copy_path(const char *path, size_t size, char text[])
{
    size_t length = strlen(path);
    if (length < size)
        text_copy(size, text, path);
    else
        snprintf(text, size, "...%s", path + length - size + sizeof "...");
}

/* The domain that all hosts have in common: it need not be said.  NULL: there is none. */
static const char *find_domain(
    const struct fleet *fleet, const struct result *const results[])
{
    const char *domain = fleet->count > 0 ? strchr(results[0]->check.host, '.') : NULL;
    for (size_t i = 1; i < fleet->count && domain; i++) {
        const char *other = strchr(results[i]->check.host, '.');
        if (!other || strcmp(domain, other) != 0)
            domain = NULL;
    }
    return domain;
}

static void name_machines(
    struct fleet *fleet, const struct result *const results[], const char *const names[])
{
    const char *domain = find_domain(fleet, results);
    for (size_t i = 0; i < fleet->count; i++) {
        struct fleet_machine *machine = &fleet->machines[i];
        const char *host = results[i]->check.host;
        bool unique = host[0] != '\0';
        for (size_t k = 0; k < fleet->count && unique; k++)
            unique = k == i || strcmp(host, results[k]->check.host) != 0;
        copy_path(unique ? host : names[i], sizeof machine->name, machine->name);
        if (unique && domain)
            machine->name[strcspn(machine->name, ".")] = '\0';
    }
}

static void fill_cells(struct comparison *at)
{
    const struct result *const *results = at->results;
    const struct fleet_property *property = at->property;
    for (size_t i = 0; i < at->fleet->count; i++) {
        size_t size = sizeof at->fleet->machines[i].cells[0];
        char *cell = at->fleet->machines[i].cells[at->column];
        at->numbers[i] = property->word ? 0 : property->number(results[i]);
        at->knows[i] =
            property->word ? property->word(results[i], size, cell) : at->numbers[i] > 0;
        at->known += at->knows[i];
        if (!at->knows[i])
            text_copy(size, cell, "-");
        else if (!property->word)
            fleet_format(property, at->numbers[i], size, cell);
    }
}

static const char *cell_of(const struct comparison *at, size_t machine)
{
    return at->fleet->machines[machine].cells[at->column];
}

/* Boyer and Moore's vote, then counted.  Returns whether all have the same, or more than
 * half. */
static bool find_usual_word(struct comparison *at)
{
    const char *word = NULL;
    size_t votes = 0, count = 0;
    for (size_t i = 0; i < at->fleet->count; i++) {
        if (!at->knows[i])
            continue;
        if (votes == 0)
            word = cell_of(at, i);
        votes += strcmp(word, cell_of(at, i)) == 0 ? 1 : (size_t)-1;
    }
    for (size_t i = 0; i < at->fleet->count && word; i++)
        count += at->knows[i] && strcmp(word, cell_of(at, i)) == 0;
    if (2 * count <= at->known)
        return false;
    text_copy(sizeof at->usual, at->usual, word);
    return true;
}

static void mark_words(struct comparison *at)
{
    for (size_t i = 0; i < at->fleet->count; i++)
        at->fleet->machines[i].odd_cells[at->column] =
            at->knows[i] && strcmp(cell_of(at, i), at->usual) != 0;
}

/* Returns whether there is a usual number: half of them are near their median. */
static bool mark_numbers(struct comparison *at)
{
    double *values = memory_new(at->known, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < at->fleet->count; i++)
        if (at->knows[i])
            values[count++] = at->numbers[i];
    double median = statistics_median(count, values);
    double distance = statistics_usual_distance(count, values, median);
    for (size_t i = 0; i < at->fleet->count; i++) {
        double apart = fabs(at->numbers[i] - median);
        at->fleet->machines[i].odd_cells[at->column] =
            at->knows[i] && apart > APART * median && apart > APART_USUALLY * distance;
    }
    at->usual_number = median;
    fleet_format(at->property, median, sizeof at->usual, at->usual);
    free(values);
    return distance <= APART * median;
}

/* Returns false where there is no usual value to differ from. */
static bool find_odd_cells(struct comparison *at)
{
    if (at->known < LEAST)
        return true;
    if (!at->property->word)
        return mark_numbers(at);
    if (!find_usual_word(at))
        return false;
    mark_words(at);
    return true;
}

/* How a machine differs there, behind what was said before, as far as there is room. */
static void append_why(const struct comparison *at, size_t place)
{
    const struct fleet_property *property = at->property;
    struct fleet_machine *machine = &at->fleet->machines[place];
    const char *about = property->about ? property->about(at->results[place]) : "";
    char own[96], part[FLEET_TEXT_SIZE];
    if (!machine->odd_cells[at->column])
        return;
    machine->odd = true;
    text_copy(sizeof own, own, machine->cells[at->column]);
    if (property->relative)
        snprintf(own, sizeof own, "%.2f", at->numbers[place] / at->usual_number);
    if (*about)
        text_append(sizeof own, own, " (%s)", about);
    bool once = property->once && strcmp(own, "1") == 0;
    snprintf(part, sizeof part, "%s%s%s%s%s", *machine->why ? "; " : "",
        property->before ? property->before : "", own,
        once ? property->once : property->between, property->relative ? "" : at->usual);
    if (strlen(machine->why) + strlen(part) < sizeof machine->why)
        text_append(sizeof machine->why, machine->why, "%s", part);
}

static void compare(struct fleet *fleet, const struct result *const results[],
    size_t mixed_size, char mixed[])
{
    for (size_t column = 0; column < fleet->column_count; column++) {
        struct comparison at = {.fleet = fleet,
            .results = results,
            .property = &fleet_properties[column],
            .column = column,
            .knows = memory_new(fleet->count + 1, sizeof(bool)),
            .numbers = memory_new(fleet->count + 1, sizeof(double))};
        fill_cells(&at);
        if (!find_odd_cells(&at))
            text_append(
                mixed_size, mixed, "%s%s", *mixed ? ", " : "", at.property->heading);
        for (size_t i = 0; i < fleet->count; i++)
            append_why(&at, i);
        free(at.knows);
        free(at.numbers);
    }
}

static void put_odd_first(struct fleet *fleet)
{
    struct fleet_machine *sorted = memory_new(fleet->count + 1, sizeof *sorted);
    size_t count = 0;
    for (int odd = 1; odd >= 0; odd--)
        for (size_t i = 0; i < fleet->count; i++)
            if (fleet->machines[i].odd == (odd == 1))
                sorted[count++] = fleet->machines[i];
    for (size_t i = 0; i < fleet->count; i++)
        fleet->odd_count += fleet->machines[i].odd;
    free(fleet->machines);
    fleet->machines = sorted;
}

static void say_few(struct fleet *fleet)
{
    static const char *const few[LEAST] = {"There is no machine to compare.",
        "One machine: there is nothing to compare it with.",
        "Two machines: which of them is the odd one cannot be said of fewer than three."};
    text_copy(sizeof fleet->sentence, fleet->sentence, few[fleet->count]);
}

/* "2 of 40 differ: a (…), b (…)."; what does not fit is counted. */
static void say_several(struct fleet *fleet)
{
    size_t size = sizeof fleet->sentence;
    static const char rest[] = " and 1000000 more.";
    snprintf(fleet->sentence, size, "%zu of %zu differ:", fleet->odd_count, fleet->count);
    for (size_t i = 0; i < fleet->odd_count; i++) {
        const struct fleet_machine *machine = &fleet->machines[i];
        bool last = i + 1 == fleet->odd_count;
        size_t length = strlen(machine->name) + strlen(machine->why) + strlen(" (),");
        if (strlen(fleet->sentence) + length + sizeof rest > size) {
            text_append(size, fleet->sentence, " and %zu more.", fleet->odd_count - i);
            return;
        }
        text_append(size, fleet->sentence, " %s (%s)%s", machine->name, machine->why,
            last ? "." : ",");
    }
}

/* The column of that heading. */
static size_t find_column(const struct fleet *fleet, const char *heading)
{
    size_t column = 0;
    while (strcmp(fleet->columns[column].heading, heading) != 0)
        column++;
    return column;
}

/* Those that have failed and are not named for that anyway: " node3 and 2 more have
 * failed." */
static void append_failed(struct fleet *fleet)
{
    size_t column = find_column(fleet, "verdict"), failed = 0;
    const struct fleet_machine *first = NULL;
    for (size_t i = 0; i < fleet->count; i++) {
        const struct fleet_machine *machine = &fleet->machines[i];
        bool has = strcmp(machine->cells[column], check_verdict_names[CHECK_FAIL]) == 0;
        if (!has || machine->odd_cells[column])
            continue;
        first = first ? first : machine;
        failed++;
    }
    if (failed == 0)
        return;
    text_append(sizeof fleet->sentence, fleet->sentence, " %s", first->name);
    if (failed > 1)
        text_append(sizeof fleet->sentence, fleet->sentence, " and %zu more", failed - 1);
    text_append(sizeof fleet->sentence, fleet->sentence, " %s failed.",
        failed > 1 ? "have" : "has");
}

/* `mixed` are the headings of columns in which no value is the usual one. */
static void say(struct fleet *fleet, const char *mixed)
{
    size_t size = sizeof fleet->sentence;
    bool alike = fleet->count >= LEAST && fleet->odd_count == 0 && !*mixed;
    if (fleet->count < LEAST) {
        say_few(fleet);
    } else if (fleet->odd_count == 1) {
        snprintf(fleet->sentence, size, "%s is the odd one out: %s.",
            fleet->machines[0].name, fleet->machines[0].why);
    } else if (fleet->odd_count > 1) {
        say_several(fleet);
    } else if (*mixed) {
        snprintf(fleet->sentence, size,
            "None of the %zu is the odd one out: they have too little in common (%s).",
            fleet->count, mixed);
    } else {
        snprintf(fleet->sentence, size, "All %zu are alike, each with %s.", fleet->count,
            fleet->machines[0].cells[find_column(fleet, "verdict")]);
    }
    if (!alike)
        append_failed(fleet);
}

void fleet_init(struct fleet *fleet, size_t count, const struct result *const results[],
    const char *const names[])
{
    char mixed[160] = "";
    *fleet = (struct fleet){
        .count = count, .machines = memory_new(count + 1, sizeof(struct fleet_machine))};
    for (size_t i = 0; fleet_properties[i].heading; i++) {
        assert(i < FLEET_COLUMNS_MAX);
        fleet->columns[i] =
            (struct fleet_column){fleet_properties[i].heading, fleet_properties[i].right};
        fleet->column_count++;
    }
    name_machines(fleet, results, names);
    compare(fleet, results, sizeof mixed, mixed);
    put_odd_first(fleet);
    say(fleet, mixed);
}

void fleet_finish(struct fleet *fleet)
{
    free(fleet->machines);
    *fleet = (struct fleet){0};
}
