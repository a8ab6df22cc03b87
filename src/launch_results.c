// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/words.h"
#include "launch_inside.h"
#include "present.h"
#include "save.h"

static void count_unsaved(struct launch *launch)
{
    size_t *count = &launch->launcher.unsaved;
    *count = 0;
    for (size_t i = 0; i < launch->results.count; i++)
        *count += launch->unsaved[i];
}

/* The gallery shows the collection; what is new, the last one, is selected. */
static void show_new(struct launch *launch, bool unsaved)
{
    struct gallery *gallery = &launch->launcher.gallery;
    const struct collection *results = &launch->results;
    bool *place = memory_append(
        (void **)&launch->unsaved, results->count - 1, sizeof *launch->unsaved);
    *place = unsaved;
    count_unsaved(launch);
    gallery_init(gallery, results->count, results->results, results->names);
    gallery->selected = results->count - 1;
}

void launch_propose_name(struct launch *launch)
{
    const struct gallery *gallery = &launch->launcher.gallery;
    save_propose(gallery->results[gallery->selected], &launch->proposal);
    entry_set(&launch->launcher.name, launch->proposal.name);
    launch->launcher.endings = launch->proposal.endings;
}

void launch_add(struct launch *launch, struct result *result)
{
    collection_add(&launch->results, result, ""); /* no file has it */
    show_new(launch, false);
}

void launch_keep(struct launch *launch, struct result *result, bool saved)
{
    if (result->stage_count == 0 && !result->check.has) {
        result_finish(result);
        return;
    }
    collection_add(&launch->results, result, "");
    show_new(launch, !saved);
    launch->last_own = launch->results.count;
}

int launch_save_as(struct launch *launch, const char *name, struct fault *fault)
{
    const struct report_manner manner = {.dark = launch->options->dark};
    size_t selected = launch->launcher.gallery.selected;
    char *path = file_typed(name);
    int error =
        save_new(launch->launcher.gallery.results[selected], path, &manner, fault);
    if (error == 0 && save_is_whole(path)) {
        launch->unsaved[selected] = false;
        count_unsaved(launch);
    }
    free(path);
    return error;
}

void launch_save(struct launch *launch, struct fault *fault)
{
    struct launcher *launcher = &launch->launcher;
    if (launch_save_as(launch, launcher->name.text, fault) == 0)
        snprintf(
            launcher->word, sizeof launcher->word, "Saved: %.200s", launcher->name.text);
}

/* A name that could not be opened is proposed again, to be mended. */
void launch_load(struct launch *launch, struct fault *fault)
{
    struct launcher *launcher = &launch->launcher;
    char *path = file_typed(launcher->name.text);
    struct stat about;
    int error = 0;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) /* it may never end */
        error = fault_input(fault, "not a file: %s", path);
    if (error == 0)
        error = collection_load(&launch->results, path, fault);
    free(path);
    entry_set(&launcher->failed_name, error < 0 ? launcher->name.text : "");
    if (error < 0)
        return;
    show_new(launch, false);
    launcher->in_gallery = true;
    text_copy(sizeof launcher->word, launcher->word, "Opened: Enter looks at it.");
}

void launch_print(const struct launch *launch, struct fault *fault)
{
    const struct options usual = {0};
    const struct present_manner manner = {
        .after = PRESENT_AFTER_SCREEN, .hurried = launch->ended};
    if (launch->last_own == 0)
        return;
    if (launch->results.count > 1 && !launch->ended)
        present_results(&launch->results, fault);
    present_print(&usual, launch->results.results[launch->last_own - 1], &manner, fault);
}
