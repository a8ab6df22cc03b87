// SPDX-License-Identifier: MIT
#pragma once
/* A terminal's screen as an SVG picture: characters as text, block characters as
 * rectangles, so that no gaps of a font show between them. */
#include <stdio.h>

#include "terminal.h"

void svg_write(const struct terminal *terminal, FILE *file);
