// SPDX-License-Identifier: MIT
#include "present.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "report/report.h"

enum { PAGE_WIDTH = 78, GIVE_UP_MS = 2000, NAMES_MOST = 1000 };

int present_probe(const struct options *options, struct fault *fault)
{
    int error = 0;
    for (size_t i = 0; i < options->output_count && error == 0; i++)
        error = file_probe(options->outputs[i], fault);
    return error;
}

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
    size_t size = strlen(text);
    if (hurried && show_hurriedly(out, size, text))
        return 0;
    errno = 0;
    if (fwrite(text, 1, size, out) == size && fflush(out) == 0)
        return 0;
    if (errno == EPIPE)
        return 0;
    return fault_system(fault, -errno, "cannot write to standard output");
}

static int save_as(const struct result *result, const char *path,
    const struct report_manner *manner, struct fault *fault)
{
    const struct report_format *format;
    char *text;
    size_t size;
    int error = report_find_format(path, &format, fault);
    if (error == 0)
        error = report_write(format, result, manner, &text, &size, fault);
    if (error < 0)
        return error;
    error = file_write(path, size, text, fault);
    free(text);
    return error;
}

int present_save_new(const struct result *result, const char *path, struct fault *fault)
{
    if (access(path, F_OK) == 0)
        return fault_input(
            fault, "there is such a file already: %s (another name)", path);
    return save_as(result, path, &(struct report_manner){0}, fault);
}

/* Of what was run only what any file's name can have. */
static void propose_stem(const struct result *result, size_t size, char stem[])
{
    const struct plan *plan = &result->plan;
    const char *what = plan->commands || !plan->workload[0]
                           ? plan_command_names[plan->command]
                           : plan->workload;
    const char *base = strrchr(what, '/') ? strrchr(what, '/') + 1 : what;
    size_t length = 0;
    for (; *base && *base != '.' && length + 1 < size; base++)
        stem[length++] = isalnum((unsigned char)*base) ? *base : '-';
    stem[length] = '\0';
}

void present_propose_name(const struct result *result, size_t size, char name[])
{
    char stem[64];
    propose_stem(result, sizeof stem, stem);
    snprintf(name, size, "%s.json", stem);
    for (int i = 2; access(name, F_OK) == 0 && i < NAMES_MOST; i++)
        snprintf(name, size, "%s-%d.json", stem, i);
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

static int print_json(const struct result *result, bool hurried, struct fault *fault)
{
    char *text;
    size_t size;
    int error = report_json_write(result, &text, &size, fault);
    if (error < 0)
        return error;
    error = present_text(stdout, hurried, text, fault);
    free(text);
    return error;
}

/* The first of several failures stays; the others have nowhere to go. */
static struct fault *first_of(struct fault *fault, struct fault *others)
{
    return fault->kind == FAULT_NONE ? fault : others;
}

void present_save(
    const struct options *options, const struct result *result, struct fault *fault)
{
    struct fault others;
    for (size_t i = 0; i < options->output_count; i++)
        save_as(result, options->outputs[i], &(struct report_manner){0},
            first_of(fault, &others));
}

void present_print(const struct options *options, const struct result *result,
    const struct present_manner *manner, struct fault *fault)
{
    struct fault others;
    bool screen_was_elsewhere = manner->after == PRESENT_AFTER_SCREEN &&
                                !isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
    bool has_data = options->json || options_has_own(options); /* for standard output */
    if (!has_data)
        print_comparison(stdout, result, manner, first_of(fault, &others));
    if ((has_data && !options->quiet) || (!has_data && screen_was_elsewhere))
        print_comparison(stderr, result, manner, first_of(fault, &others));
    if (options->json)
        print_json(result, manner->hurried, first_of(fault, &others));
}
