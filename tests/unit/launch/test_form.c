// SPDX-License-Identifier: MIT
/* The form as a command line: what is shown is what is run, for a real shell, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filling.h"

enum { OUTPUT_SIZE = 65536, FORMS = 400 };

static int set_up(void **state)
{
    static const char *const names[] = {"a.txt", "b c.txt", "it's.txt", "loop.c"};
    char folder[] = "/tmp/parfor-test-form.XXXXXX";
    setenv("LC_ALL", "C", 1);
    setenv("SHELL", "/bin/sh", 1);
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return -1;
    setenv("HOME", folder, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        close(open(names[i], O_CREAT | O_WRONLY, 0600));
    *state = strdup(folder);
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
    int status = chdir("/") < 0 ? -1 : system(command);
    free(*state);
    return status;
}

static void assert_refusal(
    const struct launch_form *form, enum launch_field field, const char *expected)
{
    assert_string_equal(form->fields[field].refusal, expected);
    assert_int_equal(launch_form_is_refused(form), *expected != '\0');
}

/* The words that a shell makes of a command line, with a newline behind each. */
static void ask_shell(const char *line, char words[OUTPUT_SIZE])
{
    char *script;
    assert_true(asprintf(&script, "printf '%%s\\n' %s", line) > 0);
    setenv("PARFOR_SCRIPT", script, 1);
    FILE *pipe = popen("sh -c \"$PARFOR_SCRIPT\"", "r");
    words[fread(words, 1, OUTPUT_SIZE - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
    free(script);
}

/* What is run, what is shown, and what is taken from that again are the same. */
static void assert_round(struct launch_form *form)
{
    static char shell[OUTPUT_SIZE], ours[OUTPUT_SIZE];
    char line[LAUNCH_TEXT_SIZE], again[LAUNCH_TEXT_SIZE];
    struct options options;
    struct fault fault = {0};
    launch_form_command_line(form, sizeof line, line);
    if (launch_form_options(form, &options, &fault) < 0)
        fail_msg("%s: %s", line, fault.text);
    size_t length = (size_t)snprintf(ours, sizeof ours, "parfor\n%s\n", options.command);
    for (int i = 0; i < options.argument_count; i++)
        length += (size_t)snprintf(
            ours + length, sizeof ours - length, "%s\n", options.arguments[i]);
    ask_shell(line, shell);
    assert_string_equal(shell, ours);
    struct launch_form *other = launch_form_create(&machine, machine.usable_cpus);
    if (launch_form_take(other, line) < 0)
        fail_msg("not taken: %s", line);
    struct options others;
    if (launch_form_options(other, &others, &fault) < 0)
        fail_msg("%s: %s", line, fault.text);
    assert_memory_equal(&others.plan, &options.plan, sizeof options.plan);
    assert_int_equal(others.ask, options.ask);
    assert_int_equal(others.own.shell, options.own.shell);
    assert_int_equal(others.own.item_count, options.own.item_count);
    assert_int_equal(others.output_count, options.output_count);
    launch_form_command_line(other, sizeof again, again);
    /* An option that was given twice, to its field and to the others, is given once. */
    if (!form->fields[LAUNCH_MORE].entry.text[0])
        assert_string_equal(again, line);
    assert_int_equal(launch_form_take(other, again), 0);
    launch_form_command_line(other, sizeof line, line);
    assert_string_equal(again, line);
    launch_form_destroy(other);
}

static void every_preset_is_its_command_line(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t i = 0; launch_presets[i].name; i++) {
        set_choice(form, LAUNCH_WHAT, launch_presets[i].name);
        assert_line(form, launch_presets[i].command_line);
        assert_false(launch_form_is_refused(form));
        assert_string_equal(form->fields[LAUNCH_WHAT].hint, launch_presets[i].says);
        assert_round(form);
    }
    launch_form_destroy(form);
}

static const char *const texts[] = {"", "", "", "15", "1e6", "20s", "50%", "+1", "-1",
    "1-8", "8", "1,2,4", "0", "abc", "gzip", "cat {} | wc -l", "sh -c 'echo \"$1\" {}' x",
    "echo 'it'\\''s' \"a b\"", "A=1 env", "'A=1'", "*.txt", "a.txt 'b c.txt'", "~", "\\*",
    "it\\'s.txt \"x\\\"y\"", "1 2 3", "{1..3}", "'{1,2}'", "--pin",
    "--seed 3 --retries 2", "--pin --shell", "-r 3", "-o 'my result.json'", "--", "\"",
    "$HOME", "'$HOME'", "#", "loop.c", "no.c", "./loop.c", "[a]*", "größe", "''", "a:::b",
    ":::", "true", "echo {}", "--quick", "5s", "30s", "-5", "--max-tasks 3",
    "*.txt 'x *' ?.txt", "10m", "--ask"};

static void random_forms_are_what_they_show(void **state)
{
    enum { TEXTS = sizeof texts / sizeof *texts };
    int run = 0;
    (void)state;
    srandom(7);
    for (int i = 0; i < FORMS * 20 && run < FORMS; i++) {
        struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
        for (int step = 0; step < 6; step++) {
            enum launch_field field = (enum launch_field)(random() % LAUNCH_FIELDS);
            struct form_field *target = &form->fields[field];
            size_t choices = 0;
            while (target->kind == FORM_CHOICE && target->choices[choices])
                choices++;
            if (choices > 0 && random() % 3 == 0 && field == LAUNCH_LOOP)
                target->choice = choices - 1 - (size_t)random() % 2;
            else if (choices > 0)
                target->choice = (size_t)random() % choices;
            else
                entry_set(&target->entry, texts[random() % TEXTS]);
            form->form.focus = field;
            launch_form_check(form);
        }
        if (!launch_form_is_refused(form)) {
            assert_round(form);
            run++;
        }
        launch_form_destroy(form);
    }
    assert_int_equal(run, FORMS);
}

static void refusals_read_beside_their_fields(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    set_text(form, LAUNCH_TASKS, "abc");
    assert_refusal(
        form, LAUNCH_TASKS, "neither a whole number nor a time (such as 15, 1M, or 20s)");
    set_text(form, LAUNCH_TASKS, "0");
    assert_refusal(form, LAUNCH_TASKS, "out of range: 1 to 1000000000000");
    set_text(form, LAUNCH_TASKS, "15");
    assert_refusal(form, LAUNCH_TASKS, "");
    set_text(form, LAUNCH_SIZE, "2000000000");
    assert_refusal(form, LAUNCH_SIZE, "out of range: n, 1 to 1000000000");
    set_text(form, LAUNCH_SIZE, "x");
    assert_refusal(form, LAUNCH_SIZE, "not a whole number: n, 1 to 1000000000");
    set_choice(form, LAUNCH_LOOP, "sharing");
    assert_refusal(form, LAUNCH_SIZE, "");
    set_text(form, LAUNCH_SIZE, "12");
    assert_refusal(form, LAUNCH_SIZE, "wrong: multiples of 8");
    set_text(form, LAUNCH_SIZE, "16");
    set_text(form, LAUNCH_WORKERS, "5000");
    assert_refusal(form, LAUNCH_WORKERS,
        "wrong: 1 to 4096, or of the usable CPUs 50%, 100%, +1, -1");
    set_text(form, LAUNCH_WORKERS, "+5000");
    assert_true(launch_form_is_refused(form));
    set_text(form, LAUNCH_WORKERS, "");
    set_text(form, LAUNCH_REPEATS, "2.5");
    assert_refusal(form, LAUNCH_REPEATS, "not a whole number: 1 to 1000");
    set_choice(form, LAUNCH_DO, "more and more workers");
    set_text(form, LAUNCH_REPEATS, "1000");
    assert_refusal(form, LAUNCH_REPEATS, "too many runs: with 3 numbers of workers 666");
    set_text(form, LAUNCH_REPEATS, "");
    set_choice(form, LAUNCH_DO, "in parallel only");
    set_choice(form, LAUNCH_SCHEDULE, "longest first");
    assert_refusal(form, LAUNCH_SCHEDULE, "needs the times of a first run: do compare");
    set_choice(form, LAUNCH_DO, "compare");
    assert_refusal(form, LAUNCH_SCHEDULE, "");
    launch_form_destroy(form);
}

static void a_command_is_checked(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    set_choice(form, LAUNCH_LOOP, "a command");
    assert_true(launch_form_is_refused(form));
    assert_string_equal(
        form->fields[LAUNCH_COMMAND].refusal, "which one? Such as gzip -k {}");
    set_text(form, LAUNCH_COMMAND, "cat");
    assert_refusal(form, LAUNCH_ITEMS, "of what? Such as *.txt, or 1 2 3");
    set_text(form, LAUNCH_ITEMS, "*.h5");
    assert_refusal(form, LAUNCH_ITEMS, "no such files");
    set_text(form, LAUNCH_ITEMS, "*.txt 7");
    assert_refusal(form, LAUNCH_ITEMS, "");
    assert_string_equal(form->fields[LAUNCH_ITEMS].hint, "4 items");
    assert_line(form, "parfor run -- cat ::: *.txt 7");
    set_text(form, LAUNCH_ITEMS, "$(seq 3)");
    assert_refusal(form, LAUNCH_ITEMS,
        "$ means something to a shell only: type 1 2 3 4 5, or put it in quotes");
    set_text(form, LAUNCH_ITEMS, "1");
    set_text(form, LAUNCH_COMMAND, "no-such-program-here");
    assert_true(strstr(form->fields[LAUNCH_COMMAND].refusal, "no-such-program-here"));
    set_text(form, LAUNCH_COMMAND, "cat {} | wc -l");
    assert_refusal(form, LAUNCH_COMMAND, "");
    assert_line(form, "parfor run --shell -- 'cat {} | wc -l' ::: 1");
    set_text(form, LAUNCH_LIST, "a.txt");
    assert_refusal(form, LAUNCH_LIST, "one list is enough: this, or the line above");
    set_text(form, LAUNCH_ITEMS, "");
    assert_line(form, "parfor run -a a.txt --shell -- 'cat {} | wc -l'");
    assert_false(launch_form_is_refused(form));
    set_text(form, LAUNCH_LIST, "none.txt");
    assert_refusal(form, LAUNCH_LIST, "no such file");
    launch_form_destroy(form);
}

static void more_options_are_checked(void **state)
{
    static const char *const wrong[] = {"--json", "--dry-run", "--help", "--version",
        "--", "factorial", "--nonsense", "--seed", "--seed x", "-q", "--plain", "$X", "*",
        "'", "--max-args 2", "--seconds 3"};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        set_text(form, LAUNCH_MORE, wrong[i]);
        if (!form->fields[LAUNCH_MORE].refusal[0])
            fail_msg("not refused: %s", wrong[i]);
    }
    set_text(form, LAUNCH_MORE, "--pin --seed 3");
    assert_refusal(form, LAUNCH_MORE, "");
    assert_line(form, "parfor run factorial -s 1000000 -n 15 --pin --seed 3");
    assert_string_equal(form->fields[LAUNCH_WHAT].hint, "changed");
    launch_form_destroy(form);
}

