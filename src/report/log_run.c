// SPDX-License-Identifier: MIT
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/base64.h"
#include "report/log.h"
#include "report/log_read.h"

/* A word as it stands in the log, whether as text or in base64; NULL if it is neither. */
static char *read_word(const json_t *json, bool encoded)
{
    const char *text = json_string_value(json);
    char *data;
    size_t size;
    if (!text || !encoded)
        return text ? text_duplicate(text) : NULL;
    return base64_decode(text, &data, &size) == 0 ? data : NULL;
}

static void free_words(char **words)
{
    for (char **word = words; *word; word++)
        free(*word);
    free(words);
}

/* NULL where there are none, or they are none. */
static char **read_words(const json_t *line, const char *name, const char *encoded_name)
{
    const json_t *list = json_object_get(line, name);
    bool encoded = !list;
    if (encoded)
        list = json_object_get(line, encoded_name);
    size_t count = json_array_size(list);
    char **words = memory_new(count + 1, sizeof *words);
    for (size_t i = 0; i < count; i++)
        if (!(words[i] = read_word(json_array_get(list, i), encoded)))
            break;
    if (count > 0 && words[count - 1])
        return words;
    free_words(words);
    return NULL;
}

int log_read_run(
    const char *path, char ***ret_arguments, char **ret_folder, struct fault *fault)
{
    struct log_reader reader;
    json_t *line = NULL;
    int error = log_reader_init(&reader, path, fault);
    if (error < 0)
        return error;
    int found = log_reader_next(&reader, &line, fault);
    log_reader_finish(&reader);
    if (found < 0)
        return found;
    char **arguments = read_words(line, "arguments", "arguments_base64");
    size_t size;
    if (arguments) {
        *ret_arguments = arguments;
        *ret_folder = log_read_text(line, "folder", &size);
    }
    json_decref(line);
    return arguments
               ? 0
               : fault_input(fault,
                     "no command line in the log: %s (give the command again)", path);
}
