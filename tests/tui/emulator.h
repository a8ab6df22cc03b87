// SPDX-License-Identifier: MIT
#pragma once
/* The picture on a terminal, as libvterm draws it from what a program wrote. */
#include <stdbool.h>
#include <stddef.h>

#include "terminal.h"

struct emulator;

/* `answer` gets what a terminal says by itself (keys, answers to questions). */
struct emulator *emulator_create(int rows, int columns,
    void (*answer)(const char *bytes, size_t size, void *data), void *data);
void emulator_destroy(struct emulator *emulator);

void emulator_write(struct emulator *emulator, size_t size, const char bytes[]);
void emulator_resize(struct emulator *emulator, int rows, int columns);
void emulator_press(struct emulator *emulator, enum terminal_key key);

struct terminal_state emulator_state(const struct emulator *emulator);
struct terminal_cell emulator_cell(const struct emulator *emulator, int row, int column);

/* A row in UTF-8, a blank for each empty cell up to the last column; caller frees. */
char *emulator_row(const struct emulator *emulator, int row);