/* What stands in a field is what is run: no option beside it says otherwise. */
static void what_has_a_field_is_no_option_beside_it(void **state)
{
    static const struct {
        const char *text, *refusal;
    } cases[] = {{"-n 5", "not here: -n (the field tasks)"},
        {"-n5", "not here: -n (the field tasks)"},
        {"--seconds 3", "not here: --seconds (the field tasks)"},
        {"--pin --work 4", "not here: --workers (the field workers)"},
        {"-s 3", "not here: -s (the field size)"},
        {"-r 3", "not here: -r (the field repeats)"},
        {"--schedule static", "not here: --schedule (the field schedule)"},
        {"--fork-per-task", "not here: --fork-per-task (the field fork per task)"},
        {"--ask", "not here: --ask (the field do)"},
        {"--order longest", "not here: --order (the field schedule)"},
        {"--", "not here: -- (it ends the options)"},
        {"--zzzzzz", "unknown option: --zzzzzz (parfor run --help lists them)"}};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_text(form, LAUNCH_MORE, cases[i].text);
        assert_refusal(form, LAUNCH_MORE, cases[i].refusal);
    }
    form->fields[LAUNCH_DO].choice = LAUNCH_GUESS;
    set_text(form, LAUNCH_MORE, "--pin");
    assert_refusal(form, LAUNCH_MORE, "");
    launch_form_destroy(form);
}

