// SPDX-License-Identifier: MIT
#include "report/date.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const int64_t YEAR_10000 = INT64_C(253402300800);

bool date_is_known(int64_t seconds)
{
    return seconds > 0 && seconds < YEAR_10000;
}

void date_format(int64_t seconds, char text[DATE_SIZE])
{
    struct tm broken;
    time_t time = (time_t)seconds;
    assert(date_is_known(seconds));
    gmtime_r(&time, &broken);
    strftime(text, DATE_SIZE, "%Y-%m-%dT%H:%M:%SZ", &broken);
}

/* What cannot be, such as the 30th of February, is written otherwise again. */
int date_parse(const char *text, int64_t *ret_seconds)
{
    struct tm broken = {0};
    char again[DATE_SIZE];
    if (strlen(text) != DATE_SIZE - 1 ||
        sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ", &broken.tm_year, &broken.tm_mon,
            &broken.tm_mday, &broken.tm_hour, &broken.tm_min, &broken.tm_sec) != 6)
        return -EINVAL;
    broken.tm_year -= 1900;
    broken.tm_mon -= 1;
    int64_t seconds = timegm(&broken);
    if (!date_is_known(seconds))
        return -EINVAL;
    date_format(seconds, again);
    if (strcmp(again, text) != 0)
        return -EINVAL;
    *ret_seconds = seconds;
    return 0;
}
