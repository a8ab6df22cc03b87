// SPDX-License-Identifier: MIT
#include "ui/choice.h"

#include <string.h>

#include "ui/about.h"
#include "ui/choice_word.h"
#include "ui/keys.h"
#include "ui/name_line.h"

enum { WHEEL_LINES = 3, SCROLL_ALL = 1 << 29 };

/* The view that belongs to the phase. */
static const struct view_ops *home(const struct choice_situation *situation)
{
    if (situation->asking)
        return &view_ask;
    if (situation->sweeping)
        return &view_sweep;
    if (situation->checking)
        return &view_check;
    if (situation->programs)
        return &view_versus;
    if (situation->working)
        return &view_items;
    return situation->phase == SCENE_ENDED ? &view_compare : &view_live;
}

const struct view_ops *choice_view(
    const struct choice *choice, const struct choice_situation *situation)
{
    return choice->view ? choice->view : home(situation);
}

const struct view_ops *choice_behind(
    const struct choice *choice, const struct choice_situation *situation)
{
    const struct view_ops *view =
        choice->view == &view_help ? choice->behind : choice->view;
    return view ? view : home(situation);
}

static void show(struct choice *choice, const struct view_ops *view)
{
    choice->view = choice->view == view ? NULL : view;
    choice->scroll = 0;
}

/* Over the view that there is, and away again. */
static void show_help(struct choice *choice)
{
    bool away = choice->view == &view_help;
    const struct view_ops *behind = choice->view;
    choice->view = away ? choice->behind : &view_help;
    choice->behind = away ? NULL : behind;
    choice->scroll = 0;
}

/* From where it is come to, so that one gets back there. */
static void go_closer(struct choice *choice)
{
    const struct view_ops *view =
        choice->view == &view_help ? choice->behind : choice->view;
    if (view != &view_about)
        choice->before = view;
    choice->view = &view_about;
}

void choice_look_at(struct choice *choice, const struct target *target)
{
    if (target->kind != TARGET_CPU && target->kind != TARGET_WORKER &&
        target->kind != TARGET_TASK)
        return;
    go_closer(choice);
    choice->subject = *target;
    choice->scroll = 0;
}

/* One CPU closely, the first; from a view of workers or tasks one of these, if there are
 * any. */
static void show_about(struct choice *choice, const struct choice_situation *situation)
{
    struct target first = {TARGET_CPU, -1};
    choice->scroll = 0;
    if (choice->view == &view_about) {
        choice->view = choice->before;
        return;
    }
    go_closer(choice);
    if (choice->before == &view_workers)
        first.kind = TARGET_WORKER;
    else if (choice->before == &view_tasks)
        first.kind = TARGET_TASK;
    choice->subject = about_next(situation->result, &first, 1);
    first.kind = TARGET_CPU;
    if (choice->subject.kind == TARGET_NONE)
        choice->subject = about_next(situation->result, &first, 1);
}

/* From what is looked at to where it was come from, from another view to the picture,
 * from its details to the whole. */
static void go_back(struct choice *choice)
{
    if (!choice->view)
        choice->details = false;
    choice->view = choice->view == &view_about ? choice->before : NULL;
    choice->scroll = 0;
}

/* The picture, then what can be seen of it more closely, and round again: the pages of a
 * clicker that has two keys. */
static void turn(struct choice *choice, int by)
{
    static const struct view_ops *const pages[] = {NULL, &view_tasks, &view_workers};
    enum { PAGES = sizeof pages / sizeof *pages };
    int page = 0;
    for (int i = 0; i < PAGES; i++)
        if (choice->view == pages[i])
            page = i;
    choice->view = pages[(page + by + PAGES) % PAGES];
    choice->scroll = 0;
}

static enum choice_action scroll_by(
    struct choice *choice, const struct choice_situation *situation, int lines)
{
    int most = choice->scroll + situation->below;
    choice->scroll += lines;
    if (choice->scroll > most)
        choice->scroll = most;
    if (choice->scroll < 0)
        choice->scroll = 0;
    return CHOICE_DRAW;
}

