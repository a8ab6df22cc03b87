// SPDX-License-Identifier: MIT
#pragma once
/* Keeping the calling process on one CPU. */

/* Pins it; whatever it starts from then on inherits that.  Returns 0 or -errno: -EINVAL
 * for a CPU that is offline or that we may not use. */
int pin_to(int cpu);
