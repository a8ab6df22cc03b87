// SPDX-License-Identifier: MIT
#include "workload/template_parse.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* Digits, at most INT_MAX; how many there are. */
static size_t parse_column(const char *text, int *ret_column)
{
    size_t length = strspn(text, "0123456789");
    int column = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = text[i] - '0';
        column = column > (INT_MAX - digit) / 10 ? INT_MAX : column * 10 + digit;
    }
    *ret_column = column;
    return length;
}

/* The length of what `text` begins with and what it means, 0 if it is no placeholder. */
static size_t parse_placeholder(const char *text, struct template_part *ret_part)
{
    static const struct {
        const char *text;
        enum template_form form;
    } forms[] = {{"}", TEMPLATE_WHOLE}, {".}", TEMPLATE_STEM}, {"/}", TEMPLATE_NAME},
        {"//}", TEMPLATE_FOLDER}, {"/.}", TEMPLATE_NAME_STEM}};
    struct template_part part = {.what = TEMPLATE_ITEM, .column = 0, .text = text};
    if (text[0] != '{')
        return 0;
    if ((text[1] == '#' || text[1] == '%') && text[2] == '}') {
        part.what = text[1] == '#' ? TEMPLATE_NUMBER : TEMPLATE_SLOT;
        part.size = 3;
        *ret_part = part;
        return part.size;
    }
    size_t begin = 1 + parse_column(text + 1, &part.column);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i].text);
        if (strncmp(text + begin, forms[i].text, length) != 0)
            continue;
        part.form = forms[i].form;
        part.size = begin + length;
        *ret_part = part;
        return part.size;
    }
    return 0;
}

static int check_part(const struct template_part *part,
    const struct template_rules *rules, struct fault *fault)
{
    int size = (int)part->size;
    if (part->what != TEMPLATE_ITEM)
        return 0;
    bool numbered = part->text[1] >= '0' && part->text[1] <= '9';
    if (numbered && part->column == 0)
        return fault_input(
            fault, "no such column: %.*s (they are counted from 1)", size, part->text);
    if (part->column > rules->column_most)
        return fault_input(fault,
            "no such column: %.*s (--colsep cuts an item into columns, --max-args takes "
            "several items at a time)",
            size, part->text);
    if (part->place == QUOTE_NOWHERE)
        return fault_input(fault,
            "no item can be quoted there: %.*s (not behind a $, in back-quotes, $'...' "
            "or "
            "\"${...}\", in a comment or a here-document, nor near a case in $(...))",
            size, part->text);
    return 0;
}

static void add_part(struct template_word *word, struct template_part part)
{
    struct template_part *added =
        memory_append((void **)&word->parts, word->part_count, sizeof *word->parts);
    *added = part;
    word->part_count++;
}

static void add_literal(struct template_word *word, const char *from, const char *to,
    const struct template_rules *rules)
{
    if (from == to)
        return;
    add_part(word, (struct template_part){.text = from, .size = (size_t)(to - from)});
    if (rules->scan)
        quote_scan_read(rules->scan, (size_t)(to - from), from);
}

int template_parse_word(struct template_word *word, const char *text,
    const struct template_rules *rules, struct fault *fault)
{
    *word = (struct template_word){.text = text_duplicate(text)};
    const char *from = word->text, *at = from;
    while (*at && !rules->literal) {
        struct template_part part;
        size_t length = parse_placeholder(at, &part);
        if (length == 0) {
            at++;
            continue;
        }
        add_literal(word, from, at, rules);
        part.place = rules->scan ? quote_scan_place(rules->scan) : QUOTE_BARE;
        int error = check_part(&part, rules, fault);
        if (error < 0)
            return error;
        add_part(word, part);
        if (rules->scan)
            quote_scan_read(rules->scan, 1, "x"); /* what comes there is a word */
        from = at += length;
    }
    add_literal(word, from, word->text + strlen(word->text), rules);
    return 0;
}

void template_word_finish(struct template_word *word)
{
    free(word->text);
    free(word->parts);
    *word = (struct template_word){0};
}

bool template_word_has_placeholder(const struct template_word *word)
{
    for (size_t i = 0; i < word->part_count; i++)
        if (word->parts[i].what != TEMPLATE_LITERAL)
            return true;
    return false;
}