static enum choice_action turn_page(
    struct choice *choice, const struct choice_situation *situation, int by)
{
    if (choice->view == &view_about) {
        choice->subject = about_next(situation->result, &choice->subject, by);
        choice->scroll = 0;
        return CHOICE_DRAW;
    }
    if (choice_has_tasks(situation))
        turn(choice, by);
    return CHOICE_DRAW;
}

/* As a clicker does. */
static enum choice_action move_page(
    struct choice *choice, const struct choice_situation *situation, int by)
{
    bool scrolls = by > 0 ? situation->below > 0 : choice->scroll > 0;
    if (by > 0 && situation->asking && !choice->view)
        return CHOICE_GO_ON;
    if (scrolls)
        return scroll_by(choice, situation, by * situation->page);
    return turn_page(choice, situation, by);
}

static const struct {
    int key;
    enum choice_action (*move)(
        struct choice *choice, const struct choice_situation *situation, int by);
    int by;
} moves[] = {{KEYS_DOWN, scroll_by, 1}, {'j', scroll_by, 1}, {KEYS_UP, scroll_by, -1},
    {'k', scroll_by, -1}, {KEYS_WHEEL_DOWN, scroll_by, WHEEL_LINES},
    {KEYS_WHEEL_UP, scroll_by, -WHEEL_LINES}, {KEYS_RIGHT, turn_page, 1},
    {'l', turn_page, 1}, {'\t', turn_page, 1}, {KEYS_LEFT, turn_page, -1},
    {'h', turn_page, -1}, {KEYS_HOME, scroll_by, -SCROLL_ALL},
    {KEYS_END, scroll_by, SCROLL_ALL}, {KEYS_PAGE_DOWN, move_page, 1},
    {KEYS_PAGE_UP, move_page, -1}};

/* Nothing is lost by leaving it. */
static bool is_over(const struct choice_situation *situation)
{
    return situation->replaying || situation->phase == SCENE_ENDED ||
           situation->phase == SCENE_WATCHING;
}

/* From the whole picture there is one more place to go back to. */
static bool leaves_by_escape(
    const struct choice *choice, const struct choice_situation *situation)
{
    return situation->offers.returns && is_over(situation) && !choice->view &&
           !choice->details;
}

/* Nothing is lost by leaving what is over, or has not begun. */
static enum choice_action quit(
    struct choice *choice, const struct choice_situation *situation)
{
    if (is_over(situation))
        return CHOICE_LEAVE;
    if (situation->working)
        return CHOICE_DETACH;
    if (situation->phase != SCENE_RUNNING && situation->phase != SCENE_BETWEEN &&
        situation->phase != SCENE_CHECKING)
        return CHOICE_LEAVE;
    choice->question = VIEW_QUESTION_END;
    return CHOICE_DRAW;
}

static enum choice_action type_name(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    enum name_line_end end = name_line_obey(&choice->name, situation->endings, key);
    if (end == NAME_LINE_OPEN)
        return CHOICE_DRAW;
    choice->question = VIEW_NO_QUESTION;
    if (end == NAME_LINE_ENTERED)
        return CHOICE_SAVE;
    entry_set(&choice->name, "");
    return CHOICE_DRAW;
}

static enum choice_action answer(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    if (choice->question == VIEW_QUESTION_SAVE)
        return type_name(choice, situation, key);
    bool ending = choice->question == VIEW_QUESTION_END;
    choice->question = VIEW_NO_QUESTION;
    switch (key) {
    case 'y':
    case 'Y':
        return ending ? CHOICE_LEAVE : CHOICE_DRAW;
    case 's':
    case 'S':
        return ending ? CHOICE_DRAW : CHOICE_CLOSE;
    case 'e':
    case 'E':
        return ending ? CHOICE_DRAW : CHOICE_END;
    default:
        return CHOICE_DRAW;
    }
}

