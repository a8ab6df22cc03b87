// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "base/text.h"
#include "experiment/words.h"
#include "launch_inside.h"
#include "present.h"

/* The gallery shows the collection; what is new is selected. */
static void show_results(struct launch *launch)
{
    struct gallery *gallery = &launch->launcher.gallery;
    const struct collection *results = &launch->results;
    gallery_init(gallery, results->count, results->results, results->names);
    gallery->selected = results->count - 1;
    present_propose_name(results->results[gallery->selected],
        sizeof launch->launcher.name.text, launch->launcher.name.text);
    entry_set(&launch->launcher.name, launch->launcher.name.text);
}

void launch_keep(struct launch *launch, struct result *result)
{
    if (result->stage_count == 0 && !result->check.has) {
        result_finish(result);
        return;
    }
    collection_add(&launch->results, result, ""); /* no file has it */
    launch->own_results++;
    show_results(launch);
}

void launch_save(struct launch *launch, struct fault *fault)
{
    struct launcher *launcher = &launch->launcher;
    const struct result *result = launcher->gallery.results[launcher->gallery.selected];
    if (present_save_as(result, launcher->name.text, fault) == 0)
        snprintf(
            launcher->word, sizeof launcher->word, "Saved: %.200s", launcher->name.text);
}

void launch_load(struct launch *launch, struct fault *fault)
{
    if (collection_load(&launch->results, launch->launcher.name.text, fault) < 0)
        return;
    show_results(launch);
    launch->launcher.in_gallery = true;
}

void launch_print(const struct launch *launch, struct fault *fault)
{
    const struct options usual = {0};
    const struct present_manner manner = {.after = PRESENT_AFTER_SCREEN};
    if (launch->own_results == 0)
        return;
    if (launch->results.count > 1)
        present_results(&launch->results, fault);
    present_print(
        &usual, launch->results.results[launch->results.count - 1], &manner, fault);
}
