// SPDX-License-Identifier: MIT
#include "options/command_typed.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workload/bytes.h"
#include "workload/template.h"

static void add_word(const char *word, struct bytes *line)
{
    size_t size = TEMPLATE_QUOTED(strlen(word));
    char *quoted = memory_new(size, 1);
    template_quote(word, size, quoted);
    bytes_add_text(line, " ");
    bytes_add_text(line, quoted);
    free(quoted);
}

char *command_typed(const struct options *options)
{
    struct bytes line = {0};
    bytes_add_text(&line, "parfor");
    if (options->command)
        add_word(options->command, &line);
    for (int i = 0; i < options->argument_count; i++)
        add_word(options->arguments[i], &line);
    bytes_add(&line, 1, "");
    return line.data;
}
