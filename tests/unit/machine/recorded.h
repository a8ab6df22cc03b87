// SPDX-License-Identifier: MIT
#pragma once
/* Machines recorded elsewhere, in the folder PARFOR_MACHINES names. */
#include <dirent.h>
#include <spawn.h>
#include <sys/wait.h>

#include "fixture.h"

/* Unpacks FOLDER/NAME.tar.bz2 below `target`; false if there is no such file. */
__attribute__((noinline, unused)) static bool recorded_unpack(
    const char *name, const char *target)
{
    const char *machines = getenv("PARFOR_MACHINES");
    char *archive = text_format("%s/%s.tar.bz2", machines ? machines : "", name);
    bool there = access(archive, R_OK) == 0;
    char tar[] = "tar", flags[] = "-xjf", into[] = "-C", *where = text_duplicate(target);
    char *arguments[] = {tar, flags, archive, into, where, NULL};
    pid_t child;
    int status = 0;
    if (there) {
        assert_int_equal(posix_spawnp(&child, "tar", NULL, NULL, arguments, environ), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
    }
    free(where);
    free(archive);
    return there && status == 0;
}

/* The one folder that an archive holds, which may be called otherwise. */
__attribute__((noinline, unused)) static char *recorded_find_only_folder(
    const char *folder)
{
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    char *path = NULL;
    for (struct dirent *entry; !path && (entry = readdir(stream));)
        if (entry->d_name[0] != '.')
            path = text_format("%s/%s", folder, entry->d_name);
    closedir(stream);
    assert_non_null(path);
    return path;
}

/* Opens the tree of a recorded machine; skips the test where the recording is missing.
 * fixture_remove() takes the folder away. */
__attribute__((noinline, unused)) static char *recorded_open(
    const char *name, struct root *ret_root)
{
    char *folder = fixture_make_folder();
    if (!recorded_unpack(name, folder)) {
        fixture_remove(folder);
        print_message("skipped: %s.tar.bz2 is not there or cannot be unpacked\n", name);
        skip();
    }
    char *tree = recorded_find_only_folder(folder);
    fixture_open_path(tree, ret_root);
    free(tree);
    return folder;
}
