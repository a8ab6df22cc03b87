// SPDX-License-Identifier: MIT
#include "save_pictures.h"

#include <ctype.h>
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

enum { NAME_SIZE = 128, WHAT_SIZE = 48 };

struct drawn {
    char name[NAME_SIZE];
    size_t size;
    char *data;
    bool is_written;
};

/* All pictures of a result. */
struct album {
    const struct result *result;
    const char *folder;
    bool is_made; /* the folder, by us */
    size_t count;
    struct drawn *list;
};

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

int save_pictures_probe(const char *folder, struct fault *fault)
{
    struct stat about;
    int error = pictures_probe(fault);
    if (error < 0)
        return error;
    if (!is_folder(folder)) {
        if (stat(folder, &about) == 0)
            return fault_input(fault, "not a folder: --pictures %s", folder);
        return file_probe(folder, fault);
    }
    char *inside = text_format("%s/picture.png", folder);
    error = file_probe(inside, fault);
    free(inside);
    return error;
}

/* What was run, of letters that any file's name can have. */
static void name_what(
    const struct result *result, const struct result_stage *stage, char what[WHAT_SIZE])
{
    const struct plan *plan = &result->plan;
    const char *text = plan->workload[0] && !plan->commands
                           ? plan->workload
                           : plan_command_names[plan->command];
    if (stage->kind == RESULT_PROGRAM && stage->program < (int)result->programs.count)
        text = result->programs.list[stage->program].text;
    const char *base = plan->tells && strrchr(text, '/') ? strrchr(text, '/') + 1 : text;
    text_copy(WHAT_SIZE, what, base);
    for (char *letter = what; *letter; letter++)
        if (!isalnum((unsigned char)*letter) && !strchr(".-_", *letter))
            *letter = '-';
}

static bool is_taken(const struct album *album, const char *name)
{
    for (size_t i = 0; i < album->count; i++)
        if (strcmp(album->list[i].name, name) == 0)
            return true;
    return false;
}

/* Of a sweep with the number of workers, of stages of the same length with a number. */
static void name_stage(
    const struct album *album, const struct result_stage *stage, char name[NAME_SIZE])
{
    char what[WHAT_SIZE], workers[24] = "";
    bool is_point =
        album->result->plan.command == PLAN_SWEEP && stage->kind == RESULT_PARALLEL;
    name_what(album->result, stage, what);
    if (is_point)
        snprintf(workers, sizeof workers, "%d_", stage->workers);
    for (int i = 1; i == 1 || is_taken(album, name); i++) {
        char again[16] = "";
        if (i > 1)
            snprintf(again, sizeof again, "_%d", i);
        snprintf(name, NAME_SIZE, "%s_%s%s_(dt=%.3fs)%s.png", result_stage_name(stage),
            workers, what, (double)stage->elapsed_ns / NS_PER_S, again);
    }
}

static int draw_all(
    struct album *album, const struct report_manner *manner, struct fault *fault)
{
    const struct result *result = album->result;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        const struct picture_setup setup = {.kind = PICTURE_STAGE,
            .form = PAPER_PNG,
            .dark = manner->dark,
            .stage = stage};
        struct drawn drawn = {.size = 0};
        if (stage->warmup)
            continue;
        name_stage(album, stage, drawn.name);
        int error = pictures_write(result, &setup, &drawn.data, &drawn.size, fault);
        if (error < 0)
            return error;
        struct drawn *place =
            memory_append((void **)&album->list, album->count, sizeof *album->list);
        *place = drawn;
        album->count++;
    }
    return 0;
}

static int write_one(const struct album *album, struct drawn *drawn, struct fault *fault)
{
    char *path = text_format("%s/%s", album->folder, drawn->name);
    int error = file_write(path, drawn->size, drawn->data, fault);
    drawn->is_written = error == 0;
    free(path);
    return error;
}

static int write_all(struct album *album, struct fault *fault)
{
    int error = 0;
    if (!is_folder(album->folder)) {
        if (mkdir(album->folder, 0777) < 0)
            return fault_system(
                fault, -errno, "cannot make the folder %s", album->folder);
        album->is_made = true;
    }
    for (size_t i = 0; i < album->count && error == 0; i++)
        error = write_one(album, &album->list[i], fault);
    return error;
}

static void take_back(const struct album *album)
{
    for (size_t i = 0; i < album->count; i++) {
        char *path = text_format("%s/%s", album->folder, album->list[i].name);
        if (album->list[i].is_written)
            unlink(path);
        free(path);
    }
    if (album->is_made)
        rmdir(album->folder);
}

int save_pictures(const struct result *result, const char *folder,
    const struct report_manner *manner, struct fault *fault)
{
    struct album album = {.result = result, .folder = folder};
    int error = draw_all(&album, manner, fault);
    if (error == 0)
        error = write_all(&album, fault);
    if (error < 0)
        take_back(&album);
    for (size_t i = 0; i < album.count; i++)
        free(album.list[i].data);
    free(album.list);
    return error;
}
