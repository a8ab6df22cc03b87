// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* A decimal number without the hexadecimal, `inf` and `nan` that strtod also takes. */
static int parse_decimal(const char *text, const char **ret_end, long double *ret_value)
{
    const char *first = text + (*text == '-' || *text == '+');
    if (!isdigit((unsigned char)first[0]) &&
        !(first[0] == '.' && isdigit((unsigned char)first[1])))
        return -EINVAL;
    if (first[0] == '0' && (first[1] == 'x' || first[1] == 'X'))
        return -EINVAL;
    char *end;
    *ret_value = strtold(text, &end);
    *ret_end = end;
    return 0;
}

/* `1.001k` is 1001, although 1.001 is no binary fraction. */
static long double multiply(long double value, long double factor)
{
    long double product = value * factor, whole = rintl(product);
    return fabsl(product - whole) <= fabsl(product) * 4 * LDBL_EPSILON ? whole : product;
}

int number_parse_decimal(const char *text, double *ret_value)
{
    const char *end;
    long double value;
    int error = parse_decimal(text, &end, &value);
    if (error < 0 || *end != '\0')
        return -EINVAL;
    if (!isfinite((double)value))
        return -ERANGE;
    *ret_value = (double)value;
    return 0;
}

int number_parse(const char *text, int64_t *ret_value)
{
    const char *end;
    long double value;
    int error = parse_decimal(text, &end, &value);
    if (error < 0)
        return error;
    static const char suffixes[] = "kMGT";
    const char *suffix = *end == '\0' ? NULL : strchr(suffixes, *end);
    if (suffix) {
        value = multiply(value, powl(1000, (int)(suffix - suffixes) + 1));
        end++;
    }
    if (*end != '\0')
        return -EINVAL;
    if (!(value >= -0x1p63L && value < 0x1p63L))
        return -ERANGE;
    if (value != floorl(value))
        return -EINVAL;
    *ret_value = (int64_t)value;
    return 0;
}

static const struct unit {
    const char *name;
    int64_t ns;
} units[] = {
    {"ns", 1},
    {"us", NS_PER_US},
    {"ms", NS_PER_MS},
    {"s", NS_PER_S},
    {"m", 60 * NS_PER_S},
    {"h", 3600 * NS_PER_S},
    {"d", 86400 * NS_PER_S},
};

static const struct unit *find_unit(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == length && memcmp(units[i].name, text, length) == 0)
            return &units[i];
    return NULL;
}

int number_parse_duration(const char *text, int64_t *ret_ns)
{
    const char *first = text;
    long double total = 0;
    do {
        const char *end;
        long double value;
        int error = parse_decimal(text, &end, &value);
        if (error < 0)
            return error;
        size_t length = strspn(end, "nsumhd");
        bool bare = length == 0 && text == first && *end == '\0';
        const struct unit *unit = bare ? find_unit("s", 1) : find_unit(end, length);
        if (!unit || value < 0)
            return -EINVAL;
        total += multiply(value, unit->ns);
        text = end + length;
    } while (*text != '\0');
    if (!(total < 0x1p63L))
        return -ERANGE;
    *ret_ns = (int64_t)total;
    return 0;
}

void number_format_duration(int64_t ns, size_t size, char text[])
{
    const char *sign = ns < 0 ? "-" : "";
    double seconds = fabs((double)ns / NS_PER_S);
    if (ns > -1000 && ns < 1000)
        snprintf(text, size, "%" PRId64 " ns", ns);
    else if (seconds < 999.5e-6)
        snprintf(text, size, "%s%.*f us", sign, seconds < 9.95e-6, seconds * 1e6);
    else if (seconds < 99.5e-3)
        snprintf(text, size, "%s%.*f ms", sign, seconds < 9.95e-3, seconds * 1e3);
    else if (seconds < 99.95)
        snprintf(text, size, "%s%.*f s", sign, seconds < 9.995 ? 2 : 1, seconds);
    else if (seconds < 3599.5)
        snprintf(text, size, "%s%.0f min %02.0f s", sign, floor(round(seconds) / 60),
            fmod(round(seconds), 60));
    else
        snprintf(text, size, "%s%.0f h %02.0f min", sign, floor(round(seconds / 60) / 60),
            fmod(round(seconds / 60), 60));
}

void number_format_estimate(int64_t ns, size_t size, char text[])
{
    double seconds = (double)ns / NS_PER_S;
    if (seconds < 0.095 || seconds >= 99.5)
        number_format_duration(ns, size, text);
    else
        snprintf(text, size, "%.*f s", seconds < 0.95, seconds);
}
