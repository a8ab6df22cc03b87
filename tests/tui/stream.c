// SPDX-License-Identifier: MIT
#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { SEQUENCE_MAX = 128, REPEAT_MAX = 10000 };

enum state {
    GROUND,
    ESCAPED,   /* after ESC */
    CHARSET,   /* after ESC and an intermediate byte: one more follows */
    CONTROL,   /* after CSI: up to its final byte */
    TEXT,      /* after OSC, DCS …: up to BEL or ESC \ */
    TEXT_ENDS, /* after ESC in there */
};

struct bytes {
    char *data;
    size_t size, room;
};

struct stream {
    struct bytes all, shown;
    enum state state;
    size_t length;
    char sequence[SEQUENCE_MAX]; /* held back until its last byte is there */
    size_t glyph_size;
    char glyph[4]; /* the last character that was drawn, in UTF-8 */
    size_t this_frame;
    struct stream_counts counts;
};

static void append(struct bytes *bytes, size_t size, const char data[])
{
    if (bytes->size + size + 1 > bytes->room) {
        bytes->room = 2 * (bytes->size + size + 1);
        bytes->data = memory_need(realloc(bytes->data, bytes->room));
    }
    memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    bytes->data[bytes->size] = '\0';
}

struct stream *stream_create(void)
{
    struct stream *stream = memory_new(1, sizeof *stream);
    append(&stream->all, 0, "");
    return stream;
}

void stream_destroy(struct stream *stream)
{
    if (!stream)
        return;
    free(stream->all.data);
    free(stream->shown.data);
    free(stream);
}

static void count(struct stream *stream, size_t size)
{
    if (stream->counts.in_frame) {
        stream->this_frame += size;
        stream->counts.frame_bytes += size;
    } else {
        stream->counts.unframed_bytes += size;
    }
}

static void begin_frame(struct stream *stream)
{
    stream->counts.unbalanced += stream->counts.in_frame;
    stream->counts.in_frame = true;
    stream->this_frame = 0;
}

static void end_frame(struct stream *stream)
{
    struct stream_counts *counts = &stream->counts;
    counts->unbalanced += !counts->in_frame;
    counts->frames += counts->in_frame;
    if (counts->in_frame && stream->this_frame > counts->largest_frame)
        counts->largest_frame = stream->this_frame;
    counts->in_frame = false;
}

static bool is_sequence(const struct stream *stream, const char *text)
{
    return stream->length == strlen(text) &&
           memcmp(stream->sequence, text, stream->length) == 0;
}

/* ESC [ n b: the last character n times more. */
static bool is_repetition(const struct stream *stream)
{
    size_t digits = strspn(stream->sequence + 2, "0123456789");
    return stream->sequence[1] == '[' && stream->sequence[2 + digits] == 'b' &&
           stream->length == digits + 3;
}

static void repeat(struct stream *stream)
{
    long times = strtol(stream->sequence + 2, NULL, 10);
    if (times < 1)
        times = 1;
    for (long i = 0; i < times && i < REPEAT_MAX; i++)
        append(&stream->shown, stream->glyph_size, stream->glyph);
}

static void finish_sequence(struct stream *stream)
{
    stream->state = GROUND;
    stream->sequence[stream->length] = '\0';
    if (is_sequence(stream, "\033[?2026h")) {
        begin_frame(stream);
    } else if (is_sequence(stream, "\033[?2026l")) {
        end_frame(stream);
    } else {
        count(stream, stream->length);
        if (is_repetition(stream))
            repeat(stream);
        else
            append(&stream->shown, stream->length, stream->sequence);
    }
    stream->length = 0;
}

/* A byte of a sequence; false: it has grown too long and was passed on as it is. */
static bool hold(struct stream *stream, char byte)
{
    stream->sequence[stream->length++] = byte;
    if (stream->length < SEQUENCE_MAX - 1)
        return true;
    finish_sequence(stream);
    return false;
}

static void draw(struct stream *stream, char byte)
{
    bool continues = ((unsigned char)byte & 0xc0) == 0x80;
    count(stream, 1);
    append(&stream->shown, 1, &byte);
    if ((unsigned char)byte < ' ')
        return;
    if (!continues || stream->glyph_size == sizeof stream->glyph)
        stream->glyph_size = 0;
    stream->glyph[stream->glyph_size++] = byte;
}

static enum state after_escape(char byte)
{
    if (byte == '[')
        return CONTROL;
    if (byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_')
        return TEXT;
    return byte >= ' ' && byte <= '/' ? CHARSET : GROUND;
}

static void take_in_text(struct stream *stream, char byte)
{
    bool ends = byte == '\a' || (stream->state == TEXT_ENDS && byte == '\\');
    count(stream, 1);
    append(&stream->shown, 1, &byte);
    stream->state = ends ? GROUND : byte == '\033' ? TEXT_ENDS : TEXT;
}

static void take_in_sequence(struct stream *stream, char byte)
{
    enum state before = stream->state, after = before;
    if ((unsigned char)byte < ' ' && byte != '\033') { /* obeyed in the middle of it */
        draw(stream, byte);
        return;
    }
    if (byte == '\033') { /* the one so far was broken off */
        finish_sequence(stream);
        after = ESCAPED;
    } else if (before == ESCAPED) {
        after = after_escape(byte);
    } else if (byte >= (before == CONTROL ? '@' : '0')) {
        after = GROUND;
    }
    bool fits = hold(stream, byte);
    if (fits && (after == GROUND || after == TEXT))
        finish_sequence(stream);
    if (fits)
        stream->state = after;
}

static void take_byte(struct stream *stream, char byte)
{
    if (stream->state == TEXT || stream->state == TEXT_ENDS) {
        take_in_text(stream, byte);
    } else if (stream->state != GROUND) {
        take_in_sequence(stream, byte);
    } else if (byte == '\033') {
        stream->state = ESCAPED;
        hold(stream, byte);
    } else {
        draw(stream, byte);
    }
}

void stream_take(struct stream *stream, size_t size, const char bytes[],
    const char **ret_shown, size_t *ret_shown_size)
{
    append(&stream->all, size, bytes);
    stream->counts.bytes += size;
    stream->shown.size = 0;
    append(&stream->shown, 0, "");
    for (size_t i = 0; i < size; i++)
        take_byte(stream, bytes[i]);
    *ret_shown = stream->shown.data;
    *ret_shown_size = stream->shown.size;
}

const char *stream_bytes(const struct stream *stream, size_t *ret_size)
{
    *ret_size = stream->all.size;
    return stream->all.data;
}

struct stream_counts stream_counts(const struct stream *stream)
{
    return stream->counts;
}
