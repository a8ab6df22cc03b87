// SPDX-License-Identifier: MIT
#include "ui/items_safe.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words_items.h"
#include "ui/canvas.h"
#include "workload/workload.h"

enum { NAME_SIZE = 320 };

static const char CUT[] = "...";

/* As a shell takes it. */
static void write_short(const char *path, char text[NAME_SIZE])
{
    const char *home = getenv("HOME");
    size_t length = home ? strlen(home) : 0;
    bool at_home = length > 1 && strncmp(path, home, length) == 0 && path[length] == '/';
    text_copy(NAME_SIZE, text, at_home ? "~" : "");
    text_append(NAME_SIZE, text, "%s", at_home ? path + length : path);
}

/* The end of a name in so many columns, from a folder on if there is one. */
static const char *cut_front(const char *name, int columns)
{
    while (*name && canvas_width_of(name) > columns)
        do
            name++;
        while ((*name & 0xc0) == 0x80); /* a character whole */
    const char *folder = strchr(name, '/');
    return folder ? folder : name;
}

void items_safe_say(
    const struct scene_items *items, bool stays, int columns, size_t size, char text[])
{
    char name[NAME_SIZE] = "";
    if (items->log)
        write_short(items->log, name);
    words_items_safe(name, size, text);
    int over = canvas_width_of(text) - columns;
    if (over > 0) {
        int room = canvas_width_of(name) - over - (int)strlen(CUT);
        char end[NAME_SIZE];
        text_copy(sizeof end, end, CUT);
        text_append(sizeof end, end, "%s", cut_front(name, room));
        words_items_safe(end, size, text);
    }
    if (stays && items->closing == WORKLOAD_OPEN)
        text_append(
            size, text, "%sThis terminal may close: the run goes on.", *text ? " " : "");
}
