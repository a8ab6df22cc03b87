// SPDX-License-Identifier: MIT
#pragma once
/* The launcher: a loop as a form, the command line that it comes to, the machine, and the
 * results so far to look at. */
#include "base/loop.h"
#include "experiment/result.h"
#include "ui/form.h"
#include "ui/gallery.h"
#include "ui/window.h"

enum launcher_action {
    LAUNCHER_LEAVE,
    LAUNCHER_RUN,    /* what the form says */
    LAUNCHER_OPEN,   /* the selected result */
    LAUNCHER_BESIDE, /* the two of gallery_pair() */
    LAUNCHER_SAVE,   /* the selected result, as launcher->name says */
    LAUNCHER_LOAD,   /* a file of results, likewise */
};

/* What is asked: a name, or whether to leave. */
enum launcher_question {
    LAUNCHER_NO_QUESTION,
    LAUNCHER_SAVE_AS,
    LAUNCHER_OPEN_WHICH,
    LAUNCHER_LEAVE_SURE,
};

enum { LAUNCHER_LINES = 2, LAUNCHER_LINE_SIZE = 240, LAUNCHER_COMMAND_SIZE = 6144 };

/* What the launcher shows, kept by its owner from one time to the next. */
struct launcher {
    struct form *form;                        /* borrowed */
    char command_line[LAUNCHER_COMMAND_SIZE]; /* that the form comes to */
    bool is_refused;                          /* the form cannot be run as it is */
    char machine[LAUNCHER_LINES][LAUNCHER_LINE_SIZE]; /* what it is; what may be used of
                                                         it, and why */
    struct gallery gallery;
    bool in_gallery;            /* the keys go there */
    char word[240];             /* said once in place of the keys; "" */
    struct entry name;          /* of a file to save or open */
    const char *const *endings; /* of files to save, ended by NULL, borrowed; or NULL */
    struct entry failed_name;   /* that could not be opened, to be mended; or "" */
    size_t unsaved;             /* results that would be lost by leaving */
    enum launcher_question question; /* to be answered */
    bool helping;                    /* the help is there in its place */
    int help_scroll;
};

struct launcher_setup {
    struct loop *events;
    struct window *window; /* held while it runs */
    struct launcher *launcher;

    /* The field that has the focus has changed: the owner looks at all of them again. */
    void (*on_change)(void *data);
    bool (*on_theme)(void *data, enum style_theme theme); /* or NULL */

    /* The selected result is to be saved: the owner proposes launcher->name, and sets
     * launcher->endings, which it may have; or NULL. */
    void (*on_name)(void *data);
    void *data;
    const bool *ended; /* a signal wants the end */
};

/* Until the user has chosen.  A terminal that is gone is left. */
enum launcher_action launcher_run(const struct launcher_setup *setup);

/* Draws it, at any size; for launcher_run() and its tests. */
void launcher_draw(struct canvas *canvas, const struct launcher *launcher);
