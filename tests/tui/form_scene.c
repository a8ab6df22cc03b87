// SPDX-License-Identifier: MIT
/* The launcher over a made form, on its controlling terminal, until it is left; then it
 * says what was chosen.  form_scene [ascii] [no-color] [refused] [own] [unsaved]
 * [word=TEXT] [FILE.json…]: the files are the results so far */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "ui/launcher.h"

enum { FIELDS = 12, RESULTS_MAX = 8 };
enum {
    WHAT,
    DO,
    LOOP,
    COMMAND,
    SIZE,
    TASKS,
    LASTS,
    WORKERS,
    SCHEDULE,
    CHUNK,
    REPEATS,
    MORE
};

static const char *const whats[] = {"the article's loop", "scaled to this machine",
    "uneven work", "my own command …", NULL};
static const char *const dos[] = {"compare", "in parallel only", NULL};
static const char *const loops[] = {"factorial", "triangle", "sleep", NULL};
static const char *const schedules[] = {"dynamic", "static", NULL};

static const struct form_field made[FIELDS] = {
    [WHAT] = {.label = "what", .choices = whats, .hint = "1000000! computed 15 times"},
    [DO] = {.label = "do", .choices = dos, .hint = "sequential, then in parallel"},
    [LOOP] = {.label = "loop", .choices = loops, .hint = "the factorial of a number"},
    [COMMAND] = {.label = "command",
        .kind = FORM_TEXT,
        .hidden = true,
        .hint = "{} is the item"},
    [SIZE] = {.label = "size",
        .kind = FORM_NUMBER,
        .entry = {"1000000", 7},
        .hint = "1 to 10000000, the number"},
    [TASKS] = {.label = "tasks",
        .kind = FORM_NUMBER,
        .entry = {"15", 2},
        .fallback = "scaled to 20 s",
        .hint = "1 to 1000000000"},
    [LASTS] = {.label = "how long", .kind = FORM_NUMBER, .hidden = true},
    [WORKERS] = {.label = "workers",
        .kind = FORM_NUMBER,
        .fallback = "2: all usable CPUs",
        .hint = "1 to 4096; or 50%, -1"},
    [SCHEDULE] = {.label = "schedule",
        .choices = schedules,
        .hint = "who is free takes the next"},
    [CHUNK] = {.label = "chunk",
        .kind = FORM_NUMBER,
        .fallback = "by the price",
        .hint = "tasks taken at once"},
    [REPEATS] = {.label = "repeats",
        .kind = FORM_NUMBER,
        .fallback = "1",
        .hint = "1 to 1000"},
    [MORE] = {.label = "more options", .kind = FORM_TEXT, .hint = "as on a command line"},
};

static const char *const endings[] = {".json", ".svg", NULL};

struct stand {
    struct form_field fields[FIELDS];
    struct form form;
    struct launcher launcher;
    struct loop *events;
    struct window *window;
    struct result results[RESULTS_MAX];
    const struct result *listed[RESULTS_MAX];
    const char *names[RESULTS_MAX];
    size_t count;
    bool ended;
};

/* A made owner: it knows one rule, and one field that comes and goes. */
static void on_change(void *data)
{
    struct stand *stand = data;
    struct form_field *tasks = &stand->fields[TASKS];
    const char *text = tasks->entry.text;
    bool refused = *text && atof(text) > 1e9;
    snprintf(tasks->refusal, sizeof tasks->refusal,
        refused ? "more than any loop here can have: %s (1 to 1000000000)" : "", text);
    stand->fields[COMMAND].hidden = stand->fields[WHAT].choice != 3;
    stand->launcher.is_refused = refused;
    snprintf(stand->launcher.command_line, sizeof stand->launcher.command_line,
        "parfor run %s%s%.300s%s%.300s%s%.300s", loops[stand->fields[LOOP].choice],
        stand->fields[SIZE].entry.text[0] ? " -s " : "", stand->fields[SIZE].entry.text,
        *text ? " -n " : "", text, stand->fields[MORE].entry.text[0] ? " " : "",
        stand->fields[MORE].entry.text);
    form_settle(&stand->form);
}

