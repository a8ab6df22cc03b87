// SPDX-License-Identifier: MIT
#include "workload/plugin.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "workload/plugin_adapt.h"
#include "workload/plugin_compile.h"
#include "workload/plugin_text.h"

static const char SYMBOL[] = "parfor_workload";

enum { NAME_MOST = 40, LINE_MOST = 200 };

struct plugin {
    void *library;
    char *path; /* as it was given */
    char *name; /* of the body, where it gives none */
    struct plugin_body body;
    struct workload_ops ops;
};

static bool has_ending(const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    size_t length = strlen(file), size = strlen(ending);
    return length > size && strcmp(file + length - size, ending) == 0;
}

bool plugin_is_one(const char *path)
{
    return has_ending(path, ".so") || has_ending(path, ".c");
}

const char *plugin_template(void)
{
    return plugin_text_template;
}

static bool is_name(const char *text, const char *also)
{
    size_t length = strnlen(text, NAME_MOST + 1);
    if (length == 0 || length > NAME_MOST)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isascii(text[i]) || (!isalnum(text[i]) && !strchr(also, text[i])))
            return false;
    return true;
}

/* Text that stands in one line of a screen; NULL is fine. */
static bool is_line(const char *text)
{
    if (!text)
        return true;
    if (strnlen(text, LINE_MOST + 1) > LINE_MOST)
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

/* "frames" of "a/frames.c", with what is odd in a name replaced. */
static char *name_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = text_duplicate(slash ? slash + 1 : path);
    *strrchr(name, '.') = '\0';
    if (strlen(name) > NAME_MOST)
        name[NAME_MOST] = '\0';
    for (char *at = name; *at; at++)
        if (!isascii(*at) || (!isalnum(*at) && !strchr("-_.", *at)))
            *at = '_';
    return name;
}

static int check_parameter(const struct plugin *plugin, int number, struct fault *fault)
{
    const struct parfor_parameter *parameters = plugin->body.workload.parameters;
    const struct parfor_parameter *parameter = &parameters[number];
    if (!is_name(parameter->name, "-_"))
        return fault_input(fault,
            "a wrong loop body: %s (a parameter's name is of letters, digits, - and _)",
            plugin->path);
    for (int i = 0; i < number; i++)
        if (strcmp(parameters[i].name, parameter->name) == 0)
            return fault_input(fault, "a wrong loop body: %s (two parameters named %s)",
                plugin->path, parameter->name);
    if (parameter->usual < parameter->least || parameter->usual > parameter->most)
        return fault_input(fault,
            "a wrong loop body: %s (the usual %s, %" PRId64 ", is not from %" PRId64
            " to %" PRId64 ")",
            plugin->path, parameter->name, parameter->usual, parameter->least,
            parameter->most);
    return 0;
}

static int check_parameters(struct plugin *plugin, struct fault *fault)
{
    struct plugin_body *body = &plugin->body;
    int count = 0, error = 0;
    while (error == 0 && count < PARFOR_PARAMETERS &&
           body->workload.parameters[count].name) {
        error = check_parameter(plugin, count, fault);
        body->values[count] = body->workload.parameters[count].usual;
        count++;
    }
    body->parameter_count = count;
    return error;
}

static int check_body(struct plugin *plugin, struct fault *fault)
{
    const struct parfor_workload *workload = &plugin->body.workload;
    if (!workload->run)
        return fault_input(fault, "a loop body without run(): %s", plugin->path);
    if (workload->name && !is_name(workload->name, "-_."))
        return fault_input(fault,
            "a wrong loop body: %s (its name is of letters, digits, - _ and .)",
            plugin->path);
    if (!is_line(workload->summary) || !is_line(workload->value_name))
        return fault_input(fault,
            "a wrong loop body: %s (its texts are of one line, up to %d bytes)",
            plugin->path, LINE_MOST);
    plugin->body.name = workload->name ? workload->name : plugin->name;
    return check_parameters(plugin, fault);
}

/* Copies what there is of it: one made with an older header is shorter; of one made with
 * a newer header the fields that are not known here must not be used. */
static int copy_body(
    struct plugin *plugin, const struct parfor_workload *found, struct fault *fault)
{
    enum { SIZE_MOST = 65536 };
    size_t known = sizeof plugin->body.workload, size = found->struct_size;
    if (found->abi != PARFOR_ABI)
        return fault_input(fault,
            "a loop body for another version: %s (made for version %" PRIu32
            " of parfor/workload.h; this program knows %d)",
            plugin->path, found->abi, PARFOR_ABI);
    if (size < offsetof(struct parfor_workload, run) + sizeof found->run ||
        size > SIZE_MOST)
        return fault_input(fault,
            "a wrong loop body: %s (its struct_size is not sizeof(struct "
            "parfor_workload))",
            plugin->path);
    for (size_t i = known; i < size; i++)
        if (((const char *)found)[i] != 0)
            return fault_input(fault,
                "a loop body that needs a newer parfor: %s (made with a later "
                "parfor/workload.h)",
                plugin->path);
    memcpy(&plugin->body.workload, found, size < known ? size : known);
    return 0;
}

/* What the loader says, without the name of the file in front of it. */
static const char *loader_message(const char *object)
{
    const char *message = dlerror();
    size_t length = strlen(object);
    if (!message)
        return "no message";
    bool named =
        strncmp(message, object, length) == 0 && strncmp(message + length, ": ", 2) == 0;
    return named ? message + length + 2 : message;
}

