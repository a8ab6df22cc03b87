// SPDX-License-Identifier: MIT
#include "picture/ink.h"

/* Chosen by tests/unit/picture/test_ink.c, which computes how all kinds of eyes see them.
 */
static const unsigned inks[2][INKS] = {
    {
        [INK_PAPER] = 0xffffff,
        [INK_TEXT] = 0x1a1a1a,
        [INK_NOTE] = 0x595959,
        [INK_RULE] = 0xbfbfbf,
        [INK_BUSY] = 0x0072b2,
        [INK_OTHER] = 0x56b4e9,
        [INK_SYSTEM] = 0xd55e00,
        [INK_IRQ] = 0x6b4c00,
        [INK_STEAL] = 0xcc79a7,
        [INK_FAILED] = 0xa00000,
        [INK_IDEAL] = 0x808080,
        [INK_EMPTY] = 0xf0f0f0,
    },
    {
        [INK_PAPER] = 0x111418,
        [INK_TEXT] = 0xf2f2f2,
        [INK_NOTE] = 0xb3b3b3,
        [INK_RULE] = 0x4d4d4d,
        [INK_BUSY] = 0x3fa7f0,
        [INK_OTHER] = 0x8fd0ff,
        [INK_SYSTEM] = 0xff8c3a,
        [INK_IRQ] = 0xb89b4a,
        [INK_STEAL] = 0xe08fbe,
        [INK_FAILED] = 0xff5c5c,
        [INK_IDEAL] = 0x8c8c8c,
        [INK_EMPTY] = 0x1f242b,
    },
};

struct ink_colour ink_colour(enum ink ink, bool dark)
{
    unsigned colour = inks[dark][ink];
    return (struct ink_colour){
        (colour >> 16) / 255.0, (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0};
}
