// SPDX-License-Identifier: MIT
#pragma once
/* The controlling terminal as a screen: its modes, its alternate screen, its keys.
 * ncurses draws into memory, and a frame goes out as one write, between the marks of
 * synchronized output (CSI ? 2026 h and l).  A terminal that does not read keeps nobody
 * waiting: frames are left out until it does.  A guardian gives the terminal back if this
 * process cannot. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/loop.h"
#include "ui/canvas.h"
#include "ui/keys.h"

struct screen;

struct screen_setup {
    struct loop *events;
    bool ascii, no_color;
    enum style_theme theme;
    bool mouse; /* clicks and the wheel are ours, not the terminal's for marking text */
};

/* Whether a screen is possible: a controlling terminal that is not dumb, with our process
 * group in its foreground. */
bool screen_is_possible(void);

/* Takes the terminal.  Returns 0 or -errno with `fault` filled; *ret_screen is the
 * caller's.
 */
int screen_open(
    const struct screen_setup *setup, struct screen **ret_screen, struct fault *fault);

/* Gives the terminal back as it was; NULL is fine. */
void screen_close(struct screen *screen);

/* Gives it back for a while, and takes it again if our process group is in its
 * foreground; both do nothing again. */
void screen_hide(struct screen *screen);
void screen_show(struct screen *screen);
bool screen_is_shown(const struct screen *screen);

/* After SIGCONT, which may have come after a stop without notice: takes the terminal
 * again, or lets go of it if it is somebody else's now. */
void screen_continue(struct screen *screen);

int screen_rows(const struct screen *screen);

/* A frame: an empty canvas to draw on, borrowed until it is put out.  NULL while the
 * screen is hidden or the terminal has not taken the frame before. */
struct canvas *screen_begin(struct screen *screen);
void screen_end(struct screen *screen);

/* Shows or hides the hardware cursor. */
void screen_cursor(struct screen *screen, bool visible);

/* After SIGWINCH: takes the terminal's size.  The next frame is drawn from scratch. */
void screen_resize(struct screen *screen);

/* The next frame is drawn from scratch. */
void screen_repaint(struct screen *screen);

/* What to watch for keys, and the next one of those that came in (keys.h). */
int screen_input(const struct screen *screen);
int screen_key(struct screen *screen);

/* What the last click was on, after KEYS_CLICK. */
struct target screen_clicked(const struct screen *screen);

/* Other colours, from the next frame on. */
void screen_set_theme(struct screen *screen, enum style_theme theme);

/* What was written to the terminal so far, and in how many frames. */
struct screen_output {
    size_t bytes, frames;
};
struct screen_output screen_output(const struct screen *screen);
