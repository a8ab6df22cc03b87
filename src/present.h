// SPDX-License-Identifier: MIT
#pragma once
/* Where the result is read: standard output, the terminal. */
#include <stdbool.h>
#include <stdio.h>

#include "collection.h"
#include "experiment/fleet.h"
#include "experiment/result.h"
#include "options/options.h"
#include "report/report.h"

/* What the user has seen while it ran. */
enum present_after {
    PRESENT_AFTER_SCREEN, /* a screen, which is gone: all of it in the width there is */
    PRESENT_AFTER_PLAIN,  /* plain sentences on standard error */
    PRESENT_AFTER_NOTHING,
};

struct present_manner {
    enum present_after after;
    bool hurried; /* a signal wants the end: no terminal is waited for that does not read
                   */
};

/* Prints it on standard output, and where else it is to be seen; `fault` as above. */
void present_print(const struct options *options, const struct result *result,
    const struct present_manner *manner, struct fault *fault);

/* Prints what many machines have in common on standard output; `fault` as above. */
void present_fleet(const struct fleet *fleet, struct fault *fault);

/* Prints a table of results on standard output; `fault` as above. */
void present_results(const struct collection *collection, struct fault *fault);

/* Writes to standard output or error; hurriedly, if a terminal, what it takes within some
 * seconds.  That nobody reads any more is no failure; a full
 * disk is.  Returns 0 or -errno with `fault` filled. */
int present_text(FILE *out, bool hurried, const char *text, struct fault *fault);
int present_bytes(
    FILE *out, bool hurried, size_t size, const char data[], struct fault *fault);

/* Prints what was written in a form on standard output; what a terminal would obey in it,
 * instead of show, becomes '?'.  As above. */
int present_form(const struct report_format *format, size_t size, char data[],
    bool hurried, struct fault *fault);

/* Prints the result as data on standard output.  As above. */
int present_data(const struct report_format *format, const struct result *result,
    const struct report_manner *looks, bool hurried, struct fault *fault);
