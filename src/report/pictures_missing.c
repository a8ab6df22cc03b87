// SPDX-License-Identifier: MIT
/* Instead of pictures.c in a program that is built without cairo. */
#include "report/pictures.h"

const char *const pictures_missing = "cairo";

int pictures_probe(struct fault *fault)
{
    return fault_input(fault,
        "pictures are not built in: %s was not there when this "
        "program was built",
        pictures_missing);
}

int pictures_write(const struct result *result, const struct picture_setup *setup,
    char **ret_data, size_t *ret_size, struct fault *fault)
{
    (void)result;
    (void)setup;
    (void)ret_data;
    (void)ret_size;
    return pictures_probe(fault);
}
