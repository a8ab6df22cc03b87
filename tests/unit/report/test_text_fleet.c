// SPDX-License-Identifier: MIT
/* Many machines in one table, against the texts in tests/data/report. */
#include <stdlib.h>

#include "checks.h"
#include "forms.h"

static const struct fleet_column columns[] = {{"verdict", false}, {"CPUs", true},
    {"usable", true}, {"cores", true}, {"one round", true}, {"all at once", true},
    {"processor", false}};
enum { CELLS = sizeof columns / sizeof *columns };

static void fill_machine(struct fleet_machine *machine, int number)
{
    static const char *const cells[] = {
        "PASS", "32", "32", "16", "40.1 ms", "18.2", "EPYC 7313"};
    snprintf(machine->name, sizeof machine->name, "node%02d", number);
    for (size_t i = 0; i < CELLS; i++)
        text_copy(sizeof machine->cells[i], machine->cells[i], cells[i]);
}

static void set_odd(struct fleet_machine *machine, size_t column, const char *value)
{
    text_copy(sizeof machine->cells[column], machine->cells[column], value);
    machine->odd = machine->odd_cells[column] = true;
}

/* The last of them in the first place, as it is the odd one. */
static void make_fleet(struct fleet *fleet, int count)
{
    *fleet =
        (struct fleet){.count = (size_t)count, .column_count = CELLS, .odd_count = 1};
    memcpy(fleet->columns, columns, sizeof columns);
    fleet->machines = memory_new(fleet->count, sizeof *fleet->machines);
    for (int i = 0; i < count; i++)
        fill_machine(&fleet->machines[i], i);
    struct fleet_machine *odd = &fleet->machines[0];
    text_copy(sizeof odd->name, odd->name, "node77");
    set_odd(odd, 0, "FAIL");
    set_odd(odd, 2, "31");
    set_odd(odd, 4, "50.3 ms");
    text_copy(sizeof odd->cells[6], odd->cells[6], "EPYC µ7313");
    text_copy(sizeof odd->why, odd->why,
        "FAIL, most PASS; 31 CPUs usable, most have 32; a task takes 1.25 times the "
        "usual");
    snprintf(fleet->sentence, sizeof fleet->sentence,
        "node77 is the odd one out of %d machines.", count);
}

static char *write_fleet(const struct fleet *fleet, enum report_text_form form, int width)
{
    struct report_text_style style = {.form = form, .width = width};
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_fleet_write(fleet, &style, &text, &size, &fault), 0);
    assert_int_equal(strlen(text), size);
    return text;
}

static void assert_fleet(
    const struct fleet *fleet, enum report_text_form form, int width, const char *name)
{
    char *text = write_fleet(fleet, form, width);
    forms_assert_text(text, name);
    if (form == REPORT_TEXT_FULL)
        forms_assert_width(text, width);
    free(text);
}

static void three_machines(void **state)
{
    struct fleet fleet;
    make_fleet(&fleet, 3);
    assert_fleet(&fleet, REPORT_TEXT_FULL, 78, "fleet-3");
    assert_fleet(&fleet, REPORT_TEXT_FULL, 40, "fleet-3-40");
    assert_fleet(&fleet, REPORT_TEXT_PLAIN, 0, "fleet-3-plain");
    fleet_finish(&fleet);
    (void)state;
}

/* Checks, compared as they are for real. */
static void forty_machines(void **state)
{
    enum { MACHINES = 40, ODD = 17 };
    struct result results[MACHINES];
    const struct result *list[MACHINES];
    const char *names[MACHINES];
    struct fleet fleet;
    for (int i = 0; i < MACHINES; i++) {
        checks_make(&results[i], 12);
        snprintf(results[i].check.host, sizeof results[i].check.host, "node%02d", i);
        list[i] = &results[i];
        names[i] = "node.json";
    }
    checks_spoil(&results[ODD], 3, 7);
    results[ODD].machine.usable_cpus = 1.5;
    fleet_init(&fleet, MACHINES, list, names);
    assert_fleet(&fleet, REPORT_TEXT_FULL, 78, "fleet-40");
    assert_fleet(&fleet, REPORT_TEXT_FULL, 120, "fleet-40-120");
    fleet_finish(&fleet);
    for (int i = 0; i < MACHINES; i++)
        result_finish(&results[i]);
    (void)state;
}

/* Names that are too long: of hosts their end goes, of files their beginning. */
static void long_names(void **state)
{
    struct fleet fleet;
    make_fleet(&fleet, 3);
    text_copy(80, fleet.machines[1].name, "node01.rack7.cluster.example.org");
    text_copy(80, fleet.machines[2].name, "results/2026-11-23/node02.json");
    char *text = write_fleet(&fleet, REPORT_TEXT_FULL, 78);
    assert_non_null(strstr(text, "\nnode01.rack7.cluster.exam…   PASS"));
    assert_non_null(strstr(text, "\n…ts/2026-11-23/node02.json   PASS"));
    free(text);
    fleet_finish(&fleet);
    (void)state;
}

/* A file may have any name. */
static void names_cannot_reach_the_terminal(void **state)
{
    struct fleet fleet;
    make_fleet(&fleet, 3);
    text_copy(80, fleet.machines[0].name, "a\033[31mb.json");
    text_copy(80, fleet.machines[1].name, "c\302\233d.json");
    text_copy(480, fleet.sentence, "a\033[31mb.json is the odd one.");
    char *text = write_fleet(&fleet, REPORT_TEXT_FULL, 78);
    assert_non_null(strstr(text, "a?[31mb.json*"));
    assert_non_null(strstr(text, "a?[31mb.json: FAIL"));
    assert_non_null(strstr(text, "a?[31mb.json is the odd one."));
    assert_non_null(strstr(text, "c??d.json"));
    assert_null(strchr(text, '\033'));
    free(text);
    fleet_finish(&fleet);
    (void)state;
}

static void every_width(void **state)
{
    struct fleet fleet;
    make_fleet(&fleet, 3);
    for (int width = 20; width <= 130; width++) {
        char *text = write_fleet(&fleet, REPORT_TEXT_FULL, width);
        forms_assert_width(text, width);
        assert_non_null(strstr(text, "\nnode77*"));
        free(text);
    }
    fleet_finish(&fleet);
    (void)state;
}

static void no_machines(void **state)
{
    struct fleet fleet = {.sentence = "No machines."};
    char *text = write_fleet(&fleet, REPORT_TEXT_FULL, 78);
    assert_string_equal(text, "No machines.\n");
    free(text);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_machines),
        cmocka_unit_test(forty_machines),
        cmocka_unit_test(long_names),
        cmocka_unit_test(names_cannot_reach_the_terminal),
        cmocka_unit_test(every_width),
        cmocka_unit_test(no_machines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
