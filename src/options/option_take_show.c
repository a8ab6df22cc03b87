// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/player.h"
#include "options/option_take.h"

enum { SLOWEST = 100 }; /* times slower than it was */

int option_take_theme(struct options *options, const char *text, struct fault *fault)
{
    enum style_theme theme = style_find_theme(text);
    if (theme == STYLE_THEMES) {
        const char *nearest = text_nearest(text, STYLE_THEMES, style_theme_names);
        return fault_input(fault, "no such theme: %s (%s%s%s)", text,
            nearest ? "did you mean " : "default, light, contrast, safe, mono",
            nearest ? nearest : "", nearest ? "?" : "");
    }
    options->theme = theme;
    options->themed = true;
    return 0;
}

/* "x4", "4", "x0.5" */
static bool parse_speed(const char *text, double *ret_speed)
{
    double speed;
    text += *text == 'x';
    if (number_parse_decimal(text, &speed) < 0 || speed < 1.0 / SLOWEST ||
        speed > PLAYER_SPEED_MAX)
        return false;
    *ret_speed = speed;
    return true;
}

int option_take_replay(struct options *options, const char *text, struct fault *fault)
{
    options->replay = true;
    if (text && !parse_speed(text, &options->speed))
        return fault_input(
            fault, "wrong speed: %s (x0.01 to x%d)", text, PLAYER_SPEED_MAX);
    options->has_speed = text;
    return 0;
}

bool option_is_speed(const char *text, struct options *options)
{
    if (!options->replay || options->has_speed || *text != 'x' ||
        access(text, F_OK) == 0 || !parse_speed(text, &options->speed))
        return false;
    options->has_speed = true;
    return true;
}
