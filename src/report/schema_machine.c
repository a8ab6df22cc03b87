// SPDX-License-Identifier: MIT
#include "report/schema_table.h"

static const struct field limit_fields[] = {
    FIELD("source", TEXT, machine_limit, source),
    FIELD("cpus", REAL, machine_limit, cpus, RANGE(0, INT32_MAX)),
    FIELD("where", TEXT, machine_limit, where, OPTIONAL),
};
static const struct schema limit = SCHEMA(machine_limit, limit_fields);

static const struct field kind_fields[] = {
    FIELD("name", TEXT, machine_kind, name),
    FIELD("cores", INTEGER, machine_kind, cores, CPUS),
};
static const struct schema kind = SCHEMA(machine_kind, kind_fields);

static const struct field cpu_fields[] = {
    FIELD("cpu", INTEGER, machine_cpu, id, CPU),
    FIELD("core", INTEGER, machine_cpu, core, CPU, NULL_FOR(-1)),
    FIELD("package", INTEGER, machine_cpu, package, CPU, NULL_FOR(-1)),
    FIELD("node", INTEGER, machine_cpu, node, CPU, NULL_FOR(-1)),
    FIELD("l3", INTEGER, machine_cpu, l3, CPU, NULL_FOR(-1)),
    FIELD("kind", CORE, machine_cpu, kind, NULL_FOR(-1)),
    FIELD("online", BOOL, machine_cpu, online),
    FIELD("allowed", BOOL, machine_cpu, allowed),
};

static bool ids_rise(const void *object, size_t index)
{
    const struct machine_cpu *cpu = object;
    return index == 0 || cpu[0].id > cpu[-1].id;
}

static const struct schema cpu =
    SCHEMA(machine_cpu, cpu_fields, .holds = ids_rise, .rule = "CPUs by rising number");

static const struct field machine_fields[] = {
    FIELD("cpu", TEXT, machine, cpu_name),
    FIELD("codename", TEXT, machine, codename),
    FIELD("packages", INTEGER, machine, packages, CPUS),
    FIELD("cores", INTEGER, machine, cores, CPUS),
    FIELD("online_cpus", INTEGER, machine, online_cpus, CPUS),
    FIELD("usable_cpus", REAL, machine, usable_cpus, CPUS),
    FIELD("limits", LIST, machine, limits, .schema = &limit,
        COUNTED(machine, limit_count, 1000)),
    FIELD("virtual", TEXT, machine, virtual_kind, NULL_FOR(0)),
    FIELD("simulated", BOOL, machine, simulated),
    FIELD("topology_known", BOOL, machine, topology_known, OPTIONAL, .missing = true),
    FIELD("kinds", LIST, machine, kinds, .schema = &kind, OPTIONAL,
        COUNTED(machine, kind_count, SCHEMA_CPUS_MAX)),
    FIELD("topology", LIST, machine, cpus, .schema = &cpu,
        COUNTED(machine, cpu_count, SCHEMA_CPUS_MAX)),
};
const struct schema schema_machine = SCHEMA(machine, machine_fields, .is_long = true);
