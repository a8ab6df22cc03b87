// SPDX-License-Identifier: MIT
#pragma once
/* A command with placeholders, and what becomes of it with an item: `{}` and its
 * relatives, as GNU parallel gave them meaning (parallel(1), "replacement strings").
 *
 *   {}    the item                        {.}   without its last ending
 *   {/}   without its folders             {//}  its folder ("." without one)
 *   {/.}  {/} without its last ending     {#}   the item's number, counted from 1
 *   {%}   the worker's number (slot), counted from 1
 *   {1} {1.} {1/} {1//} {1/.} …  the same of a column, or of one of several items
 *
 * A command without any gets `{}` as its last word.  A word that is `{}` alone becomes
 * one word for each of several items (--max-args); within a word they are joined by
 * spaces.  What is in braces but none of these stays as it is. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct template;

struct template_setup {
    size_t word_count;
    char *const *words; /* as typed; copied */
    bool shell; /* the words are joined by spaces to a script for `shell_path` -c, and
                   what takes a placeholder's place is quoted for it, within quotes, too;
                   one that stands where that cannot be is refused */
    const char *shell_path; /* "/bin/bash"; quoting is by its name (sh, fish, csh) */
    const char *separator;  /* between an item's columns, which are then counted as
                               several items are; "\\t": a tabulator; NULL: no columns */
    int max_args;           /* items per task, 1 or more */
    bool without_items;     /* nothing is a placeholder, and nothing is added */
};

/* Returns 0 or -EINVAL with `fault` (a column 0, a column beyond --max-args items where
 * there is no separator: whatever can be known before an item is); *ret_template is the
 * caller's. */
int template_create(const struct template_setup *setup, struct template **ret_template,
    struct fault *fault);
void template_destroy(struct template *template); /* NULL is fine */

/* The program, where it is the same for all items, so that it can be looked for: the
 * first word, or the shell; else NULL. */
const char *template_program(const struct template *template);

/* One task's items and where it runs. */
struct template_task {
    size_t item_count;
    const char *const *items;
    int64_t number; /* of the item, counted from 1 */
    int slot;       /* of the worker, counted from 1; 0: {%} stays as it is … */
    bool nameless;  /* … and so does {#}: the task by what it is, wherever it stands */
};

/* Its words, ended by NULL, in one allocation that the caller frees.  Returns 0, -EINVAL
 * (a column that the item does not have: *ret_column is its number), or -E2BIG. */
int template_expand(const struct template *template, const struct template_task *task,
    char ***ret_argv, int *ret_column);

/* The command as a person types it: words quoted as template_quote() does, without the {}
 * that was added. */
void template_describe(const struct template *template, size_t size, char text[]);

/* One word, quoted for a POSIX shell where it needs that, in $'…' where a line could not
 * show it; cut where it does not fit.  TEMPLATE_QUOTED(length) bytes hold any. */
#define TEMPLATE_QUOTED(length) (4 * (length) + sizeof "$''")
void template_quote(const char *word, size_t size, char text[]);
