// SPDX-License-Identifier: MIT
#pragma once
/* Where in a result file the reader is, and what it says when something there is wrong.
 */
#include <jansson.h>
#include <stddef.h>

#include "base/fault.h"

struct json_place {
    const char *file_name;
    size_t length;
    char path[160]; /* "stages[1].samples.user[3]" */
    struct fault *fault;
};

/* Goes down to a field or an element; returns what json_place_leave() needs to come back.
 */
size_t json_place_enter_field(
    struct json_place *place, const char *name, const char *suffix);
size_t json_place_enter_element(struct json_place *place, size_t index);
void json_place_leave(struct json_place *place, size_t outer);

/* "FILE: PLACE: WHAT".  Returns -EINVAL. */
__attribute__((format(printf, 2, 3))) int json_place_fault(
    struct json_place *place, const char *format, ...);

/* "FILE: PLACE: expected `what`, found …", with `found` in a few words.  Returns -EINVAL.
 */
int json_place_expected(struct json_place *place, const char *what, const json_t *found);

/* Replaces what a terminal would obey, instead of show, by '?'.  Newlines stay. */
void json_place_disarm(char text[]);
