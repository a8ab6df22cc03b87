// SPDX-License-Identifier: MIT
#include "workload/template.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "workload/template_parse.h"

static char *join_words(const struct template_setup *setup)
{
    struct bytes script = {0};
    for (size_t i = 0; i < setup->word_count; i++) {
        bytes_add_text(&script, i > 0 ? " " : "");
        bytes_add_text(&script, setup->words[i]);
    }
    bytes_add(&script, 1, "");
    return script.data;
}

static int add_word(struct template *template, const char *text,
    const struct template_rules *rules, struct fault *fault)
{
    struct template_word *word = memory_append(
        (void **)&template->words, template->word_count, sizeof *template->words);
    template->word_count++;
    return template_parse_word(word, text, rules, fault);
}

static bool has_placeholder(const struct template *template)
{
    for (size_t i = 0; i < template->word_count; i++)
        if (template_word_has_placeholder(&template->words[i]))
            return true;
    return false;
}

static int parse_script(struct template *template, const struct template_setup *setup,
    struct template_rules rules, struct fault *fault)
{
    struct quote_scan scan;
    char *script = join_words(setup);
    quote_scan_init(&scan, template->kind, script);
    rules.scan = &scan;
    int error = add_word(template, script, &rules, fault);
    if (error == 0 && !setup->without_items && !has_placeholder(template)) {
        char *longer = text_format("%s {}", script);
        template_word_finish(&template->words[--template->word_count]);
        quote_scan_init(&scan, template->kind, longer);
        error = add_word(template, longer, &rules, fault);
        free(longer);
    }
    free(script);
    return error;
}

static int parse_words(struct template *template, const struct template_setup *setup,
    const struct template_rules *rules, struct fault *fault)
{
    for (size_t i = 0; i < setup->word_count; i++) {
        int error = add_word(template, setup->words[i], rules, fault);
        if (error < 0)
            return error;
    }
    if (setup->without_items || has_placeholder(template))
        return 0;
    return add_word(template, "{}", rules, fault);
}

static int parse(
    struct template *template, const struct template_setup *setup, struct fault *fault)
{
    struct template_rules rules = {.literal = setup->without_items};
    rules.column_most = setup->separator ? INT_MAX - 1 : setup->max_args;
    if (setup->word_count == 0)
        return fault_input(fault, "no command");
    if (setup->separator && !*setup->separator)
        return fault_input(fault, "no separator of columns: \"\" (--colsep ,)");
    if (!setup->shell)
        return parse_words(template, setup, &rules, fault);
    if (quote_kind_of(setup->shell_path, &template->kind) < 0)
        return fault_input(fault,
            "not a shell whose quoting is known: %s (SHELL=/bin/sh in the environment)",
            setup->shell_path);
    return parse_script(template, setup, rules, fault);
}

/* `\t` for a tabulator is what people type. */
static char *copy_separator(const char *separator)
{
    if (!separator)
        return NULL;
    return text_duplicate(strcmp(separator, "\\t") == 0 ? "\t" : separator);
}

int template_create(const struct template_setup *setup, struct template **ret_template,
    struct fault *fault)
{
    struct template *template = memory_new(1, sizeof *template);
    template->separator = copy_separator(setup->separator);
    template->shell_path = setup->shell ? text_duplicate(setup->shell_path) : NULL;
    template->typed_count = setup->word_count;
    template->typed = memory_new(setup->word_count, sizeof *template->typed);
    for (size_t i = 0; i < setup->word_count; i++)
        template->typed[i] = text_duplicate(setup->words[i]);
    int error = parse(template, setup, fault);
    if (error < 0) {
        template_destroy(template);
        return error;
    }
    *ret_template = template;
    return 0;
}

void template_destroy(struct template *template)
{
    if (!template)
        return;
    for (size_t i = 0; i < template->word_count; i++)
        template_word_finish(&template->words[i]);
    for (size_t i = 0; i < template->typed_count; i++)
        free(template->typed[i]);
    free(template->words);
    free(template->typed);
    free(template->shell_path);
    free(template->separator);
    free(template);
}

const char *template_program(const struct template *template)
{
    if (template->shell_path)
        return template->shell_path;
    const struct template_word *first = &template->words[0];
    return template_word_has_placeholder(first) ? NULL : first->text;
}

/* The bytes of `text` that fit into `room`: no character is cut through. */
static size_t fitting(const char *text, size_t length, size_t room)
{
    if (length <= room)
        return length;
    while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80)
        room--;
    return room;
}

static void put_text(size_t size, char text[], const struct bytes *source)
{
    size_t length = fitting(source->data, source->size, size - 1);
    memcpy(text, source->data, length);
    text[length] = '\0';
}

/* Braces are but for those that bash would take apart; what begins a comment, a home
 * folder or, for zsh, a command's path is not. */
static bool needs_quotes(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-./:+=%@,^{}#";
    if (!*word || strchr("#=", word[0]) || word[strspn(word, plain)])
        return true;
    bool braces = strchr(word, '{') && (strchr(word, ',') || strstr(word, ".."));
    return braces || strcmp(word, "{") == 0 || strcmp(word, "}") == 0;
}

static void quote_for_person(const char *word, bool first, struct bytes *bytes)
{
    if (!quote_is_shown(strlen(word), word))
        quote_escaped(strlen(word), word, bytes);
    else if (needs_quotes(word) || (first && strchr(word, '=')))
        quote_word(QUOTE_POSIX, strlen(word), word, bytes);
    else
        bytes_add_text(bytes, word);
}

void template_describe(const struct template *template, size_t size, char text[])
{
    struct bytes bytes = {0};
    for (size_t i = 0; i < template->typed_count; i++) {
        bytes_add_text(&bytes, i > 0 ? " " : "");
        quote_for_person(template->typed[i], i == 0, &bytes);
    }
    put_text(size, text, &bytes);
    bytes_finish(&bytes);
}

void template_quote(const char *word, size_t size, char text[])
{
    struct bytes bytes = {0};
    quote_for_person(word, false, &bytes);
    put_text(size, text, &bytes);
    bytes_finish(&bytes);
}
