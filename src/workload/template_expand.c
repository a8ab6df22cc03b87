// SPDX-License-Identifier: MIT
/* What becomes of a template with a task's items. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workload/items.h"
#include "workload/template.h"
#include "workload/template_parse.h"

/* The kernel takes no more than that for all words (3/4 of 8 MiB); longer ones would only
 * be made to be refused. */
enum { SIZE_MAX_OF_ALL = 6 << 20 };

/* A piece of an item: nothing is copied before it is put into a word. */
struct piece {
    size_t size;
    const char *text;
};

static struct piece without_ending(struct piece piece)
{
    for (size_t i = piece.size; i > 0 && piece.text[i - 1] != '/'; i--)
        if (piece.text[i - 1] == '.')
            return (struct piece){i - 1, piece.text};
    return piece;
}

static struct piece without_folders(struct piece piece)
{
    size_t begin = piece.size;
    while (begin > 0 && piece.text[begin - 1] != '/')
        begin--;
    return (struct piece){piece.size - begin, piece.text + begin};
}

static size_t without_slashes(const char *text, size_t size)
{
    while (size > 0 && text[size - 1] == '/')
        size--;
    return size;
}

/* As dirname(3) has it. */
static struct piece folder_of(struct piece piece)
{
    size_t size = without_slashes(piece.text, piece.size);
    if (size == 0)
        return (struct piece){1, piece.size > 0 ? "/" : "."};
    while (size > 0 && piece.text[size - 1] != '/')
        size--;
    if (size == 0)
        return (struct piece){1, "."};
    size = without_slashes(piece.text, size);
    return size == 0 ? (struct piece){1, "/"} : (struct piece){size, piece.text};
}

static struct piece form_of(struct piece piece, enum template_form form)
{
    switch (form) {
    case TEMPLATE_WHOLE:
        return piece;
    case TEMPLATE_STEM:
        return without_ending(piece);
    case TEMPLATE_NAME:
        return without_folders(piece);
    case TEMPLATE_FOLDER:
        return folder_of(piece);
    case TEMPLATE_NAME_STEM:
        return without_ending(without_folders(piece));
    }
    return piece;
}

/* The words of one task as they are made. */
struct expansion {
    const struct template *template;
    const struct template_task *task;
    size_t piece_count;
    struct piece *pieces; /* the items, or their columns */
    struct bytes bytes;   /* the words, each ended by a NUL */
    size_t count;
    size_t *begins; /* of each word in `bytes` */
    int column;     /* that is missing; 0: none */
};

static void add_piece(struct expansion *expansion, size_t size, const char *text)
{
    struct piece *piece = memory_append(
        (void **)&expansion->pieces, expansion->piece_count, sizeof *expansion->pieces);
    *piece = (struct piece){size, text};
    expansion->piece_count++;
}

static void cut_items(struct expansion *expansion)
{
    const char *separator = expansion->template->separator;
    for (size_t i = 0; i < expansion->task->item_count; i++) {
        const char *text = expansion->task->items[i];
        for (const char *end; separator && (end = strstr(text, separator));) {
            add_piece(expansion, (size_t)(end - text), text);
            text = end + strlen(separator);
        }
        add_piece(expansion, strlen(text), text);
    }
}

static void put_piece(struct expansion *expansion, const struct template_part *part,
    const struct piece *whole)
{
    struct piece piece = form_of(*whole, part->form);
    if (expansion->template->shell_path)
        quote_in_place(expansion->template->kind, part->place, piece.size, piece.text,
            &expansion->bytes);
    else
        bytes_add(&expansion->bytes, piece.size, piece.text);
}

static void put_item(struct expansion *expansion, const struct template_part *part)
{
    if (part->column > 0 && (size_t)part->column > expansion->piece_count) {
        expansion->column = part->column;
    } else if (part->column > 0) {
        put_piece(expansion, part, &expansion->pieces[part->column - 1]);
    } else {
        for (size_t i = 0; i < expansion->piece_count; i++) {
            bytes_add_text(&expansion->bytes, i > 0 ? " " : "");
            put_piece(expansion, part, &expansion->pieces[i]);
        }
    }
}

