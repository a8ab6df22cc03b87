// SPDX-License-Identifier: MIT
#include "present.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "report/report.h"

enum { PAGE_WIDTH = 78 };

int present_probe(const struct options *options, struct fault *fault)
{
    int error = 0;
    for (size_t i = 0; i < options->output_count && error == 0; i++)
        error = file_probe(options->outputs[i], fault);
    return error;
}

int present_text(FILE *out, size_t size, const char *text, struct fault *fault)
{
    errno = 0;
    if (fwrite(text, 1, size, out) == size && fflush(out) == 0)
        return 0;
    if (errno == EPIPE)
        return 0;
    return fault_system(fault, -errno, "cannot write to standard output");
}

static int save(const struct result *result, const char *path, struct fault *fault)
{
    const struct report_format *format;
    char *text;
    size_t size;
    int error = report_find_format(path, &format, fault);
    if (error == 0)
        error = format->write(result, &text, &size, fault);
    if (error < 0)
        return error;
    error = file_write(path, size, text, fault);
    free(text);
    return error;
}

static int width_of(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return PAGE_WIDTH;
    return size.ws_col;
}

/* Whether both lead to the same place, so that what one said need not be said again. */
static bool is_same(FILE *one, FILE *other)
{
    struct stat a, b;
    return fstat(fileno(one), &a) == 0 && fstat(fileno(other), &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int print_comparison(
    FILE *out, const struct result *result, enum present_after after, struct fault *fault)
{
    struct report_text_style style = {.form = REPORT_TEXT_PLAIN, .width = width_of(out)};
    char *text;
    size_t size;
    if (after == PRESENT_AFTER_SCREEN)
        style.form = REPORT_TEXT_FULL;
    else if (after == PRESENT_AFTER_PLAIN && is_same(out, stderr))
        style.form = REPORT_TEXT_CLOSING;
    int error = report_text_write(result, &style, &text, &size, fault);
    if (error < 0)
        return error;
    error = present_text(out, size, text, fault);
    free(text);
    return error;
}

static int print_json(const struct result *result, struct fault *fault)
{
    char *text;
    size_t size;
    int error = report_json_write(result, &text, &size, fault);
    if (error < 0)
        return error;
    error = present_text(stdout, size, text, fault);
    free(text);
    return error;
}

void present(const struct options *options, const struct result *result,
    enum present_after after, struct fault *fault)
{
    struct fault failed = {0}, *next = fault->kind == FAULT_NONE ? fault : &failed;
    bool to_error = options->json;
    for (size_t i = 0; i < options->output_count; i++)
        if (save(result, options->outputs[i], next) < 0)
            next = &failed;
    if (!(options->json && options->quiet) &&
        print_comparison(to_error ? stderr : stdout, result, after, next) < 0)
        next = &failed;
    if (after == PRESENT_AFTER_SCREEN && !to_error && !isatty(STDOUT_FILENO) &&
        isatty(STDERR_FILENO) && print_comparison(stderr, result, after, next) < 0)
        next = &failed;
    if (options->json)
        print_json(result, next);
}
