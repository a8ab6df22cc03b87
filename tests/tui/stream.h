// SPDX-License-Identifier: MIT
#pragma once
/* What a program wrote to its terminal, byte by byte: kept whole, its frames
 * (synchronized output, CSI ? 2026 h … l) counted, and made fit for libvterm. */
#include <stdbool.h>
#include <stddef.h>

struct stream_counts {
    size_t bytes;          /* all of them */
    int frames;            /* bracketed, and complete */
    bool in_frame;         /* one has begun and not ended */
    int unbalanced;        /* begun within a frame, or ended outside of one */
    size_t frame_bytes;    /* within the brackets, which count for neither; … */
    size_t unframed_bytes; /* … outside of them */
    size_t largest_frame;  /* its bytes */
};

struct stream;

struct stream *stream_create(void);
void stream_destroy(struct stream *stream);

/* Takes what was read next.  *ret_shown is the same for libvterm, which does not know REP
 * (CSI n b) before 0.3: repetitions are written out, and what is not finished yet comes
 * with the next bytes.  Borrowed until the next call. */
void stream_take(struct stream *stream, size_t size, const char bytes[],
    const char **ret_shown, size_t *ret_shown_size);

/* All bytes so far, ended by a NUL that is not counted; borrowed until the next take. */
const char *stream_bytes(const struct stream *stream, size_t *ret_size);

struct stream_counts stream_counts(const struct stream *stream);
