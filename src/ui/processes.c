// SPDX-License-Identifier: MIT
#include "ui/processes.h"

#include <stdio.h>
#include <string.h>

#include "experiment/words_items.h"

enum { PLACE = 13 }; /* columns beside a percentage */

void processes_on_cpu(const struct family *family, int cpu, size_t size, char text[])
{
    int found = 0;
    text[0] = '\0';
    for (size_t i = 0; i < family->spot_count; i++) {
        const struct family_process *process =
            &family->processes[family->spots[i].process];
        char name[PLACE], pid[PLACE];
        if (family->spots[i].cpu != cpu || found++ > 0)
            continue;
        int digits = snprintf(pid, sizeof pid, "%d", (int)process->pid);
        size_t room = PLACE - (size_t)digits; /* with the end */
        words_clean(strlen(process->name), process->name, room, name);
        snprintf(text, size, "%s %s", name, pid);
    }
    if (found > 1)
        snprintf(text, size, "%d threads", found);
}

void processes_count(int processes, int threads, size_t size, char text[])
{
    if (threads > processes)
        snprintf(text, size, "%d proc., %d threads", processes, threads);
    else
        snprintf(text, size, "%d process%s", processes, processes == 1 ? "" : "es");
}
