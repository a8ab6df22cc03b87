// SPDX-License-Identifier: MIT
#pragma once
/* An inventory of a tree, and what is expected of its lines. */
#include "fixture.h"
#include "machine/inventory.h"

struct looked {
    struct machine machine;
    struct inventory inventory;
};

__attribute__((noinline, unused)) static void looked_init(
    struct looked *looked, const struct root *root, char *const environment[])
{
    struct fault fault = {0};
    if (machine_init(&looked->machine, root, environment, &fault) < 0)
        fail_msg("%s", fault.text);
    machine_complete(&looked->machine, root);
    inventory_init(&looked->inventory, root, &looked->machine, environment);
}

static inline void looked_finish(struct looked *looked)
{
    inventory_finish(&looked->inventory);
    machine_finish(&looked->machine);
}

/* A folder with four CPUs and nothing else; looked_at_folder() and fixture_remove(). */
__attribute__((noinline, unused)) static char *looked_make_folder(void)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/stat",
        "cpu  4 4 4 4\ncpu0 1 1 1 1\ncpu1 1 1 1 1\ncpu2 1 1 1 1\ncpu3 1 1 1 1\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/online", "0-3\n");
    return folder;
}

static inline void looked_at_folder(struct looked *looked, const char *folder)
{
    struct root root;
    fixture_open_path(folder, &root);
    looked_init(looked, &root, NULL);
    root_close(&root);
}

/* The line of that topic, which has to be there. */
static inline const struct inventory_line *looked_line(
    const struct looked *looked, const char *topic)
{
    const struct inventory_line *line = inventory_find(&looked->inventory, topic);
    if (!line)
        fail_msg("no line for %s", topic);
    return line;
}

static inline void check_line(
    const struct looked *looked, const char *topic, const char *value, const char *where)
{
    const struct inventory_line *line = looked_line(looked, topic);
    assert_true(line->visible);
    assert_string_equal(line->value, value);
    assert_string_equal(line->where, where);
}

static inline void check_hidden(
    const struct looked *looked, const char *topic, const char *where)
{
    const struct inventory_line *line = looked_line(looked, topic);
    assert_false(line->visible);
    assert_string_equal(line->value, "not visible here");
    assert_string_equal(line->where, where);
    assert_string_equal(line->concern, "");
}

/* `concern` "": there is none. */
static inline void check_concern(
    const struct looked *looked, const char *topic, const char *concern)
{
    const struct inventory_line *line = looked_line(looked, topic);
    assert_string_equal(line->concern, concern);
    assert_int_equal(line->next[0] != '\0', concern[0] != '\0');
    if (concern[0] != '\0') {
        assert_int_not_equal(concern[strlen(concern) - 1], '.');
        assert_int_equal(line->next[strlen(line->next) - 1], '.');
    }
}

/* All at once, of a folder that is not needed any more. */
static inline void check_folder(
    char *folder, const char *topic, const char *value, const char *concern)
{
    struct looked looked;
    looked_at_folder(&looked, folder);
    const struct inventory_line *line = looked_line(&looked, topic);
    assert_string_equal(line->value, value);
    check_concern(&looked, topic, concern);
    looked_finish(&looked);
    fixture_remove(folder);
}
