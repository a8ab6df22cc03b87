// SPDX-License-Identifier: MIT
#include "report/pictures.h"

const char *const pictures_missing = NULL;

int pictures_probe(struct fault *fault)
{
    return paper_probe(fault);
}

int pictures_write(const struct result *result, const struct picture_setup *setup,
    char **ret_data, size_t *ret_size, struct fault *fault)
{
    return picture_write(result, setup, ret_data, ret_size, fault);
}
