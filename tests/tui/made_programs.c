// SPDX-License-Identifier: MIT
#include "made_programs.h"

#include <math.h>

#include "base/text.h"

enum { FIRST_PID = 4711 };

static const double COMPUTES_FROM = 0.5; /* of a CPU */

/* The first waits for the others, where there are any. */
static void place_spots(const struct scene *scene, struct made_programs *made)
{
    const struct machine *machine = &scene->result->machine;
    struct family *family = &made->family;
    size_t next = family->count > 1;
    for (size_t i = 0; scene->loads && i < machine->cpu_count; i++) {
        if (scene->loads[i].busy < COMPUTES_FROM || next == family->count)
            continue;
        made->processes[next].cpu = machine->cpus[i].id;
        made->spots[family->spot_count++] =
            (struct family_spot){.cpu = machine->cpus[i].id, .process = next++};
    }
}

void made_programs_scene(struct scene *scene, struct made_programs *made)
{
    const struct result_stage *stage = scene_stage(scene);
    *made = (struct made_programs){.family = {.threads = stage->threads,
                                       .count = (size_t)stage->processes,
                                       .processes = made->processes,
                                       .spots = made->spots}};
    for (size_t i = 0; i < made->family.count && i < MADE_PROCESSES_MAX; i++) {
        struct family_process *process = &made->processes[i];
        process->pid = FIRST_PID + (int)i;
        process->threads = 1;
        text_copy(sizeof process->name, process->name, "python3");
    }
    place_spots(scene, made);
    scene->family = &made->family;
    scene->expected_ns = 0; /* nobody knows before it has been run */
    scene->own_cpus = fmin((double)made->family.spot_count, scene->busy_cpus);
}
