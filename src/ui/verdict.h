// SPDX-License-Identifier: MIT
#pragma once
/* What came of it: the speed-up in big digits, the sentence, where the workers' time
 * went. */
#include "ui/view.h"

/* The speed-up as large as it fits into an area, at its right edge and vertically in the
 * middle.  False where it does not fit, or there is none. */
bool verdict_draw_digits(
    struct canvas *canvas, const struct area *area, const struct result *result);

/* The sentence, which the cursor rests on; what was reached where nothing was compared.
 * Returns the rows used. */
int verdict_draw_sentence(
    struct canvas *canvas, struct area area, const struct result *result);

/* The same from one of its lines on, to be scrolled, where not all of it has room.
 * Returns the lines that have none. */
int verdict_scroll_sentence(
    struct canvas *canvas, struct area area, const struct result *result, int first);

/* The account as one bar below its parts' names, in two rows. */
void verdict_draw_account(
    struct canvas *canvas, const struct area *area, const struct result *result);

/* The figures of the speed-up alone, a line each, as few columns as 20. */
void verdict_draw_figures(
    struct canvas *canvas, struct area area, const struct result *result);

/* The figures behind the sentence, a line each, or more where it is narrow.  Returns the
 * rows used. */
int verdict_draw_details(
    struct canvas *canvas, struct area area, const struct result *result);
