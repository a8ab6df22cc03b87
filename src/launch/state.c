// SPDX-License-Identifier: MIT
#include "launch/state.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "launch/launch_line.h"
#include "report/members.h"

enum { STATE_SIZE_MAX = 65536 };

static const struct members_schema schema = {"parfor-state/", 1};

/* Where it is, by the XDG base directory specification, which has paths that are not
 * absolute passed over; caller frees.  NULL: there is no such place. */
static char *find_folder(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        return text_format("%s/parfor", state);
    if (home && *home == '/')
        return text_format("%s/.local/state/parfor", home);
    return NULL;
}

int state_parse(
    const char *text, size_t size, struct state *ret_state, struct fault *fault)
{
    struct state state = {0};
    char theme[32];
    struct member members[] = {
        {.name = "command_line",
            .size = sizeof state.command_line,
            .text = state.command_line},
        {.name = "theme", .size = sizeof theme, .text = theme},
    };
    int error = members_read(
        &schema, size, text, sizeof members / sizeof *members, members, fault);
    if (error < 0)
        return error;
    if (members[1].present) {
        state.theme = style_find_theme(theme);
        state.themed = state.theme != STYLE_THEMES;
        if (!state.themed) /* a name of another version: nothing is broken by that */
            state.theme = STYLE_DEFAULT;
    }
    *ret_state = state;
    return 0;
}

/* Reads what is there, which may be anything: nothing is waited for. */
static int read_file(const char *path, char **ret_text, size_t *ret_size)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int error = fstat(fd, &status) < 0 ? -errno : S_ISREG(status.st_mode) ? 0 : -EINVAL;
    close(fd);
    return error < 0 ? error : file_read_bytes(path, STATE_SIZE_MAX, ret_text, ret_size);
}

static void say_unreadable(int error, struct fault *fault)
{
    if (error == -EINVAL)
        fault_input(fault, "not a file");
    else if (error == -EFBIG)
        fault_input(fault, "too large (%d bytes at most)", STATE_SIZE_MAX);
    else
        fault_input(fault, "%s", strerror(-error));
}

/* Moves what cannot be used out of the way, and says so. */
static void set_aside(
    const char *path, const struct fault *fault, size_t size, char word[])
{
    char *aside = text_format("%s.broken", path);
    if (rename(path, aside) == 0)
        snprintf(
            word, size, "What was remembered is set aside as %s: %s", aside, fault->text);
    else
        snprintf(
            word, size, "What was remembered cannot be used: %s: %s", path, fault->text);
    free(aside);
}

/* A command line that the program does not understand any more. */
static void drop_unknown(struct state *state, size_t size, char word[])
{
    struct fault fault;
    if (!state->command_line[0] ||
        launch_line_is_understood(state->command_line, &fault) == 0)
        return;
    state->command_line[0] = '\0';
    snprintf(word, size, "The loop that was remembered is left out: %s", fault.text);
}

void state_read(struct state *ret_state, size_t size, char word[])
{
    struct fault fault;
    char *text = NULL, *folder = find_folder();
    size_t length = 0;
    *ret_state = (struct state){0};
    word[0] = '\0';
    if (!folder)
        return;
    char *path = text_format("%s/state.json", folder);
    int error = read_file(path, &text, &length);
    if (error == 0)
        error = state_parse(text, length, ret_state, &fault);
    else if (error != -ENOENT && error != -ENOTDIR)
        say_unreadable(error, &fault);
    if (error < 0 && error != -ENOENT && error != -ENOTDIR)
        set_aside(path, &fault, size, word);
    else if (error == 0)
        drop_unknown(ret_state, size, word);
    free(text);
    free(path);
    free(folder);
}

/* Makes the folder and those above it that are missing, for the user alone. */
static int make_folder(char *folder)
{
    for (char *at = folder + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        int error = mkdir(folder, 0700) < 0 && errno != EEXIST ? -errno : 0;
        *at = '/';
        if (error < 0 && error != -EROFS &&
            error != -EACCES) /* it may exist, as / does */
            return error;
    }
    return mkdir(folder, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

/* The file itself, where a link leads to it; whatever else is in its place stays. */
static int find_target(const char *path, char target[PATH_MAX])
{
    struct stat status;
    if (lstat(path, &status) < 0) {
        text_copy(PATH_MAX, target, path);
        return errno == ENOENT ? 0 : -errno;
    }
    if (!realpath(path, target))
        return -errno;
    if (stat(target, &status) < 0)
        return -errno;
    return S_ISREG(status.st_mode) ? 0 : -EEXIST;
}

static int write_text(const struct state *state, const char *path, struct fault *fault)
{
    char target[PATH_MAX], theme[32] = "", line[sizeof state->command_line];
    const struct member members[] = {
        {.name = "command_line", .text = line, .present = state->command_line[0]},
        {.name = "theme", .text = theme, .present = state->themed},
    };
    int error = find_target(path, target);
    if (error < 0)
        return fault_system(fault, error, "cannot write %s", path);
    text_copy(sizeof line, line, state->command_line);
    text_copy(sizeof theme, theme, style_theme_names[state->theme]);
    char *text = members_write(&schema, sizeof members / sizeof *members, members);
    error = file_write(target, strlen(text), text, fault);
    free(text);
    return error;
}

int state_write(const struct state *state, struct fault *fault)
{
    char *folder = find_folder();
    if (!folder)
        return fault_system(fault, -ENOENT, "no place to remember the loop in");
    char *path = text_format("%s/state.json", folder);
    int error = make_folder(folder);
    error = error < 0 ? fault_system(fault, error, "cannot create %s", folder)
                      : write_text(state, path, fault);
    free(path);
    free(folder);
    return error;
}

/* What is there now, as far as it can be used; nothing is put aside for it.  Returns 0,
 * also where there is nothing, or -errno. */
static int read_quietly(struct state *ret_state)
{
    struct fault ignored;
    char *text = NULL, *folder = find_folder();
    size_t length = 0;
    *ret_state = (struct state){0};
    if (!folder)
        return -ENOENT;
    char *path = text_format("%s/state.json", folder);
    int error = read_file(path, &text, &length);
    if (error == 0)
        error = state_parse(text, length, ret_state, &ignored);
    free(text);
    free(path);
    free(folder);
    return error == -ENOENT || error == -ENOTDIR ? 0 : error;
}

enum style_theme state_theme(void)
{
    struct state state;
    bool known = read_quietly(&state) == 0 && state.themed;
    return known ? state.theme : STYLE_DEFAULT;
}

bool state_keep_theme(enum style_theme theme)
{
    struct state state;
    struct fault ignored;
    if (read_quietly(&state) < 0)
        return false;
    state.theme = theme;
    state.themed = true;
    return state_write(&state, &ignored) == 0;
}

void state_keep_line(const char *line)
{
    struct state state;
    struct fault ignored;
    if (read_quietly(&state) < 0)
        return;
    text_copy(sizeof state.command_line, state.command_line, line);
    state_write(&state, &ignored);
}
