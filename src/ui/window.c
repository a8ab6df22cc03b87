// SPDX-License-Identifier: MIT
#include "ui/window.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"

enum { LOOK_EVERY_MS = 200 }; /* at a terminal that is somebody else's */

struct window {
    struct loop *events;
    struct screen *screen; /* NULL once the terminal is gone */
    struct window_holder holder;
    struct watch *input, *signals;
    struct watch *hidden; /* while the screen is: to take it again */
    int signal;
    enum style_theme theme;
};

void window_draw(struct window *window)
{
    struct canvas *canvas =
        window->screen && window->holder.draw ? screen_begin(window->screen) : NULL;
    if (!canvas)
        return;
    window->holder.draw(window->holder.data, canvas);
    screen_end(window->screen);
}

void window_repaint(struct window *window)
{
    if (window->screen)
        screen_repaint(window->screen);
}

void window_close(struct window *window)
{
    loop_unwatch(window->input);
    window->input = NULL;
    loop_unwatch(window->hidden);
    window->hidden = NULL;
    screen_close(window->screen);
    window->screen = NULL;
}

/* A key that is named on the screen can be clicked as well. */
static void take_click(struct window *window)
{
    struct target target = screen_clicked(window->screen);
    if (target.kind == TARGET_KEY && window->holder.key)
        window->holder.key(window->holder.data, (int)target.number);
    else if (target.kind != TARGET_NONE && window->holder.click)
        window->holder.click(window->holder.data, &target);
}

/* A click is on what was to be seen: if keys came with it, what they have changed is not
 * on the screen yet, and it means nothing. */
static void take_key(struct window *window, int key, bool changed)
{
    if (key == KEYS_CLICK && !changed)
        take_click(window);
    else if (key != KEYS_CLICK && window->holder.key)
        window->holder.key(window->holder.data, key);
}

static void on_input(void *data)
{
    struct window *window = data;
    bool obeyed = false;
    int key;
    while (window->screen && (key = screen_key(window->screen)) != KEYS_NONE) {
        if (key != KEYS_GONE) {
            take_key(window, key, obeyed);
            obeyed = true;
            continue;
        }
        window_close(window);
        if (window->holder.gone)
            window->holder.gone(window->holder.data);
    }
    if (obeyed) /* once for all that came together, such as a paste */
        window_draw(window);
}

/* A shell that brings us to the foreground does not tell if it knows that we run (bash,
 * after bg), and a terminal that hangs up tells those in its background nothing. */
static void look_for_terminal(void *data)
{
    struct window *window = data;
    on_input(window);
    if (window->screen && !screen_is_shown(window->screen))
        window_show(window);
}

/* No keys are read while the terminal is somebody else's: that would stop us. */
static void watch_keys(struct window *window)
{
    bool shown = window_is_shown(window);
    if (shown) {
        loop_unwatch(window->hidden);
        window->hidden = NULL;
    } else if (window->screen && !window->hidden) {
        loop_watch_timer(window->events, LOOK_EVERY_MS * NS_PER_MS, look_for_terminal,
            window, &window->hidden);
    }
    if (!shown) {
        loop_unwatch(window->input);
        window->input = NULL;
    } else if (!window->input)
        loop_watch(window->events, screen_input(window->screen), on_input, window,
            &window->input);
}

void window_hide(struct window *window)
{
    if (window->screen)
        screen_hide(window->screen);
    watch_keys(window);
}

void window_show(struct window *window)
{
    if (window->screen)
        screen_show(window->screen);
    watch_keys(window);
    window_draw(window);
}

static void on_signal(void *data)
{
    struct window *window = data;
    if (!window->screen)
        return;
    if (window->signal == SIGWINCH)
        screen_resize(window->screen);
    else
        screen_continue(window->screen);
    watch_keys(window);
    window_draw(window);
}

int window_create(
    const struct screen_setup *setup, struct window **ret_window, struct fault *fault)
{
    struct window *window = memory_new(1, sizeof *window);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGWINCH);
    sigaddset(&signals, SIGCONT);
    window->events = setup->events;
    window->theme = setup->theme;
    int error = loop_watch_signals(
        setup->events, &signals, on_signal, window, &window->signal, &window->signals);
    if (error < 0)
        fault_system(fault, error, "cannot watch the terminal's size");
    else
        error = screen_open(setup, &window->screen, fault);
    if (error < 0) {
        window_destroy(window);
        return error;
    }
    watch_keys(window);
    *ret_window = window;
    return 0;
}

void window_destroy(struct window *window)
{
    if (!window)
        return;
    window_close(window);
    loop_unwatch(window->signals);
    free(window);
}

void window_hold(struct window *window, const struct window_holder *holder)
{
    window->holder = holder ? *holder : (struct window_holder){0};
}

bool window_is_open(const struct window *window)
{
    return window->screen;
}

bool window_is_shown(const struct window *window)
{
    return window->screen && screen_is_shown(window->screen);
}

int window_rows(const struct window *window)
{
    return window->screen ? screen_rows(window->screen) : 0;
}

void window_cursor(struct window *window, bool visible)
{
    if (window->screen)
        screen_cursor(window->screen, visible);
}

enum style_theme window_theme(const struct window *window)
{
    return window->theme;
}

void window_set_theme(struct window *window, enum style_theme theme)
{
    window->theme = theme;
    if (window->screen)
        screen_set_theme(window->screen, theme);
}

enum style_theme window_next_theme(struct window *window, size_t size, char word[])
{
    enum style_theme theme = (window->theme + 1) % STYLE_THEMES;
    window_set_theme(window, theme);
    snprintf(word, size, "Colours: %s", style_theme_words[theme]);
    return theme;
}

void window_say_forgotten(size_t size, char word[])
{
    text_append(size, word, ". This cannot be remembered");
}
