// SPDX-License-Identifier: MIT
/* The launcher as questions and answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "launch/launch_plain.h"

/* One conversation. */
struct talk {
    int end; /* 1: to be run */
    char line[LAUNCH_TEXT_SIZE];
    char *said;
};

static struct talk talk_with(const char *answers)
{
    static const struct machine machine = {.usable_cpus = 2};
    struct launch_form *form = launch_form_create(&machine);
    struct talk talk;
    size_t size;
    FILE *in = fmemopen((void *)(uintptr_t)answers, strlen(answers), "r");
    FILE *out = open_memstream(&talk.said, &size);
    talk.end = launch_plain_ask(form, in, out);
    launch_form_command_line(form, sizeof talk.line, talk.line);
    fclose(in);
    fclose(out);
    launch_form_destroy(form);
    for (const char *c = talk.said; *c; c++)
        assert_true(*c == '\n' || ((unsigned char)*c >= ' ' && *c != 0x7f));
    return talk;
}

/* What it comes to, and what is said on the way; NULL: that does not matter. */
static void assert_talk(
    const char *answers, const char *expected_line, const char *expected_word)
{
    struct talk talk = talk_with(answers);
    assert_int_equal(talk.end, expected_line != NULL);
    if (expected_line)
        assert_string_equal(talk.line, expected_line);
    if (expected_word && !strstr(talk.said, expected_word))
        fail_msg("not said: \"%s\" in:\n%s", expected_word, talk.said);
    free(talk.said);
}

static void two_empty_lines_run_the_article(void **state)
{
    (void)state;
    assert_talk("\n\n", "parfor run factorial -s 1000000 -n 15",
        "1 the article's loop: 1000000! computed 15 times.\n");
    assert_talk("1\n\n", "parfor run factorial -s 1000000 -n 15",
        "parfor run factorial -s 1000000 -n 15\nEnter runs it.");
}

static void presets_go_by_number_or_name(void **state)
{
    (void)state;
    assert_talk("2\n\n", "parfor run factorial", NULL);
    assert_talk(
        "uneven\n\n", "parfor run triangle --seconds 10s --schedule static", NULL);
    assert_talk("check\n\n", "parfor check", NULL);
    assert_talk("99\n0\n7\n\n", "parfor check", "None of these: 99.");
    assert_talk("?\n2\n\n", "parfor run factorial", NULL);
}

static void fields_are_changed_by_name(void **state)
{
    (void)state;
    assert_talk("\ntasks\n30\nworkers\n 50% \n\n",
        "parfor run factorial -s 1000000 -n 30 -j 50%", "tasks (");
    assert_talk("\ndo\nin par\n\n", "parfor map factorial -s 1000000 -n 15",
        "1 compare, 2 guess, then compare, 3 in parallel only");
    assert_talk("\nloop\nprimes\n\n", "parfor run primes", NULL);
    assert_talk("\ntas\n-\n\n", "parfor run factorial -s 1000000", NULL);
    assert_talk("\ntasks\n\n\n", "parfor run factorial -s 1000000 -n 15", "now 15");
    assert_talk(
        "\nnone\n\n", "parfor run factorial -s 1000000 -n 15", "No such field: none.");
}

static void a_refusal_says_why_and_asks_again(void **state)
{
    (void)state;
    assert_talk("\ntasks\nmany\n12\n\n", "parfor run factorial -s 1000000 -n 12",
        "tasks: neither a whole number nor a time (such as 15, 1M, or 20s).\n");
    assert_talk("\nloop\nxyz\npi\n\n", "parfor run pi", "None of these: xyz.");
    /* Nothing runs that is refused. */
    assert_talk("\nloop\na command\n\ncommand\ncat\n\nitems\n1 2\n\n",
        "parfor run -- cat ::: 1 2", "items: of what?");
}

static void questions_are_explained(void **state)
{
    (void)state;
    assert_talk("\n?\n\n", "parfor run factorial -s 1000000 -n 15", "schedule: dynamic.");
    assert_talk("\nsize\n?\n\n\n", "parfor run factorial -s 1000000 -n 15",
        "size: n, 1 to 1000000000.");
    assert_talk("\nloop\n?\n\n\n", "parfor run factorial -s 1000000 -n 15",
        "The answer is a number or a name");
}

static void the_user_can_leave_anywhere(void **state)
{
    (void)state;
    assert_talk("q\n", NULL, NULL);
    assert_talk("\nq\n", NULL, NULL);
    assert_talk("\ntasks\nq\n", NULL, NULL);
    assert_talk("1\n", NULL, NULL);
    assert_talk("\ntasks", NULL, NULL);
    assert_talk("\ntasks\n7", NULL, NULL);
}

static void no_answer_harms_the_terminal(void **state)
{
    char long_line[3000];
    (void)state;
    assert_talk(
        "\x1b[2J\n\n\n", "parfor run factorial -s 1000000 -n 15", "None of these: ?[2J.");
    assert_talk("\n\x1b]0;x\x07\nmore options\n\x1b[A\n-\n\n",
        "parfor run factorial -s 1000000 -n 15", NULL);
    memset(long_line, 'x', sizeof long_line);
    strcpy(long_line + sizeof long_line - 4, "\nq\n");
    long_line[0] = '\n'; /* what is too long does not count as an empty line */
    assert_talk(long_line, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_empty_lines_run_the_article),
        cmocka_unit_test(presets_go_by_number_or_name),
        cmocka_unit_test(fields_are_changed_by_name),
        cmocka_unit_test(a_refusal_says_why_and_asks_again),
        cmocka_unit_test(questions_are_explained),
        cmocka_unit_test(the_user_can_leave_anywhere),
        cmocka_unit_test(no_answer_harms_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