static bool load(struct stand *stand, const char *path)
{
    static char text[32 << 20];
    struct fault fault = {0};
    FILE *file = fopen(path, "r");
    size_t size = file ? fread(text, 1, sizeof text, file) : 0;
    const char *name = strrchr(path, '/');
    if (file)
        fclose(file);
    if (stand->count == RESULTS_MAX)
        return false;
    struct result *result = &stand->results[stand->count];
    result_init(result);
    if (report_json_read(text, size, path, result, &fault) < 0) {
        fprintf(stderr, "form_scene: %s\n", fault.text);
        return false;
    }
    stand->listed[stand->count] = result;
    stand->names[stand->count++] = name ? name + 1 : path;
    return true;
}

static bool take_word(struct stand *stand, struct screen_setup *setup, const char *word)
{
    if (strcmp(word, "ascii") == 0)
        setup->ascii = true;
    else if (strcmp(word, "no-color") == 0)
        setup->no_color = true;
    else if (strcmp(word, "refused") == 0)
        entry_set(&stand->fields[TASKS].entry, "99999999999");
    else if (strcmp(word, "own") == 0) {
        stand->fields[WHAT].choice = 3;
        entry_set(&stand->fields[COMMAND].entry, "python3 prep.py --quick {}");
        entry_set(&stand->fields[MORE].entry,
            "--output 'of the night/{}.txt' --timeout 30m --retries 3 --log night.jsonl");
    } else if (strcmp(word, "unsaved") == 0)
        stand->launcher.unsaved = 2;
    else if (strncmp(word, "word=", 5) == 0)
        snprintf(stand->launcher.word, sizeof stand->launcher.word, "%s", word + 5);
    else
        return load(stand, word);
    return true;
}

static const char *run(struct stand *stand)
{
    static const char *const said[] = {[LAUNCHER_LEAVE] = "leave",
        [LAUNCHER_RUN] = "run",
        [LAUNCHER_OPEN] = "open",
        [LAUNCHER_BESIDE] = "beside",
        [LAUNCHER_SAVE] = "save",
        [LAUNCHER_LOAD] = "load"};
    const struct launcher_setup setup = {.events = stand->events,
        .window = stand->window,
        .launcher = &stand->launcher,
        .on_change = on_change,
        .data = stand,
        .ended = &stand->ended};
    return said[launcher_run(&setup)];
}

int main(int argc, char *argv[])
{
    static struct stand stand;
    struct screen_setup setup = {.mouse = true};
    struct fault fault = {0};
    setlocale(LC_CTYPE, "");
    memcpy(stand.fields, made, sizeof made);
    stand.form = (struct form){.count = FIELDS, .fields = stand.fields};
    stand.launcher = (struct launcher){.form = &stand.form,
        .machine = {"AMD EPYC, 2 CPUs", "2 of 2 CPUs usable: no limit is set."}};
    entry_set(&stand.launcher.name, "factorial.json");
    stand.launcher.endings = endings;
    for (int i = 1; i < argc; i++)
        if (!take_word(&stand, &setup, argv[i]))
            return 2;
    gallery_init(&stand.launcher.gallery, stand.count, stand.listed, stand.names);
    on_change(&stand);
    if (loop_create(&stand.events) < 0)
        return 1;
    setup.events = stand.events;
    if (window_create(&setup, &stand.window, &fault) < 0) {
        fprintf(stderr, "form_scene: %s\n", fault.text);
        return 1;
    }
    const char *said = run(&stand);
    window_destroy(stand.window);
    loop_destroy(stand.events);
    printf("%s: %s; %s\n", said, stand.launcher.command_line, stand.launcher.name.text);
    for (size_t i = 0; i < stand.count; i++)
        result_finish(&stand.results[i]);
    return 0;
}
