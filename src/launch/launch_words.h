// SPDX-License-Identifier: MIT
#pragma once
/* Words as they are typed for a shell: cut, with what the shell would make of them known,
 * and written again so that it takes them for the same. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "workload/bytes.h"

struct launch_word {
    char *text;        /* without its quotes */
    char *pattern;     /* of file names, for glob(3): NULL if it is none */
    size_t begin, end; /* where it stands */
};

struct launch_words {
    size_t count;
    struct launch_word *list; /* owned */
    char special; /* the first character that would be the shell's: $, |, …; 0 */
    bool assigns; /* the first word is NAME=VALUE */
    bool open;    /* a quote is not closed */
};

/* Cuts a line, by the rules of POSIX (XCU 2.2) for quotes; what is the shell's alone
 * stays where it is. */
void launch_words_split(const char *line, struct launch_words *ret_words);
void launch_words_finish(struct launch_words *words);

/* It means something only to a shell: a pipe, a variable, a pattern. */
bool launch_words_need_shell(const struct launch_words *words);

/* Adds a word behind others, with a space between, quoted where it needs that. */
void launch_words_quote(const char *word, struct bytes *line);

/* The names of the files that a pattern stands for; launch_names_finish() frees. */
struct launch_names {
    size_t count;
    char **list; /* ended by NULL */
};
int launch_names_find(
    const char *pattern, struct launch_names *ret_names, struct fault *fault);
void launch_names_finish(struct launch_names *names);
