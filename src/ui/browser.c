// SPDX-License-Identifier: MIT
#include "ui/browser.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/browser_help.h"
#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/name_line.h"
#include "ui/pair.h"

enum {
    HEADING_FROM_ROWS = 8,
    LIST_ROWS_AROUND = 4, /* of the gallery: heading, heads, what is hidden, keys */
    WHEEL_ROWS = 3,
    BETWEEN = 2,
    WORD_SIZE = 240,
    KEYS_MAX = 7,
};

#define NAMED_PAIR SIZE_MAX

static const char CUT[] = "..";

enum page {
    PAGE_LIST,
    PAGE_PAIR,
    PAGE_HELP,
};

struct browser {
    struct browser_setup setup;
    enum page page, behind; /* behind: of the help */
    size_t pair[2];
    int scroll, most; /* of the pair or the help */
    char word[WORD_SIZE];
    bool saving;       /* name is typed, … */
    struct entry name; /* … to save the selected result, or the pair, under */
    size_t named;      /* the place of the one it is for, + 1; NAMED_PAIR; 0: for none */
    enum browser_action action;
    bool done;
};

static struct area inner_area(const struct canvas *canvas)
{
    return frame_of(canvas).area;
}

/* Of a path that is too wide the end, which says more. */
static void draw_path(struct canvas *canvas, struct area field, const char *path)
{
    int width = canvas_width_of(path), marks = canvas_width_of(CUT);
    if (width > field.columns && field.columns > marks) {
        canvas_text(canvas, field.row, field.column, STYLE_TEXT, CUT);
        field.column += marks;
        field.columns -= marks;
    }
    for (; width > field.columns; width = canvas_width_of(path))
        do
            path++;
        while ((*path & 0xc0) == 0x80);
    field.column += field.columns - width;
    field.columns = width;
    canvas_field(canvas, &field, STYLE_TEXT, path);
}

/* How many there are, and what the selected one is called. */
static void draw_heading(
    struct canvas *canvas, struct area area, const struct gallery *gallery)
{
    char text[48];
    snprintf(text, sizeof text, "%zu result%s", gallery->count,
        gallery->count == 1 ? "" : "s");
    canvas_text(canvas, area.row, area.column, STYLE_STRONG, text);
    if (gallery->count == 0 || !gallery->names || !gallery->names[gallery->selected])
        return;
    const char *name = gallery->names[gallery->selected];
    int taken = canvas_width_of(text) + BETWEEN;
    struct area field = {area.row, area.column + taken, 1, area.columns - taken};
    if (field.columns > 0)
        draw_path(canvas, field, name);
}

static void draw_list(const struct browser *browser, struct canvas *canvas)
{
    struct area area = inner_area(canvas);
    if (area.rows >= HEADING_FROM_ROWS) {
        draw_heading(canvas, area, browser->setup.gallery);
        area.row += 2;
        area.rows -= 2;
    }
    gallery_draw(canvas, area, browser->setup.gallery, true);
}

static int draw_help(const struct browser *browser, struct canvas *canvas)
{
    const struct browser_help help = {.of_pair = browser->behind == PAGE_PAIR,
        .can_save = browser->setup.on_save,
        .scroll = browser->scroll};
    return browser_help_draw(canvas, inner_area(canvas), &help);
}

static int draw_pair(const struct browser *browser, struct canvas *canvas)
{
    const struct gallery *gallery = browser->setup.gallery;
    struct pair pair;
    for (int i = 0; i < 2; i++) {
        pair.results[i] = gallery->results[browser->pair[i]];
        pair.names[i] = gallery->names ? gallery->names[browser->pair[i]] : NULL;
    }
    return pair_draw(canvas, inner_area(canvas), &pair, browser->scroll);
}

