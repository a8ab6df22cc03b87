// SPDX-License-Identifier: MIT
#include "report/outlet.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/outlet_copy.h"
#include "report/outlet_kept.h"
#include "report/outlet_results.h"

enum { PATH_SIZE = 4096 };

struct outlet {
    struct outlet_setup setup; /* where to; -1 once nobody reads there any more */
    char *results;
    int results_fd; /* of that folder, to sync it */
    bool is_closed;
    struct outlet_held {
        int spool_fd; /* where the stream goes meanwhile; -1: it is not held */
        int fd;       /* and where it is to go */
    } held[2];        /* output and errors, which share a spool on the same terminal */
    int64_t next;     /* in order: the number that goes out next */
    int64_t taken;    /* as they end: the turn of the next one */
    struct outlet_kept *kept;
    struct outlet_copier copier;
};

static int make_results(struct outlet *outlet, const char *path, struct fault *fault)
{
    outlet->results = text_duplicate(path);
    if (mkdir(path, 0777) < 0 && errno != EEXIST)
        return fault_input(
            fault, "cannot make the folder for results: %s (%s)", path, strerror(errno));
    outlet->results_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (outlet->results_fd < 0 || faccessat(outlet->results_fd, ".", W_OK | X_OK, 0) < 0)
        return fault_input(fault, "cannot write into the folder for results: %s (%s)",
            path, strerror(errno));
    return 0;
}

int outlet_create(
    const struct outlet_setup *setup, struct outlet **ret_outlet, struct fault *fault)
{
    struct outlet *outlet = memory_new(1, sizeof *outlet);
    outlet->setup = *setup;
    outlet->results_fd = -1;
    outlet->held[0].spool_fd = outlet->held[1].spool_fd = -1;
    int error = setup->results ? make_results(outlet, setup->results, fault) : 0;
    if (error == 0)
        error = outlet_kept_create(&outlet->kept, fault);
    if (error < 0)
        outlet_destroy(outlet);
    else
        *ret_outlet = outlet;
    return error;
}

static void close_held(struct outlet *outlet)
{
    int out = outlet->held[0].spool_fd, err = outlet->held[1].spool_fd;
    if (out >= 0)
        close(out);
    if (err >= 0 && err != out)
        close(err);
    outlet->held[0].spool_fd = outlet->held[1].spool_fd = -1;
}

void outlet_destroy(struct outlet *outlet)
{
    if (!outlet)
        return;
    outlet_kept_destroy(outlet->kept);
    if (outlet->results_fd >= 0)
        close(outlet->results_fd);
    close_held(outlet);
    free(outlet->results);
    free(outlet);
}

/* Bytes to stand before each line: nothing there ends it or makes it jump. */
static char *make_tag(size_t size, const char item[], int64_t number)
{
    if (!item)
        return text_format("%" PRId64, number); /* of a loop body, as that counts */
    char *tag = memory_new(size + 1, 1);
    for (size_t i = 0; i < size; i++)
        tag[i] = iscntrl((unsigned char)item[i]) ? ' ' : item[i];
    return tag;
}

/* Copies to one of the streams, which is given up once nobody reads there any more. */
static int copy(
    struct outlet *outlet, int *fd, int from, struct spool_range range, const char *tag)
{
    if (*fd < 0 || range.begin >= range.end)
        return 0;
    outlet->copier.fd = *fd;
    int error = outlet_copy(&outlet->copier, from, range, tag);
    if (error == -EPIPE || error == -EIO) {
        outlet->is_closed =
            outlet->is_closed || (fd == &outlet->setup.out_fd && error == -EPIPE);
        *fd = -1;
        return 0;
    }
    return error;
}

static int copy_file(struct outlet *outlet, int *fd, const char *name,
    const struct outlet_piece *piece, struct fault *fault)
{
    char *path = text_format("%s/%s", piece->folder, name);
    struct stat status;
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int error = from < 0 || fstat(from, &status) < 0 ? -errno : 0;
    if (error < 0) {
        fault_input(fault, "the output of an earlier run is not there any more: %s (%s)",
            path, strerror(-error));
    } else {
        struct spool_range range = {0, status.st_size};
        error = copy(outlet, fd, from, range, piece->tag);
        if (error < 0)
            fault_system(fault, error, "cannot write the output of %s", path);
    }
    if (from >= 0)
        close(from);
    free(path);
    return error;
}

/* Writes it where it goes. */
static int put(
    struct outlet *outlet, const struct outlet_piece *piece, struct fault *fault)
{
    int *out_fd = &outlet->setup.out_fd, *err_fd = &outlet->setup.err_fd;
    if (piece->folder) {
        int error = copy_file(outlet, out_fd, "stdout", piece, fault);
        return error < 0 ? error : copy_file(outlet, err_fd, "stderr", piece, fault);
    }
    int error = copy(outlet, out_fd, piece->out_fd, piece->out, piece->tag);
    if (error == 0)
        error = copy(outlet, err_fd, piece->err_fd, piece->err, piece->tag);
    return error < 0 ? fault_system(fault, error, "cannot write the output of items") : 0;
}

/* Lets out what is kept up to that turn, as long as nothing is missing between. */
static int put_kept(struct outlet *outlet, bool passes_over, struct fault *fault)
{
    int error = 0;
    while (error == 0 && outlet_kept_turn(outlet->kept) < INT64_MAX) {
        int64_t turn = outlet_kept_turn(outlet->kept);
        struct outlet_piece piece;
        if (turn > outlet->next && !passes_over)
            return 0;
        error = outlet_kept_take(outlet->kept, &piece, fault);
        if (error < 0)
            return error;
        if (turn >= outlet->next) { /* else it was told twice */
            error = put(outlet, &piece, fault);
            outlet->next = turn + 1;
        }
        outlet_kept_drop(outlet->kept, &piece);
    }
    return error;
}