/* A simulated machine is looked at; the work is done by the CPUs of the one behind it. */
static void workers_are_those_that_can_be_had(void **state)
{
    struct machine simulated = machine;
    simulated.simulated = true;
    simulated.usable_cpus = 6;
    struct launch_form *form = launch_form_create(&simulated, 2);
    (void)state;
    assert_string_equal(form->fields[LAUNCH_WORKERS].fallback, "2");
    assert_string_equal(
        form->fields[LAUNCH_WORKERS].hint, "1 to 4096, 50%, +1; 2 real CPUs");
    launch_form_destroy(form);
}

static void what_no_field_has_is_not_taken(void **state)
{
    static const char *const wrong[] = {"", "parfor", "parfor watch", "parfor list",
        "parfor show x.json", "parfor versus a b", "parfor run", "parfor run nothing",
        "parfor run factorial -n", "parfor run factorial --json", "parfor run -- cat",
        "parfor run -a - -- cat", "parfor run -- cat :::", "parfor run *.c",
        "parfor run factorial; ls", "parfor run factorial -n '15",
        "parfor run -- a\nb ::: 1", "parfor run factorial --help"};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    char longer[2048] = "parfor run -- cat ::: ";
    (void)state;
    set_text(form, LAUNCH_TASKS, "16");
    memset(longer + strlen(longer), 'x', 600);
    assert_true(launch_form_take(form, longer) < 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (launch_form_take(form, wrong[i]) == 0)
            fail_msg("taken: %s", wrong[i]);
    assert_line(form, "parfor run factorial -s 1000000 -n 16");
    launch_form_destroy(form);
}

/* As others write it: short, long, in another order. */
static void command_lines_are_taken(void **state)
{
    static const char *const pairs[][2] = {
        {"parfor run -n15 factorial", "parfor run factorial -n 15"},
        {"parfor run triangle --schedule=static,4 -r 3 --iter 100",
            "parfor run triangle -n 100 --schedule static,4 -r 3"},
        {"parfor run spin --seconds 3", "parfor run spin --seconds 3s"},
        {"parfor run spin --seconds 2m --ask", "parfor run spin --seconds 2m --ask"},
        {"parfor map ./loop.c -j 50% --set a=b", "parfor map ./loop.c -j 50% --set a=b"},
        {"parfor sweep primes -j 1-8", "parfor sweep primes -j 1-8"},
        {"parfor check --long 5s --strict", "parfor check --quick --strict"},
        {"parfor check --long 1m --expect 2", "parfor check --long 1m --expect 2"},
        {"parfor run pi --order longest", "parfor run pi --order longest"},
        {"parfor run pi --order longest --schedule static",
            "parfor run pi --schedule static --order longest"},
        {"parfor run --shell -- 'gzip -k' ::: 'a b' *.txt",
            "parfor run --shell -- 'gzip -k' ::: 'a b' *.txt"},
        {"parfor map --timeout 30s --fork-per-task -- cat ::: a",
            "parfor map --timeout 30s --fork-per-task -- cat ::: a"},
        {"parfor run pi -o '' -o x.json", NULL},
    };
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int error = launch_form_take(form, pairs[i][0]);
        assert_int_equal(error == 0, pairs[i][1] != NULL);
        if (error == 0)
            assert_line(form, pairs[i][1]);
    }
    launch_form_destroy(form);
}

