// SPDX-License-Identifier: MIT
#define NCURSES_WIDECHAR 1
#include "ui/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "pool/crash.h"
#include "pool/guardian.h"
#include "ui/keyboard.h"
#include "ui/mouse.h"
#include "ui/palette.h"
#include "ui/terminal.h"

enum { ESCAPE_DELAY_MS = 25 };

static const char FRAME_BEGIN[] = "\033[?2026h", FRAME_END[] = "\033[?2026l";

/* Some terminals keep the hidden cursor that was saved with the screen before. */
static const char CURSOR_SHOWN[] = "\033[?25h";

/* A frame may have been cut short where the terminal is given back by others. */
static const char COLOURS_OFF[] = "\033[m";

struct screen {
    struct terminal *terminal;
    struct guardian *guardian;
    struct crash *crash;
    struct guardian_terminal armed; /* what the guardian needs to give it back */
    int drawing;                    /* the file in memory that ncurses writes to */
    FILE *in, *out;
    SCREEN *curses;
    WINDOW *pad; /* for keys: reading from a window would draw it */
    struct keyboard *keyboard;
    struct canvas *canvas;
    unsigned long attributes[STYLES];
    bool shown, synchronized, no_color, mouse;
    struct target clicked;
    struct screen_output output;
};

bool screen_is_possible(void)
{
    const char *name = getenv("TERM");
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    bool possible = fd >= 0 && tcgetpgrp(fd) == getpgrp() && name && *name &&
                    strcmp(name, "dumb") != 0;
    if (fd >= 0)
        close(fd);
    return possible;
}

/* Takes out of the file in memory what ncurses has written there; caller frees. */
static char *take_drawing(struct screen *screen, size_t *ret_size)
{
    off_t size = lseek(screen->drawing, 0, SEEK_CUR);
    char *bytes = memory_new(size > 0 ? (size_t)size : 1, 1);
    ssize_t got = size > 0 ? pread(screen->drawing, bytes, (size_t)size, 0) : 0;
    if (size > 0)
        lseek(screen->drawing, 0, SEEK_SET);
    *ret_size = got > 0 ? (size_t)got : 0;
    return bytes;
}

/* One burst, which a terminal that knows the marks shows at once. */
static void put_out(struct screen *screen)
{
    size_t size, begin = 0, end = 0;
    char *drawn = take_drawing(screen, &size);
    if (screen->synchronized) {
        begin = sizeof FRAME_BEGIN - 1;
        end = sizeof FRAME_END - 1;
    }
    if (size > 0) {
        char *frame = memory_new(begin + size + end, 1);
        memcpy(frame, FRAME_BEGIN, begin);
        memcpy(frame + begin, drawn, size);
        memcpy(frame + begin + size, FRAME_END, end);
        terminal_write(screen->terminal, begin + size + end, frame);
        screen->output.bytes += begin + size + end;
        screen->output.frames++;
        free(frame);
    }
    free(drawn);
}

/* newterm() sets handlers of its own for signals that come by signalfd here.  While
 * SIGTSTP is ignored it leaves that one alone for good. */
static SCREEN *make_curses(FILE *out, FILE *in)
{
    static const int taken[] = {SIGINT, SIGTERM, SIGWINCH, SIGTSTP};
    enum { TAKEN = sizeof taken / sizeof *taken };
    struct sigaction before[TAKEN];
    for (int i = 0; i < TAKEN; i++)
        sigaction(taken[i], NULL, &before[i]);
    signal(SIGTSTP, SIG_IGN);
    use_env(false);   /* LINES and COLUMNS may be those of another terminal … */
    use_tioctl(true); /* … and some terminals have no size of their own */
    SCREEN *curses = newterm(NULL, out, in);
    for (int i = 0; i < TAKEN; i++)
        sigaction(taken[i], &before[i], NULL);
    return curses;
}

static void set_size(struct screen *screen)
{
    int rows, columns;
    terminal_size(screen->terminal, &rows, &columns);
    resizeterm(rows, columns);
}

/* Behind what ncurses has written; without memory for it a frame is drawn nowhere. */
static void add_to_drawing(struct screen *screen, const char *bytes)
{
    if (write(screen->drawing, bytes, strlen(bytes)) < 0)
        return;
}

