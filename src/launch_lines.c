// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/contrast.h"
#include "launch/launch_plain.h"
#include "launch_inside.h"
#include "present.h"
#include "report/report.h"

enum { SENTENCES_SIZE = 1024 };

/* "result 2", "result 3, night.json"; the caller frees. */
static char *name_of(const struct collection *results, size_t place)
{
    const char *name = results->names[place];
    return text_format("result %zu%s%s", place + 1, *name ? ", " : "", name);
}

static void list(const struct collection *results, struct fault *fault)
{
    const struct report_text_style style = {.form = REPORT_TEXT_PLAIN};
    char **names = memory_new(results->count, sizeof *names), *text;
    const struct report_results listed = {
        results->count, results->results, (const char *const *)names};
    size_t size;
    for (size_t i = 0; i < results->count; i++)
        names[i] = name_of(results, i);
    if (report_results_write(&listed, &style, &text, &size, fault) == 0) {
        present_text(stdout, false, text, fault);
        free(text);
    }
    for (size_t i = 0; i < results->count; i++)
        free(names[i]);
    free(names);
}

static void save(
    struct launch *launch, const struct launch_wish *wish, struct fault *fault)
{
    struct launcher *launcher = &launch->launcher;
    struct gallery *gallery = &launcher->gallery;
    gallery->selected = wish->numbers[0] - 1;
    if (*wish->name)
        entry_set(&launcher->name, wish->name);
    else
        launch_propose_name(launch);
    launch_save(launch, fault);
    if (fault->kind == FAULT_NONE)
        launch_plain_say(stdout, launcher->word);
}

static void load(struct launch *launch, const char *name, struct fault *fault)
{
    const struct options usual = {0};
    const struct present_manner manner = {.after = PRESENT_AFTER_NOTHING};
    const struct collection *results = &launch->results;
    entry_set(&launch->launcher.name, name);
    launch_load(launch, fault);
    if (fault->kind != FAULT_NONE)
        return;
    present_print(&usual, results->results[results->count - 1], &manner, fault);
    printf("This is result %zu.\n", results->count);
}

static void put_beside(const struct collection *results, const struct launch_wish *wish)
{
    const struct result *pair[2];
    char text[SENTENCES_SIZE], names[SENTENCES_SIZE] = "";
    for (int i = 0; i < 2; i++) {
        size_t place = wish->numbers[i] - 1;
        char *name = name_of(results, place);
        text_append(sizeof names, names, "%s%s", i > 0 ? " and " : "", name);
        pair[i] = results->results[place];
        free(name);
    }
    text_append(sizeof names, names, ":");
    launch_plain_say(stdout, names);
    contrast_describe(pair, sizeof text, text);
    launch_plain_say(stdout, text);
}

/* What goes wrong is said, and asked again. */
static void on_wish(void *data, const struct launch_wish *wish)
{
    struct launch *launch = data;
    struct fault fault = {0};
    switch (wish->action) {
    case LAUNCH_WISH_LIST:
        list(&launch->results, &fault);
        break;
    case LAUNCH_WISH_SAVE:
        save(launch, wish, &fault);
        break;
    case LAUNCH_WISH_OPEN:
        load(launch, wish->name, &fault);
        break;
    case LAUNCH_WISH_BESIDE:
        put_beside(&launch->results, wish);
        break;
    }
    if (fault.kind != FAULT_NONE)
        launch_plain_say(stdout, fault.text);
}

/* What a screen would show around the form. */
void launch_greet(const struct launch *launch)
{
    const struct launcher *launcher = &launch->launcher;
    for (int i = 0; i < LAUNCHER_LINES; i++)
        launch_plain_say(stdout, launcher->machine[i]);
    if (launcher->word[0])
        launch_plain_say(stdout, launcher->word);
}

bool launch_ask(struct launch *launch, bool again)
{
    const struct launch_plain_setup setup = {.form = launch->form,
        .in = stdin,
        .out = stdout,
        .again = again,
        .results = &launch->results.count,
        .on_wish = on_wish,
        .data = launch};
    return launch_plain_ask(&setup) > 0;
}
