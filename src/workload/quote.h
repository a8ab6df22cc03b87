// SPDX-License-Identifier: MIT
#pragma once
/* Quoting for shells: what a word must look like in a script so that the shell takes it
 * for exactly that, whatever is in it.  The rules are those of POSIX (XCU 2.2), of
 * fish-doc ("Quotes"), and of tcsh(1) ("Lexical structure"). */
#include <stdbool.h>
#include <stddef.h>

#include "workload/bytes.h"

enum quote_kind {
    QUOTE_POSIX, /* sh and its like */
    QUOTE_FISH,
    QUOTE_CSH,
};

/* The kind of a shell, by the name of its program: "/usr/bin/zsh", "bash-5.2".  Returns 0
 * or -EINVAL: not one that is known. */
int quote_kind_of(const char *path, enum quote_kind *ret_kind);

/* Adds a word in quotes; it has no NUL in it. */
void quote_word(
    enum quote_kind kind, size_t size, const char word[], struct bytes *bytes);

/* Whether a line can show all of a word: it is UTF-8 without control characters. */
bool quote_is_shown(size_t size, const char word[]);

/* Adds a word in $'…' (POSIX 2024, XCU 2.2.4; bash, ksh, zsh, busybox; not fish, csh and
 * dash): what no line can show is escaped, bytes by their octal numbers. */
void quote_escaped(size_t size, const char word[], struct bytes *bytes);

/* An escape of $'…', of which `text` is what follows the backslash: the byte that it
 * stands for.  Returns how many characters it has; 0: not one that is known. */
size_t quote_unescape(const char text[], char *ret_byte);

/* Reads a script up to where something is to be put in, to know in what quotes that
 * would stand. */
enum { QUOTE_DEPTH = 32 };
struct quote_scan {
    enum quote_kind kind;
    bool cases; /* it has a `case`, whose parentheses close nothing */
    bool lost;  /* it is too involved to tell any more */
    bool escaped;
    char before, before_that; /* the last characters; 0: none, 1: escaped */
    int here;                 /* here-documents: 1 one is announced, 2 it has begun */
    int depth;
    char within[QUOTE_DEPTH]; /* what is open: quotes, parentheses, back-quotes, … */
};

/* `script` is the whole of it. */
void quote_scan_init(struct quote_scan *scan, enum quote_kind kind, const char *script);
void quote_scan_read(struct quote_scan *scan, size_t size, const char part[]);

/* In what a word would stand here. */
enum quote_place {
    QUOTE_BARE,   /* in no quotes */
    QUOTE_SINGLE, /* to be ended before the word, and begun again after it */
    QUOTE_DOUBLE, /* likewise */
    QUOTE_SUM,    /* $((…)), where numbers must not be quoted */
    QUOTE_NOWHERE /* no quoting can be trusted: in back-quotes, a comment, a
                     here-document, $'…', "${…}", or behind a $ */
};
enum quote_place quote_scan_place(const struct quote_scan *scan);

/* Adds a word as it must be in that place. */
void quote_in_place(enum quote_kind kind, enum quote_place place, size_t size,
    const char word[], struct bytes *bytes);
