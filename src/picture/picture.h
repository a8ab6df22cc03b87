// SPDX-License-Identifier: MIT
#pragma once
/* A result as a picture in a file: on a slide, in print, in a page of the web. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "experiment/result.h"
#include "picture/paper.h"

/* What is drawn of it. */
enum picture_kind {
    PICTURE_RESULT, /* what the command is about: both stages on one axis, a sweep's
                       curve, whole programs, a check; what was only watched or done alone
                     */
    PICTURE_TASKS,  /* which worker did what when */
    PICTURE_STAGE,  /* one stage alone */
};

struct picture_setup {
    enum picture_kind kind;
    enum paper_form form;
    bool dark;
    const struct result_stage *stage; /* of PICTURE_STAGE: one of the result's */
};

/* The same result gives the same bytes.  Returns 0 or -errno with `fault` filled; caller
 * frees *ret_data. */
int picture_write(const struct result *result, const struct picture_setup *setup,
    char **ret_data, size_t *ret_size, struct fault *fault);
