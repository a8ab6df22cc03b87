// SPDX-License-Identifier: MIT
#include "report/outlet_kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

/* Where it is: a heap of these has the lowest turn on top. */
struct place {
    int64_t turn;
    int64_t begin; /* in the spool; -1: it has no output */
};

/* What stands there before tag, folder, output and errors. */
struct head {
    int64_t sizes[4];
    bool has_tag, has_folder;
};

struct outlet_kept {
    int fd;
    size_t count;
    struct place *places;
    size_t room;
};

int outlet_kept_create(struct outlet_kept **ret_kept, struct fault *fault)
{
    int fd = spool_create(fault);
    if (fd < 0)
        return fd;
    struct outlet_kept *kept = memory_new(1, sizeof *kept);
    kept->fd = fd;
    *ret_kept = kept;
    return 0;
}

void outlet_kept_destroy(struct outlet_kept *kept)
{
    if (!kept)
        return;
    close(kept->fd);
    free(kept->places);
    free(kept);
}

static void swap(struct place *one, struct place *other)
{
    struct place between = *one;
    *one = *other;
    *other = between;
}

static void push(struct outlet_kept *kept, struct place place)
{
    void *places = kept->places;
    if (kept->count == kept->room) {
        kept->room = kept->room > 0 ? 2 * kept->room : 64;
        places = memory_need(realloc(places, kept->room * sizeof place));
        kept->places = places;
    }
    size_t i = kept->count++;
    kept->places[i] = place;
    for (; i > 0 && kept->places[i].turn < kept->places[(i - 1) / 2].turn;
         i = (i - 1) / 2)
        swap(&kept->places[i], &kept->places[(i - 1) / 2]);
}

static struct place pop(struct outlet_kept *kept)
{
    struct place *places = kept->places, top = places[0];
    places[0] = places[--kept->count];
    for (size_t i = 0;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++)
            if (child < kept->count && places[child].turn < places[least].turn)
                least = child;
        if (least == i)
            return top;
        swap(&places[i], &places[least]);
        i = least;
    }
}

int64_t outlet_kept_turn(const struct outlet_kept *kept)
{
    return kept->count > 0 ? kept->places[0].turn : INT64_MAX;
}

static int64_t size_of(struct spool_range range)
{
    return range.end - range.begin;
}

static int append(struct outlet_kept *kept, int64_t size, const void *data)
{
    struct spool_range range;
    return size > 0 ? spool_append(kept->fd, (size_t)size, data, &range) : 0;
}

static int append_range(struct outlet_kept *kept, int fd, struct spool_range range,
    struct outlet_copier *copier)
{
    int error = 0;
    while (range.begin < range.end && error == 0) {
        int64_t left = size_of(range);
        size_t size = left < OUTLET_BLOCK_SIZE ? (size_t)left : OUTLET_BLOCK_SIZE;
        ssize_t got = spool_read(fd, range.begin, size, copier->in);
        if (got <= 0)
            return got < 0 ? (int)got : -ENODATA;
        range.begin += got;
        error = append(kept, got, copier->in);
    }
    return error;
}

static int append_piece(struct outlet_kept *kept, const struct outlet_piece *piece,
    struct outlet_copier *copier, int64_t *ret_begin)
{
    const struct head head = {.has_tag = piece->tag,
        .has_folder = piece->folder,
        .sizes = {piece->tag ? (int64_t)strlen(piece->tag) : 0,
            piece->folder ? (int64_t)strlen(piece->folder) : 0, size_of(piece->out),
            size_of(piece->err)}};
    struct spool_range range;
    int error = spool_append(kept->fd, sizeof head, &head, &range);
    if (error == 0)
        error = append(kept, head.sizes[0], piece->tag);
    if (error == 0)
        error = append(kept, head.sizes[1], piece->folder);
    if (error == 0)
        error = append_range(kept, piece->out_fd, piece->out, copier);
    if (error == 0)
        error = append_range(kept, piece->err_fd, piece->err, copier);
    if (error == 0)
        *ret_begin = range.begin;
    return error;
}

int outlet_kept_put(struct outlet_kept *kept, const struct outlet_piece *piece,
    struct outlet_copier *copier, struct fault *fault)
{
    struct place place = {.turn = piece->turn, .begin = -1};
    bool has_some = piece->folder || size_of(piece->out) > 0 || size_of(piece->err) > 0;
    int error = has_some ? append_piece(kept, piece, copier, &place.begin) : 0;
    if (error < 0)
        return fault_system(
            fault, error, "cannot keep the output of items in a temporary file");
    push(kept, place);
    return 0;
}

/* A text of the spool, ended by a NUL; NULL where it is not read. */
static char *read_text(struct outlet_kept *kept, int64_t begin, int64_t size)
{
    char *text = memory_new((size_t)size + 1, 1);
    if (spool_read(kept->fd, begin, (size_t)size, text) == size)
        return text;
    free(text);
    return NULL;
}

static int read_piece(struct outlet_kept *kept, int64_t begin, struct outlet_piece *piece)
{
    struct head head;
    ssize_t got = spool_read(kept->fd, begin, sizeof head, &head);
    if (got != sizeof head)
        return got < 0 ? (int)got : -ENODATA;
    int64_t tag = begin + (int64_t)sizeof head, folder = tag + head.sizes[0];
    piece->tag = head.has_tag ? read_text(kept, tag, head.sizes[0]) : NULL;
    piece->folder = head.has_folder ? read_text(kept, folder, head.sizes[1]) : NULL;
    piece->out_fd = piece->err_fd = kept->fd;
    piece->out.begin = folder + head.sizes[1];
    piece->out.end = piece->err.begin = piece->out.begin + head.sizes[2];
    piece->err.end = piece->err.begin + head.sizes[3];
    piece->whole = (struct spool_range){begin, piece->err.end};
    if ((piece->tag || !head.has_tag) && (piece->folder || !head.has_folder))
        return 0;
    outlet_kept_drop(kept, piece);
    return -ENODATA;
}

int outlet_kept_take(
    struct outlet_kept *kept, struct outlet_piece *ret_piece, struct fault *fault)
{
    struct place place = pop(kept);
    struct outlet_piece piece = {.turn = place.turn, .out_fd = -1, .err_fd = -1};
    int error = place.begin >= 0 ? read_piece(kept, place.begin, &piece) : 0;
    if (error < 0)
        return fault_system(fault, error, "cannot read the output of items again");
    *ret_piece = piece;
    return 0;
}

void outlet_kept_drop(struct outlet_kept *kept, struct outlet_piece *piece)
{
    free(piece->tag);
    free(piece->folder);
    spool_discard(kept->fd, piece->whole);
    *piece = (struct outlet_piece){.out_fd = -1, .err_fd = -1};
}
