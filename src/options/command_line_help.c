// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "options/command_line.h"
#include "options/command_table.h"
#include "options/option_table.h"
#include "report/report.h"

enum { COLUMN = 28 }; /* where explanations begin */

enum option_group { GROUP_LOOP, GROUP_OWN, GROUP_GENERAL };

static enum option_group group_of(const struct option_entry *entry)
{
    if (entry->commands == OPTION_ALL)
        return GROUP_GENERAL;
    return entry->commands & OPTION_OWN ? GROUP_OWN : GROUP_LOOP;
}

/* In two columns; what is too long for the first has a line of its own. */
static void print_line(FILE *out, const char *left, const char *right)
{
    bool fits = strlen(left) < COLUMN;
    fprintf(out, "  %-*s%s%*s%s\n", COLUMN, left, fits ? "" : "\n", fits ? 0 : COLUMN + 2,
        "", right);
}

static void print_entry(FILE *out, const struct option_entry *entry)
{
    char left[40], letter[5] = "    ";
    if (entry->letter)
        snprintf(letter, sizeof letter, "-%c, ", entry->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, entry->name,
        entry->argument && entry->argument[0] != '[' ? " " : "",
        entry->argument ? entry->argument : "");
    print_line(out, left, entry->help);
}

/* The options of a group that a command has, below a heading if there are any. */
static void print_group(
    FILE *out, unsigned command, enum option_group group, const char *heading)
{
    for (size_t i = 0; option_entries[i].name; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (!(entry->commands & command) || group_of(entry) != group)
            continue;
        fputs(heading, out);
        heading = "";
        print_entry(out, entry);
    }
}

/* By its ending, in groups of forms that are the same thing. */
static void print_forms(FILE *out, const struct command *command)
{
    char endings[64] = "";
    struct fault fault;
    if (!command || !(command->bit & OPTION_SAVING))
        return;
    fputs("\nwhat -o FILE writes, by its ending\n", out);
    for (const struct report_format *format = report_formats; format->name; format++) {
        const struct report_format *found, *next = format + 1;
        if (report_check_format(format, command->plan, &fault) < 0)
            continue;
        text_append(
            sizeof endings, endings, "%s%s", *endings ? ", " : "", format->ending);
        if (next->name && strcmp(next->help, format->help) == 0)
            continue;
        bool built = report_find_named(format->name, &found, &fault) == 0;
        print_line(out, endings, built ? format->help : "not built in");
        endings[0] = '\0';
    }
}

void command_line_print_help(FILE *out, const char *name)
{
    const struct command *command = name ? command_table_find(name) : NULL;
    unsigned bit = command ? command->bit : OPTION_NONE;
    if (command)
        fprintf(out, "usage: %s\n%s\n", command->usage, command->summary);
    else
        fputs("parfor: see a loop go parallel\n\n", out);
    if (!command)
        print_line(out, "parfor", "asks what to run, on a terminal");
    for (const struct command *each = command_table; each->name && !command; each++)
        print_line(out, each->usage, each->summary);
    if (bit & (OPTION_RUN | OPTION_MAP | OPTION_SWEEP))
        fputs(
            "\nLOOP is\n"
            "  NAME                        a built-in loop (parfor list)\n"
            "  FILE.c, FILE.so             a loop body of your own (parfor list "
            "--template)\n"
            "  -- COMMAND [::: ITEM...]    a command per item, {} is the item; items "
            "also "
            "from\n"
            "                              -a FILE, or a line each from standard input\n",
            out);
    print_group(out, bit, GROUP_LOOP, "\noptions\n");
    print_group(out, bit, GROUP_OWN, "\noptions of a command per item, or a loop body\n");
    print_group(out, bit, GROUP_GENERAL, "\n");
    print_forms(out, command);
    if (!command)
        fputs("\nparfor COMMAND --help lists the options of a command.\n"
              "Try: parfor run factorial\n",
            out);
}
