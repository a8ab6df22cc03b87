// SPDX-License-Identifier: MIT
#pragma once
/* Texts in Markdown (CommonMark 0.31, with the tables of GitHub's): whatever is in them,
 * they stay texts. */
#include <stdint.h>
#include <stdio.h>

/* A text of any bytes within a line: what has a meaning in Markdown or HTML is escaped,
 * ends of lines are blanks, other control characters are left out, and what is not UTF-8
 * is a question mark.  Caller frees, as below. */
char *markdown_escape(const char *text);

/* The same as a code span, in which nothing has a meaning. */
char *markdown_code(const char *text);

/* Both for a cell of a table, where pipes have one. */
char *markdown_cell(const char *text);
char *markdown_cell_code(const char *text);

/* Print a text in lines that are not too wide, a paragraph for each of its own lines; as
 * one item of a list.  Print nothing for a text without words. */
void markdown_print(FILE *out, const char *text);
void markdown_print_item(FILE *out, const char *text);

/* Prints a heading: `level` 1 is that of all. */
void markdown_print_heading(FILE *out, int level, const char *text);

/* Prints when it was measured, in seconds since 1970; nothing where that is not known. */
void markdown_print_date(FILE *out, int64_t started_s);

/* Prints a command line, with what stands before it, in one line. */
void markdown_print_command(FILE *out, const char *before, const char *command);

/* What another report prints as lines of text, each a paragraph here: printed into
 * lines.out between the two. */
struct markdown_lines {
    FILE *out;
    char *text;
    size_t size;
};
void markdown_lines_begin(struct markdown_lines *lines);
void markdown_lines_end(struct markdown_lines *lines, FILE *out);
