// SPDX-License-Identifier: MIT
#pragma once
/* The built-in workloads, one file each; registry.c puts them into the table. */
#include "workload/workload.h"

extern const struct workload_ops workload_factorial;
extern const struct workload_ops workload_spin;
extern const struct workload_ops workload_primes;
extern const struct workload_ops workload_pi;
extern const struct workload_ops workload_matrix;
extern const struct workload_ops workload_mandelbrot;
extern const struct workload_ops workload_triangle;
extern const struct workload_ops workload_serial;
extern const struct workload_ops workload_memory;
extern const struct workload_ops workload_sharing;
extern const struct workload_ops workload_sleep;
extern const struct workload_ops workload_empty;
