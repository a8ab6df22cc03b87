// SPDX-License-Identifier: MIT
#pragma once
/* Many shared out to few places: rows of a screen, lanes of a picture. */

/* How many each place has, but for the last one: as few as `most` >= 1 places need;
 * somewhat more where all are equal for that. */
int groups_size(int members, int most);
