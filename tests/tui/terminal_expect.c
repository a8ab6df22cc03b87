// SPDX-License-Identifier: MIT
/* Waiting for something in a terminal, with or without failing the test over it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "terminal.h"

static bool has_text(struct terminal *terminal, void *data)
{
    return terminal_shows(terminal, data);
}

static bool lacks_text(struct terminal *terminal, void *data)
{
    return !terminal_shows(terminal, data);
}

static bool has_frames(struct terminal *terminal, void *data)
{
    return terminal_counts(terminal).frames >= *(const int *)data;
}

static bool has_few_processes(struct terminal *terminal, void *data)
{
    return terminal_processes(terminal, 0, NULL) <= *(const size_t *)data;
}

bool terminal_wait_for(struct terminal *terminal, const char *text, int deadline_ms)
{
    return terminal_wait_until(terminal, has_text, (void *)(uintptr_t)text, deadline_ms);
}

bool terminal_wait_gone(struct terminal *terminal, const char *text, int deadline_ms)
{
    return terminal_wait_until(
        terminal, lacks_text, (void *)(uintptr_t)text, deadline_ms);
}

bool terminal_wait_frames(struct terminal *terminal, int frames, int deadline_ms)
{
    return terminal_wait_until(terminal, has_frames, &frames, deadline_ms);
}

static bool has_prompt(struct terminal *terminal, void *data)
{
    (void)data;
    return terminal_shows_prompt(terminal);
}

static bool has_program(struct terminal *terminal, void *data)
{
    pid_t group = terminal_foreground(terminal);
    (void)data;
    return group > 0 && group != terminal_pid(terminal);
}

bool terminal_wait_prompt(struct terminal *terminal, int deadline_ms)
{
    return terminal_wait_until(terminal, has_prompt, NULL, deadline_ms);
}

bool terminal_wait_program(struct terminal *terminal, int deadline_ms)
{
    return terminal_wait_until(terminal, has_program, NULL, deadline_ms);
}

bool terminal_wait_alone(struct terminal *terminal, size_t count, int deadline_ms)
{
    return terminal_wait_until(terminal, has_few_processes, &count, deadline_ms);
}

void terminal_show(const struct terminal *terminal, FILE *file)
{
    struct terminal_state state = terminal_state(terminal);
    struct stream_counts counts = terminal_counts(terminal);
    char *picture = terminal_picture(terminal);
    fprintf(file,
        "%s%s screen, %d x %d, cursor %s at row %d, column %d; %zu bytes read\n", picture,
        state.alternate ? "alternate" : "normal", state.columns, state.rows,
        state.cursor_visible ? "shown" : "hidden", state.cursor_row, state.cursor_column,
        counts.bytes);
    free(picture);
}

void terminal_fail(struct terminal *terminal, const char *format, ...)
{
    char cause[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cause, sizeof cause, format, arguments);
    va_end(arguments);
    terminal_show(terminal, stderr);
    terminal_kill(terminal);
    fail_msg("%s", cause);
    abort(); /* fail_msg does not return, but does not say so either */
}

void terminal_expect(struct terminal *terminal, const char *text)
{
    if (!terminal_wait_for(terminal, text, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the screen does not show: %s", text);
}

void terminal_expect_gone(struct terminal *terminal, const char *text)
{
    if (!terminal_wait_gone(terminal, text, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the screen still shows: %s", text);
}

void terminal_expect_quiet(struct terminal *terminal)
{
    if (!terminal_settle(terminal, TERMINAL_QUIET_MS, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the screen does not come to rest");
}

void terminal_expect_prompt(struct terminal *terminal)
{
    if (!terminal_wait_prompt(terminal, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the shell does not show its prompt");
}

pid_t terminal_expect_program(struct terminal *terminal)
{
    if (!terminal_wait_program(terminal, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the shell starts no program");
    return terminal_foreground(terminal);
}

static int expect_end(struct terminal *terminal)
{
    int status = 0;
    if (!terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status))
        terminal_fail(terminal, "the program does not end");
    return status;
}

static void fail_status(
    struct terminal *terminal, int status, const char *expected, int number)
{
    bool exited = WIFEXITED(status);
    terminal_fail(terminal, "ended %s %d, not %s %d",
        exited ? "with status" : "by signal",
        exited ? WEXITSTATUS(status) : WTERMSIG(status), expected, number);
}

void terminal_expect_exit(struct terminal *terminal, int exit_status)
{
    int status = expect_end(terminal);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != exit_status)
        fail_status(terminal, status, "with status", exit_status);
}

void terminal_expect_signal(struct terminal *terminal, int signal)
{
    int status = expect_end(terminal);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != signal)
        fail_status(terminal, status, "by signal", signal);
}

void terminal_control(struct terminal *terminal, char letter)
{
    terminal_type(terminal, (char[]){(char)(letter & 0x1f), '\0'});
}

static bool lacks_prompt(struct terminal *terminal, void *data)
{
    (void)data;
    return !terminal_shows_prompt(terminal);
}

void terminal_command(struct terminal *terminal, const char *const argv[])
{
    for (size_t i = 0; argv[i]; i++) {
        terminal_type(terminal, i == 0 ? "'" : " '");
        for (const char *letter = argv[i]; *letter; letter++)
            terminal_type(terminal, *letter == '\'' ? "'\\''" : (char[]){*letter, '\0'});
        terminal_type(terminal, "'");
    }
    /* Echoed, so that this prompt is not taken for the next one. */
    if (!terminal_wait_until(terminal, lacks_prompt, NULL, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the shell does not echo what is typed");
    terminal_type(terminal, "\r");
}
