// SPDX-License-Identifier: MIT
#include "save_stem.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* Behind the last slash of its first word. */
static const char *skip_folders(const char *text)
{
    const char *base = text;
    for (const char *letter = text; *letter && *letter != ' '; letter++)
        if (*letter == '/')
            base = letter + 1;
    return base;
}

/* The program of a loop of commands: the first word behind "-- ". */
static void copy_program(const struct plan *plan, char stem[SAVE_STEM_SIZE])
{
    const char *loop = strncmp(plan->loop, "-- ", 3) == 0 ? plan->loop + 3 : "";
    text_copy(SAVE_STEM_SIZE, stem, skip_folders(loop));
    stem[strcspn(stem, " ")] = '\0';
}

/* The name of a file of a loop body, without its ending. */
static void copy_file(const struct plan *plan, char stem[SAVE_STEM_SIZE])
{
    text_copy(SAVE_STEM_SIZE, stem, skip_folders(plan->workload));
    char *dot = strrchr(stem, '.');
    if (dot && dot > stem)
        *dot = '\0';
}

static bool has_letter(const char *text)
{
    for (; *text; text++)
        if (isalnum((unsigned char)*text))
            return true;
    return false;
}

void save_stem(const struct result *result, const struct result_stage *stage,
    char ret_stem[SAVE_STEM_SIZE])
{
    const struct plan *plan = &result->plan;
    ret_stem[0] = '\0';
    if (stage && stage->kind == RESULT_PROGRAM && stage->program >= 0 &&
        (size_t)stage->program < result->programs.count)
        text_copy(SAVE_STEM_SIZE, ret_stem,
            skip_folders(result->programs.list[stage->program].text));
    else if (plan->commands)
        copy_program(plan, ret_stem);
    else if (plan->tells)
        copy_file(plan, ret_stem);
    else
        text_copy(SAVE_STEM_SIZE, ret_stem, plan->workload);
    for (char *letter = ret_stem; *letter; letter++)
        if (!isalnum((unsigned char)*letter) && !strchr(".-_", *letter))
            *letter = '-';
    if (!has_letter(ret_stem) || ret_stem[0] == '.')
        text_copy(SAVE_STEM_SIZE, ret_stem, plan_command_names[plan->command]);
}
