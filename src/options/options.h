// SPDX-License-Identifier: MIT
#pragma once
/* What the command line asks for. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/plan.h"
#include "report/report.h"
#include "ui/style.h"

enum options_action {
    OPTIONS_LAUNCH,  /* ask what to run; without a terminal, print the short help */
    OPTIONS_HELP,    /* print the help of `command`, or the short help */
    OPTIONS_VERSION, /* print the version */
    OPTIONS_LIST,    /* print the workloads */
    OPTIONS_SHOW,    /* show what was saved */
    OPTIONS_RUN,     /* run the plan */
};

enum {
    OPTIONS_OUTPUTS_MAX = 16,
    OPTIONS_SETTINGS_MAX = 16,
    OPTIONS_FILES_MAX = 4096, /* machines of a cluster, a file each */
};

/* A loop of the user's own: a command per item, or a file with a loop body. */
struct options_own {
    const char *file;   /* FILE.so, FILE.c; NULL: none */
    size_t word_count;  /* of the command … */
    char *const *words; /* … between -- and ::: */
    bool items_given;   /* behind ::: … */
    size_t item_count;
    char *const *items;
    const char *items_path; /* … or in a file; "-": standard input; NULL: not given */
    bool nul;               /* the items in it end with a NUL */
    const char *separator;  /* between columns */
    bool shell, unordered, tag, dry_run;
    bool stop_on_hangup;
    const char *folder;  /* to run in */
    const char *init;    /* a command line, once per worker */
    const char *results; /* a folder for what items put out */
    const char *log, *resume;
    const char *flags; /* for the compiler */
    size_t setting_count;
    const char *settings[OPTIONS_SETTINGS_MAX]; /* "NAME=VALUE" for a loop body */
    int64_t delay_ns, memory_free;
    double load_most;  /* 0: any … */
    bool load_per_cpu; /* … of each usable CPU */
    int nice;
};

/* Texts are borrowed from argv. */
struct options {
    enum options_action action;
    const char *command; /* "run", "map" …; NULL without one */
    struct plan plan;
    const char *workers; /* as typed, for plan_parse_workers(); NULL: not given */
    const char *sysroot; /* NULL: the real machine */
    int file_count;      /* of OPTIONS_SHOW */
    const char *files[OPTIONS_FILES_MAX];
    struct options_own own;
    size_t output_count;
    const char *outputs[OPTIONS_OUTPUTS_MAX];
    const struct report_format *format; /* of all of them, else of standard output; NULL:
                                           as their endings say */
    const char *pictures;               /* a folder for one of each stage; NULL */
    bool dark;                          /* pictures are on a dark page */
    bool quick;                         /* a check that takes less time */
    bool json, ask, plain, ascii, no_color, no_mouse, quiet, help, version;
    enum style_theme theme;
    bool themed;            /* it was asked for */
    bool replay;            /* of OPTIONS_SHOW: play it, … */
    double speed;           /* … so many times as fast as it was … */
    bool has_speed;         /* … which was asked for */
    int argument_count;     /* what followed the command, … */
    char *const *arguments; /* … as it was typed */
    bool resumes;           /* what is run is in the log of own.resume */
    bool template;          /* of OPTIONS_LIST: print a loop body to start from */
};

/* What runs is the user's own. */
static inline bool options_has_own(const struct options *options)
{
    return options->own.file || options->own.words;
}
