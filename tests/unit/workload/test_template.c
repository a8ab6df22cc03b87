// SPDX-License-Identifier: MIT
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

#include "workload/items.h"
#include "workload/template.h"

enum { WORDS_MAX = 8 };

struct given {
    const char *words[WORDS_MAX]; /* ended by NULL */
    const char *items[WORDS_MAX];
    const char *separator;
    int max_args;
    bool without_items;
};

static size_t length_of(const char *const words[])
{
    size_t length = 0;
    while (length < WORDS_MAX && words[length])
        length++;
    return length;
}

static int create(
    const struct given *given, struct template **ret_template, struct fault *fault)
{
    const struct template_setup setup = {
        .word_count = length_of(given->words),
        .words = (char *const *)(uintptr_t)given->words,
        .separator = given->separator,
        .max_args = given->max_args > 0 ? given->max_args : 1,
        .without_items = given->without_items,
    };
    return template_create(&setup, ret_template, fault);
}

static int expand(const struct given *given, const struct template_task *task,
    char ***ret_argv, int *ret_column)
{
    struct template *template;
    struct fault fault;
    assert_int_equal(create(given, &template, &fault), 0);
    struct template_task whole = *task;
    whole.item_count = length_of(given->items);
    whole.items = given->items;
    int error = template_expand(template, &whole, ret_argv, ret_column);
    template_destroy(template);
    return error;
}

/* The words with a bar between them. */
static void check(struct given given, const char *expected)
{
    const struct template_task task = {.number = 7, .slot = 3};
    char text[1024] = "", **argv;
    int column;
    assert_int_equal(expand(&given, &task, &argv, &column), 0);
    for (size_t i = 0; argv[i]; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "|" : "",
            argv[i]);
    free(argv);
    assert_string_equal(text, expected);
}

