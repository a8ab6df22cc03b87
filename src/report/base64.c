// SPDX-License-Identifier: MIT
#include "report/base64.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_encode(size_t size, const char data[])
{
    char *text = memory_new((size + 2) / 3 * 4 + 1, 1), *target = text;
    for (size_t i = 0; i < size; i += 3) {
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (i + k < size ? (unsigned char)data[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            *target++ = i + k <= size ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

/* The value of four digits, the last `padding` of them '='; -1 if one is no digit, or if
 * bits are set that no byte will get. */
static int32_t decode_group(const char digits[], size_t padding)
{
    int32_t bits = 0;
    for (size_t k = 0; k < 4; k++) {
        const char *place = strchr(alphabet, digits[k]);
        if (k + padding < 4 && !place)
            return -1;
        bits = bits << 6 | (k + padding < 4 ? (int32_t)(place - alphabet) : 0);
    }
    return bits & ((1 << 8 * padding) - 1) ? -1 : bits;
}

int base64_decode(const char *text, char **ret_data, size_t *ret_size)
{
    size_t length = strlen(text), padding = 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    if (length % 4 != 0)
        return -EINVAL;
    char *data = memory_new(length / 4 * 3 + 1, 1), *target = data;
    for (size_t i = 0; i < length; i += 4) {
        int32_t bits = decode_group(text + i, i + 4 == length ? padding : 0);
        if (bits < 0) {
            free(data);
            return -EINVAL;
        }
        for (int shift = 16; shift >= 0; shift -= 8)
            *target++ = (char)(bits >> shift & 0xff);
    }
    *ret_size = length / 4 * 3 - padding;
    data[*ret_size] = '\0';
    *ret_data = data;
    return 0;
}
