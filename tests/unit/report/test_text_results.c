// SPDX-License-Identifier: MIT
/* Results in a list, against the texts in tests/data/report. */
#include <stdlib.h>

#include "../experiment/made_list.h"
#include "checks.h"
#include "forms.h"

enum { MANY = 4096, FEW = 6 };

static char *write_list(
    const struct report_results *list, enum report_text_form form, int width)
{
    struct report_text_style style = {.form = form, .width = width};
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_results_write(list, &style, &text, &size, &fault), 0);
    assert_int_equal(strlen(text), size);
    assert_int_equal(text[size - 1], '\n');
    return text;
}

static void assert_list(const struct report_results *list, enum report_text_form form,
    int width, const char *name)
{
    char *text = write_list(list, form, width);
    forms_assert_text(text, name);
    if (form == REPORT_TEXT_FULL)
        forms_assert_width(text, width);
    free(text);
}

/* Two machines and a simulated one with the same loop, another loop, one that was
 * stopped, a check. */
static void make_few(struct result results[FEW])
{
    made_run(&results[0], 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    made_run(&results[1], 64, 46100 * NS_PER_MS, 900 * NS_PER_MS);
    made_run(&results[2], 12, 24000 * NS_PER_MS, 3900 * NS_PER_MS);
    results[2].machine.simulated = true;
    made_run(&results[3], 2, 2420 * NS_PER_MS, 1290 * NS_PER_MS);
    results[3].plan.iterations = 11;
    text_copy(sizeof results[3].plan.title, results[3].plan.title,
        "1000000! computed 11 times");
    made_stopped(&results[4], 8);
    checks_make(&results[5], 12);
    text_copy(sizeof results[5].check.host, results[5].check.host, "node17");
}

static void a_few(void **state)
{
    static const char *const names[FEW] = {"laptop.json", "server/run.json",
        "big/machines/of/others/run.json", "short.json", "stopped.json", "check.json"};
    struct result results[FEW];
    const struct result *list[FEW];
    make_few(results);
    for (int i = 0; i < FEW; i++)
        list[i] = &results[i];
    const struct report_results all = {FEW, list, names};
    assert_list(&all, REPORT_TEXT_FULL, 78, "results-6");
    assert_list(&all, REPORT_TEXT_FULL, 40, "results-6-40");
    assert_list(&all, REPORT_TEXT_FULL, 140, "results-6-140");
    assert_list(&all, REPORT_TEXT_PLAIN, 0, "results-6-plain");
    for (int width = 20; width < 160; width++) {
        char *text = write_list(&all, REPORT_TEXT_FULL, width);
        forms_assert_width(text, width);
        free(text);
    }
    for (int i = 0; i < FEW; i++)
        result_finish(&results[i]);
    (void)state;
}

static void none_and_one(void **state)
{
    struct result result;
    const struct result *list[] = {&result};
    static const char *const names[] = {"run.json"};
    made_run(&result, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    assert_list(
        &(struct report_results){0, list, names}, REPORT_TEXT_FULL, 78, "results-0");
    assert_list(
        &(struct report_results){1, list, names}, REPORT_TEXT_FULL, 78, "results-1");
    result_finish(&result);
    (void)state;
}

/* Only one sentence is said of two that are alike. */
static void two_alike(void **state)
{
    struct result result;
    const struct result *list[] = {&result, &result};
    static const char *const names[] = {"a.json", "b.json"};
    made_run(&result, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    assert_list(&(struct report_results){2, list, names}, REPORT_TEXT_FULL, 78,
        "results-2-alike");
    result_finish(&result);
    (void)state;
}

/* Names that nobody would choose reach no terminal, and leave the columns alone. */
static void odd_names(void **state)
{
    struct result result;
    const struct result *list[] = {&result, &result, &result};
    char longest[5000];
    const char *names[] = {"a\033]0;x\007\nb", "Übung für Jürgen.json", longest};
    made_run(&result, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_list(
        &(struct report_results){3, list, names}, REPORT_TEXT_FULL, 78, "results-odd");
    result_finish(&result);
    (void)state;
}

/* All are there, and what is said of them stays short. */
static void many(void **state)
{
    static struct result results[3];
    const struct result **list = memory_new(MANY, sizeof *list);
    const char **names = memory_new(MANY, sizeof *names);
    size_t lines = 0;
    for (int i = 0; i < 3; i++)
        made_run(&results[i], 2 << i, 24 * NS_PER_S, (12 - i) * NS_PER_S);
    for (int i = 0; i < MANY; i++) {
        list[i] = &results[i % 3];
        names[i] = "run.json";
    }
    char *text =
        write_list(&(struct report_results){MANY, list, names}, REPORT_TEXT_FULL, 200);
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    assert_true(lines >= MANY + 2 && lines <= MANY + 8);
    assert_non_null(strstr(text, "4096 results"));
    free(text);
    for (int i = 0; i < 3; i++)
        result_finish(&results[i]);
    free(list);
    free(names);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few),
        cmocka_unit_test(none_and_one),
        cmocka_unit_test(two_alike),
        cmocka_unit_test(odd_names),
        cmocka_unit_test(many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
