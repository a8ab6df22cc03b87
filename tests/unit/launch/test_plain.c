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
    const char *remembered; /* or NULL */
    size_t results;
    bool again;
    int end; /* 1: to be run */
    char line[LAUNCH_TEXT_SIZE];
    char *said;
    FILE *out;
};

/* As a launcher that says what is wanted; a file that is opened is a result more. */
static void on_wish(void *data, const struct launch_wish *wish)
{
    struct talk *talk = data;
    fprintf(talk->out, "wish %d, %zu and %zu, [%s]\n", wish->action, wish->numbers[0],
        wish->numbers[1], wish->name);
    talk->results += wish->action == LAUNCH_WISH_OPEN;
}

static void hold(struct talk *talk, const char *answers)
{
    static const struct machine machine = {.usable_cpus = 2};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    size_t size;
    FILE *in = fmemopen((void *)(uintptr_t)answers, strlen(answers), "r");
    FILE *out = open_memstream(&talk->said, &size);
    talk->out = out;
    if (talk->remembered)
        assert_int_equal(launch_form_take(form, talk->remembered), 0);
    talk->end = launch_plain_ask(&(struct launch_plain_setup){.form = form,
        .in = in,
        .out = out,
        .again = talk->again,
        .results = &talk->results,
        .on_wish = on_wish,
        .data = talk});
    launch_form_command_line(form, sizeof talk->line, talk->line);
    fclose(in);
    fclose(out);
    launch_form_destroy(form);
    for (const char *c = talk->said; *c; c++)
        assert_true(*c == '\n' || ((unsigned char)*c >= ' ' && *c != 0x7f));
}

/* Where there are so many results the answer comes to what is said; then it leaves. */
static void assert_wish(size_t results, const char *answer, const char *expected)
{
    char answers[600];
    static const char *const before[] = {"", "\n"}; /* both questions */
    for (size_t i = 0; i < 2; i++) {
        struct talk talk = {.results = results};
        snprintf(answers, sizeof answers, "%s%s\nq\n", before[i], answer);
        hold(&talk, answers);
        assert_int_equal(talk.end, 0);
        if (!strstr(talk.said, expected))
            fail_msg("\"%s\": not said: \"%s\" in:\n%s", answer, expected, talk.said);
        free(talk.said);
    }
}

/* What is said where a loop is remembered, up to running it at once. */
static void assert_remembered(const char *line, bool again, const char *expected)
{
    struct talk talk = {.remembered = line, .again = again};
    hold(&talk, "\n\n");
    assert_int_equal(talk.end, 1);
    assert_string_equal(talk.line, line);
    if (!strstr(talk.said, expected))
        fail_msg("not said: \"%s\" in:\n%s", expected, talk.said);
    assert_int_equal(!strstr(talk.said, "1 the article's loop: "), again);
    free(talk.said);
}

/* What it comes to, and what is said on the way; NULL: that does not matter. */
static void assert_talk(
    const char *answers, const char *expected_line, const char *expected_word)
{
    struct talk talk = {0};
    hold(&talk, answers);
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

static void what_is_left_is_proposed(void **state)
{
    (void)state;
    assert_remembered("parfor run factorial -s 1000000 -n 15", false,
        "Its number (Enter: the article's loop; q leaves)?");
    assert_remembered("parfor run sleep -s 1000 -n 9", false,
        "8 my own loop: parfor run sleep -s 1000 -n 9\n"
        "Its number (Enter: as it was left: parfor run sleep -s 1000 -n 9; q leaves)?");
    assert_remembered("parfor run factorial -s 1000000 -n 16", true,
        "Its number (Enter: as it was left: parfor run factorial -s 1000000 -n 16; q");
    /* A preset that is asked for is as it is by itself, whatever was made of it. */
    struct talk talk = {.remembered = "parfor run factorial -s 1000000 -n 16"};
    hold(&talk, "1\n\n");
    assert_string_equal(talk.line, "parfor run factorial -s 1000000 -n 15");
    free(talk.said);
    talk = (struct talk){.remembered = "parfor run -- cat ::: 1 2"};
    hold(&talk, "my own command...\n\n");
    assert_string_equal(talk.line, "parfor run -- cat ::: 1 2");
    free(talk.said);
    talk = (struct talk){.remembered = "parfor run sleep -n 9"};
    hold(&talk, "1\nwhat\n8\n\n");
    assert_string_equal(talk.line, "parfor run sleep -n 9");
    free(talk.said);
}

static void results_are_asked_for_in_letters(void **state)
{
    (void)state;
    assert_wish(2, "l", "wish 0, ");
    assert_wish(2, "s", "wish 1, 2 and 0, []");
    assert_wish(2, "s two words.json", "wish 1, 2 and 0, [two words.json]");
    assert_wish(2, " s  1", "wish 1, 1 and 0, []");
    assert_wish(2, "s 1 a.json", "wish 1, 1 and 0, [a.json]");
    assert_wish(2, "s 1.json", "wish 1, 2 and 0, [1.json]");
    assert_wish(0, "o a.json", "wish 2, 0 and 0, [a.json]");
    assert_wish(3, "b 1 3", "wish 3, 1 and 3, []");
    assert_wish(3, "b", "wish 3, 2 and 3, []");
    assert_wish(1, "o a\nb 2 1", "wish 3, 2 and 1, []"); /* one more by then */
}

static void wrong_wishes_say_why(void **state)
{
    (void)state;
    assert_wish(0, "l", "There are no results yet.\n");
    assert_wish(0, "s", "There are no results yet.\n");
    assert_wish(0, "b", "Two results are needed: there are none yet.\n");
    assert_wish(1, "b 1 2", "Two results are needed: there is one.\n");
    assert_wish(2, "s 3", "There is no result 3: the last is 2.\n");
    assert_wish(2, "b 1 3", "There is no result 3: the last is 2.\n");
    assert_wish(2, "b 9 1", "There is no result 9: the last is 2.\n");
    assert_wish(2, "b 1 1", "The numbers of two results are needed: b 1 2.\n");
    assert_wish(2, "b 1", "The numbers of two results are needed: b 1 2.\n");
    assert_wish(2, "b 1 2 3", "The numbers of two results are needed: b 1 2.\n");
    assert_wish(2, "b x", "The numbers of two results are needed: b 1 2.\n");
    assert_wish(2, "o", "The name of a file is needed: o NAME.\n");
    assert_wish(2, "s 99999999999999999999", "[99999999999999999999]"); /* a name */
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
        cmocka_unit_test(what_is_left_is_proposed),
        cmocka_unit_test(results_are_asked_for_in_letters),
        cmocka_unit_test(wrong_wishes_say_why),
        cmocka_unit_test(the_user_can_leave_anywhere),
        cmocka_unit_test(no_answer_harms_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
