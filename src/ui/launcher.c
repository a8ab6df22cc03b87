// SPDX-License-Identifier: MIT
#include "ui/launcher.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/launcher_help.h"
#include "ui/name_line.h"

enum { HELP_ALL = 1000, WHEEL_LINES = 3, RESULTS_PAGE = 5 };

/* One turn of it, until the user has chosen. */
struct turn {
    const struct launcher_setup *setup;
    struct launcher *launcher;
    struct entry proposal; /* the owner's name for a file */
    enum launcher_action action;
    struct area area; /* of what was drawn last */
    bool cursor;      /* is seen */
    bool done;
};

static void choose(struct turn *turn, enum launcher_action action)
{
    turn->action = action;
    turn->done = true;
}

static void say(struct launcher *launcher, const char *word)
{
    text_copy(sizeof launcher->word, launcher->word, word);
}

static void next_theme(struct turn *turn)
{
    enum style_theme theme = window_next_theme(
        turn->setup->window, sizeof turn->launcher->word, turn->launcher->word);
    if (turn->setup->on_theme && !turn->setup->on_theme(turn->setup->data, theme))
        window_say_forgotten(sizeof turn->launcher->word, turn->launcher->word);
}

/* To the results, where there are any. */
static void enter_gallery(struct launcher *launcher)
{
    launcher->in_gallery = launcher->gallery.count > 0;
    launcher->form->typing = false;
    if (!launcher->in_gallery)
        say(launcher, "There are no results yet: Enter runs the loop.");
}

static void ask(struct turn *turn, enum launcher_question question)
{
    struct launcher *launcher = turn->launcher;
    if (question == LAUNCHER_SAVE_AS && launcher->gallery.count == 0) {
        say(launcher, "There is no result yet that could be saved.");
        return;
    }
    launcher->question = question;
    turn->proposal = launcher->name;
    if (question == LAUNCHER_OPEN_WHICH)
        launcher->name = launcher->failed_name;
    else if (turn->setup->on_name)
        turn->setup->on_name(turn->setup->data);
}

/* A name is typed.  Whoever is asked whether to leave, says so by the same key again. */
static void answer(struct turn *turn, int key)
{
    struct launcher *launcher = turn->launcher;
    bool saving = launcher->question == LAUNCHER_SAVE_AS;
    if (launcher->question == LAUNCHER_LEAVE_SURE) {
        launcher->question = LAUNCHER_NO_QUESTION;
        if (key == 'q')
            choose(turn, LAUNCHER_LEAVE);
        return;
    }
    const char *const *endings = saving ? launcher->endings : NULL;
    enum name_line_end end = name_line_obey(&launcher->name, endings, key);
    if (end == NAME_LINE_OPEN)
        return;
    launcher->question = LAUNCHER_NO_QUESTION;
    if (end == NAME_LINE_ENTERED)
        choose(turn, saving ? LAUNCHER_SAVE : LAUNCHER_LOAD);
    else
        launcher->name = turn->proposal;
}

/* Results that are in no file are not lost by one key. */
static void leave(struct turn *turn)
{
    struct launcher *launcher = turn->launcher;
    launcher->helping = false;
    if (launcher->unsaved > 0)
        launcher->question = LAUNCHER_LEAVE_SURE;
    else
        choose(turn, LAUNCHER_LEAVE);
}

static void run(struct turn *turn)
{
    struct launcher *launcher = turn->launcher;
    if (!launcher->is_refused)
        choose(turn, LAUNCHER_RUN);
    else if (form_go_to_refused(launcher->form)) {
        const struct form_field *field = &launcher->form->fields[launcher->form->focus];
        snprintf(launcher->word, sizeof launcher->word, "Cannot run yet. %s: %s",
            field->label, field->refusal);
    } else
        say(launcher, "It cannot be run like this.");
}

static void scroll_help(struct turn *turn, int entries, int last)
{
    int *scroll = &turn->launcher->help_scroll;
    *scroll += entries;
    if (*scroll > last)
        *scroll = last;
    if (*scroll < 0)
        *scroll = 0;
}