static void a_form_is_short(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    for (size_t loop = 0; form->loops[loop]; loop++)
        for (size_t what = 0; what < LAUNCH_DOS; what++) {
            size_t rows = 0;
            form->fields[LAUNCH_DO].choice = what;
            set_choice(form, LAUNCH_LOOP, form->loops[loop]);
            for (size_t i = 0; i < LAUNCH_FIELDS; i++)
                rows += !form->fields[i].hidden;
            assert_in_range(rows, 5, 11);
        }
    launch_form_destroy(form);
}

/* A preset does not throw a typed command away, and another loop has other sizes. */
static void what_was_typed_is_kept(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    (void)state;
    set_choice(form, LAUNCH_WHAT, "my own command...");
    set_text(form, LAUNCH_COMMAND, "cat -n");
    set_text(form, LAUNCH_ITEMS, "*.txt");
    set_choice(form, LAUNCH_WHAT, "memory-bound");
    set_choice(form, LAUNCH_WHAT, "my own command...");
    assert_line(form, "parfor run -- cat -n ::: *.txt");
    set_choice(form, LAUNCH_WHAT, "the article's loop");
    set_choice(form, LAUNCH_LOOP, "pi");
    assert_line(form, "parfor run pi");
    assert_int_equal(launch_form_take(form, "parfor run memory -r 3"), 0);
    assert_string_equal(form->presets[form->fields[LAUNCH_WHAT].choice], "memory-bound");
    launch_form_destroy(form);
}

