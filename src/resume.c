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
    size_t count = 0, split = 0, added = 0;
    while (recorded[count])
        count++;
    while (recorded[split] && strcmp(recorded[split], "--") != 0)
        split++;
    while (now[added])
        added++;
    char **words = memory_new(count + added + 3, sizeof *words);
    words[0] = text_duplicate("parfor");
    words[1] = text_duplicate("map");
    memcpy(words + 2, recorded, split * sizeof *words);
    memcpy(words + 2 + split, now, added * sizeof *words);
    memcpy(words + 2 + split + added, recorded + split, (count - split) * sizeof *words);
    *ret_count = (int)(count + added + 2);
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
