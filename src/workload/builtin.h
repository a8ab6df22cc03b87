// SPDX-License-Identifier: MIT
#pragma once
/* The built-in workloads, one file each; registry.c puts them into the table. */
#include "workload/workload.h"

extern const struct workload_ops workload_factorial;
extern const struct workload_ops workload_spin;
extern const struct workload_ops workload_empty;
extern const struct workload_ops workload_sleep;
