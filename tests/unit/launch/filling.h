// SPDX-License-Identifier: MIT
#pragma once
/* A form of a machine of two CPUs, filled in as a user would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "launch/launch_fields.h"
#include "launch/launch_form.h"

static const struct machine machine = {.usable_cpus = 2};

static inline void set_text(
    struct launch_form *form, enum launch_field field, const char *text)
{
    entry_set(&form->fields[field].entry, text);
    form->form.focus = field;
    launch_form_check(form);
}

static inline void set_choice(
    struct launch_form *form, enum launch_field field, const char *name)
{
    size_t choice = 0;
    while (strcmp(form->fields[field].choices[choice], name) != 0)
        choice++;
    form->fields[field].choice = choice;
    form->form.focus = field;
    launch_form_check(form);
}

static inline void assert_line(const struct launch_form *form, const char *expected)
{
    char text[LAUNCH_TEXT_SIZE];
    launch_form_command_line(form, sizeof text, text);
    assert_string_equal(text, expected);
}
