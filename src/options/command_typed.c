// SPDX-License-Identifier: MIT
#include "options/command_typed.h"

#include "base/text.h"
#include "workload/template.h"

void command_typed(const struct options *options, size_t size, char text[])
{
    char word[512];
    text_copy(size, text, "parfor");
    if (options->command)
        text_append(size, text, " %s", options->command);
    for (int i = 0; i < options->argument_count; i++) {
        template_quote(options->arguments[i], sizeof word, word);
        text_append(size, text, " %s", word);
    }
}
