// SPDX-License-Identifier: MIT
#include "picture/ink.h"

/* Chosen by tests/unit/picture/test_ink.c, which computes how all kinds of eyes see them,
 * and what is left of them in grey. */
static const unsigned inks[2][INKS] = {
    {
        [INK_PAPER] = 0xffffff,
        [INK_TEXT] = 0x1a1a1a,
        [INK_NOTE] = 0x595959,
        [INK_RULE] = 0xbfbfbf,
        [INK_BUSY] = 0x0e6fbe,
        [INK_OTHER] = 0x4194ce,
        [INK_SYSTEM] = 0xdd721a,
        [INK_IRQ] = 0x322000,
        [INK_STEAL] = 0x731f71,
        [INK_FAILED] = 0x9c1531,
        [INK_IDEAL] = 0x808080,
        [INK_EMPTY] = 0xe9e9e9,
        [INK_WAITING] = 0x404040,
        [INK_BLOCKED] = 0xbfbfbf,
        [INK_STARTING] = 0xa5a5a5,
        [INK_PREPARING] = 0x2b2b2b,
        [INK_ENDED] = 0xd7d7d7,
    },
    {
        [INK_PAPER] = 0x111418,
        [INK_TEXT] = 0xf2f2f2,
        [INK_NOTE] = 0xb3b3b3,
        [INK_RULE] = 0x4d4d4d,
        [INK_BUSY] = 0x5fb0ec,
        [INK_OTHER] = 0xa6d6f5,
        [INK_SYSTEM] = 0xffce79,
        [INK_IRQ] = 0x938064,
        [INK_STEAL] = 0x9f3596,
        [INK_FAILED] = 0xee3e32,
        [INK_IDEAL] = 0x8c8c8c,
        [INK_EMPTY] = 0x252a31,
        [INK_WAITING] = 0x646464,
        [INK_BLOCKED] = 0x4d4d4d,
        [INK_STARTING] = 0x828282,
        [INK_PREPARING] = 0xbababa,
        [INK_ENDED] = 0x383838,
    },
};

struct ink_colour ink_colour(enum ink ink, bool dark)
{
    unsigned colour = inks[dark][ink];
    return (struct ink_colour){
        (colour >> 16) / 255.0, (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0};
}
