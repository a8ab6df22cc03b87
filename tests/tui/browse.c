// SPDX-License-Identifier: MIT
/* Browses saved results on its controlling terminal: browse [ascii] [no-color] [beside]
 * [saves] [times=N] FILE[:CHECK]…, where CHECK makes a check of it (made_check.h), and N
 * repeats all of them.  Says at the end what was chosen, and every theme that was. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/sweep.h"
#include "made_check.h"
#include "report/report.h"
#include "ui/browser.h"

enum { FILE_MAX = 1 << 26, LIST_MAX = 32 };

static const char *const endings[] = {".json", ".txt", ".svg", NULL};

struct stand {
    size_t count;
    struct result results[LIST_MAX];
    char *names[LIST_MAX];
    size_t times; /* each of them */
    struct screen_setup screen;
    struct browser_setup browser;
    char themes[200]; /* that were chosen */
    char saved[400];  /* the names */
};

static int load(struct stand *stand, const char *word)
{
    struct fault fault = {0};
    char *text = NULL, *path = text_duplicate(word), *check = strchr(path, ':');
    struct result *result = &stand->results[stand->count];
    if (check)
        *check++ = '\0';
    int error = file_read(path, FILE_MAX, &text);
    if (error >= 0)
        error = report_json_read(text, strlen(text), path, result, &fault);
    free(text);
    if (error < 0) {
        fprintf(stderr, "browse: %s: %s\n", path, fault.text);
    } else {
        const char *slash = strrchr(path, '/');
        stand->names[stand->count++] = text_duplicate(slash ? slash + 1 : path);
        if (!result->sweep.has)
            sweep_compute(result);
        if (check)
            made_check_result(result, check);
    }
    free(path);
    return error < 0 ? error : 0;
}

/* Saves nothing, and what is called so not even that. */
static int save(void *data, const size_t *pair, const char *path, struct fault *fault)
{
    struct stand *stand = data;
    if (strcmp(path, "refused.svg") == 0)
        return fault_input(fault, "there is such a file already: refused.svg (another "
                                  "name)");
    text_append(
        sizeof stand->saved, stand->saved, "saved %s%s\n", pair ? "both: " : "", path);
    return 0;
}

static const char *propose(void *data, bool both)
{
    struct stand *stand = data;
    if (both)
        return "both.txt";
    const struct gallery *gallery = stand->browser.gallery;
    return gallery->names[gallery->selected];
}

static int take_word(struct stand *stand, const char *word)
{
    if (strcmp(word, "ascii") == 0)
        stand->screen.ascii = true;
    else if (strcmp(word, "no-color") == 0)
        stand->screen.no_color = true;
    else if (strcmp(word, "beside") == 0)
        stand->browser.beside = true;
    else if (strcmp(word, "saves") == 0) {
        stand->browser.on_save = save;
        stand->browser.on_name = propose;
        stand->browser.endings = endings;
    } else if (strncmp(word, "times=", 6) == 0)
        stand->times = (size_t)atoi(word + 6);
    else
        return stand->count < LIST_MAX ? load(stand, word) : -E2BIG;
    return 0;
}

static bool keep_theme(void *data, enum style_theme theme)
{
    struct stand *stand = data;
    text_append(
        sizeof stand->themes, stand->themes, "theme %s\n", style_theme_names[theme]);
    return true;
}

/* The terminal is given back before anything is said. */
static int browse(struct stand *stand, struct gallery *gallery)
{
    struct fault fault = {0};
    struct window *window = NULL;
    if (loop_create(&stand->screen.events) < 0)
        return 1;
    stand->screen.mouse = true;
    if (window_create(&stand->screen, &window, &fault) < 0) {
        fprintf(stderr, "browse: %s\n", fault.text);
        loop_destroy(stand->screen.events);
        return 1;
    }
    stand->browser.events = stand->screen.events;
    stand->browser.window = window;
    stand->browser.gallery = gallery;
    stand->browser.on_theme = keep_theme;
    stand->browser.data = stand;
    enum browser_action action = browser_run(&stand->browser);
    window_destroy(window);
    loop_destroy(stand->screen.events);
    fputs(stand->themes, stdout);
    fputs(stand->saved, stdout);
    if (action == BROWSER_OPEN)
        printf("opened %zu %s\n", gallery->selected, gallery->names[gallery->selected]);
    else
        printf("left\n");
    return 0;
}

int main(int argc, char *argv[])
{
    static struct stand stand = {.times = 1};
    struct gallery gallery;
    int status = 2;
    setlocale(LC_CTYPE, "");
    for (int i = 1; i < argc; i++)
        if (take_word(&stand, argv[i]) < 0)
            return status;
    size_t count = stand.count * stand.times;
    const struct result **results = memory_new(count, sizeof *results);
    const char **names = memory_new(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        results[i] = &stand.results[i % stand.count];
        names[i] = stand.names[i % stand.count];
    }
    gallery_init(&gallery, count, results, names);
    status = browse(&stand, &gallery);
    for (size_t i = 0; i < stand.count; i++) {
        result_finish(&stand.results[i]);
        free(stand.names[i]);
    }
    free(results);
    free(names);
    return status;
}
