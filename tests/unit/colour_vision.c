// SPDX-License-Identifier: MIT
#include "colour_vision.h"

#include <math.h>
#include <stdbool.h>

struct vector {
    double x[3];
};

struct matrix {
    double rows[3][3];
};

/* On linear sRGB.  A colour on one side of a plane through the greys is projected by one
 * matrix, on the other side by another; without a plane (normal 0) there is but one. */
struct model {
    double normal[3];
    struct matrix one, other;
};

const char *const colour_eyes_names[COLOUR_EYES] = {"all cones", "protanope (Brettel)",
    "protanope (Machado)", "deuteranope (Brettel)", "deuteranope (Machado)",
    "tritanope (Brettel)"};

/* Brettel, Viénot, Mollon: Computerized simulation of color appearance for dichromats
 * (J. Opt. Soc. Am. A 14, 1997), computed for sRGB by libDaltonLens (public domain).
 * Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color
 * vision deficiency (IEEE Trans. Vis. Comput. Graph. 15, 2009), the tables for severity
 * 1.0; their tritanopes are an approximation, as they say, and are not asked. */
static const struct model models[COLOUR_EYES] = {
    [COLOUR_ALL_CONES] = {.one = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    [COLOUR_PROTANOPE_BRETTEL] = {{0.00048, 0.00393, -0.00441},
        {{{0.14980, 1.19548, -0.34528}, {0.10764, 0.84864, 0.04372},
            {0.00384, -0.00540, 1.00156}}},
        {{{0.14570, 1.16172, -0.30742}, {0.10816, 0.85291, 0.03892},
            {0.00386, -0.00524, 1.00139}}}},
    [COLOUR_PROTANOPE_MACHADO] = {.one = {{{0.152286, 1.052583, -0.204868},
                                      {0.114503, 0.786281, 0.099216},
                                      {-0.003882, -0.048116, 1.051998}}}},
    [COLOUR_DEUTERANOPE_BRETTEL] = {{-0.00281, -0.00611, 0.00892},
        {{{0.36477, 0.86381, -0.22858}, {0.26294, 0.64245, 0.09462},
            {-0.02006, 0.02728, 0.99278}}},
        {{{0.37298, 0.88166, -0.25464}, {0.25954, 0.63506, 0.10540},
            {-0.01980, 0.02784, 0.99196}}}},
    [COLOUR_DEUTERANOPE_MACHADO] = {.one = {{{0.367322, 0.860646, -0.227968},
                                        {0.280085, 0.672501, 0.047413},
                                        {-0.011820, 0.042940, 0.968881}}}},
    [COLOUR_TRITANOPE_BRETTEL] = {{0.03901, -0.02788, -0.01113},
        {{{1.01277, 0.13548, -0.14826}, {-0.01243, 0.86812, 0.14431},
            {0.07589, 0.80500, 0.11911}}},
        {{{0.93678, 0.18979, -0.12657}, {0.06154, 0.81526, 0.12320},
            {-0.37562, 1.12767, 0.24796}}}},
};

static double linear(int level)
{
    double value = level / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static struct vector linear_rgb(int rgb)
{
    return (struct vector){
        {linear(rgb >> 16 & 0xff), linear(rgb >> 8 & 0xff), linear(rgb & 0xff)}};
}

static double product(const double row[3], const struct vector *vector)
{
    return row[0] * vector->x[0] + row[1] * vector->x[1] + row[2] * vector->x[2];
}

static struct vector apply(const struct matrix *matrix, const struct vector *vector)
{
    struct vector result;
    for (int i = 0; i < 3; i++)
        result.x[i] = product(matrix->rows[i], vector);
    return result;
}

static double bend(double value)
{
    return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116;
}

static struct colour_lab lab_of(const struct vector *rgb)
{
    static const struct matrix to_xyz = {{{0.4124564, 0.3575761, 0.1804375},
        {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    struct vector xyz = apply(&to_xyz, rgb);
    double x = bend(xyz.x[0] / 0.95047), y = bend(xyz.x[1]), z = bend(xyz.x[2] / 1.08883);
    return (struct colour_lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

struct colour_lab colour_seen(int rgb, enum colour_eyes eyes)
{
    const struct model *model = &models[eyes];
    struct vector colour = linear_rgb(rgb);
    bool first = product(model->normal, &colour) >= 0;
    struct vector seen = apply(first ? &model->one : &model->other, &colour);
    for (int i = 0; i < 3; i++)
        seen.x[i] = fmin(1, fmax(0, seen.x[i]));
    return lab_of(&seen);
}

static double radians(double degrees)
{
    return degrees * acos(-1) / 180;
}

static double hue_of(double a, double b)
{
    double degrees = a == 0 && b == 0 ? 0 : atan2(b, a) / radians(1);
    return degrees < 0 ? degrees + 360 : degrees;
}

/* 0 for greys, 1 for what has much colour. */
static double colourful(double chroma)
{
    return sqrt(pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7)));
}

/* The weights of lightness, chroma and hue, from the means of two colours. */
struct weights {
    double lightness, chroma, hue, turn;
};

static struct weights weights_of(double lightness, double chroma, double hue)
{
    double middle = (lightness - 50) * (lightness - 50);
    double t = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue)) +
               0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63));
    double turn = 30 * exp(-pow((hue - 275) / 25, 2));
    return (struct weights){1 + 0.015 * middle / sqrt(20 + middle), 1 + 0.045 * chroma,
        1 + 0.015 * chroma * t, -2 * colourful(chroma) * sin(radians(2 * turn))};
}

/* Sharma, Wu, Dalal: The CIEDE2000 color-difference formula (Color Res. Appl. 30, 2005).
 */
double colour_difference(const struct colour_lab *one, const struct colour_lab *other)
{
    double mean = (hypot(one->a, one->b) + hypot(other->a, other->b)) / 2;
    double stretch = 1 + 0.5 * (1 - colourful(mean));
    double a1 = stretch * one->a, a2 = stretch * other->a;
    double chroma1 = hypot(a1, one->b), chroma2 = hypot(a2, other->b);
    double hue1 = hue_of(a1, one->b), hue2 = hue_of(a2, other->b), turn = hue2 - hue1;
    double hue = (hue1 + hue2) / 2;
    if (chroma1 * chroma2 == 0) {
        turn = 0;
        hue = hue1 + hue2;
    } else if (fabs(turn) > 180) {
        turn += turn > 0 ? -360 : 360;
        hue += hue < 180 ? 180 : -180;
    }
    struct weights weights =
        weights_of((one->lightness + other->lightness) / 2, (chroma1 + chroma2) / 2, hue);
    double lightness = (other->lightness - one->lightness) / weights.lightness;
    double chroma = (chroma2 - chroma1) / weights.chroma;
    double arc = 2 * sqrt(chroma1 * chroma2) * sin(radians(turn / 2)) / weights.hue;
    return sqrt(lightness * lightness + chroma * chroma + arc * arc +
                weights.turn * chroma * arc);
}

static double luminance(int rgb)
{
    struct vector colour = linear_rgb(rgb);
    return 0.2126 * colour.x[0] + 0.7152 * colour.x[1] + 0.0722 * colour.x[2];
}

double colour_contrast(int rgb, int background)
{
    double one = luminance(rgb) + 0.05, other = luminance(background) + 0.05;
    return one > other ? one / other : other / one;
}
