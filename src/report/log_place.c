// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "report/log.h"
#include "report/log_line.h"

/* As the XDG Base Directory Specification has it: what is not absolute does not count. */
static int find_folder(size_t size, char path[], struct fault *fault)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length;
    if (state && *state == '/')
        length = snprintf(path, size, "%s/parfor/runs", state);
    else if (home && *home == '/')
        length = snprintf(path, size, "%s/.local/state/parfor/runs", home);
    else
        return fault_input(fault, "no place for the log: neither XDG_STATE_HOME nor HOME "
                                  "is set (name a file: --log FILE)");
    if ((size_t)length >= size)
        return fault_input(fault, "no place for the log: the name is too long: %.80s…",
            state && *state == '/' ? state : home);
    return 0;
}

/* Makes the folder and all above it, private where they are new. */
static int make_folders(char path[])
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int made = mkdir(path, 0700);
        int error = made < 0 && errno != EEXIST ? -errno : 0;
        *slash = '/';
        if (error == -ENOENT || error == -ENOTDIR || error == -ENAMETOOLONG)
            return error;
    }
    return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

int log_choose_path(size_t size, char path[], struct fault *fault)
{
    int error = find_folder(size, path, fault);
    if (error < 0)
        return error;
    error = make_folders(path);
    if (error < 0)
        return fault_system(fault, error, "cannot make the folder for the log, %s", path);
    char name[64], moment[32];
    time_t now = time(NULL);
    struct tm broken;
    localtime_r(&now, &broken);
    strftime(moment, sizeof moment, "%Y-%m-%d-%H%M%S", &broken);
    snprintf(name, sizeof name, "/%s-%d.jsonl", moment, (int)getpid());
    if (strlen(path) + strlen(name) >= size)
        return fault_input(
            fault, "no place for the log: the name is too long: %.80s…", path);
    text_append(size, path, "%s", name);
    return 0;
}

bool log_is_one(const char *path)
{
    char text[64] = "";
    FILE *in = fopen(path, "re");
    if (!in)
        return false;
    size_t length = fread(text, 1, sizeof text - 1, in);
    fclose(in);
    text[length] = '\0';
    return *text == '{' && strstr(text, "\"schema\"") &&
           strstr(text, "\"" LOG_SCHEMA_NAME);
}
