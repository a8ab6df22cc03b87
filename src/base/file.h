// SPDX-License-Identifier: MIT
#pragma once
/* Files: read below a root given at start, written whole or not at all. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/* Where /proc and /sys are looked for: the real machine, or a recorded tree. */
struct root {
    int fd;         /* the folder, for openat() */
    bool simulated; /* not the machine that the program runs on */
};

/* Opens `path` (NULL is the real machine's "/").  Returns 0 or -errno with `fault`
 * filled. */
int root_open(const char *path, struct root *ret_root, struct fault *fault);
void root_close(struct root *root);

/* Opens a file for reading; `path` is relative to the root ("proc/stat").  A descriptor
 * or -errno. */
int root_open_file(const struct root *root, const char *path);

/* Reads a file of at most `limit` bytes into fresh memory, ended by a NUL that is not
 * counted. Caller frees *ret_text.  Returns 0 or -errno (-EFBIG past the limit). */
int root_read(const struct root *root, const char *path, size_t limit, char **ret_text);

/* Reads into the caller's `text`, cut at `size` - 1 bytes, ended, the last newline
 * dropped. Returns 0 or -errno. */
int root_read_line(const struct root *root, const char *path, size_t size, char text[]);

/* A path as the user typed it where no shell was: `~/` at its beginning is the home
 * folder.  Caller frees. */
char *file_typed(const char *path);

/* The same as root_read for a path as the user typed it; file_read_bytes() says how many
 * they are, where NULs may be among them. */
int file_read(const char *path, size_t limit, char **ret_text);
int file_read_bytes(const char *path, size_t limit, char **ret_data, size_t *ret_size);

/* Finds out whether file_write() would be allowed to create `path`; leaves nothing
 * behind. */
int file_probe(const char *path, struct fault *fault);

/* Replaces `path` by `size` bytes: a temporary file beside it, fsync, rename.  On failure
 * what was there before is untouched and nothing is left beside it.  A link stays one:
 * what it leads to is replaced.  A pipe or a device is written into. */
int file_write(const char *path, size_t size, const char data[], struct fault *fault);

/* The same in two steps, for several files that are to be there together: written beside
 * its place, then kept or dropped. */
struct file_draft {
    char *path, *name; /* its place, and what it is called beside it; owned */
};

/* Returns 0 or -errno with `fault` filled, and the draft is empty; the caller drops it,
 * kept or not. */
int file_draft_write(struct file_draft *draft, const char *path, size_t size,
    const char data[], struct fault *fault);
int file_draft_keep(struct file_draft *draft, struct fault *fault);
void file_draft_drop(struct file_draft *draft);