/* Keys that mean the same wherever no text is typed.  False: it is none of them. */
static bool obey_everywhere(struct turn *turn, int key)
{
    switch (key) {
    case 'q':
        leave(turn);
        return true;
    case '?':
        turn->launcher->helping = !turn->launcher->helping;
        turn->launcher->help_scroll = 0;
        return true;
    case 'c':
        next_theme(turn);
        return true;
    case 'o':
        ask(turn, LAUNCHER_OPEN_WHICH);
        return true;
    case 's':
        ask(turn, LAUNCHER_SAVE_AS);
        return true;
    default:
        return false;
    }
}

static void obey_help(struct turn *turn, int key)
{
    const struct launcher_help_page page =
        launcher_help_page_from(turn->launcher->help_scroll, &turn->area);
    const struct {
        int key, entries;
    } moves[] = {{KEYS_DOWN, 1}, {'j', 1}, {KEYS_UP, -1}, {'k', -1},
        {KEYS_PAGE_DOWN, page.seen}, {' ', page.seen}, {KEYS_PAGE_UP, -page.above},
        {KEYS_HOME, -HELP_ALL}, {KEYS_END, HELP_ALL}, {KEYS_WHEEL_DOWN, WHEEL_LINES},
        {KEYS_WHEEL_UP, -WHEEL_LINES}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].key == key)
            scroll_help(turn, moves[i].entries, page.last);
    if (key == KEYS_ESCAPE || key == KEYS_ENTER)
        turn->launcher->helping = false;
    else if (key == '?' || key == 'q' || key == 'c')
        obey_everywhere(turn, key);
}

/* Keys that go somewhere, though there may be nothing. */
static bool is_of_moving(int key)
{
    static const int moving[] = {'j', 'k', KEYS_UP, KEYS_DOWN, KEYS_PAGE_UP,
        KEYS_PAGE_DOWN, KEYS_HOME, KEYS_END, KEYS_BACK_TAB, KEYS_CLICK, KEYS_WHEEL_UP,
        KEYS_WHEEL_DOWN};
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        if (moving[i] == key)
            return true;
    return false;
}

static void say_useless(struct launcher *launcher, int key)
{
    const struct form *form = launcher->form;
    bool number = !launcher->in_gallery && form->focus < form->count &&
                  form->fields[form->focus].kind == FORM_NUMBER;
    if (number && entry_is_character(key))
        say(launcher, "Numbers only here; ? lists the other keys.");
    else if (!is_of_moving(key))
        say(launcher, "This key does nothing here; ? lists those that do.");
}

/* Back to the form with the keys that came from there; up from the first one as well. */
static void obey_gallery(struct turn *turn, int key)
{
    struct launcher *launcher = turn->launcher;
    bool up = key == KEYS_UP || key == 'k';
    if (key == '\t' || key == KEYS_BACK_TAB || key == KEYS_ESCAPE || key == 'g' ||
        (up && launcher->gallery.selected == 0)) {
        launcher->in_gallery = false;
        return;
    }
    switch (gallery_obey(&launcher->gallery, key, RESULTS_PAGE)) {
    case GALLERY_OPEN:
        choose(turn, LAUNCHER_OPEN);
        break;
    case GALLERY_BESIDE:
        choose(turn, LAUNCHER_BESIDE);
        break;
    case GALLERY_OTHER:
        if (!obey_everywhere(turn, key))
            say_useless(launcher, key);
        break;
    default:
        break;
    }
}

static void go_to_first(struct form *form)
{
    form->focus = 0;
    form_settle(form);
}

/* What the form has no use for.  Behind its last field are the results. */
static void obey_beside_form(struct turn *turn, int key)
{
    struct launcher *launcher = turn->launcher;
    bool results = launcher->gallery.count > 0;
    if (key == 'g' || (results && (key == '\t' || key == KEYS_DOWN || key == 'j')))
        enter_gallery(launcher);
    else if (key == '\t')
        go_to_first(launcher->form);
    else if (!obey_everywhere(turn, key))
        say_useless(launcher, key);
}

