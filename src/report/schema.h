// SPDX-License-Identifier: MIT
#pragma once
/* The layout of the result file.  One table says of each object which fields it has,
 * where they are in memory and what they may be; the writer and the reader both walk it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEMA_NAME "parfor-result/"
enum { SCHEMA_VERSION = 1 };

enum field_kind {
    FIELD_CONSTANT, /* `words[0]`, or null without words; never read */
    FIELD_BOOL,
    FIELD_INTEGER,  /* int, int64_t; uint64_t as its two's complement */
    FIELD_REAL,     /* double */
    FIELD_DIGEST,   /* uint64_t as 16 hex digits */
    FIELD_DATE,     /* int64_t seconds since 1970, as date.h writes them */
    FIELD_TEXT,     /* char[size] */
    FIELD_WORD,     /* an enum, as one of `words` */
    FIELD_SIGNAL,   /* int: a signal by its name, 0 as null */
    FIELD_CORE,     /* int: an index into machine.kinds, by the kind's name; -1 as null */
    FIELD_INTERVAL, /* double and the double behind it: [low, high] or null */
    FIELD_INTEGERS, /* int[max]: an array of whole numbers, each above the one before */
    FIELD_RESULT,   /* result_record's value and digest as a person reads them; never read
                     */
    FIELD_OBJECT,   /* a struct */
    FIELD_LIST,     /* pointer to structs: an array of objects */
    FIELD_COLUMNS,  /* pointer to structs: an object with an array for each field */
    FIELD_TIMES,    /* int64_t *: an array of rising times */
    FIELD_CELLS,  /* uint8_t *, result_samples.modes[]: a hex string per sample, or absent
                   */
    FIELD_TEXTS,  /* char **: an array of texts */
    FIELD_BYTES,  /* char * and the size_t that counts: a text, or anything as base64;
                     absent for NULL */
    FIELD_WORDS,  /* char **, ended by NULL, in one allocation: an array of texts that are
                     kept as they are; absent for NULL */
    FIELD_ROWS,   /* char[max][size], and the size_t that counts: an array of texts */
    FIELD_BEHIND, /* pointer to a struct, whose fields stand among the others; absent for
                     NULL, which is told by the first of them */
};

enum field_flag {
    FIELD_OPTIONAL = 1,  /* may be absent in a file: `missing` then */
    FIELD_NULLABLE = 2,  /* `missing`, or an empty text, is null in a file */
    FIELD_WORKER = 4,    /* a worker's number: below the stage's workers_asked */
    FIELD_KNOWN_CPU = 8, /* a CPU that the machine has; below 0: none */
};

/* In place of `missing` of a FIELD_REAL that is NAN then. */
#define FIELD_MISSING_NAN INT64_MIN

struct field {
    const char *name;
    enum field_kind kind;
    unsigned flags;
    size_t offset;       /* in the struct that the object is */
    size_t size;         /* of the member, in bytes */
    size_t count_offset; /* lists: of the size_t that counts; nullable objects and
                            intervals: of the bool that says whether there is one */
    size_t max;          /* lists: most elements in a file */
    int64_t low, high;   /* of numbers */
    int64_t missing;
    const char *const *words;             /* ended by NULL */
    const struct schema *schema;          /* of objects and lists */
    bool (*applies)(const void *object);  /* NULL: always */
    bool (*is_known)(const void *object); /* else it is not written; NULL: always */
};

struct schema {
    size_t size;  /* of the struct, in bytes */
    bool is_long; /* written with a line for each field */
    size_t count;
    const struct field *fields;
    /* What must hold between the fields of element `index` of a list, and between it and
     * the one before it in memory; NULL: nothing. */
    bool (*holds)(const void *object, size_t index);
    const char *rule; /* that, in words */
};

/* Of struct result, and of its stages, which the cells and workers in them refer to. */
extern const struct schema schema_result, schema_stage;

/* Where a field's member is. */
static inline const void *field_place(const struct field *field, const void *object)
{
    return (const char *)object + field->offset;
}
