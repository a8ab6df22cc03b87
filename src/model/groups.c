// SPDX-License-Identifier: MIT
#include "model/groups.h"

int groups_size(int members, int most)
{
    int least = (members + most - 1) / most;
    for (int size = least; size <= 2 * least && size > 0; size++)
        if (members % size == 0)
            return size;
    return least;
}