static void put_part(struct expansion *expansion, const struct template_part *part)
{
    const struct template_task *task = expansion->task;
    char number[24] = "";
    if (part->what == TEMPLATE_NUMBER && !task->nameless)
        snprintf(number, sizeof number, "%" PRId64, task->number);
    else if (part->what == TEMPLATE_SLOT && task->slot > 0)
        snprintf(number, sizeof number, "%d", task->slot);
    if (part->what == TEMPLATE_ITEM)
        put_item(expansion, part);
    else if (number[0])
        bytes_add_text(&expansion->bytes, number);
    else
        bytes_add(&expansion->bytes, part->size, part->text);
}

static void begin_word(struct expansion *expansion)
{
    size_t *begin = memory_append(
        (void **)&expansion->begins, expansion->count, sizeof *expansion->begins);
    *begin = expansion->bytes.size;
    expansion->count++;
}

/* An argument may be as long as an item. */
static int end_word(struct expansion *expansion)
{
    bytes_add(&expansion->bytes, 1, "");
    size_t size = expansion->bytes.size - expansion->begins[expansion->count - 1];
    bool fits = size <= ITEMS_LENGTH_MAX + 1 && expansion->bytes.size <= SIZE_MAX_OF_ALL;
    return expansion->column > 0 ? -EINVAL : fits ? 0 : -E2BIG;
}

static int put_word(struct expansion *expansion, const struct template_word *word)
{
    begin_word(expansion);
    for (size_t i = 0; i < word->part_count; i++)
        put_part(expansion, &word->parts[i]);
    return end_word(expansion);
}

/* `{}` alone, or a relative of it: a word for each item. */
static int put_items(struct expansion *expansion, const struct template_part *part)
{
    for (size_t i = 0; i < expansion->piece_count; i++) {
        begin_word(expansion);
        put_piece(expansion, part, &expansion->pieces[i]);
        int error = end_word(expansion);
        if (error < 0)
            return error;
    }
    return 0;
}

static int put_fixed(struct expansion *expansion, const char *text)
{
    begin_word(expansion);
    bytes_add_text(&expansion->bytes, text);
    return end_word(expansion);
}

static int put_words(struct expansion *expansion)
{
    const struct template *template = expansion->template;
    int error = 0;
    if (template->shell_path) {
        put_fixed(expansion, template->shell_path);
        put_fixed(expansion, "-c");
        return put_word(expansion, &template->words[0]);
    }
    for (size_t i = 0; i < template->word_count && error == 0; i++) {
        const struct template_word *word = &template->words[i];
        const struct template_part *part = word->parts;
        if (word->part_count == 1 && part->what == TEMPLATE_ITEM && part->column == 0)
            error = put_items(expansion, part);
        else
            error = put_word(expansion, word);
    }
    return error;
}

/* Pointers and words in one allocation. */
static char **gather(const struct expansion *expansion)
{
    size_t pointers = (expansion->count + 1) * sizeof(char *);
    char **words = memory_new(pointers + expansion->bytes.size, 1);
    char *text = (char *)words + pointers;
    if (expansion->bytes.size > 0)
        memcpy(text, expansion->bytes.data, expansion->bytes.size);
    for (size_t i = 0; i < expansion->count; i++)
        words[i] = text + expansion->begins[i];
    return words;
}

int template_expand(const struct template *template, const struct template_task *task,
    char ***ret_argv, int *ret_column)
{
    struct expansion expansion = {.template = template, .task = task};
    cut_items(&expansion);
    int error = put_words(&expansion);
    if (error == 0)
        *ret_argv = gather(&expansion);
    else if (expansion.column > 0)
        *ret_column = expansion.column;
    free(expansion.pieces);
    free(expansion.begins);
    bytes_finish(&expansion.bytes);
    return error;
}
