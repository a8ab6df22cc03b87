// SPDX-License-Identifier: MIT
#include "endings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

enum { ARGUMENTS_MAX = 30, PROMPT_SOON_MS = 300, LISTED = 20 };

/* Types what tells the last status and the modes of a command, and does not itself look
 * like the answer, which the caller frees. */
static char *ask(struct ending_shell *shell, int *ret_status)
{
    char code[100], mark[50];
    int row, column;
    shell->commands++;
    snprintf(mark, sizeof mark, " still-%d.", shell->commands);
    snprintf(
        code, sizeof code, "echo $? $(stty -g | cksum) \"still-\"%d.", shell->commands);
    terminal_command(shell->terminal, (const char *[]){"eval", code, NULL});
    terminal_expect(shell->terminal, mark);
    terminal_expect_prompt(shell->terminal);
    if (!terminal_find(shell->terminal, mark, &row, &column))
        terminal_fail(shell->terminal, "the answer is gone: %s", mark);
    char *line = terminal_row(shell->terminal, row);
    char *modes = memory_need(strndup(line, (size_t)(strstr(line, mark) - line)));
    *ret_status = (int)strtol(modes, NULL, 10);
    memmove(modes, strchr(modes, ' '), strlen(strchr(modes, ' ')) + 1);
    free(line);
    return modes;
}

void ending_begin(struct ending_shell *shell, const char *name, const char *environment)
{
    int status;
    bool bash = strcmp(name, "bash") == 0;
    const char *variables[] = {environment, NULL};
    const char *argv[] = {name, "-i", NULL};
    *shell = (struct ending_shell){
        .terminal = terminal_start(&(struct terminal_setup){.argv = bash ? NULL : argv,
            .environment = variables,
            .columns = 100,
            .in_shell = bash})};
    terminal_expect_prompt(shell->terminal);
    shell->in_command = ask(shell, &status);
    shell->at_prompt = terminal_modes(shell->terminal);
}

void ending_finish(struct ending_shell *shell)
{
    terminal_destroy(shell->terminal);
    free(shell->in_command);
    *shell = (struct ending_shell){0};
}

pid_t ending_start(struct ending_shell *shell, const char *const arguments[])
{
    const char *argv[ARGUMENTS_MAX] = {getenv("PARFOR")};
    assert_non_null(argv[0]);
    for (size_t i = 0; arguments[i]; i++) {
        assert_true(i + 2 < ARGUMENTS_MAX);
        argv[i + 1] = arguments[i];
    }
    terminal_command(shell->terminal, argv);
    return terminal_expect_program(shell->terminal);
}

void ending_do(struct ending_shell *shell, const char *code)
{
    terminal_command(shell->terminal, (const char *[]){"eval", code, NULL});
    terminal_expect_prompt(shell->terminal);
}

static bool has_left(struct terminal *terminal, void *data)
{
    (void)data;
    struct terminal_state state = terminal_state(terminal);
    return !state.alternate && state.cursor_visible && !state.mouse;
}

void ending_expect_screen_left(struct ending_shell *shell)
{
    if (!terminal_wait_until(shell->terminal, has_left, NULL, TERMINAL_PATIENCE_MS))
        terminal_fail(shell->terminal, "the screen was not left");
}

static bool has_modes(struct terminal *terminal, void *data)
{
    struct termios now = terminal_modes(terminal), *before = data;
    return now.c_iflag == before->c_iflag && now.c_oflag == before->c_oflag &&
           now.c_cflag == before->c_cflag && now.c_lflag == before->c_lflag &&
           memcmp(now.c_cc, before->c_cc, sizeof now.c_cc) == 0;
}

/* A shell has others for the moment in which it takes a line. */
static void expect_same_modes(struct ending_shell *shell)
{
    struct termios *before = &shell->at_prompt;
    bool same =
        terminal_wait_until(shell->terminal, has_modes, before, TERMINAL_PATIENCE_MS);
    struct termios now = terminal_modes(shell->terminal);
    if (!same)
        terminal_fail(shell->terminal,
            "the modes are others: %x %x %x %x, not %x %x %x %x", now.c_iflag,
            now.c_oflag, now.c_cflag, now.c_lflag, before->c_iflag, before->c_oflag,
            before->c_cflag, before->c_lflag);
}

void ending_expect_usable(struct ending_shell *shell, int status)
{
    int told;
    ending_expect_screen_left(shell);
    if (!terminal_wait_prompt(shell->terminal, PROMPT_SOON_MS))
        terminal_press(shell->terminal, TERMINAL_ENTER);
    terminal_expect_prompt(shell->terminal);
    expect_same_modes(shell);
    char *modes = ask(shell, &told);
    bool same = strcmp(modes, shell->in_command) == 0;
    free(modes);
    if (!same)
        terminal_fail(shell->terminal, "a command's modes are not%s", shell->in_command);
    if (status >= 0 && told != status)
        terminal_fail(shell->terminal, "ended with status %d, not %d", told, status);
    ending_expect_screen_left(shell);
}

static void list_process(pid_t pid)
{
    char path[50], text[300] = "";
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(text, sizeof text, file))
        if (strncmp(text, "Sig", 3) == 0 || strncmp(text, "ShdPnd", 6) == 0 ||
            strncmp(text, "Name", 4) == 0 || strncmp(text, "State", 5) == 0 ||
            strncmp(text, "PPid", 4) == 0)
            fprintf(stderr, "left: %d %s", (int)pid, text);
    if (file)
        fclose(file);
}

void ending_expect_whole(struct ending_shell *shell, int status)
{
    pid_t pids[LISTED];
    if (!terminal_wait_alone(shell->terminal, 1, TERMINAL_PATIENCE_MS)) {
        size_t count = terminal_processes(shell->terminal, LISTED, pids);
        for (size_t i = 0; i < count && i < LISTED; i++)
            list_process(pids[i]);
        terminal_fail(shell->terminal, "%zu processes are left, not 1", count);
    }
    ending_expect_usable(shell, status);
}

static int remove_entry(
    const char *path, const struct stat *status, int type, struct FTW *at)
{
    (void)status, (void)type, (void)at;
    return remove(path);
}

static char folder[] = "/tmp/parfor-endings.XXXXXX";
static pid_t folder_owner;

static void remove_folder(void)
{
    if (getpid() == folder_owner)
        nftw(folder, remove_entry, 10, FTW_DEPTH | FTW_PHYS);
}

const char *ending_path(const char *name)
{
    static char path[200];
    if (!folder_owner) {
        assert_non_null(mkdtemp(folder));
        folder_owner = getpid();
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

char *ending_text(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s: %s", path, strerror(errno));
    char *text = memory_new(1, 1);
    size_t size = 0, got;
    char part[4096];
    while ((got = fread(part, 1, sizeof part, file)) > 0) {
        text = memory_need(realloc(text, size + got + 1));
        memcpy(text + size, part, got);
        size += got;
        text[size] = '\0';
    }
    fclose(file);
    return text;
}

void ending_expect_json(const char *path)
{
    char command[300];
    snprintf(command, sizeof command, "python3 -m json.tool %s >/dev/null", path);
    if (system(command) != 0)
        fail_msg("not JSON: %s", path);
}

int ending_cpu_ms(pid_t pid)
{
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) < 0)
        return -1;
    return (int)(time.tv_sec * 1000 + time.tv_nsec / 1000000);
}
