// SPDX-License-Identifier: MIT
#include "launch/launch_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "launch/launch_words.h"
#include "options/command_line.h"

void launch_line_finish(struct launch_line *line)
{
    for (size_t i = 0; i < line->count; i++)
        free(line->words[i]);
    free(line->words);
    free(line->arguments);
    bytes_finish(&line->typed);
    *line = (struct launch_line){0};
}

void launch_line_put(struct launch_line *line, const char *word)
{
    char **place = memory_append((void **)&line->words, line->count, sizeof *line->words);
    *place = text_duplicate(word);
    line->count++;
}

void launch_line_type(struct launch_line *line, size_t size, const char typed[])
{
    if (line->typed.size > 0)
        bytes_add_text(&line->typed, " ");
    bytes_add(&line->typed, size, typed);
}

void launch_line_add(struct launch_line *line, const char *word)
{
    launch_line_put(line, word);
    launch_words_quote(word, &line->typed);
}

/* What the launcher has in its own place, or has none for. */
static int check_place(const struct options *options, struct fault *fault)
{
    bool printed = options->format && options->output_count == 0;
    const char *wrong = options->json          ? "--json"
                        : printed              ? "--format without -o"
                        : options->quiet       ? "--quiet"
                        : options->plain       ? "--plain"
                        : options->own.dry_run ? "--dry-run"
                        : options->resumes     ? "--resume"
                        : options->help        ? "--help"
                        : options->version     ? "--version"
                                               : NULL;
    enum plan_command command = options->plan.command;
    if (wrong)
        return fault_input(fault, "not in this form: %s (on a command line)", wrong);
    if (options->action == OPTIONS_RUN && command != PLAN_WATCH && command != PLAN_VERSUS)
        return 0;
    return fault_input(fault, "not in this form: parfor %s (on a command line)",
        options->command ? options->command : "without a loop");
}

int launch_line_check_screen(const struct options *options, struct fault *fault)
{
    const char *wrong = options->sysroot    ? "--sysroot"
                        : options->ascii    ? "--ascii"
                        : options->no_color ? "--no-color"
                        : options->no_mouse ? "--no-mouse"
                        : options->themed   ? "--theme"
                                            : NULL;
    return wrong ? fault_input(fault, "not in this form: %s (start with it: parfor %s)",
                       wrong, wrong)
                 : 0;
}

int launch_line_parse(
    struct launch_line *line, struct options *ret_options, struct fault *fault)
{
    struct options options;
    free(line->arguments);
    line->arguments = memory_new(line->count + 1, sizeof *line->arguments);
    if (line->count > 0)
        memcpy(line->arguments, line->words, line->count * sizeof *line->words);
    int error = command_line_parse((int)line->count, line->arguments, &options, fault);
    if (error == 0)
        error = check_place(&options, fault);
    if (error == 0)
        *ret_options = options;
    return error;
}

int launch_line_is_understood(const char *typed, struct fault *fault)
{
    struct options options;
    struct launch_words words;
    struct launch_line line = {0};
    launch_words_split(typed, &words);
    for (size_t i = 0; i < words.count; i++)
        launch_line_put(&line, words.list[i].text);
    int error = words.special || words.open ? fault_input(fault, "not a command line")
                                            : launch_line_parse(&line, &options, fault);
    launch_line_finish(&line);
    launch_words_finish(&words);
    return error;
}
