// SPDX-License-Identifier: MIT
#pragma once
/* The window: a screen with its keys, its mouse and the signals that concern it, for who
 * holds it; one after the other may, without the terminal being given back between them.
 */
#include <stdbool.h>

#include "ui/screen.h"
#include "ui/target.h"

struct window;

/* Who draws in it, and is told what the user does. */
struct window_holder {
    void *data;

    /* Draws a frame on an empty canvas. */
    void (*draw)(void *data, struct canvas *canvas);

    /* A key (keys.h); one that was clicked is a key, too. */
    void (*key)(void *data, int key);

    /* A click on something.  NULL: clicks mean nothing. */
    void (*click)(void *data, const struct target *target);

    /* The terminal is gone; the window is closed by then. */
    void (*gone)(void *data);
};

/* Takes the terminal.  Returns 0 or -errno with `fault` filled; *ret_window is the
 * caller's. */
int window_create(
    const struct screen_setup *setup, struct window **ret_window, struct fault *fault);
void window_destroy(struct window *window); /* gives it back; NULL is fine */

/* Whom it belongs to from now on; the holder is copied.  NULL: nobody. */
void window_hold(struct window *window, const struct window_holder *holder);

/* A new frame, now, if the terminal takes one. */
void window_draw(struct window *window);

/* The next frame is drawn from scratch. */
void window_repaint(struct window *window);

/* Gives the terminal back for good; does nothing again. */
void window_close(struct window *window);
bool window_is_open(const struct window *window);

/* Whether it can be seen: open, and the terminal is not somebody else's. */
bool window_is_shown(const struct window *window);

/* Before and after the program is suspended. */
void window_hide(struct window *window);
void window_show(struct window *window);

int window_rows(const struct window *window);

/* Shows or hides the hardware cursor. */
void window_cursor(struct window *window, bool visible);

/* The colours (style.h); those of the screen's setup at first. */
enum style_theme window_theme(const struct window *window);
void window_set_theme(struct window *window, enum style_theme theme);

/* Takes the next ones and returns them; `word` says which: "Colours: light, for a light
 * background". */
enum style_theme window_next_theme(struct window *window, size_t size, char word[]);

/* … and that they are not remembered, behind it. */
void window_say_forgotten(size_t size, char word[]);
