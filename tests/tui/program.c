// SPDX-License-Identifier: MIT
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 20, DESCRIPTORS_MAX = 100, FOLDER_MAX = 200 };

static char folder[FOLDER_MAX];

struct terminal *program_start(int columns, int rows, const char *const arguments[])
{
    const char *argv[ARGUMENTS_MAX] = {getenv("PARFOR")};
    assert_non_null(argv[0]);
    for (int i = 0; arguments[i]; i++)
        argv[i + 1] = arguments[i];
    return terminal_start(
        &(struct terminal_setup){.argv = argv, .rows = rows, .columns = columns});
}

void program_type(struct terminal *terminal, const char *keys, const char *expected)
{
    terminal_type(terminal, keys);
    terminal_expect(terminal, expected);
}

void program_press(struct terminal *terminal, enum terminal_key key, const char *expected)
{
    terminal_press(terminal, key);
    terminal_expect(terminal, expected);
}

/* The bench writes texts only, but the terminal's other end is a descriptor of ours. */
void program_type_nul(struct terminal *terminal)
{
    char path[64], target[64];
    (void)terminal;
    for (int fd = 3; fd < DESCRIPTORS_MAX; fd++) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(path, target, sizeof target - 1);
        target[length > 0 ? length : 0] = '\0';
        if (strstr(target, "ptmx") && write(fd, "", 1) == 1)
            return;
    }
    fail_msg("no terminal takes a NUL");
}

void program_expect_end(struct terminal *terminal, int status, const char *text)
{
    terminal_expect_exit(terminal, status);
    struct terminal_state state = terminal_state(terminal);
    if (state.alternate || !state.cursor_visible || state.mouse)
        terminal_fail(terminal, "the screen was not given back");
    if (!terminal_shows(terminal, text))
        terminal_fail(terminal, "the normal screen does not show: %s", text);
    struct termios modes = terminal_modes(terminal);
    if (!(modes.c_lflag & ICANON) || !(modes.c_lflag & ECHO))
        terminal_fail(terminal, "the modes were not given back");
    if (!terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "a process is left");
    terminal_destroy(terminal);
}

int program_done(const struct terminal *terminal)
{
    int done = -1, row, column;
    if (!terminal_find(terminal, " done", &row, &column))
        return -1;
    char *text = terminal_row(terminal, row);
    char *of = strstr(text, " of ");
    while (of && of > text && of[-1] >= '0' && of[-1] <= '9')
        of--;
    if (of)
        sscanf(of, "%d", &done);
    free(text);
    return done;
}

static int remove_entry(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static FILE *open_new(const char *name)
{
    char path[FOLDER_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

const char *program_machine(int cpus)
{
    static const char *const folders[] = {
        "proc", "sys", "sys/devices", "sys/devices/system", "sys/devices/system/cpu"};
    static const char *const lists[] = {
        "sys/devices/system/cpu/online", "sys/devices/system/cpu/present"};
    char path[FOLDER_MAX + 64];
    if (!*folder) {
        strcpy(folder, "/tmp/parfor-test-XXXXXX");
        assert_non_null(mkdtemp(folder));
        atexit(remove_folder);
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        mkdir(path, 0700);
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        FILE *list = open_new(lists[i]);
        fprintf(list, "0-%d\n", cpus - 1);
        fclose(list);
    }
    FILE *stat = open_new("proc/stat");
    fprintf(stat, "cpu  0 0 0 0 0 0 0 0 0 0\n");
    for (int i = 0; i < cpus; i++)
        fprintf(stat, "cpu%d 1000 0 0 5000 0 0 0 0 0 0\n", i);
    fprintf(stat, "intr 0\nctxt 0\nbtime 0\n");
    fclose(stat);
    return folder;
}
