// SPDX-License-Identifier: MIT
#include "golden.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

enum { GOLDEN_MAX = 1 << 20 };

static bool write_golden(const char *path, const char *text)
{
    struct fault fault = {0};
    if (file_write(path, strlen(text), text, &fault) == 0)
        return true;
    fprintf(stderr, "%s\n", fault.text);
    return false;
}

static void show_line(const char *sign, const char *line, size_t length)
{
    fprintf(stderr, "%s %.*s\n", sign, (int)length, line);
}

static const char *next_line(const char *line, size_t length)
{
    return line[length] == '\n' ? line + length + 1 : line + length;
}

static void show_difference(const char *golden, const char *text)
{
    while (*golden || *text) {
        size_t old = strcspn(golden, "\n"), new = strcspn(text, "\n");
        bool same = *golden && *text && old == new &&memcmp(golden, text, old) == 0;
        if (same)
            show_line(" ", text, new);
        if (!same && *golden)
            show_line("-", golden, old);
        if (!same && *text)
            show_line("+", text, new);
        golden = next_line(golden, old);
        text = next_line(text, new);
    }
}

bool golden_matches(const char *name, const char *text)
{
    const char *wish = getenv("PARFOR_GOLDEN");
    char *path = text_format("%s/%s.txt", GOLDEN_FOLDER, name), *golden = NULL;
    bool matches;
    if (wish && strcmp(wish, "write") == 0) {
        matches = write_golden(path, text);
    } else if (file_read(path, GOLDEN_MAX, &golden) < 0) {
        fprintf(
            stderr, "there is no %s; PARFOR_GOLDEN=write would write:\n%s", path, text);
        matches = false;
    } else {
        matches = strcmp(golden, text) == 0;
        if (!matches) {
            fprintf(stderr, "not %s (- golden, + here):\n", path);
            show_difference(golden, text);
        }
    }
    free(golden);
    free(path);
    return matches;
}

void golden_expect(struct terminal *terminal, const char *name)
{
    char *picture = terminal_picture(terminal);
    bool matches = golden_matches(name, picture);
    free(picture);
    if (!matches)
        terminal_fail(terminal, "not golden/%s.txt", name);
}
