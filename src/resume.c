// SPDX-License-Identifier: MIT
#include "resume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "options/command_line.h"
#include "report/log.h"

static bool chooses_log(const char *word)
{
    return strncmp(word, "--log", 5) == 0 || strncmp(word, "--resum", 7) == 0;
}

static bool chooses_format(const char *word)
{
    return strncmp(word, "--form", 6) == 0;
}

/* Up to the "--" or the end. */
static bool has_format(char *const words[])
{
    for (size_t i = 0; words[i] && strcmp(words[i], "--") != 0; i++)
        if (chooses_format(words[i]))
            return true;
    return false;
}

/* The words of the log up to its "--", without a form where there is another one now. */
static size_t take_recorded(
    char *const recorded[], size_t count, bool has_other, char *ret_words[])
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (has_other && chooses_format(recorded[i]))
            i += strchr(recorded[i], '=') ? 0 : 1;
        else
            ret_words[taken++] = recorded[i];
    }
    return taken;
}

char **resume_arguments(const struct options *options)
{
    char **kept = memory_new((size_t)options->argument_count + 1, sizeof *kept);
    size_t count = 0;
    bool is_option = true;
    for (int i = 0; i < options->argument_count; i++) {
        char *word = options->arguments[i];
        is_option = is_option && strcmp(word, "--") != 0;
        if (is_option && chooses_log(word))
            i += strchr(word, '=') ? 0 : 1;
        else
            kept[count++] = word;
    }
    return kept;
}

/* "parfor map", the words of the log up to its "--", those of now, and the rest. */
static char **join(char *const recorded[], char *const now[], int *ret_count)
{
    size_t count = 0, split = 0, added = 0, taken;
    while (recorded[count])
        count++;
    while (recorded[split] && strcmp(recorded[split], "--") != 0)
        split++;
    while (now[added])
        added++;
    char **words = memory_new(count + added + 3, sizeof *words);
    words[0] = text_duplicate("parfor");
    words[1] = text_duplicate("map");
    taken = take_recorded(recorded, split, has_format(now), words + 2);
    memcpy(words + 2 + taken, now, added * sizeof *words);
    memcpy(words + 2 + taken + added, recorded + split, (count - split) * sizeof *words);
    *ret_count = (int)(2 + taken + added + count - split);
    return words;
}

int resume_read(
    const struct options *options, struct options *ret_options, struct fault *fault)
{
    const char *path = options->own.resume;
    char **recorded, *folder, *whole_path = realpath(path, NULL);
    int count, error = log_read_run(path, &recorded, &folder, fault);
    if (error < 0)
        return error;
    char **words = join(recorded, resume_arguments(options), &count);
    error = command_line_parse(count, words, ret_options, fault);
    if (error < 0)
        return error;
    ret_options->own.resume = whole_path ? whole_path : path;
    if (folder && chdir(folder) < 0)
        return fault_input(fault, "the folder of that run is not there: %s (%s)", folder,
            strerror(errno));
    return 0;
}
