// SPDX-License-Identifier: MIT
#pragma once
/* Words with placeholders, cut into their parts: inside `template` alone. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "workload/quote.h"

enum template_what {
    TEMPLATE_LITERAL,
    TEMPLATE_ITEM,   /* {} and its relatives */
    TEMPLATE_NUMBER, /* {#} */
    TEMPLATE_SLOT,   /* {%} */
};

/* What of an item. */
enum template_form {
    TEMPLATE_WHOLE,
    TEMPLATE_STEM,      /* {.} */
    TEMPLATE_NAME,      /* {/} */
    TEMPLATE_FOLDER,    /* {//} */
    TEMPLATE_NAME_STEM, /* {/.} */
};

struct template_part {
    enum template_what what;
    enum template_form form;
    int column;             /* counted from 1; 0: all */
    enum quote_place place; /* where a shell would read it */
    size_t size;
    const char *text; /* as typed, in the word's text */
};

struct template_word {
    char *text;
    size_t part_count;
    struct template_part *parts;
};

struct template
{
    size_t typed_count;
    char **typed; /* the words as a person gave them */
    size_t word_count;
    struct template_word *words; /* what they mean; of a script, it alone */
    char *shell_path;            /* NULL: no shell */
    enum quote_kind kind;
    char *separator; /* NULL: none */
};

struct template_rules {
    int column_most;         /* the last column that there can be */
    bool literal;            /* nothing is a placeholder */
    struct quote_scan *scan; /* of the script that the word is; NULL: it is none */
};

/* Copies `text`.  Returns 0 or -EINVAL with `fault`; the caller finishes the word in
 * either case. */
int template_parse_word(struct template_word *word, const char *text,
    const struct template_rules *rules, struct fault *fault);
void template_word_finish(struct template_word *word);

bool template_word_has_placeholder(const struct template_word *word);
