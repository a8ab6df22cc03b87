// SPDX-License-Identifier: MIT
#pragma once
/* Words that the help of several views has in common. */

#define VIEW_HELP_TOP "Top line: the loop, and the machine that it runs on."
#define VIEW_HELP_CELLS                                                                  \
    "A cell: block from 95 %, tens digit, dot below 5 %; x offline, - not for us"
#define VIEW_HELP_DETAILS                                                                \
    {                                                                                    \
        "d", "details: bars split into u programs, n low priority, s kernel, "           \
             "i interrupts, t taken by the host; CPU numbers"                            \
    }
