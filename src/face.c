// SPDX-License-Identifier: MIT
#include "face.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ui/screen.h"

bool face_wants_screen(const struct options *options, bool is_typed)
{
    const char *plain = getenv("PARFOR_PLAIN");
    struct stat out;
    if (is_typed)
        return false;
    if (options->plain || options->quiet || (plain && *plain && strcmp(plain, "0") != 0))
        return false;
    bool data_is_safe =
        isatty(STDOUT_FILENO) ||
        (fstat(STDOUT_FILENO, &out) == 0 &&
            (S_ISREG(out.st_mode) ||
                (S_ISCHR(out.st_mode) && out.st_rdev == makedev(1, 3)))); /* /dev/null */
    return data_is_safe && screen_is_possible();
}

static bool open_screen(struct face *face, const struct face_setup *setup)
{
    const struct options *options = setup->options;
    const char *no_color = getenv("NO_COLOR");
    struct fault ignored;
    struct display_setup display = {.events = setup->events,
        .ascii = options->ascii,
        .no_color = options->no_color || (no_color && *no_color),
        .ask = options->ask,
        .stays = setup->stays,
        .on_detach = setup->on_detach,
        .data = setup->data};
    if (!face_wants_screen(options, setup->is_typed) ||
        display_create(&display, &face->display, &ignored) < 0)
        return false; /* sentences need nothing */
    display_attach(face->display, setup->experiment);
    display_show_machine(face->display, setup->result);
    return true;
}

struct experiment_observer face_open(struct face *face, const struct face_setup *setup)
{
    *face = (struct face){0};
    if (open_screen(face, setup))
        return display_observer(face->display);
    if (setup->options->quiet)
        return (struct experiment_observer){0};
    return plain_observer(&face->plain, stderr);
}

void face_close(struct face *face)
{
    display_destroy(face->display);
    face->display = NULL;
}

void face_hide(struct face *face)
{
    if (face->display)
        display_hide(face->display);
}

void face_show(struct face *face)
{
    if (face->display)
        display_show(face->display);
}