/* Those of the page; results cannot be saved everywhere. */
static void list_keys(const struct browser *browser, struct view_key keys[])
{
    static const struct view_key of_list[] = {{"Enter", "open"}, {"m", "mark"},
        {"q", "quit"}, {"b", "side by side"}, {"s", "save"}, {"c", "colours"},
        {"?", "help"}, {NULL, NULL}};
    static const struct view_key of_pair[] = {
        {"q", "back"}, {"s", "save"}, {"c", "colours"}, {"?", "help"}, {NULL, NULL}};
    static const struct view_key of_help[] = {{"?", "back"}, {NULL, NULL}};
    const struct view_key *all = browser->page == PAGE_HELP   ? of_help
                                 : browser->page == PAGE_PAIR ? of_pair
                                                              : of_list;
    for (; all->key; all++)
        if (browser->setup.on_save || strcmp(all->does, "save") != 0)
            *keys++ = *all;
}

static void draw_keys(const struct browser *browser, struct canvas *canvas)
{
    struct area area = canvas_area(canvas);
    struct view_key keys[KEYS_MAX + 1] = {0};
    list_keys(browser, keys);
    key_line_draw(
        canvas, area.rows - 1, frame_of(canvas).area.column, area.columns, keys);
}

static void draw_foot(const struct browser *browser, struct canvas *canvas)
{
    struct area area = inner_area(canvas);
    area.row = area.rows;
    area.rows = 1;
    if (browser->saving) {
        const struct name_line line = {
            "Save as:", "save", &browser->name, browser->setup.endings};
        name_line_draw(canvas, area, &line);
    } else if (browser->word[0])
        frame_draw_word(canvas, browser->word);
    else
        draw_keys(browser, canvas);
}

static void draw(void *data, struct canvas *canvas)
{
    struct browser *browser = data;
    const struct view_input nothing = {0};
    if (frame_draw_too_small(canvas, &nothing))
        return;
    browser->most = 0;
    if (browser->page == PAGE_LIST)
        draw_list(browser, canvas);
    else if (browser->page == PAGE_PAIR)
        browser->most = draw_pair(browser, canvas);
    else
        browser->most = draw_help(browser, canvas);
    if (browser->scroll > browser->most) /* after a resize */
        browser->scroll = browser->most;
    draw_foot(browser, canvas);
}

static void turn_to(struct browser *browser, enum page page)
{
    browser->page = page;
    browser->scroll = 0;
}

static void leave(struct browser *browser, enum browser_action action)
{
    browser->action = action;
    browser->done = true;
}

static void next_theme(struct browser *browser)
{
    enum style_theme theme =
        window_next_theme(browser->setup.window, sizeof browser->word, browser->word);
    if (browser->setup.on_theme && !browser->setup.on_theme(browser->setup.data, theme))
        window_say_forgotten(sizeof browser->word, browser->word);
}

/* One step back: from the help, from the pair, from all of it. */
static void step_back(struct browser *browser)
{
    if (browser->page == PAGE_HELP)
        turn_to(browser, browser->behind);
    else if (browser->page == PAGE_PAIR && !browser->setup.beside)
        turn_to(browser, PAGE_LIST);
    else
        leave(browser, BROWSER_LEAVE);
}

/* Keys that mean the same everywhere.  False: it is none of them. */
static bool obey_anywhere(struct browser *browser, int key)
{
    switch (key) {
    case KEYS_ESCAPE: /* leaves a view, as everywhere, but not the screen */
        if (browser->page != PAGE_LIST)
            step_back(browser);
        return true;
    case 'q':
        step_back(browser);
        return true;
    case 'c':
        next_theme(browser);
        return true;
    case '?':
        if (browser->page == PAGE_HELP) {
            step_back(browser);
            return true;
        }
        browser->behind = browser->page;
        turn_to(browser, PAGE_HELP);
        return true;
    default:
        return false;
    }
}

/* A name that was entered is there again for the same result: to be mended, or for the
 * next form. */
static void ask_name(struct browser *browser)
{
    const struct browser_setup *setup = &browser->setup;
    bool both = browser->page == PAGE_PAIR;
    size_t named = both ? NAMED_PAIR : setup->gallery->selected + 1;
    if (!setup->on_save || setup->gallery->count == 0)
        return;
    if (browser->named != named) {
        entry_set(&browser->name, setup->on_name(setup->data, both));
        browser->named = named;
    }
    browser->saving = true;
    window_cursor(setup->window, true);
}

