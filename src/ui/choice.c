// SPDX-License-Identifier: MIT
#include "ui/choice.h"

#include <string.h>

#include "ui/keys.h"

const struct view_ops *choice_view(
    const struct choice *choice, const struct choice_situation *situation)
{
    if (choice->view)
        return choice->view;
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

static void show(struct choice *choice, const struct view_ops *view)
{
    choice->view = choice->view == view ? NULL : view;
    choice->scroll = 0;
}

/* Whether there are tasks and workers to be seen more closely. */
static bool has_tasks(const struct choice_situation *situation)
{
    return situation->phase != SCENE_WATCHING && !situation->programs &&
           !situation->checking;
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
    if (has_tasks(situation))
        turn(choice, by);
    return CHOICE_DRAW;
}

static enum choice_action page_down(
    struct choice *choice, const struct choice_situation *situation)
{
    if (situation->asking && !choice->view)
        return CHOICE_GO_ON;
    if (situation->below > 0)
        return scroll_by(choice, situation, situation->page);
    return turn_page(choice, situation, 1);
}

static enum choice_action page_up(
    struct choice *choice, const struct choice_situation *situation)
{
    if (choice->scroll > 0)
        return scroll_by(choice, situation, -situation->page);
    return turn_page(choice, situation, -1);
}

/* Nothing is lost by leaving what is over, or has not begun. */
static enum choice_action quit(
    struct choice *choice, const struct choice_situation *situation)
{
    bool over = situation->phase == SCENE_ENDED || situation->phase == SCENE_WATCHING;
    if (situation->working && !over)
        return CHOICE_DETACH;
    if (situation->phase != SCENE_RUNNING && situation->phase != SCENE_BETWEEN &&
        situation->phase != SCENE_CHECKING)
        return CHOICE_LEAVE;
    choice->question = VIEW_QUESTION_END;
    return CHOICE_DRAW;
}

static enum choice_action answer(struct choice *choice, int key)
{
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

static enum choice_action obey_letter(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    bool runs = has_tasks(situation);
    switch (key) {
    case 'q':
        return quit(choice, situation);
    case '?':
        show(choice, &view_help);
        break;
    case 't':
        if (runs)
            show(choice, &view_tasks);
        break;
    case 'w':
        if (runs)
            show(choice, &view_workers);
        break;
    case 'd':
        choice->details = !choice->details;
        break;
    case ' ':
        choice->frozen = !choice->frozen && situation->phase != SCENE_ENDED;
        break;
    case 'j':
        return scroll_by(choice, situation, 1);
    case 'k':
        return scroll_by(choice, situation, -1);
    case 'l':
    case '\t':
        return turn_page(choice, situation, 1);
    case 'h':
        return turn_page(choice, situation, -1);
    default:
        return situation->own ? obey_own(choice, situation, key) : CHOICE_DRAW;
    }
    return CHOICE_DRAW;
}

enum choice_action choice_obey(
    struct choice *choice, const struct choice_situation *situation, int key)
{
    if (choice->question != VIEW_NO_QUESTION)
        return answer(choice, key);
    if (situation->asking && !choice->view && type(choice, key))
        return CHOICE_DRAW;
    switch (key) {
    case KEYS_ENTER:
    case KEYS_ESCAPE:
        if (situation->asking && !choice->view && key == KEYS_ENTER)
            return CHOICE_GO_ON;
        choice->view = NULL;
        choice->scroll = 0;
        return CHOICE_DRAW;
    case KEYS_REPAINT:
        return CHOICE_REPAINT;
    case KEYS_PAGE_DOWN:
        return page_down(choice, situation);
    case KEYS_PAGE_UP:
        return page_up(choice, situation);
    case KEYS_DOWN:
        return scroll_by(choice, situation, 1);
    case KEYS_UP:
        return scroll_by(choice, situation, -1);
    case KEYS_RIGHT:
        return turn_page(choice, situation, 1);
    case KEYS_LEFT:
        return turn_page(choice, situation, -1);
    case KEYS_HOME:
        return scroll_by(choice, situation, -choice->scroll);
    case KEYS_END:
        return scroll_by(choice, situation, situation->below);
    default:
        return obey_letter(choice, situation, key);
    }
}
