// SPDX-License-Identifier: MIT
#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What the user typed may hold anything, and the terminal would obey it. */
static void keep_to_one_line(char text[])
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
}

int fault_input(struct fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault->kind = FAULT_INPUT;
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    keep_to_one_line(fault->text);
    return -EINVAL;
}

int fault_system(struct fault *fault, int error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault->kind = FAULT_SYSTEM;
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    keep_to_one_line(fault->text);
    size_t length = strlen(fault->text);
    snprintf(fault->text + length, sizeof fault->text - length, ": %s", strerror(-error));
    return error;
}
