// SPDX-License-Identifier: MIT
#include "ui/choice_word.h"

#include <string.h>

#include "ui/entry.h"

bool choice_has_tasks(const struct choice_situation *situation)
{
    return situation->phase != SCENE_WATCHING && !situation->programs &&
           !situation->checking;
}

static bool is_over(const struct choice_situation *situation)
{
    return situation->phase == SCENE_ENDED;
}

static bool has_no_tasks(const struct choice_situation *situation)
{
    return !choice_has_tasks(situation);
}

static bool is_watched(const struct choice_situation *situation)
{
    return situation->phase == SCENE_WATCHING;
}

static bool cannot_repeat(const struct choice_situation *situation)
{
    return !situation->offers.repeat;
}

static bool cannot_edit(const struct choice_situation *situation)
{
    return !situation->offers.edit;
}

static bool cannot_save(const struct choice_situation *situation)
{
    return !situation->offers.save;
}

/* Where other loops have no such keys. */
static bool cannot_steer(const struct choice_situation *situation)
{
    bool works = situation->working && situation->phase == SCENE_RUNNING;
    return situation->own && !works;
}

static bool cannot_sample(const struct choice_situation *situation)
{
    bool alone = situation->alone && situation->phase == SCENE_RUNNING;
    return situation->own && !alone;
}

/* The first that applies is said. */
static const struct {
    char key;
    bool (*applies)(const struct choice_situation *situation);
    bool (*also)(const struct choice_situation *situation); /* or NULL */
    const char *word;
} refusals[] = {
    {'t', has_no_tasks, is_watched, "No tasks: nothing is run."},
    {'t', has_no_tasks, NULL, "No tasks: this is no loop."},
    {'w', has_no_tasks, is_watched, "No workers: nothing is run."},
    {'w', has_no_tasks, NULL, "No workers: this is no loop."},
    {'r', cannot_repeat, is_watched, "Nothing is run: nothing to repeat."},
    {'r', cannot_repeat, is_over, "It cannot be run from here."},
    {'r', cannot_repeat, NULL, "r: again, once it is over."},
    {'e', cannot_edit, is_watched, "Nothing is run: nothing to edit."},
    {'e', cannot_edit, is_over, "It cannot be changed from here."},
    {'e', cannot_edit, NULL, "e: change it, once it is over."},
    {'s', cannot_save, is_watched, "Nothing is run: nothing to save."},
    {'s', cannot_save, is_over, "It cannot be saved from here."},
    {'s', cannot_save, NULL, "s: save it, once it is over."},
    {' ', is_over, NULL, "It is over: nothing moves."},
    {'x', cannot_steer, is_over, "It is over: nothing to stop."},
    {'x', cannot_steer, NULL, "x: only while map runs."},
    {'+', cannot_steer, is_over, "It is over: no workers."},
    {'+', cannot_steer, NULL, "+: only while map runs."},
    {'-', cannot_steer, is_over, "It is over: no workers."},
    {'-', cannot_steer, NULL, "-: only while map runs."},
    {'n', cannot_sample, NULL, "n: only while run is one by one."},
};

/* Characters belong to the guess; those that lead elsewhere stay keys. */
static bool is_no_guess(int key)
{
    bool leads = key > 0 && key < 128 && strchr("q?twi", key);
    return entry_is_character(key) && !leads;
}

const char *choice_word(const struct choice_situation *situation, bool guessing, int key)
{
    if (guessing && is_no_guess(key))
        return "A number, please.";
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (refusals[i].key == key && refusals[i].applies(situation) &&
            (!refusals[i].also || refusals[i].also(situation)))
            return refusals[i].word;
    return NULL;
}
