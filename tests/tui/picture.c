// SPDX-License-Identifier: MIT
/* Takes pictures of a program's screens: runs it in a terminal of 80x24 and does what the
 * words before its name say, in turn: picture [wait=TEXT] [gone=TEXT] [pause=MS]
 * [type=KEYS] [svg=FILE] … -- COMMAND …
 * It types q in the end, and says what the program's status was. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "svg.h"

enum { WAIT_MS = 120000, END_MS = 10000 };

static bool take_picture(struct terminal *terminal, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    svg_write(terminal, file);
    return fclose(file) == 0;
}

static bool is_word(const char *word, const char *name, const char **ret_value)
{
    size_t length = strlen(name);
    *ret_value = word + length;
    return strncmp(word, name, length) == 0;
}

static bool obey(struct terminal *terminal, const char *word)
{
    const char *value;
    if (is_word(word, "wait=", &value))
        return terminal_wait_for(terminal, value, WAIT_MS);
    if (is_word(word, "gone=", &value))
        return terminal_wait_gone(terminal, value, WAIT_MS);
    if (is_word(word, "svg=", &value))
        return take_picture(terminal, value);
    if (is_word(word, "type=", &value))
        terminal_type(terminal, value);
    else if (is_word(word, "pause=", &value))
        terminal_read_for(terminal, atoi(value));
    else
        return false;
    return true;
}

int main(int argc, char *argv[])
{
    int words = 1, status = 0;
    while (words < argc && strcmp(argv[words], "--") != 0)
        words++;
    if (words + 1 >= argc) {
        fprintf(stderr, "picture: no command (WORD... -- COMMAND...)\n");
        return 2;
    }
    struct terminal_setup setup = {.argv = (const char *const *)argv + words + 1};
    struct terminal *terminal = terminal_start(&setup);
    for (int i = 1; i < words; i++)
        if (!obey(terminal, argv[i])) {
            fprintf(stderr, "picture: this did not come true: %s\n", argv[i]);
            terminal_show(terminal, stderr);
            terminal_destroy(terminal);
            return 1;
        }
    terminal_type(terminal, "q");
    bool ended = terminal_wait_end(terminal, END_MS, &status);
    terminal_destroy(terminal);
    return ended && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
