// SPDX-License-Identifier: MIT
#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int fault_input(struct fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault->kind = FAULT_INPUT;
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

int fault_system(struct fault *fault, int error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault->kind = FAULT_SYSTEM;
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    size_t length = strlen(fault->text);
    snprintf(fault->text + length, sizeof fault->text - length, ": %s", strerror(-error));
    return error;
}
