// SPDX-License-Identifier: MIT
#include "face.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "launch/state.h"
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

int face_open_window(const struct options *options, struct loop *events,
    struct window **ret_window, struct fault *fault)
{
    const char *no_color = getenv("NO_COLOR");
    const struct screen_setup setup = {.events = events,
        .ascii = options->ascii,
        .no_color = options->no_color || (no_color && *no_color),
        .theme = options->themed ? options->theme : state_theme(),
        .mouse = !options->no_mouse};
    return window_create(&setup, ret_window, fault);
}

static bool open_screen(struct face *face, const struct face_setup *setup)
{
    struct fault ignored;
    face->window = setup->window;
    face->lent = setup->window;
    if (!face->lent &&
        (!face_wants_screen(setup->options, setup->is_typed) ||
            face_open_window(setup->options, setup->events, &face->window, &ignored) < 0))
        return false; /* sentences need nothing */
    struct display_setup display = {.events = setup->events,
        .window = face->window,
        .ask = setup->options->ask,
        .stays = setup->stays,
        .on_detach = setup->on_detach,
        .on_theme = setup->on_theme,
        .on_save = setup->on_save,
        .name = setup->name,
        .endings = setup->endings,
        .offers = setup->offers,
        .data = setup->data};
    face->display = display_create(&display);
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
    if (!face->lent)
        window_destroy(face->window);
    face->window = NULL;
}

void face_hide(struct face *face)
{
    if (face->display)
        window_hide(face->window);
}

void face_show(struct face *face)
{
    if (face->display)
        window_show(face->window);
}
