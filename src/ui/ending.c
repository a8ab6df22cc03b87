// SPDX-License-Identifier: MIT
#include "ui/ending.h"

#include <string.h>

enum { NONE = -1 };

/* The longest that the name has. */
static int find(const char *name, const char *const endings[])
{
    size_t length = strlen(name), longest = 0;
    int found = NONE;
    for (int i = 0; endings[i]; i++) {
        size_t ending = strlen(endings[i]);
        if (ending > longest && ending <= length &&
            strcmp(name + length - ending, endings[i]) == 0) {
            longest = ending;
            found = i;
        }
    }
    return found;
}

/* The first that begins as what the name has from its last dot on. */
static int find_begun(const char *name, const char *const endings[])
{
    const char *dot = strrchr(name, '.');
    for (int i = 0; dot && endings[i]; i++)
        if (strncmp(endings[i], dot, strlen(dot)) == 0)
            return i;
    return NONE;
}

static int count_of(const char *const endings[])
{
    int count = 0;
    while (endings[count])
        count++;
    return count;
}

bool ending_turn(size_t size, char name[], const char *const endings[], int by)
{
    int count = count_of(endings), place = find(name, endings);
    size_t stem = strlen(name);
    if (count == 0)
        return false;
    if (place != NONE) {
        stem -= strlen(endings[place]);
        place = ((place + by) % count + count) % count;
    } else if ((place = find_begun(name, endings)) != NONE)
        stem = (size_t)(strrchr(name, '.') - name);
    else
        place = by < 0 ? count - 1 : 0;
    size_t ending = strlen(endings[place]);
    if (stem + ending >= size)
        return false;
    memcpy(name + stem, endings[place], ending + 1);
    return true;
}
