// SPDX-License-Identifier: MIT
#include "ui/style.h"

#include <string.h>

const char *const style_theme_names[STYLE_THEMES + 1] = {
    "default", "light", "contrast", "safe", "mono", NULL};

const char *const style_theme_words[STYLE_THEMES + 1] = {"default",
    "light, for a light background", "contrast, for a projector",
    "safe, for the colour-blind", "mono, without any", NULL};

enum style_theme style_find_theme(const char *name)
{
    int theme = 0;
    while (theme < STYLE_THEMES && strcmp(style_theme_names[theme], name) != 0)
        theme++;
    return theme;
}
