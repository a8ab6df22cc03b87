// SPDX-License-Identifier: MIT
#pragma once
/* How eyes of all kinds see a colour, and how far apart two are for them. */

/* Who looks.  Dichromats lack one of the three kinds of cones.  Two models of each are
 * asked where two are good, for eyes differ, too. */
enum colour_eyes {
    COLOUR_ALL_CONES,
    COLOUR_PROTANOPE_BRETTEL, /* no red: 1 % of men */
    COLOUR_PROTANOPE_MACHADO,
    COLOUR_DEUTERANOPE_BRETTEL, /* no green: 1 % of men */
    COLOUR_DEUTERANOPE_MACHADO,
    COLOUR_TRITANOPE_BRETTEL, /* no blue: few of all */
    COLOUR_EYES
};

extern const char *const colour_eyes_names[COLOUR_EYES];

/* CIE 1976 L*a*b* under D65. */
struct colour_lab {
    double lightness, a, b;
};

/* A colour of sRGB, 0xRRGGBB, as such eyes see it. */
struct colour_lab colour_seen(int rgb, enum colour_eyes eyes);

/* The difference by CIEDE2000: about 1 is just noticeable, for large fields that touch.
 */
double colour_difference(const struct colour_lab *one, const struct colour_lab *other);

/* From 1 to 21 (WCAG 2.1, "contrast ratio"). */
double colour_contrast(int rgb, int background);
