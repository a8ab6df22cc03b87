// SPDX-License-Identifier: MIT
#include "ui/browser.h"

#include <stdio.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/pair.h"

enum {
    HEADING_FROM_ROWS = 8,
    LIST_ROWS_AROUND = 4, /* of the gallery: heading, heads, what is hidden, keys */
    KEY_COLUMNS = 12,
    WHEEL_ROWS = 3,
    BETWEEN = 2,
    WORD_SIZE = 64,
};

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
    enum browser_action action;
    bool done;
};

static const struct view_key list_keys[] = {{"Enter", "open"}, {"m", "mark"},
    {"q", "quit"}, {"b", "side by side"}, {"c", "colours"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key pair_keys[] = {
    {"q", "back"}, {"c", "colours"}, {"?", "help"}, {NULL, NULL}};
static const struct view_key help_keys[] = {{"?", "back"}, {NULL, NULL}};

static const char *const list_words[] = {
    "A line for each result: what was run and on which machine, the time one after the "
    "other and in parallel, with how many workers (W), and how many times as fast that "
    "was (S).",
    "In place of S: the verdict of a check, \"stopped\" where not all was done, how many "
    "tasks failed.",
    "Of a sweep it is the number of workers to take; of whole programs the fastest. A ~ "
    "before a time: it is projected; before S: it follows from such a time.",
    "> is the selected line, * a marked one.", NULL};
static const struct view_key list_help[] = {
    {"Enter", "open the selected result; so does a second click"},
    {"m", "mark it, or take the mark away; two can be marked"},
    {"b", "side by side: the two marked, or the marked and the selected one"},
    {"Up Down", "the one before, the next one; also j, k, PageUp, PageDown, Home, End"},
    {"c", "the next set of colours"}, {"q", "quit"}, {NULL, NULL}};

static const char *const pair_words[] = {
    "Length is time, height is CPUs busy. Both results have the same scale of time, and "
    "each the CPUs of its own machine.",
    "Below are their figures: CPUs, the time one by one and in parallel, workers (W), "
    "times as fast (S).",
    "Their times are compared only where both ran the same loop.", NULL};
static const struct view_key pair_help[] = {{"Up Down", "scroll; also j, k, PageDown"},
    {"c", "the next set of colours"}, {"q, Esc", "back"}, {NULL, NULL}};

static struct area inner_area(const struct canvas *canvas)
{
    return frame_of(canvas).area;
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
    int taken = canvas_width_of(text) + BETWEEN, width = canvas_width_of(name);
    struct area field = {area.row, area.column + taken, 1, area.columns - taken};
    if (width < field.columns) {
        field.column += field.columns - width;
        field.columns = width;
    }
    canvas_field(canvas, &field, STYLE_TEXT, name);
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

static int draw_help_key(
    struct canvas *canvas, struct area area, const struct view_key *key)
{
    canvas_text(canvas, area.row, area.column, STYLE_KEY, key->key);
    area.column += KEY_COLUMNS;
    area.columns -= KEY_COLUMNS;
    return canvas_paragraph(canvas, area, STYLE_TEXT, key->does);
}

/* Whole entries, from the one on that it is scrolled to.  Returns how many more could be
 * scrolled away. */
static int draw_help(const struct browser *browser, struct canvas *canvas)
{
    bool of_pair = browser->behind == PAGE_PAIR;
    const char *const *words = of_pair ? pair_words : list_words;
    const struct view_key *keys = of_pair ? pair_help : list_help;
    struct area area = inner_area(canvas);
    int end = area.row + area.rows, number = 0, hidden = 0;
    for (; *words || keys->key; number++) {
        bool is_word = *words;
        area.rows = end - area.row;
        if (number >= browser->scroll && area.rows <= 0)
            hidden++;
        else if (number >= browser->scroll && is_word)
            area.row += canvas_paragraph(canvas, area, STYLE_TEXT, *words) + !words[1];
        else if (number >= browser->scroll)
            area.row += draw_help_key(canvas, area, keys);
        words += is_word;
        keys += !is_word;
    }
    return browser->scroll + hidden;
}

static const struct view_key *keys_of(const struct browser *browser)
{
    if (browser->page == PAGE_HELP)
        return help_keys;
    if (browser->page == PAGE_PAIR)
        return pair_keys;
    return list_keys;
}

static void draw_foot(const struct browser *browser, struct canvas *canvas)
{
    struct area area = canvas_area(canvas);
    int column = frame_of(canvas).area.column;
    if (browser->word[0])
        canvas_text(canvas, area.rows - 1, column, STYLE_STRONG, browser->word);
    else
        key_line_draw(canvas, area.rows - 1, column, area.columns, keys_of(browser));
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
    if (browser->setup.on_theme)
        browser->setup.on_theme(browser->setup.data, theme);
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
    case KEYS_REPAINT:
        window_repaint(browser->setup.window);
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
             gallery_pair(browser->setup.gallery, browser->pair))
        turn_to(browser, PAGE_PAIR);
}

static void on_key(void *data, int key)
{
    struct browser *browser = data;
    browser->word[0] = '\0';
    if (browser->done || obey_anywhere(browser, key))
        return;
    int page = window_rows(browser->setup.window) - LIST_ROWS_AROUND;
    if (browser->page == PAGE_LIST)
        take_action(browser, gallery_obey(browser->setup.gallery, key, page));
    else if (key == KEYS_ENTER || (key == 'b' && browser->page == PAGE_PAIR))
        step_back(browser);
    else
        scroll(browser, key);
}

static void on_click(void *data, const struct target *target)
{
    struct browser *browser = data;
    browser->word[0] = '\0';
    if (!browser->done && browser->page == PAGE_LIST)
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
    window_hold(setup->window, NULL);
    return browser.action;
}