static void assert_what(struct launch_form *form, const char *name, const char *hint)
{
    const struct form_field *field = &form->fields[LAUNCH_WHAT];
    assert_string_equal(form->presets[field->choice], name);
    assert_string_equal(field->hint, hint);
}

static void take_what(const char *line, const char *name, const char *hint)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    assert_int_equal(launch_form_take(form, line), 0);
    assert_what(form, name, hint);
    launch_form_destroy(form);
}

/* A loop is called after a preset only where it may have come from it. */
static void a_loop_of_ones_own_is_called_so(void **state)
{
    static const char own[] = "my own loop", says[] = "what the other fields say";
    (void)state;
    take_what("parfor run factorial -s 1000000 -n 15", "the article's loop",
        "1000000! computed 15 times");
    take_what("parfor run factorial -n 16", "the article's loop", "changed");
    take_what("parfor map -- cat ::: 1 2", "my own command...", "changed");
    take_what("parfor check --long 1m", "check this machine", "changed");
    take_what("parfor run sleep -s 1000 -n 9", own, says);
    take_what("parfor run factorial -s 2000", own, says);
    take_what("parfor run spin -s 100000", own, says);
    take_what("parfor run spin -s 100", "too small tasks", "changed");
}

/* From the presets there is a way back to it. */
static void a_loop_of_ones_own_is_kept(void **state)
{
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    size_t presets = launch_preset_count();
    (void)state;
    assert_null(form->presets[presets]);
    set_text(form, LAUNCH_SIZE, "2000");
    assert_what(form, "my own loop", "what the other fields say");
    set_text(form, LAUNCH_TASKS, "7");
    assert_line(form, "parfor run factorial -s 2000 -n 7");
    set_choice(form, LAUNCH_WHAT, "memory-bound");
    assert_line(form, "parfor run memory");
    set_choice(form, LAUNCH_WHAT, "my own loop");
    assert_line(form, "parfor run factorial -s 2000 -n 7");
    set_text(form, LAUNCH_SIZE, "0"); /* refused: not to be come back to */
    set_choice(form, LAUNCH_WHAT, "memory-bound");
    set_choice(form, LAUNCH_WHAT, "my own loop");
    assert_line(form, "parfor run factorial -s 2000 -n 7");
    set_text(form, LAUNCH_SIZE, "1000000");
    set_text(form, LAUNCH_TASKS, "15");
    assert_what(form, "the article's loop", "1000000! computed 15 times");
    launch_form_destroy(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loop_of_ones_own_is_called_so),
        cmocka_unit_test(a_loop_of_ones_own_is_kept),
        cmocka_unit_test(every_preset_is_its_command_line),
        cmocka_unit_test(random_forms_are_what_they_show),
        cmocka_unit_test(refusals_read_beside_their_fields),
        cmocka_unit_test(a_command_is_checked),
        cmocka_unit_test(more_options_are_checked),
        cmocka_unit_test(what_has_a_field_is_no_option_beside_it),
        cmocka_unit_test(workers_are_those_that_can_be_had),
        cmocka_unit_test(what_no_field_has_is_not_taken),
        cmocka_unit_test(command_lines_are_taken),
        cmocka_unit_test(a_form_is_short),
        cmocka_unit_test(what_was_typed_is_kept),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