/* What nobody will read need not be kept. */
static void forget_unread(const struct outlet *outlet, struct outlet_piece *piece)
{
    if (outlet->setup.out_fd < 0)
        piece->out = (struct spool_range){0, 0};
    if (outlet->setup.err_fd < 0)
        piece->err = (struct spool_range){0, 0};
}

/* Lets it out if its turn has come, else keeps it. */
static int take(struct outlet *outlet, struct outlet_piece *piece, struct fault *fault)
{
    int error = 0;
    if (outlet->setup.unordered)
        piece->turn = outlet->taken++;
    forget_unread(outlet, piece);
    if (piece->turn > outlet->next) {
        error = outlet_kept_put(outlet->kept, piece, &outlet->copier, fault);
    } else if (piece->turn == outlet->next) {
        error = put(outlet, piece, fault);
        outlet->next++;
        if (error == 0)
            error = put_kept(outlet, false, fault);
    }
    return error == 0 && outlet->is_closed ? -EPIPE : error;
}

static bool is_same(int one, int other)
{
    struct stat a, b;
    return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static int hold(struct outlet *outlet, int *fd, int stream, struct fault *fault)
{
    struct outlet_held *held = &outlet->held[stream], *first = &outlet->held[0];
    if (*fd < 0 || held->spool_fd >= 0)
        return 0;
    bool shares = stream > 0 && first->spool_fd >= 0 && is_same(first->fd, *fd);
    int spool_fd = shares ? first->spool_fd : spool_create(fault);
    if (spool_fd < 0)
        return spool_fd;
    *held = (struct outlet_held){.spool_fd = spool_fd, .fd = *fd};
    *fd = spool_fd;
    return 0;
}

int outlet_hold(struct outlet *outlet, bool out, bool err, struct fault *fault)
{
    int error = out ? hold(outlet, &outlet->setup.out_fd, 0, fault) : 0;
    return error == 0 && err ? hold(outlet, &outlet->setup.err_fd, 1, fault) : error;
}

int outlet_release(struct outlet *outlet, struct fault *fault)
{
    int *const fds[] = {&outlet->setup.out_fd, &outlet->setup.err_fd};
    int error = 0, done_fd = -1;
    for (int i = 0; i < 2; i++) {
        const struct outlet_held *held = &outlet->held[i];
        if (held->spool_fd < 0)
            continue;
        *fds[i] = held->fd;
        struct spool_range all = {0, lseek(held->spool_fd, 0, SEEK_END)};
        if (error == 0 && held->spool_fd != done_fd)
            error = copy(outlet, fds[i], held->spool_fd, all, NULL);
        done_fd = held->spool_fd;
    }
    close_held(outlet);
    if (error < 0)
        return fault_system(fault, error, "cannot write the output of items");
    return outlet->is_closed ? -EPIPE : 0;
}

static int write_results(struct outlet *outlet, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault)
{
    char path[PATH_SIZE];
    if (!outlet->results || !record->item)
        return 0;
    outlet_results_of(outlet, record->item, sizeof path, path);
    int error = outlet_results_write(path, record, output, &outlet->copier, fault);
    if (error == 0 && fsync(outlet->results_fd) < 0 && errno != EINVAL)
        error = fault_system(fault, -errno, "cannot write the results in %s", path);
    return error;
}

int outlet_take(struct outlet *outlet, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault)
{
    const struct result_item *item = record->item;
    int64_t number = item ? item->number : record->index;
    int error = write_results(outlet, record, output, fault);
    if (error < 0)
        return error;
    struct outlet_piece piece = {.turn = number,
        .out_fd = output->out_fd,
        .err_fd = output->err_fd,
        .out = output->out,
        .err = output->err};
    if (outlet->setup.tag)
        piece.tag =
            make_tag(item ? item->item_size : 0, item ? item->item : NULL, number);
    error = take(outlet, &piece, fault);
    free(piece.tag);
    return error;
}

void outlet_results_of(
    const struct outlet *outlet, const struct result_item *item, size_t size, char path[])
{
    path[0] = '\0';
    if (outlet->results)
        outlet_results_name(outlet->results, item, size, path);
}

/* The items of a task with spaces between; NULL without any. */
static char *join(const struct items_task *task)
{
    char *text = NULL;
    size_t size;
    if (!task || task->count == 0)
        return NULL;
    FILE *out = open_memstream(&text, &size);
    memory_need(out);
    for (size_t i = 0; i < task->count; i++)
        fprintf(out, "%s%s", i > 0 ? " " : "", task->texts[i]);
    fclose(out);
    return memory_need(text);
}

int outlet_skip(struct outlet *outlet, int64_t number, const struct items_task *task,
    const char *results, struct fault *fault)
{
    struct outlet_piece piece = {.turn = number, .out_fd = -1, .err_fd = -1};
    if (results)
        piece.folder = text_duplicate(results);
    if (outlet->setup.tag) {
        char *text = join(task);
        piece.tag = make_tag(text ? strlen(text) : 0, text, number);
        free(text);
    }
    int error = take(outlet, &piece, fault);
    free(piece.folder);
    free(piece.tag);
    return error;
}

int outlet_finish(struct outlet *outlet, struct fault *fault)
{
    int error = outlet_release(outlet, fault);
    if (error == 0)
        error = put_kept(outlet, true, fault);
    return error == 0 && outlet->is_closed ? -EPIPE : error;
}

bool outlet_is_closed(const struct outlet *outlet)
{
    return outlet->is_closed;
}
