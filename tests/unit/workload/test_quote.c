// SPDX-License-Identifier: MIT
/* Items in scripts: what a shell makes of them is asked of the shells that are here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/quote.h"
#include "workload/template.h"

static const char *const nasty[] = {"a", "", " ", "a b", "it's", "''", "'", "\"", "\\",
    "\\\\'", "$HOME", "$(echo no)", "`echo no`", "a\nb", "\n", "\n\n", "-rf", "--", "*",
    "?", "[a]", "~", "#x", "a;echo no", "a&b", "a|b", ">no", "<no", "!", "!!", "a!b",
    "{a,b}", "%", "=x", "\t", "\x01\x7f", "\xff\xfe", "caf\xc3\xa9", "\xc3", "a\\", "$",
    "\\n", "${x}", "a'b\"c`d$e\\f\ng", "'$(echo no)'", "\"$(echo no)\"", "';echo no;'",
    "\";echo no;\"", "*/", "%s%n", "(", ")", "}", "esac", "5"};
enum { NASTY = sizeof nasty / sizeof *nasty };

static int create(const char *shell, const char *script, struct template **ret_template,
    struct fault *fault)
{
    char *words[] = {(char *)(uintptr_t)script};
    const struct template_setup setup = {.word_count = 1,
        .words = words,
        .shell = true,
        .shell_path = shell,
        .max_args = 1};
    return template_create(&setup, ret_template, fault);
}

static char **expand(const char *shell, const char *script, const char *item)
{
    struct template *template;
    struct fault fault;
    int column;
    char **argv;
    if (create(shell, script, &template, &fault) < 0)
        fail_msg("%s: %s", script, fault.text);
    const struct template_task task = {
        .item_count = 1, .items = &item, .number = 7, .slot = 3};
    assert_int_equal(template_expand(template, &task, &argv, &column), 0);
    template_destroy(template);
    return argv;
}

/* What it puts out, ended by a NUL that is not counted. */
static size_t run(char *const argv[], size_t size, char output[])
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        execv(argv[0], argv);
        _exit(127);
    }
    close(pipes[1]);
    size_t length = 0;
    for (ssize_t got; (got = read(pipes[0], output + length, size - 1 - length)) > 0;)
        length += (size_t)got;
    close(pipes[0]);
    output[length] = '\0';
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (status != 0)
        fail_msg("status %d of: %s", status, argv[2]);
    return length;
}

/* The shell puts out just the item where the script has `{}`. */
static void check(
    const char *shell, const char *script, const char *before, const char *after)
{
    for (size_t i = 0; i < NASTY; i++) {
        char output[512], expected[512];
        char **argv = expand(shell, script, nasty[i]);
        size_t length = run(argv, sizeof output, output);
        snprintf(expected, sizeof expected, "%s%s%s", before, nasty[i], after);
        if (length != strlen(expected) || strcmp(output, expected) != 0)
            fail_msg("%s gave <%s>, not <%s>", argv[2], output, expected);
        free(argv);
    }
}

static bool is_here(const char *shell)
{
    return access(shell, X_OK) == 0;
}

static void a_posix_shell_gets_the_item(void **state)
{
    check("/bin/sh", "printf '[%s]' {}", "[", "]");
    check("/bin/sh", "printf '[%s]'", "[", "]");
    check("/bin/sh", "printf '%s' a{}b", "a", "b");
    (void)state;
}

/* Quotes around the placeholder are what people write: they must not undo the quoting. */
static void in_quotes_as_well(void **state)
{
    check("/bin/sh", "printf '%s' \"x{}y\"", "x", "y");
    check("/bin/sh", "printf '%s' 'x{}y'", "x", "y");
    check("/bin/sh", "printf '%s' \"$(printf '%s.' \"{}\")\"", "", ".");
    check("/bin/sh", "x=$(printf '%s.' {}) # it's\nprintf '%s' \"$x\"", "", ".");
    check("/bin/sh", "x=4; printf '%s' \"a\\\"{}\\\\\"", "a\"", "\\");
    (void)state;
}

static void other_shells_get_it(void **state)
{
    static const char *const shells[] = {
        "/bin/bash", "/usr/bin/bash", "/bin/zsh", "/bin/ksh", "/bin/dash"};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (is_here(shells[i]))
            check(shells[i], "printf '%s' x\"{}\"'y'", "x", "y");
    (void)state;
}

/* fish takes 50 ms to start: all items by one of them. */
static void fish_gets_it(void **state)
{
    char fish[] = "/usr/bin/fish", option[] = "-c";
    char script[8192] = "printf '%s|'", expected[2048] = "", output[2048];
    if (!is_here(fish))
        return;
    for (size_t i = 0; i < NASTY; i++) {
        char **argv = expand(fish, "\"{}\"'{}'{}", nasty[i]);
        snprintf(script + strlen(script), sizeof script - strlen(script), " %s", argv[2]);
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected),
            "%s%s%s|", nasty[i], nasty[i], nasty[i]);
        free(argv);
    }
    run((char *[]){fish, option, script, NULL}, sizeof output, output);
    assert_string_equal(output, expected);
    (void)state;
}

