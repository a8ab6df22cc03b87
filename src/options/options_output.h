// SPDX-License-Identifier: MIT
#pragma once
/* In which forms the result goes where. */
#include "base/fault.h"
#include "options/options.h"
#include "report/report.h"

/* The form of an output file: that of --format, else what its ending says.  Returns 0 or
 * -EINVAL with `fault` filled. */
int options_find_format(const struct options *options, size_t output,
    const struct report_format **ret_format, struct fault *fault);

/* The form of the result on standard output, by --json, or by --format where no file is
 * to have it; NULL: none, people read it there. */
const struct report_format *options_find_printed(const struct options *options);

/* What does not go together, and what a command has nothing for.  Returns 0 or -EINVAL
 * with `fault` filled. */
int options_check_outputs(const struct options *options, struct fault *fault);
