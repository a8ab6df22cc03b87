// SPDX-License-Identifier: MIT
#pragma once
/* Rows of a CSV file: RFC 4180, but lines end in LF alone, for the last column's sake:
 * awk, cut and join would take a CR for a part of it.  Whoever reads CRLF reads LF, too.
 *
 * Texts are the bytes that they were, in quotes where they have to be.  One that begins
 * with = + - or @ is no exception, though a spreadsheet may take it for a formula: what
 * would prevent that would make another text of it for everybody else. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum csv_kind {
    CSV_INT,     /* int */
    CSV_INTEGER, /* int64_t */
    CSV_SECONDS, /* int64_t nanoseconds, written in seconds with all 9 decimals */
    CSV_REAL,    /* double, with 12 digits, as in the result file */
    CSV_BOOL,    /* bool: true, false */
    CSV_DIGEST,  /* uint64_t as 16 hex digits */
    CSV_TEXT,    /* char[], ended by a NUL */
    CSV_WORDS,   /* const char *; NULL: empty */
    CSV_BYTES,   /* struct csv_bytes */
    CSV_SIGNAL,  /* int, by its name */
};

struct csv_bytes {
    size_t size;
    const char *data; /* NULL: empty */
};

/* What is not known, and left empty. */
enum csv_unknown {
    CSV_NONE, /* nothing */
    CSV_ZERO,
    CSV_NEGATIVE, /* of reals NAN, too */
    CSV_UNSEEN,   /* ACCOUNT_NOT_SEEN; of reals NAN */
};

struct csv_field {
    const char *name;
    enum csv_kind kind;
    enum csv_unknown unknown;
    size_t offset; /* in the struct that the object is */
};

#define CSV_FIELD(NAME, KIND, UNKNOWN, TYPE, MEMBER)                                     \
    {                                                                                    \
        .name = NAME, .kind = CSV_##KIND, .unknown = CSV_##UNKNOWN,                      \
        .offset = offsetof(struct TYPE, MEMBER)                                          \
    }

/* Columns beside each other that are of one object; NULL: they are all empty. */
struct csv_part {
    size_t count;
    const struct csv_field *fields;
    const void *object;
    const char *prefix; /* of the columns' names; NULL: none */
};

#define CSV_PART(FIELDS, OBJECT)                                                         \
    {                                                                                    \
        .count = sizeof(FIELDS) / sizeof *(FIELDS), .fields = (FIELDS),                  \
        .object = (OBJECT)                                                               \
    }

/* Write the row of names, and one of values. */
void csv_print_names(FILE *out, size_t count, const struct csv_part parts[]);
void csv_print_row(FILE *out, size_t count, const struct csv_part parts[]);
