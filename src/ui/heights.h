// SPDX-License-Identifier: MIT
#pragma once
/* A row of columns, each as high as its share of the area. */
#include "ui/canvas.h"

/* `shares` has one of 0 to 1 for every column of the area; below 0 is as 0. */
void heights_draw(struct canvas *canvas, const struct area *area, const float shares[]);

/* The smallest share that can be seen in so many rows. */
float heights_least(int rows);