static void refuse(struct given given, const char *expected)
{
    struct template *template;
    struct fault fault;
    assert_int_equal(create(&given, &template, &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    if (!strstr(fault.text, expected))
        fail_msg("%s, not: %s", fault.text, expected);
}

/* All that GNU parallel 20221122 gave for them. */
static void the_forms_are_those_of_gnu_parallel(void **state)
{
    static const struct {
        const char *item, *stem, *name, *folder, *name_stem;
    } rows[] = {{"a", "a", "a", ".", "a"}, {"a/", "a/", "", ".", ""},
        {"/a", "/a", "a", "/", "a"}, {"a/b.c", "a/b", "b.c", "a", "b"},
        {".x", "", ".x", ".", ""}, {"d.d/x", "d.d/x", "x", "d.d", "x"},
        {"x.", "x", "x.", ".", "x"}, {"a.b.c", "a.b", "a.b.c", ".", "a.b"},
        {"/", "/", "", "/", ""}, {"//", "//", "", "/", ""},
        {"a//b", "a//b", "b", "a", "b"}, {"d/.x", "d/", ".x", "d", ""},
        {"a.b/", "a.b/", "", ".", ""}, {"x..", "x.", "x..", ".", "x."},
        {"..", ".", "..", ".", "."}, {"", "", "", ".", ""},
        {"/a/b/c.tar.gz", "/a/b/c.tar", "c.tar.gz", "/a/b", "c.tar"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "x|%s|<%s>|%s|%s|%s", rows[i].item,
            rows[i].stem, rows[i].name, rows[i].folder, rows[i].name_stem);
        struct given given = {
            .words = {"x", "{}", "<{.}>", "{/}", "{//}", "{/.}"}, .items = {NULL}};
        given.items[0] = rows[i].item;
        check(given, expected);
    }
    (void)state;
}

static void the_rest_of_the_placeholders(void **state)
{
    check(
        (struct given){.words = {"x", "{#}", "{%}", "{}{}"}, .items = {"a"}}, "x|7|3|aa");
    check((struct given){.words = {"x", "{1}", "{1.}", "{1/}", "{1//}", "{1/.}"},
              .items = {"d/a.b"}},
        "x|d/a.b|d/a|a.b|d|a");
    check((struct given){.words = {"{}", "-v"}, .items = {"prog"}}, "prog|-v");
    (void)state;
}

static void a_command_without_any_gets_one(void **state)
{
    check((struct given){.words = {"x", "-k"}, .items = {"a b"}}, "x|-k|a b");
    check((struct given){.words = {"x", "{#}"}, .items = {"a"}}, "x|7");
    check((struct given){.words = {"x", "{}"}, .items = {""}}, "x|");
    check((struct given){.words = {"x", "{}"}, .without_items = true}, "x|{}");
    check((struct given){.words = {"x"}, .without_items = true}, "x");
    (void)state;
}

static void what_is_none_stays(void **state)
{
    check((struct given){.words = {"x", "{a}", "{", "}", "{ }", "{print $1}", "{//.}",
                             "{{}"},
              .items = {"i"}},
        "x|{a}|{|}|{ }|{print $1}|{//.}|{i");
    check((struct given){.words = {"x", "{##}", "{1#}", "{-1}", "{}"}, .items = {"i"}},
        "x|{##}|{1#}|{-1}|i");
    (void)state;
}

static void several_items_are_words_or_joined(void **state)
{
    struct given given = {
        {"x", "{}", "<{/}>", "{2}"}, {"p/a", "q r", "c"}, .max_args = 3};
    check(given, "x|p/a|q r|c|<a q r c>|q r");
    check((struct given){.words = {"x", "{.}"}, .items = {"a.b", "c.d"}, .max_args = 2},
        "x|a|c");
    (void)state;
}

static void columns(void **state)
{
    check(
        (struct given){
            .words = {"x", "{2}", "{1.}", "{}"}, .items = {"a.b,c d"}, .separator = ","},
        "x|c d|a|a.b|c d");
    check((struct given){.words = {"x", "{}y"}, .items = {"a::b::"}, .separator = "::"},
        "x|a b y");
    check((struct given){.words = {"x", "{2}"}, .items = {"a\tb"}, .separator = "\\t"},
        "x|b");
    check((struct given){.words = {"x", "{3}{2}"},
              .items = {"a,b", "c,d"},
              .separator = ",",
              .max_args = 2},
        "x|cb");
    (void)state;
}

static void a_column_that_is_not_there(void **state)
{
    const struct template_task task = {.number = 1, .slot = 1};
    struct given given = {
        .words = {"x", "{1}", "{3.}"}, .items = {"a,b"}, .separator = ","};
    char **argv = NULL;
    int column = 0;
    assert_int_equal(expand(&given, &task, &argv, &column), -EINVAL);
    assert_int_equal(column, 3);
    assert_null(argv);
    refuse((struct given){.words = {"x", "{0}"}, .items = {NULL}}, "no such column: {0}");
    refuse((struct given){.words = {"x", "{2/.}"}, .items = {NULL}},
        "no such column: {2/.}");
    refuse((struct given){.words = {"x", "{3}"}, .items = {NULL}, .max_args = 2},
        "no such column: {3}");
    refuse(
        (struct given){
            .words = {"{99999999999999999999}"}, .items = {NULL}, .separator = ","},
        "no such column: {9999");
    refuse(
        (struct given){.words = {"x"}, .items = {NULL}, .separator = ""}, "no separator");
    refuse((struct given){.words = {NULL}}, "no command");
    (void)state;
}

static void without_a_place_it_has_no_numbers(void **state)
{
    struct given given = {.words = {"x", "{#}-{%}", "{}"}, .items = {"a"}};
    struct template_task task = {.number = 7, .nameless = true};
    char **argv;
    int column;
    assert_int_equal(expand(&given, &task, &argv, &column), 0);
    assert_string_equal(argv[1], "{#}-{%}");
    free(argv);
    (void)state;
}

/* One argument may be as long as an item, however many it is made of. */
static void what_no_program_takes(void **state)
{
    const struct template_task task = {.number = 1, .slot = 1};
    char *item = malloc(ITEMS_LENGTH_MAX + 2), **argv;
    memset(item, 'a', ITEMS_LENGTH_MAX + 1);
    item[ITEMS_LENGTH_MAX + 1] = '\0';
    struct given given = {.words = {"x", "{}"}, .items = {item}},
                 twice = {.words = {"x", "{}{}"}, .items = {item}};
    int column = 0;
    assert_int_equal(expand(&given, &task, &argv, &column), -E2BIG);
    item[ITEMS_LENGTH_MAX] = '\0';
    assert_int_equal(expand(&given, &task, &argv, &column), 0);
    assert_string_equal(argv[1], item);
    free(argv);
    assert_int_equal(expand(&twice, &task, &argv, &column), -E2BIG);
    assert_int_equal(column, 0);
    free(item);
    (void)state;
}

static void check_program(struct given given, const char *expected)
{
    struct template *template;
    struct fault fault;
    assert_int_equal(create(&given, &template, &fault), 0);
    const char *program = template_program(template);
    if (expected)
        assert_string_equal(program, expected);
    else
        assert_null(program);
    template_destroy(template);
}

static void the_program_is_the_first_word(void **state)
{
    check_program((struct given){.words = {"gzip", "{}"}, .items = {NULL}}, "gzip");
    check_program((struct given){.words = {"./{}", "-v"}, .items = {NULL}}, NULL);
    check_program((struct given){.words = {"./{}"}, .without_items = true}, "./{}");
    (void)state;
}

static void check_description(struct given given, const char *expected)
{
    struct template *template;
    struct fault fault;
    char text[200];
    assert_int_equal(create(&given, &template, &fault), 0);
    template_describe(template, sizeof text, text);
    assert_string_equal(text, expected);
    template_destroy(template);
}

static void it_is_described_as_typed(void **state)
{
    check_description(
        (struct given){.words = {"gzip", "-k"}, .items = {NULL}}, "gzip -k");
    check_description((struct given){.words = {"x", "{.}.png", "a b", "", "it's", "k=v"},
                          .items = {NULL}},
        "x {.}.png 'a b' '' 'it'\\''s' k=v");
    check_description(
        (struct given){
            .words = {"A=b", "{a,{}}", "$x", "#", "{1..3}{}", "~"}, .items = {NULL}},
        "'A=b' '{a,{}}' '$x' '#' '{1..3}{}' '~'");
    check_description((struct given){.words = {"a\tb", "bad\xff\xfe", "it's\n\\",
                                         "caf\xc3\xa9\033"
                                         "1",
                                         "\xc2\x9b", "caf\xc3\xa9"},
                          .items = {NULL}},
        "$'a\\tb' $'bad\\377\\376' $'it\\'s\\n\\\\' $'caf\xc3\xa9\\0331' "
        "$'\\302\\233' 'caf\xc3\xa9'");
    char text[6];
    template_quote("aa\xc3\xa4\xc3\xa4", sizeof text, text);
    assert_string_equal(text, "'aa\xc3\xa4");
    template_quote("ab", 1, text);
    assert_string_equal(text, "");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_forms_are_those_of_gnu_parallel),
        cmocka_unit_test(the_rest_of_the_placeholders),
        cmocka_unit_test(a_command_without_any_gets_one),
        cmocka_unit_test(what_is_none_stays),
        cmocka_unit_test(several_items_are_words_or_joined),
        cmocka_unit_test(columns),
        cmocka_unit_test(a_column_that_is_not_there),
        cmocka_unit_test(without_a_place_it_has_no_numbers),
        cmocka_unit_test(what_no_program_takes),
        cmocka_unit_test(the_program_is_the_first_word),
        cmocka_unit_test(it_is_described_as_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
