// SPDX-License-Identifier: MIT
#include "report/csv_check.h"

#include "report/csv_row.h"

/* What the machine says of a CPU. */
struct seat {
    int core, package, node;
    const char *kind;
};

static const struct csv_field host_fields[] = {
    CSV_FIELD("host", TEXT, NONE, result_check, host),
};

static const struct csv_field id_fields[] = {
    CSV_FIELD("cpu", INT, NONE, check_cpu, id),
};

static const struct csv_field seat_fields[] = {
    CSV_FIELD("kind", WORDS, NONE, seat, kind),
    CSV_FIELD("core", INT, NEGATIVE, seat, core),
    CSV_FIELD("package", INT, NEGATIVE, seat, package),
    CSV_FIELD("node", INT, NEGATIVE, seat, node),
};

static const struct csv_field times_fields[] = {
    CSV_FIELD("rounds", INTEGER, NONE, check_times, rounds),
    CSV_FIELD("median_s", SECONDS, NONE, check_times, median_ns),
    CSV_FIELD("min_s", SECONDS, NONE, check_times, min_ns),
    CSV_FIELD("elapsed_s", SECONDS, NONE, check_times, elapsed_ns),
    CSV_FIELD("waited", REAL, NONE, check_times, waited),
    CSV_FIELD("slowness", REAL, ZERO, check_times, slowness),
};

static const struct csv_field speed_fields[] = {
    CSV_FIELD("ratio", REAL, ZERO, check_cpu, ratio),
    CSV_FIELD("drift", REAL, ZERO, check_cpu, drift),
    CSV_FIELD("slow", BOOL, NONE, check_cpu, slow),
    CSV_FIELD("tasks", INTEGER, NONE, check_cpu, tasks),
    CSV_FIELD("wrong", INTEGER, NONE, check_cpu, wrong),
};

static const struct csv_field answer_fields[] = {
    CSV_FIELD("wrong_answer", DIGEST, NONE, check_cpu, wrong_answer),
};

static const struct csv_field again_fields[] = {
    CSV_FIELD("again_tasks", INTEGER, NONE, check_cpu, again_tasks),
    CSV_FIELD("again_wrong", INTEGER, NONE, check_cpu, again_wrong),
    CSV_FIELD("neighbour", INT, NEGATIVE, check_cpu, neighbour),
    CSV_FIELD("neighbour_wrong", INTEGER, NONE, check_cpu, neighbour_wrong),
    CSV_FIELD("refused", INT, ZERO, check_cpu, refused),
    CSV_FIELD("died_of", SIGNAL, ZERO, check_cpu, died_of),
};

static struct seat find_seat(const struct machine *machine, int id)
{
    int index = machine_cpu_index(machine, id);
    if (index < 0)
        return (struct seat){-1, -1, -1, NULL};
    const struct machine_cpu *cpu = &machine->cpus[index];
    struct seat seat = {cpu->core, cpu->package, cpu->node, NULL};
    if (cpu->kind >= 0 && (size_t)cpu->kind < machine->kind_count)
        seat.kind = machine->kinds[cpu->kind].name;
    return seat;
}

/* A part that the CPU was not in is empty. */
static struct csv_part times_part(const struct check_times *times, const char *prefix)
{
    struct csv_part part = CSV_PART(times_fields, NULL);
    part.prefix = prefix;
    if (times && times->rounds > 0)
        part.object = times;
    return part;
}

/* Without a CPU: the names of the columns. */
static void print_cpu(FILE *out, const struct result *result, const struct check_cpu *cpu)
{
    struct seat seat = find_seat(&result->machine, cpu ? cpu->id : -1);
    const struct csv_part parts[] = {
        CSV_PART(host_fields, &result->check),
        CSV_PART(id_fields, cpu),
        CSV_PART(seat_fields, &seat),
        times_part(cpu ? &cpu->alone : NULL, "alone_"),
        times_part(cpu ? &cpu->again : NULL, "again_"),
        times_part(cpu ? &cpu->cores : NULL, "cores_"),
        times_part(cpu ? &cpu->together : NULL, "together_"),
        CSV_PART(speed_fields, cpu),
        CSV_PART(answer_fields, cpu && cpu->wrong > 0 ? cpu : NULL),
        CSV_PART(again_fields, cpu),
    };
    if (cpu)
        csv_print_row(out, sizeof parts / sizeof *parts, parts);
    else
        csv_print_names(out, sizeof parts / sizeof *parts, parts);
}

void csv_check_print(FILE *out, const struct result *result)
{
    print_cpu(out, result, NULL);
    for (size_t i = 0; i < result->check.cpu_count; i++)
        print_cpu(out, result, &result->check.cpus[i]);
}
