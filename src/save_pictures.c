// SPDX-License-Identifier: MIT
#include "save_pictures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/pictures.h"
#include "save_stem.h"

enum { NAME_SIZE = 160 };

/* All pictures of a result, each beside its place until all are there. */
struct album {
    const struct result *result;
    char *folder; /* without a slash at its end; owned */
    bool is_made; /* by us */
    size_t count;
    struct file_draft *drafts;
    char (*names)[NAME_SIZE];
};

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* As a shell completes it, with slashes at its end, it may not be there yet. */
static char *folder_of(const char *typed)
{
    char *folder = memory_need(strdup(typed));
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    return folder;
}

static int probe_folder(const char *folder, struct fault *fault)
{
    struct stat about;
    if (!is_folder(folder)) {
        if (stat(folder, &about) == 0)
            return fault_input(fault, "not a folder: --pictures %s", folder);
        return file_probe(folder, fault);
    }
    char *inside = text_format("%s/picture.png", folder);
    int error = file_probe(inside, fault);
    free(inside);
    return error;
}

int save_pictures_probe(const char *typed, struct fault *fault)
{
    char *folder = folder_of(typed);
    int error = pictures_probe(fault);
    if (error == 0)
        error = probe_folder(folder, fault);
    free(folder);
    return error;
}

static bool is_taken(const struct album *album, const char *name)
{
    for (size_t i = 0; i < album->count; i++)
        if (strcmp(album->names[i], name) == 0)
            return true;
    return false;
}

/* Of a sweep with the number of workers, of stages of the same length with a number; a
 * time that is only projected says so. */
static void name_stage(
    const struct album *album, const struct result_stage *stage, char name[NAME_SIZE])
{
    char stem[SAVE_STEM_SIZE], workers[24] = "";
    bool is_point =
        album->result->plan.command == PLAN_SWEEP && stage->kind == RESULT_PARALLEL;
    save_stem(album->result, stage, stem);
    if (is_point)
        snprintf(workers, sizeof workers, "%d_", stage->workers);
    for (int i = 1; i == 1 || is_taken(album, name); i++) {
        char again[16] = "";
        if (i > 1)
            snprintf(again, sizeof again, "_%d", i);
        snprintf(name, NAME_SIZE, "%s_%s%s_(dt=%s%.3fs)%s.png", result_stage_name(stage),
            workers, stem, stage->projected ? "~" : "",
            (double)stage->elapsed_ns / NS_PER_S, again);
    }
}

static int write_one(struct album *album, const struct result_stage *stage,
    const struct report_manner *manner, struct fault *fault)
{
    const struct picture_setup setup = {
        .kind = PICTURE_STAGE, .form = PAPER_PNG, .dark = manner->dark, .stage = stage};
    char name[NAME_SIZE], *data;
    size_t size;
    struct file_draft draft;
    name_stage(album, stage, name);
    int error = pictures_write(album->result, &setup, &data, &size, fault);
    if (error < 0)
        return error;
    char *path = text_format("%s/%s", album->folder, name);
    error = file_draft_write(&draft, path, size, data, fault);
    free(path);
    free(data);
    if (error < 0)
        return error;
    struct file_draft *place =
        memory_append((void **)&album->drafts, album->count, sizeof *album->drafts);
    *place = draft;
    char *kept =
        memory_append((void **)&album->names, album->count, sizeof *album->names);
    memcpy(kept, name, sizeof name);
    album->count++;
    return 0;
}

static int write_all(
    struct album *album, const struct report_manner *manner, struct fault *fault)
{
    const struct result *result = album->result;
    int error = 0;
    if (!is_folder(album->folder)) {
        if (mkdir(album->folder, 0777) < 0)
            return fault_system(
                fault, -errno, "cannot make the folder %s", album->folder);
        album->is_made = true;
    }
    for (size_t i = 0; i < result->stage_count && error == 0; i++)
        if (!result->stages[i].warmup)
            error = write_one(album, &result->stages[i], manner, fault);
    for (size_t i = 0; i < album->count && error == 0; i++)
        error = file_draft_keep(&album->drafts[i], fault);
    return error;
}

static bool has_pictures(const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++)
        if (!result->stages[i].warmup && !result->check.has)
            return true;
    return false;
}

int save_pictures(const struct result *result, const char *folder,
    const struct report_manner *manner, struct fault *fault)
{
    struct album album = {.result = result};
    if (!has_pictures(result))
        return fault_input(fault, "%s has nothing for --pictures: %s",
            plan_command_names[result->plan.command],
            result->check.has ? "there are no stages in it" : "no stage was run");
    album.folder = folder_of(folder);
    int error = write_all(&album, manner, fault);
    for (size_t i = 0; i < album.count; i++)
        file_draft_drop(&album.drafts[i]);
    if (error < 0 && album.is_made)
        rmdir(album.folder);
    free(album.drafts);
    free(album.names);
    free(album.folder);
    return error;
}