/* As a person pastes it: one line, and each of these shells takes it for the item. */
static void a_pasted_word_is_the_item(void **state)
{
    static const char *const shells[] = {"/bin/bash", "/bin/zsh", "/bin/ksh"};
    char option[] = "-c", word[256], script[300], output[256];
    for (size_t i = 0; i < 3 * NASTY; i++) {
        const char *item = nasty[i / 3], *shell = shells[i % 3];
        if (!is_here(shell))
            continue;
        template_quote(item, sizeof word, word);
        assert_true(quote_is_shown(strlen(word), word));
        assert_true(strlen(word) < TEMPLATE_QUOTED(strlen(item)));
        snprintf(script, sizeof script, "printf '%%s' %s", word);
        run((char *[]){(char *)(uintptr_t)shell, option, script, NULL}, sizeof output,
            output);
        if (strcmp(output, item) != 0)
            fail_msg("%s: %s gave <%s>, not <%s>", shell, script, output, item);
    }
    (void)state;
}

static void check_quoted(
    const char *shell, const char *script, const char *item, const char *expected)
{
    char **argv = expand(shell, script, item);
    assert_string_equal(argv[0], shell);
    assert_string_equal(argv[1], "-c");
    assert_string_equal(argv[2], expected);
    assert_null(argv[3]);
    free(argv);
}

static void the_rules_by_shell(void **state)
{
    check_quoted("/bin/sh", "x {}", "it's", "x 'it'\\''s'");
    check_quoted("/opt/bash-5.2", "x {/.} {#}", "d/it's.c", "x 'it'\\''s' 7");
    check_quoted("fish", "x {}", "it's \\ !", "x 'it\\'s \\\\ !'");
    check_quoted("/bin/tcsh", "x {}", "it's \\ !\n", "x 'it'\\''s \\ '\\!'\\\n'");
    check_quoted("csh", "x \"a\\\"{}", "b", "x \"a\\\"'b'");
    check_quoted(
        "sh", "echo $(({}+1)) $((({#}) + 2))", "41", "echo $((41+1)) $(((7) + 2))");
    check_quoted("sh", "echo $(({}+1))", "a[$(no)]", "echo $(('a[$(no)]'+1))");
    (void)state;
}

static void refuse(const char *shell, const char *script)
{
    struct template *template;
    struct fault fault;
    if (create(shell, script, &template, &fault) != -EINVAL)
        fail_msg("taken: %s", script);
    assert_int_equal(fault.kind, FAULT_INPUT);
}

/* Rather than let an item be a program. */
static void where_quoting_cannot_be_right(void **state)
{
    refuse("/bin/sh", "echo `cat {}`");
    refuse("/bin/sh", "echo \"`cat {}`\"");
    refuse("/bin/sh", "echo $'{}'");
    refuse("/bin/sh", "echo \"${x:-{}}\"");
    refuse("/bin/sh", "echo ${}");
    refuse("/bin/sh", "echo a # {}");
    refuse("/bin/sh", "cat <<E\n{}\nE\n");
    refuse("/bin/sh", "cat <<E # a\n{}\nE\n");
    refuse("/bin/sh", "echo \"$(case a in a) echo {};; esac)\"");
    refuse("/bin/sh", "echo \\{}");
    refuse("/bin/sh", "(((((((((((((((((((((((((((((((((((((((((( {}");
    refuse("/bin/nu", "echo {}");
    refuse("/bin/pwsh", "echo {}");
    (void)state;
}

static void what_only_looks_like_that(void **state)
{
    check_quoted("sh", "cat <<<{} x", "a", "cat <<<'a' x");
    check_quoted("sh", "echo $((1<<2))\necho {}", "a", "echo $((1<<2))\necho 'a'");
    check_quoted("sh", "echo a#{} $# ${#x} {}", "b", "echo a#'b' $# ${#x} 'b'");
    check_quoted("sh", "# it's\necho {}", "a", "# it's\necho 'a'");
    check_quoted("sh", "case {} in a) x;; esac", "a", "case 'a' in a) x;; esac");
    check_quoted("fish", "echo ` {}", "a", "echo ` 'a'");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_posix_shell_gets_the_item),
        cmocka_unit_test(in_quotes_as_well),
        cmocka_unit_test(other_shells_get_it),
        cmocka_unit_test(fish_gets_it),
        cmocka_unit_test(a_pasted_word_is_the_item),
        cmocka_unit_test(the_rules_by_shell),
        cmocka_unit_test(where_quoting_cannot_be_right),
        cmocka_unit_test(what_only_looks_like_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
