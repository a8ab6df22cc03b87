// SPDX-License-Identifier: MIT
#pragma once
/* Screens as they shall be, in golden/NAME.txt: a line |…| for each row, blanks and all.
 * With PARFOR_GOLDEN=write in the environment the files are written instead of compared.
 */
#include "terminal.h"

/* The screen is golden/`name`.txt, else the test fails and both are shown, - what should
 * be and + what is where they differ.  Let it settle before. */
void golden_expect(struct terminal *terminal, const char *name);

/* The same for a text of lines, such as a picture in which something was replaced.
 * Returns false after having shown the difference on standard error. */
bool golden_matches(const char *name, const char *text);