static void begin_keys(struct screen *screen)
{
    keypad(screen->pad, TRUE);
    curs_set(0);
    if (screen->mouse)
        add_to_drawing(screen, mouse_begin);
}

/* From here on ncurses believes that it writes to the terminal. */
static int divert(struct screen *screen)
{
    if (dup3(screen->drawing, fileno(screen->out), O_CLOEXEC) < 0)
        return -errno;
    begin_keys(screen);
    return 0;
}

/* Leaves the screen as ncurses itself does; what it writes is in the drawing then. */
static void leave(struct screen *screen)
{
    endwin();
    if (has_colors())
        add_to_drawing(screen, COLOURS_OFF);
    if (screen->mouse)
        add_to_drawing(screen, mouse_end);
    if (screen->synchronized)
        add_to_drawing(screen, CURSOR_SHOWN);
}

/* The bytes that give the terminal back are those that it is left with otherwise. */
static void learn_to_leave(struct screen *screen)
{
    size_t size;
    char *bytes;
    set_size(screen);
    wnoutrefresh(stdscr); /* what enters it comes first, and is thrown away */
    doupdate();
    free(take_drawing(screen, &size));
    leave(screen);
    bytes = take_drawing(screen, &size);
    size_t end = screen->synchronized ? sizeof FRAME_END - 1 : 0;
    if (size > sizeof screen->armed.leave - end) /* nothing sensible is so long */
        size = 0;
    memcpy(screen->armed.leave, FRAME_END, end);
    memcpy(screen->armed.leave + end, bytes, size);
    screen->armed.leave_size = end + size;
    free(bytes);
}

static int open_streams(struct screen *screen, struct fault *fault)
{
    int fd = terminal_descriptor(screen->terminal);
    int in = fcntl(fd, F_DUPFD_CLOEXEC, 3), out = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    screen->drawing = memfd_create("parfor-frame", MFD_CLOEXEC);
    screen->in = in >= 0 ? fdopen(in, "r") : NULL;
    screen->out = out >= 0 ? fdopen(out, "w") : NULL;
    if (screen->in && screen->out && screen->drawing >= 0)
        return 0;
    return fault_system(fault, -errno, "cannot open the screen");
}

/* All modes in one step, after the guardian knows of it: ncurses, which takes several,
 * then finds nothing to change. */
static void take_modes(struct screen *screen)
{
    screen->armed.before = *terminal_modes_before(screen->terminal);
    screen->armed.ours = terminal_modes_of_screen(&screen->armed.before);
    guardian_arm(screen->guardian, &screen->armed);
    terminal_set_modes(screen->terminal, &screen->armed.ours);
}

static void set_theme(struct screen *screen, enum style_theme theme)
{
    palette_prepare(theme, screen->no_color, screen->attributes);
    wbkgdset(stdscr, ' ' | (chtype)screen->attributes[STYLE_TEXT]);
}

static int start_curses(
    struct screen *screen, const struct screen_setup *setup, struct fault *fault)
{
    const char *name = getenv("TERM");
    take_modes(screen);
    screen->curses = make_curses(screen->out, screen->in);
    if (!screen->curses)
        return fault_system(fault, -ENOTTY, "no screen on a terminal of this kind: %s",
            name ? name : "TERM is not set");
    cbreak();
    noecho();
    nonl();
    typeahead(-1);
    set_escdelay(ESCAPE_DELAY_MS);
    screen->pad = memory_need(newpad(1, 1));
    nodelay(screen->pad, TRUE);
    screen->mouse = setup->mouse && mouse_is_reported();
    screen->no_color = setup->no_color;
    set_theme(screen, setup->theme);
    screen->canvas = canvas_create(stdscr,
        setup->ascii ? &glyphs_ascii : glyphs_for(name ? name : ""), screen->attributes);
    const char *alternate = tigetstr("smcup");
    screen->synchronized = alternate && alternate != (char *)-1;
    screen->armed.ours = terminal_modes(screen->terminal);
    int error = divert(screen);
    if (error < 0)
        return fault_system(fault, error, "cannot open the screen");
    screen->keyboard = keyboard_create(screen->pad, screen->mouse);
    learn_to_leave(screen);
    return 0;
}

