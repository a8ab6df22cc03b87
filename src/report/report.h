// SPDX-License-Identifier: MIT
#pragma once
/* A result in the forms that people and programs read. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "experiment/fleet.h"
#include "experiment/result.h"
#include "picture/picture.h"

/* Writes the result file: one JSON object, whose layout is in schema_*.c.  Numbers are
 * brought into the ranges that report_json_read() accepts, lists are cut at their limits.
 * Returns 0 or -errno with `fault` filled; caller frees *ret_text, which a NUL that is
 * not counted ends. */
int report_json_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* Reads a result file, which `file_name` names in the fault.  Fields that are not known
 * are passed over; control characters in texts become '?'.  Returns 0, and the caller
 * finishes *result; or -EINVAL with the place at fault in `fault`, and *result is empty.
 *
 * What was read can be relied on: every number is within the range that the tables in
 * schema*.c give it, CPUs are by rising id, samples by rising time, a task does not end
 * before it starts, an account's terms make its total within 0.1 %, the durations of a
 * stage's records can be added up, a sweep has points by rising workers, a worker's
 * number is below the stage's workers_asked (which is never below workers), a kind of
 * core is one of the machine's or -1, the CPUs of a check are the machine's. */
int report_json_read(const char *text, size_t size, const char *file_name,
    struct result *result, struct fault *fault);

enum report_text_form {
    REPORT_TEXT_FULL,    /* what was run, a table, then what follows from it */
    REPORT_TEXT_PLAIN,   /* the same as sentences, each in a line, without a table */
    REPORT_TEXT_CLOSING, /* that without what plain progress lines have said before it */
};

struct report_text_style {
    enum report_text_form form;
    int width; /* columns of the terminal that the full form is for; used from 20 to 100
                */
};

/* Writes the comparison for people; it ends in one line to hand in, which alone may be
 * wider, as a single word may.  As above. */
int report_text_write(const struct result *result, const struct report_text_style *style,
    char **ret_text, size_t *ret_size, struct fault *fault);

/* The full form in 78 columns: that of a file. */
int report_text_write_page(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* Many machines in one table, a line each, then the sentence on which is the odd one out.
 * As above. */
int report_fleet_write(const struct fleet *fleet, const struct report_text_style *style,
    char **ret_text, size_t *ret_size, struct fault *fault);

/* Results that are listed, and what each is called: its file, or what was run. */
struct report_results {
    size_t count;
    const struct result *const *results; /* borrowed */
    const char *const *names;            /* borrowed */
};

/* Results in one table, a line each, then what follows from it: which is the fastest of
 * those that ran the same loop.  As above. */
int report_results_write(const struct report_results *results,
    const struct report_text_style *style, char **ret_text, size_t *ret_size,
    struct fault *fault);

/* The same in 78 columns: that of a file. */
int report_results_write_page(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault);

/* A row for each stage, in the order run: RFC 4180, with a row of names.  Times are
 * seconds, shares 0…1, what is not known is empty.  Of a check a row for each CPU.  As
 * above. */
int report_csv_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* Likewise a row for each task; where tasks are summed up, for each record of them. */
int report_csv_tasks_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* Likewise a row for each result of several, with its date. */
int report_csv_results_write(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault);

/* Markdown with tables (as of GitHub): what was run and when, a row for each stage, what
 * follows from it; or a row for each result of several.  As above. */
int report_markdown_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);
int report_markdown_results_write(const struct report_results *results, char **ret_text,
    size_t *ret_size, struct fault *fault);

/* What `hyperfine --export-json` of version 1 writes: a result for each kind of stage,
 * number of workers or program, of all of its repeats; user and system time apart and
 * memory_usage_byte where they are known of all of them.  As above. */
int report_hyperfine_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* Trace events (Google's "Trace Event Format", the JSON object form), which Perfetto and
 * chrome://tracing open: a track for each worker with its tasks, a counter for each CPU.
 * As above. */
int report_trace_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);

/* What the user wishes of how a report looks. */
struct report_manner {
    bool dark; /* pictures on a dark page */
};

/* A form that a result can be saved in, chosen by the ending of the file's name, or by
 * its own. */
struct report_format {
    const char *name;   /* "json" */
    const char *ending; /* ".json" */
    const char *help;   /* what it is, in a few words */
    bool is_binary;     /* nothing for a terminal */
    const char *unfit; /* why some commands have nothing for it, "there are no tasks" … */
    bool (*fits)(enum plan_command command); /* … and whether this one has; NULL: all */
    int (*write)(const struct result *result, char **ret_text, size_t *ret_size,
        struct fault *fault);     /* NULL: a picture, … */
    struct picture_setup picture; /* … which */
    int (*write_several)(const struct report_results *results, char **ret_text,
        size_t *ret_size, struct fault *fault); /* NULL: it is of one result */
};

/* All of them, ended by one without a name. */
extern const struct report_format report_formats[];

/* The format for a file's name, by the longest ending; that of a name, both in capitals,
 * too.  They return 0 or -EINVAL with `fault` listing the known, or naming what it was
 * built without.  An ending is a name, too. */
int report_find_format(
    const char *path, const struct report_format **ret_format, struct fault *fault);
int report_find_named(
    const char *name, const struct report_format **ret_format, struct fault *fault);

/* Whether all is there that is needed for it.  Returns 0 or -errno with `fault` filled.
 */
int report_probe_format(const struct report_format *format, struct fault *fault);

/* Whether results of a command can be written in that form.  Returns 0 or -EINVAL with
 * `fault` filled. */
int report_check_format(
    const struct report_format *format, enum plan_command command, struct fault *fault);

/* The endings as a list: ".json, .txt …". */
void report_list_endings(size_t size, char text[]);

/* Writes a result in that form.  As above. */
int report_write(const struct report_format *format, const struct result *result,
    const struct report_manner *manner, char **ret_text, size_t *ret_size,
    struct fault *fault);