static void save(struct browser *browser)
{
    const char *path = browser->name.text;
    const size_t *pair = browser->page == PAGE_PAIR ? browser->pair : NULL;
    struct fault fault = {0};
    if (browser->setup.on_save(browser->setup.data, pair, path, &fault) < 0)
        text_copy(sizeof browser->word, browser->word, fault.text);
    else
        snprintf(browser->word, sizeof browser->word, "Saved: %.200s", path);
}

static void type_name(struct browser *browser, int key)
{
    enum name_line_end end = name_line_obey(&browser->name, browser->setup.endings, key);
    if (end == NAME_LINE_OPEN)
        return;
    browser->saving = false;
    window_cursor(browser->setup.window, false);
    if (end == NAME_LINE_ENTERED)
        save(browser);
    else
        browser->named = 0;
}

static void scroll(struct browser *browser, int key)
{
    int page = window_rows(browser->setup.window) - 2, most = browser->most;
    int rows = key == KEYS_UP || key == 'k'     ? -1
               : key == KEYS_DOWN || key == 'j' ? 1
               : key == KEYS_WHEEL_UP           ? -WHEEL_ROWS
               : key == KEYS_WHEEL_DOWN         ? WHEEL_ROWS
               : key == KEYS_PAGE_UP            ? -page
               : key == KEYS_PAGE_DOWN          ? page
               : key == KEYS_HOME               ? -most
               : key == KEYS_END                ? most
                                                : 0;
    browser->scroll += rows;
    if (browser->scroll > most)
        browser->scroll = most;
    if (browser->scroll < 0)
        browser->scroll = 0;
}

static void take_action(struct browser *browser, enum gallery_action action)
{
    if (action == GALLERY_OPEN)
        leave(browser, BROWSER_OPEN);
    else if (action == GALLERY_BESIDE &&
             gallery_pair(browser->setup.gallery, browser->pair)) {
        browser->named = 0; /* another pair has no name yet */
        turn_to(browser, PAGE_PAIR);
    }
}

static void obey_page(struct browser *browser, int key)
{
    int page = window_rows(browser->setup.window) - LIST_ROWS_AROUND;
    if (browser->page != PAGE_HELP && key == 's')
        ask_name(browser);
    else if (browser->page == PAGE_LIST)
        take_action(browser, gallery_obey(browser->setup.gallery, key, page));
    else if (key == KEYS_ENTER || (key == 'b' && browser->page == PAGE_PAIR))
        step_back(browser);
    else
        scroll(browser, key);
}

static void on_key(void *data, int key)
{
    struct browser *browser = data;
    browser->word[0] = '\0';
    if (browser->done)
        return;
    if (key == KEYS_REPAINT)
        window_repaint(browser->setup.window);
    else if (browser->saving)
        type_name(browser, key);
    else if (!obey_anywhere(browser, key))
        obey_page(browser, key);
}

static void on_click(void *data, const struct target *target)
{
    struct browser *browser = data;
    if (browser->done || browser->saving)
        return;
    browser->word[0] = '\0';
    if (browser->page == PAGE_LIST)
        take_action(browser, gallery_click(browser->setup.gallery, target));
}

static void on_gone(void *data)
{
    leave(data, BROWSER_LEAVE);
}

static bool is_ended(const struct browser_setup *setup)
{
    return setup->ended && *setup->ended;
}

enum browser_action browser_run(const struct browser_setup *setup)
{
    struct browser browser = {.setup = *setup};
    const struct window_holder holder = {.data = &browser,
        .draw = draw,
        .key = on_key,
        .click = on_click,
        .gone = on_gone};
    if (!window_is_open(setup->window) || is_ended(setup))
        return BROWSER_LEAVE;
    if (setup->beside) {
        if (!gallery_pair(setup->gallery, browser.pair))
            return BROWSER_LEAVE;
        browser.page = PAGE_PAIR;
    }
    window_hold(setup->window, &holder);
    window_draw(setup->window);
    while (!browser.done && !is_ended(setup))
        if (loop_turn(setup->events) < 0)
            break;
    window_cursor(setup->window, false);
    window_hold(setup->window, NULL);
    return browser.action;
}
