// SPDX-License-Identifier: MIT
#pragma once
/* The launcher's form as a command line: every field is an option, typed as on a command
 * line and checked by the same parser (command_line.h), so that what is shown is what can
 * be copied, and what is refused is refused in the same words. */
#include <stdbool.h>
#include <stddef.h>

#include "launch/launch_preset.h"
#include "machine/machine.h"
#include "options/options.h"
#include "ui/form.h"

struct launch_form;

/* The form with the first preset, for a machine and the CPUs that workers can really
 * have, which of a simulated machine are those of the one behind it; caller destroys. */
struct launch_form *launch_form_create(const struct machine *machine, double host_cpus);
void launch_form_destroy(struct launch_form *form); /* NULL is fine */

/* Its fields, to be shown and edited. */
struct form *launch_form_fields(struct launch_form *form);

/* After a field has changed (the one that has the focus): a preset fills in the others;
 * fields are hidden and shown, hints and refusals written. */
void launch_form_check(struct launch_form *form);
bool launch_form_is_refused(const struct launch_form *form);

/* The command line, quoted for a shell: "parfor run factorial -n 15". */
void launch_form_command_line(const struct launch_form *form, size_t size, char text[]);

/* The options that it comes to, with those texts they borrow from the form, until it
 * changes.  Returns 0 or -EINVAL with `fault` filled. */
int launch_form_options(
    struct launch_form *form, struct options *ret_options, struct fault *fault);

/* Whether the form has a field for all that these options say. */
bool launch_form_has(const struct options *options, const struct machine *machine);

/* Fills the form from a command line as above: from the state that was kept, or to edit
 * what was run.  Returns 0, or -EINVAL where it has what no field has; the form is then
 * as it was. */
int launch_form_take(struct launch_form *form, const char *command_line);