/* The keys of a loop of the user's own, while it runs. */
static enum choice_action obey_own(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    bool works = situation->working && situation->phase == SCENE_RUNNING;
    switch (key) {
    case 'f':
        show(choice, &view_failed);
        break;
    case 'x':
        if (works)
            choice->question = VIEW_QUESTION_STOP;
        break;
    case '+':
        return works ? CHOICE_MORE : CHOICE_DRAW;
    case '-':
        return works ? CHOICE_FEWER : CHOICE_DRAW;
    case 'n':
        if (situation->alone && situation->phase == SCENE_RUNNING)
            return CHOICE_SAMPLE;
        break;
    default:
        break;
    }
    return CHOICE_DRAW;
}

/* Takes a character of the guess.  False if it is none. */
static bool type(struct choice *choice, int key)
{
    size_t length = strlen(choice->guess);
    if (key == KEYS_BACKSPACE) {
        if (length > 0)
            choice->guess[length - 1] = '\0';
        return true;
    }
    if (key != '.' && (key < '0' || key > '9'))
        return false;
    if (length < CHOICE_GUESS_MAX) {
        choice->guess[length] = (char)key;
        choice->guess[length + 1] = '\0';
    }
    return true;
}

/* A name that was entered is there again: to be mended, or for the next form. */
static enum choice_action ask_name(
    struct choice *choice, const struct choice_situation *situation)
{
    choice->question = VIEW_QUESTION_SAVE;
    if (!choice->name.text[0])
        entry_set(&choice->name, situation->name);
    return CHOICE_DRAW;
}

/* The keys of a replay, which stands still in place of being frozen. */
static enum choice_action obey_replay(int key)
{
    static const struct {
        int key;
        enum choice_action action;
    } keys[] = {{' ', CHOICE_PAUSE}, {'.', CHOICE_STEP}, {',', CHOICE_STEP_BACK},
        {']', CHOICE_SEEK}, {'[', CHOICE_SEEK_BACK}, {'>', CHOICE_FASTER},
        {'<', CHOICE_SLOWER}, {'0', CHOICE_BEGIN}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].key == key)
            return keys[i].action;
    return CHOICE_DRAW;
}

/* What is to become of the run and its result, or of the colours. */
static enum choice_action obey_wish(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    switch (key) {
    case 'c':
        return CHOICE_THEME;
    case 's':
        return ask_name(choice, situation);
    case 'r':
        return CHOICE_REPEAT;
    case 'e':
        return CHOICE_EDIT;
    default:
        return situation->own ? obey_own(choice, situation, key) : CHOICE_DRAW;
    }
}

static enum choice_action obey_letter(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    switch (key) {
    case 'q':
        return quit(choice, situation);
    case '?':
        show_help(choice);
        break;
    case 't':
        show(choice, &view_tasks);
        break;
    case 'w':
        show(choice, &view_workers);
        break;
    case 'd':
        choice->details = !choice->details;
        break;
    case ' ':
        choice->frozen = !choice->frozen;
        break;
    case 'i':
        show_about(choice, situation);
        break;
    default:
        return obey_wish(choice, situation, key);
    }
    return CHOICE_DRAW;
}

enum choice_action choice_obey(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    bool guessing = situation->asking && !choice->view;
    choice->word = NULL;
    if (choice->question != VIEW_NO_QUESTION)
        return answer(choice, situation, key);
    if (guessing && type(choice, key))
        return CHOICE_DRAW;
    if (situation->replaying && obey_replay(key) != CHOICE_DRAW)
        return obey_replay(key);
    if ((choice->word = choice_word(situation, guessing, key)) != NULL)
        return CHOICE_DRAW;
    switch (key) {
    case KEYS_ENTER:
    case KEYS_ESCAPE:
        if (guessing && key == KEYS_ENTER)
            return CHOICE_GO_ON;
        if (key == KEYS_ESCAPE && leaves_by_escape(choice, situation))
            return CHOICE_LEAVE;
        go_back(choice);
        return CHOICE_DRAW;
    case KEYS_REPAINT:
        return CHOICE_REPAINT;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].key == key)
            return moves[i].move(choice, situation, moves[i].by);
    return obey_letter(choice, situation, key);
}
