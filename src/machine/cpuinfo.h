// SPDX-License-Identifier: MIT
#pragma once
/* The text of /proc/cpuinfo, "key : value" a line, whose keys differ from one
 * architecture to the next. */
#include <stdbool.h>
#include <stddef.h>

/* What the processors are called: "model name" (x86, LoongArch), "cpu model" (MIPS),
 * "cpu" (POWER), or by implementer and part (ARM, two sorts joined by " + ").  Untouched
 * and false where the text does not say. */
bool cpuinfo_find_model(const char *text, size_t size, char ret_model[]);

/* Whether the "flags" of the first CPU have `flag`. */
bool cpuinfo_has_flag(const char *text, const char *flag);

/* The clock of each processor that has one: element N is processor N's in MHz, 0 where
 * the text does not say.  Returns how many have one. */
size_t cpuinfo_find_clocks(const char *text, size_t room, int ret_mhz[]);
