// SPDX-License-Identifier: MIT
/* The state file, and the command line in it as the form takes it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "launch/launch_form.h"
#include "launch/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* What has been taken once is taken again as the same. */
static void take(const char *command_line)
{
    static const struct machine machine = {.usable_cpus = 2};
    struct launch_form *form = launch_form_create(&machine, machine.usable_cpus);
    char line[LAUNCH_TEXT_SIZE], again[LAUNCH_TEXT_SIZE];
    if (launch_form_take(form, command_line) == 0) {
        launch_form_command_line(form, sizeof line, line);
        if (strlen(line) < LAUNCH_LINE_SIZE) {
            require(launch_form_take(form, line) == 0);
            launch_form_command_line(form, sizeof again, again);
            require(strcmp(line, again) == 0);
        }
    }
    launch_form_destroy(form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct state state;
    struct fault fault = {0};
    char *text = malloc(size + 1);
    require(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (state_parse(text, size, &state, &fault) == 0) {
        require(state.theme < STYLE_THEMES);
        take(state.command_line);
    } else {
        require(fault.kind == FAULT_INPUT && fault.text[0]);
        take(text);
    }
    free(text);
    return 0;
}