static void obey_form(struct turn *turn, int key)
{
    struct form *form = turn->launcher->form;
    switch (form_obey(form, key)) {
    case FORM_CHANGE:
        turn->setup->on_change(turn->setup->data);
        break;
    case FORM_DONE:
        run(turn);
        break;
    case FORM_OTHER:
        if (!form_is_typing(form) || key == '\t' || key == KEYS_DOWN)
            obey_beside_form(turn, key);
        break;
    default:
        break;
    }
}

/* The cursor is seen where something is typed. */
static void show_cursor(struct turn *turn)
{
    const struct launcher *launcher = turn->launcher;
    bool asked = launcher->question == LAUNCHER_SAVE_AS ||
                 launcher->question == LAUNCHER_OPEN_WHICH;
    bool typing = !launcher->in_gallery && form_is_typing(launcher->form);
    bool cursor = !launcher->helping && (asked || typing);
    if (cursor != turn->cursor)
        window_cursor(turn->setup->window, cursor);
    turn->cursor = cursor;
}

static void on_key(void *data, int key)
{
    struct turn *turn = data;
    struct launcher *launcher = turn->launcher;
    if (turn->done)
        return;
    launcher->word[0] = '\0';
    if (key == KEYS_REPAINT)
        window_repaint(turn->setup->window);
    else if (launcher->helping)
        obey_help(turn, key);
    else if (launcher->question != LAUNCHER_NO_QUESTION)
        answer(turn, key);
    else if (launcher->in_gallery)
        obey_gallery(turn, key);
    else
        obey_form(turn, key);
    show_cursor(turn);
}

/* A row that is clicked from elsewhere is only gone to. */
static void click_row(struct turn *turn, const struct target *target)
{
    struct gallery *gallery = &turn->launcher->gallery;
    bool came = !turn->launcher->in_gallery;
    turn->launcher->in_gallery = true;
    if (came && (size_t)target->number == gallery->selected)
        return;
    if (gallery_click(gallery, target) == GALLERY_OPEN)
        choose(turn, LAUNCHER_OPEN);
}

static void on_click(void *data, const struct target *target)
{
    struct turn *turn = data;
    struct launcher *launcher = turn->launcher;
    if (turn->done || launcher->helping || launcher->question != LAUNCHER_NO_QUESTION)
        return;
    launcher->word[0] = '\0';
    if (target->kind == TARGET_ROW)
        click_row(turn, target);
    else if (target->kind == TARGET_FIELD) {
        launcher->in_gallery = false;
        if (form_click(launcher->form, target) == FORM_CHANGE)
            turn->setup->on_change(turn->setup->data);
    }
    show_cursor(turn);
}

static void on_gone(void *data)
{
    choose(data, LAUNCHER_LEAVE);
}

static void draw(void *data, struct canvas *canvas)
{
    struct turn *turn = data;
    turn->area = frame_of(canvas).area;
    launcher_draw(canvas, turn->launcher);
}

/* Who comes back from a result finds the keys that were there; a field that is refused
 * keeps the focus. */
static void end_typing(struct form *form)
{
    if (form_is_typing(form) && !form->fields[form->focus].refusal[0])
        form_obey(form, KEYS_ESCAPE);
}

enum launcher_action launcher_run(const struct launcher_setup *setup)
{
    struct turn turn = {.setup = setup, .launcher = setup->launcher};
    const struct window_holder holder = {
        .data = &turn, .draw = draw, .key = on_key, .click = on_click, .gone = on_gone};
    struct launcher *launcher = setup->launcher;
    launcher->question = LAUNCHER_NO_QUESTION;
    launcher->helping = false;
    launcher->in_gallery = launcher->in_gallery && launcher->gallery.count > 0;
    form_settle(launcher->form);
    end_typing(launcher->form);
    window_hold(setup->window, &holder);
    show_cursor(&turn);
    window_draw(setup->window);
    while (!turn.done && !*setup->ended && window_is_open(setup->window))
        if (loop_turn(setup->events) < 0)
            break;
    window_cursor(setup->window, false);
    window_hold(setup->window, NULL);
    return turn.done ? turn.action : LAUNCHER_LEAVE;
}