int screen_open(
    const struct screen_setup *setup, struct screen **ret_screen, struct fault *fault)
{
    struct screen *screen = memory_new(1, sizeof *screen);
    screen->drawing = -1;
    int error = terminal_open(setup->events, &screen->terminal, fault);
    if (error == 0)
        error = guardian_create(
            terminal_descriptor(screen->terminal), &screen->guardian, fault);
    if (error == 0)
        error = crash_create(screen->guardian, &screen->crash, fault);
    if (error == 0)
        error = open_streams(screen, fault);
    if (error == 0)
        error = start_curses(screen, setup, fault);
    if (error < 0) {
        screen_close(screen);
        return error;
    }
    screen_show(screen);
    *ret_screen = screen;
    return 0;
}

static void give_modes_back(struct screen *screen)
{
    terminal_set_modes(screen->terminal, terminal_modes_before(screen->terminal));
    guardian_disarm(screen->guardian);
}

void screen_hide(struct screen *screen)
{
    if (!screen->shown)
        return;
    screen->shown = false;
    leave(screen);
    put_out(screen);
    terminal_drain(screen->terminal);
    give_modes_back(screen);
}

void screen_show(struct screen *screen)
{
    if (screen->shown || !terminal_is_foreground(screen->terminal))
        return;
    guardian_arm(screen->guardian, &screen->armed);
    terminal_set_modes(screen->terminal, &screen->armed.ours);
    set_size(screen);
    begin_keys(screen);
    clearok(curscr, TRUE);
    screen->shown = true;
}

void screen_continue(struct screen *screen)
{
    if (screen->shown)
        guardian_disarm(screen->guardian);
    screen->shown = false;
    screen_show(screen);
}

int screen_rows(const struct screen *screen)
{
    return canvas_area(screen->canvas).rows;
}

bool screen_is_shown(const struct screen *screen)
{
    return screen->shown;
}

void screen_close(struct screen *screen)
{
    if (!screen)
        return;
    if (screen->curses) {
        screen_hide(screen);
        canvas_destroy(screen->canvas);
        keyboard_destroy(screen->keyboard);
        delwin(screen->pad);
        delscreen(screen->curses);
    }
    if (screen->guardian) /* also where it was never shown */
        give_modes_back(screen);
    crash_destroy(screen->crash);
    guardian_destroy(screen->guardian);
    terminal_close(screen->terminal);
    if (screen->in)
        fclose(screen->in);
    if (screen->out)
        fclose(screen->out);
    if (screen->drawing >= 0)
        close(screen->drawing);
    free(screen);
}

struct canvas *screen_begin(struct screen *screen)
{
    if (!screen->shown || terminal_is_waiting(screen->terminal))
        return NULL;
    canvas_clear(screen->canvas);
    return screen->canvas;
}

void screen_end(struct screen *screen)
{
    canvas_settle(screen->canvas);
    wnoutrefresh(stdscr);
    doupdate();
    put_out(screen);
}

void screen_cursor(struct screen *screen, bool visible)
{
    (void)screen;
    curs_set(visible);
}

void screen_repaint(struct screen *screen)
{
    if (screen->shown)
        clearok(curscr, TRUE);
}

void screen_resize(struct screen *screen)
{
    if (!screen->shown)
        return;
    set_size(screen);
    clearok(curscr, TRUE);
}

int screen_input(const struct screen *screen)
{
    return terminal_descriptor(screen->terminal);
}

int screen_key(struct screen *screen)
{
    int key = screen->shown ? keyboard_next(screen->keyboard) : KEYS_NONE;
    if (key == KEYS_NONE && terminal_is_gone(screen->terminal))
        return KEYS_GONE;
    if (key == KEYS_CLICK) {
        int row, column;
        keyboard_clicked(screen->keyboard, &row, &column);
        screen->clicked = canvas_target_at(screen->canvas, row, column);
    }
    return key;
}

struct target screen_clicked(const struct screen *screen)
{
    return screen->clicked;
}

void screen_set_theme(struct screen *screen, enum style_theme theme)
{
    set_theme(screen, theme);
    screen_repaint(screen);
}

struct screen_output screen_output(const struct screen *screen)
{
    return screen->output;
}
