// SPDX-License-Identifier: MIT
#pragma once
/* Names of processors, short enough for a headline. */
#include <stddef.h>

/* Shortens what a processor calls itself: "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz"
 * becomes "Xeon E5-2680 v4".  The vendor stays where little else does: "AMD EPYC". */
void brand_tidy(const char *brand, size_t size, char text[]);

/* The code name alone out of libcpuid's "EPYC (Milan)" or "Conroe (Core 2 Duo)": the part
 * that the brand does not say. */
void brand_codename(const char *codename, const char *brand, size_t size, char text[]);
