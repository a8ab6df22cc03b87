// SPDX-License-Identifier: MIT
#pragma once
/* A picture of every stage in a folder, named as the article did:
 * "sequential_factorial_(dt=3.364s).png". */
#include "base/fault.h"
#include "experiment/result.h"
#include "report/report.h"

/* Whether there can be such files.  Returns 0 or -errno with `fault` filled. */
int save_pictures_probe(const char *folder, struct fault *fault);

/* Makes the folder if it is not there.  All of the pictures or none; a file that has the
 * same name is replaced.  Returns 0 or -errno with `fault` filled. */
int save_pictures(const struct result *result, const char *folder,
    const struct report_manner *manner, struct fault *fault);
