// SPDX-License-Identifier: MIT
#include <getopt.h>
#include <string.h>

#include "launch/launch_fields.h"
#include "options/command_table.h"
#include "options/option_table.h"
#include "pool/schedule.h"

/* The table's entry for what getopt_long() has found; NULL: none, as for a word. */
static const struct option_entry *find_entry(int code, unsigned command)
{
    if (code >= 256)
        return &option_entries[code - 256];
    for (size_t i = 0; code > 1 && option_entries[i].name; i++)
        if (option_entries[i].letter == code && option_entries[i].commands & command)
            return &option_entries[i];
    return NULL;
}

void launch_each_option(int argc, char *argv[],
    void (*take)(void *data, const char *name, const char *value, char letter),
    void *data)
{
    unsigned command = command_table_find(argv[1])->bit;
    struct option options[OPTION_ENTRIES + 1] = {0}, *option = options;
    char letters[2 * OPTION_ENTRIES + 2] = "-", *letter = letters + 1;
    for (size_t i = 0; option_entries[i].name; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (!(entry->commands & command))
            continue;
        int argument = entry->argument ? required_argument : no_argument;
        *option++ = (struct option){entry->name, argument, NULL, 256 + (int)i};
        if (entry->letter)
            *letter++ = entry->letter;
        if (entry->letter && entry->argument)
            *letter++ = ':';
    }
    optind = 0;
    for (int code;
         (code = getopt_long(argc - 1, argv + 1, letters, options, NULL)) != -1;) {
        const struct option_entry *entry = find_entry(code, command);
        if (entry)
            take(data, entry->name, entry->argument ? optarg : NULL,
                code < 256 ? (char)code : '\0');
    }
}

/* The longest first is one of the schedules: dynamic in that order. */
enum launch_field launch_field_of(const struct launch_form *form, const char *option)
{
    static const struct {
        const char *option;
        enum launch_field field;
    } fields[] = {{"size", LAUNCH_SIZE}, {"iterations", LAUNCH_TASKS},
        {"seconds", LAUNCH_TASKS}, {"workers", LAUNCH_WORKERS},
        {"repeats", LAUNCH_REPEATS}, {"arg-file", LAUNCH_LIST}, {"long", LAUNCH_LASTS},
        {"quick", LAUNCH_LASTS}, {"expect", LAUNCH_EXPECT}, {"schedule", LAUNCH_SCHEDULE},
        {"fork-per-task", LAUNCH_FORK}, {"ask", LAUNCH_DO}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].option, option) == 0)
            return fields[i].field;
    const struct schedule_ops *schedule = launch_schedule(form);
    bool has_order =
        strcmp(option, "order") == 0 && (!schedule || schedule == schedule_table[0]);
    return has_order ? LAUNCH_SCHEDULE : LAUNCH_FIELDS;
}
