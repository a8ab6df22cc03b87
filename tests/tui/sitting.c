// SPDX-License-Identifier: MIT
#include "sitting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/parfor-test-XXXXXX";

const char *sitting_folder(void)
{
    return folder;
}

int sitting_set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

int sitting_tear_down(void **state)
{
    sitting_forget(state);
    return rmdir(folder);
}

static int remove_entry(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind;
    return place->level > 0 ? remove(path) : 0;
}

int sitting_forget(void **state)
{
    (void)state;
    return nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void sitting_remember(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/parfor", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/parfor/state.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

struct terminal *sitting_start(int columns, int rows)
{
    static char state[64], home[64];
    static const char *const variables[] = {state, home, NULL};
    const char *const argv[] = {getenv("PARFOR"), NULL};
    snprintf(state, sizeof state, "XDG_STATE_HOME=%s", folder);
    snprintf(home, sizeof home, "HOME=%s", folder);
    struct terminal *terminal = terminal_start(&(struct terminal_setup){
        .argv = argv, .rows = rows, .columns = columns, .environment = variables});
    terminal_expect(terminal, "parfor");
    return terminal;
}

struct terminal *sitting_start_with_sleep(void)
{
    sitting_remember("{\"schema\": \"parfor-state/1\", \"command_line\": "
                     "\"parfor run sleep -s 5000 -n 40 -j 2\"}\n");
    struct terminal *terminal = sitting_start(90, 30);
    terminal_expect(terminal, "parfor run sleep -s 5000 -n 40 -j 2");
    return terminal;
}

void sitting_leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

void sitting_leave_unsaved(struct terminal *terminal, const char *word)
{
    terminal_type(terminal, "q");
    terminal_expect(terminal, word);
    sitting_leave(terminal);
}
