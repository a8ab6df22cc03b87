// SPDX-License-Identifier: MIT
#include "present.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "options/options_output.h"
#include "report/json_place.h"
#include "report/report.h"

enum { PAGE_WIDTH = 78, GIVE_UP_MS = 2000 };

/* To a terminal that may not read, by an opening of our own, for the descriptor is shared
 * with the shell.  What it does not take within 2 s is lost.  False if there is none. */
static bool show_hurriedly(FILE *out, size_t size, const char *text)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(out));
    if (!isatty(fileno(out)))
        return false;
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    int64_t until_ns = clock_now_ns() + GIVE_UP_MS * NS_PER_MS;
    while (size > 0 && clock_now_ns() < until_ns && poll(&room, 1, GIVE_UP_MS) > 0) {
        ssize_t written = write(fd, text, size);
        if (written < 0 && errno != EAGAIN && errno != EINTR)
            break;
        text += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    close(fd);
    return true;
}

int present_text(FILE *out, bool hurried, const char *text, struct fault *fault)
{
    return present_bytes(out, hurried, strlen(text), text, fault);
}

int present_bytes(
    FILE *out, bool hurried, size_t size, const char data[], struct fault *fault)
{
    if (hurried && show_hurriedly(out, size, data))
        return 0;
    errno = 0;
    if (fwrite(data, 1, size, out) == size && fflush(out) == 0)
        return 0;
    if (errno == EPIPE)
        return 0;
    return fault_system(fault, -errno, "cannot write to standard output");
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

static int print_comparison(FILE *out, const struct result *result,
    const struct present_manner *manner, struct fault *fault)
{
    struct report_text_style style = {.form = REPORT_TEXT_PLAIN, .width = width_of(out)};
    char *text;
    size_t size;
    if (manner->after == PRESENT_AFTER_SCREEN)
        style.form = REPORT_TEXT_FULL;
    else if (manner->after == PRESENT_AFTER_PLAIN && is_same(out, stderr))
        style.form = REPORT_TEXT_CLOSING;
    int error = report_text_write(result, &style, &text, &size, fault);
    if (error < 0)
        return error;
    error = present_text(out, manner->hurried, text, fault);
    free(text);
    return error;
}

void present_fleet(const struct fleet *fleet, struct fault *fault)
{
    const struct report_text_style style = {REPORT_TEXT_FULL, width_of(stdout)};
    char *text;
    size_t size;
    if (report_fleet_write(fleet, &style, &text, &size, fault) < 0)
        return;
    present_text(stdout, false, text, fault);
    free(text);
}

void present_results(const struct collection *collection, struct fault *fault)
{
    const struct report_text_style style = {REPORT_TEXT_FULL, width_of(stdout)};
    const struct report_results results = {
        collection->count, collection->results, collection->names};
    char *text;
    size_t size;
    if (report_results_write(&results, &style, &text, &size, fault) < 0)
        return;
    present_text(stdout, false, text, fault);
    free(text);
}

int present_form(const struct report_format *format, size_t size, char data[],
    bool hurried, struct fault *fault)
{
    if (!format->is_binary && isatty(STDOUT_FILENO))
        json_place_disarm(data); /* items and names of files may hold anything */
    return present_bytes(stdout, hurried, size, data, fault);
}

int present_data(const struct report_format *format, const struct result *result,
    const struct report_manner *looks, bool hurried, struct fault *fault)
{
    char *data;
    size_t size;
    int error = report_write(format, result, looks, &data, &size, fault);
    if (error < 0)
        return error;
    error = present_form(format, size, data, hurried, fault);
    free(data);
    return error;
}

void present_print(const struct options *options, const struct result *result,
    const struct present_manner *manner, struct fault *fault)
{
    struct fault others;
    bool screen_was_elsewhere = manner->after == PRESENT_AFTER_SCREEN &&
                                !isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
    const struct report_format *format = options_find_printed(options);
    const struct report_manner looks = {.dark = options->dark};
    bool has_data = format || options_has_own(options); /* for standard output */
    if (!has_data)
        print_comparison(stdout, result, manner, fault_first(fault, &others));
    if ((has_data && !options->quiet) || (!has_data && screen_was_elsewhere))
        print_comparison(stderr, result, manner, fault_first(fault, &others));
    if (format)
        present_data(
            format, result, &looks, manner->hurried, fault_first(fault, &others));
}