static int load(struct plugin *plugin, const char *object, struct fault *fault)
{
    plugin->library = dlopen(object, RTLD_NOW | RTLD_LOCAL);
    if (!plugin->library)
        return fault_input(fault, "a loop body that cannot be loaded: %s (%s)",
            plugin->path, loader_message(object));
    const struct parfor_workload *found = dlsym(plugin->library, SYMBOL);
    if (!found)
        return fault_input(fault,
            "no loop body in it: %s (it has to define %s; parfor list --template prints "
            "one)",
            plugin->path, SYMBOL);
    return copy_body(plugin, found, fault);
}

static int load_source(struct plugin *plugin, const char *flags, struct fault *fault)
{
    struct plugin_compile compile;
    int error = plugin_compile_begin(&compile, plugin->path, flags, fault);
    if (error == 0)
        error = load(plugin, compile.object, fault);
    plugin_compile_end(&compile);
    return error;
}

/* Without a slash the loader would look for it among the system's libraries. */
static int load_object(struct plugin *plugin, struct fault *fault)
{
    char *object =
        text_format("%s%s", strchr(plugin->path, '/') ? "" : "./", plugin->path);
    int error = load(plugin, object, fault);
    free(object);
    return error;
}

static int check_file(const char *path, struct fault *fault)
{
    struct stat status;
    if (!plugin_is_one(path))
        return fault_input(fault, "not a loop body: %s (FILE.c or FILE.so)", path);
    if (stat(path, &status) < 0)
        return fault_input(
            fault, errno == ENOENT ? "no such file: %s" : "cannot read: %s", path);
    if (!S_ISREG(status.st_mode))
        return fault_input(fault, "not a file: %s", path);
    if (access(path, R_OK) < 0)
        return fault_input(fault, "cannot read: %s (no permission)", path);
    return 0;
}

int plugin_open(
    const char *path, const char *flags, struct plugin **ret_plugin, struct fault *fault)
{
    int error = check_file(path, fault);
    if (error < 0)
        return error;
    struct plugin *plugin = memory_new(1, sizeof *plugin);
    plugin->path = text_duplicate(path);
    plugin->name = name_of_file(path);
    plugin->body.output = plugin_output_create();
    error = has_ending(path, ".c") ? load_source(plugin, flags, fault)
                                   : load_object(plugin, fault);
    if (error == 0)
        error = check_body(plugin, fault);
    if (error < 0) {
        plugin_close(plugin);
        return error;
    }
    plugin->ops = plugin_adapt(&plugin->body);
    *ret_plugin = plugin;
    return 0;
}

void plugin_close(struct plugin *plugin)
{
    if (!plugin)
        return;
    plugin_output_destroy(plugin->body.output);
    if (plugin->library)
        dlclose(plugin->library);
    free(plugin->name);
    free(plugin->path);
    free(plugin);
}

static int unknown_parameter(
    const struct plugin *plugin, const char *name, struct fault *fault)
{
    const struct plugin_body *body = &plugin->body;
    const char *names[PARFOR_PARAMETERS];
    for (int i = 0; i < body->parameter_count; i++)
        names[i] = body->workload.parameters[i].name;
    const char *nearest = text_nearest(name, (size_t)body->parameter_count, names);
    if (nearest)
        return fault_input(fault, "%s has no such parameter: %s (did you mean %s?)",
            body->name, name, nearest);
    char list[256] = "";
    for (int i = 0; i < body->parameter_count; i++)
        text_append(sizeof list, list, "%s%s", i == 0 ? "" : ", ", names[i]);
    return fault_input(fault, "%s has no such parameter: %s (it has %s)", body->name,
        name, body->parameter_count > 0 ? list : "none");
}

static int set_value(
    struct plugin_body *body, int number, const char *text, struct fault *fault)
{
    const struct parfor_parameter *parameter = &body->workload.parameters[number];
    int64_t value;
    int error = number_parse(text, &value);
    if (error == -EINVAL)
        return fault_input(fault, "not a whole number: %s (%s of %s)", text,
            parameter->name, body->name);
    if (error < 0 || value < parameter->least || value > parameter->most)
        return fault_input(fault, "%s out of range: %s (%s: %" PRId64 " to %" PRId64 ")",
            parameter->name, text, body->name, parameter->least, parameter->most);
    body->values[number] = value;
    return 0;
}

int plugin_set(struct plugin *plugin, const char *setting, struct fault *fault)
{
    struct plugin_body *body = &plugin->body;
    const char *equals = strchr(setting, '=');
    if (!equals)
        return fault_input(fault, "no value: %s (NAME=VALUE)", setting);
    char *name = text_duplicate(setting);
    name[equals - setting] = '\0';
    int number = 0;
    while (number < body->parameter_count &&
           strcmp(body->workload.parameters[number].name, name) != 0)
        number++;
    int error = number < body->parameter_count
                    ? set_value(body, number, equals + 1, fault)
                    : unknown_parameter(plugin, name, fault);
    free(name);
    if (error == 0)
        plugin->ops.size_default = body->values[0];
    return error;
}

const char *plugin_name(const struct plugin *plugin)
{
    return plugin->body.name;
}

int plugin_job(struct plugin *plugin, int64_t size, struct workload_job *ret_job,
    struct fault *fault)
{
    struct workload_job job;
    int error = workload_job_init(
        &job, &plugin->ops, size ? size : plugin->ops.size_default, fault);
    if (error < 0)
        return error;
    job.body = &plugin->body;
    *ret_job = job;
    return 0;
}
