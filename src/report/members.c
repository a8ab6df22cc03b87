// SPDX-License-Identifier: MIT
#include "report/members.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/json_place.h"

static int check_schema(
    const struct members_schema *schema, const json_t *json, struct fault *fault)
{
    char ours[64], theirs[64];
    const char *name = json_string_value(json_object_get(json, "schema"));
    snprintf(ours, sizeof ours, "%s%d", schema->name, schema->version);
    if (!name)
        return fault_input(fault, "no schema in it (%s)", ours);
    if (strcmp(name, ours) == 0)
        return 0;
    text_copy(sizeof theirs, theirs, name);
    json_place_disarm(theirs);
    if (strncmp(name, schema->name, strlen(schema->name)) == 0)
        return fault_input(fault, "of another version of parfor: %s (%s)", theirs, ours);
    return fault_input(fault, "another kind of file: %s (%s)", theirs, ours);
}

static int read_member(const json_t *json, struct member *member, struct fault *fault)
{
    const json_t *value = json_object_get(json, member->name);
    member->present = value != NULL;
    if (!value)
        return 0;
    if (!json_is_string(value))
        return fault_input(fault, "%s: not a text", member->name);
    if (json_string_length(value) >= member->size)
        return fault_input(
            fault, "%s: too long (%zu bytes at most)", member->name, member->size - 1);
    text_copy(member->size, member->text, json_string_value(value));
    return 0;
}

int members_read(const struct members_schema *schema, size_t size, const char text[],
    size_t count, struct member members[], struct fault *fault)
{
    json_error_t wrong;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &wrong);
    if (!json) {
        json_place_disarm(wrong.text);
        return fault_input(
            fault, "line %d, column %d: %s", wrong.line, wrong.column, wrong.text);
    }
    int error = json_is_object(json) ? check_schema(schema, json, fault)
                                     : fault_input(fault, "not an object");
    for (size_t i = 0; i < count && error == 0; i++)
        error = read_member(json, &members[i], fault);
    json_decref(json);
    return error;
}

char *members_write(
    const struct members_schema *schema, size_t count, const struct member members[])
{
    char name[64];
    json_t *json = memory_need(json_object());
    snprintf(name, sizeof name, "%s%d", schema->name, schema->version);
    json_object_set_new(json, "schema", json_string(name));
    for (size_t i = 0; i < count; i++)
        if (members[i].present)
            json_object_set_new(json, members[i].name, json_string(members[i].text));
    char *text = memory_need(json_dumps(json, JSON_INDENT(2))), *whole;
    whole = text_format("%s\n", text);
    json_decref(json);
    free(text);
    return whole;
}
