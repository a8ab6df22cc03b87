// SPDX-License-Identifier: MIT
#pragma once
/* The files a result is saved in: those that were asked for, and those that a key asks
 * for. Each is written whole or not at all. */
#include <stdbool.h>
#include <stddef.h>

#include "collection.h"
#include "experiment/result.h"
#include "options/options.h"

/* Whether the files can be written, and all is there that their forms need, before
 * anything is run.  Returns 0 or -errno with `fault` filled. */
int save_probe(const struct options *options, struct fault *fault);

/* Saves the result in all files it was asked for; one that fails does not keep the others
 * from getting theirs.  `fault` keeps the first failure, and is not touched if it holds
 * one. */
void save_all(
    const struct options *options, const struct result *result, struct fault *fault);

/* Several results together, in files of forms that have room for several; `fault` as
 * above. */
void save_collection(const struct options *options, const struct collection *collection,
    struct fault *fault);

/* The same on standard output.  Returns 0 or -errno with `fault` filled. */
int save_print_collection(const struct report_format *format,
    const struct collection *collection, struct fault *fault);

/* Saves the result in a file that there is not yet, in the form that its ending says.
 * Returns 0 or -errno with `fault` filled. */
int save_new(const struct result *result, const char *path,
    const struct report_manner *manner, struct fault *fault);

/* The same of two of a collection together, in a form that has room for several. */
int save_new_pair(const struct collection *collection, const size_t places[2],
    const char *path, struct fault *fault);

/* Whether a file of that name has all of the result, so that it can be shown again. */
bool save_is_whole(const char *path);

enum { SAVE_NAME_SIZE = 128, SAVE_ENDINGS_MAX = 24 };

/* What a file for it can be called: of one that there is not yet, "factorial.json", and
 * with which other endings. */
struct save_proposal {
    char name[SAVE_NAME_SIZE];
    const char *endings[SAVE_ENDINGS_MAX + 1]; /* ended by NULL */
};

void save_propose(const struct result *result, struct save_proposal *ret_proposal);

/* Likewise for two together: "both.md". */
void save_propose_pair(struct save_proposal *ret_proposal);
