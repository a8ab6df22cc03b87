// SPDX-License-Identifier: MIT
#pragma once
/* Files of the source tree that are in the program as texts: made by embed.sh when the
 * program is built. */

extern const char plugin_text_header[];   /* parfor/workload.h */
extern const char plugin_text_template[]; /* assets/examples/body.c */
