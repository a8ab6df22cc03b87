// SPDX-License-Identifier: MIT
/* Result files come from elsewhere: what reads must write, read again, and stay the same;
 * and whatever it says, it can be shown, and played, drawn, and written in every form. */
#define NCURSES_WIDECHAR 1
#include <jansson.h>
#include <locale.h>
#include <ncurses.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "experiment/player.h"
#include "experiment/replay.h"
#include "report/pictures.h"
#include "report/report.h"
#include "ui/choice.h"
#include "ui/glyph.h"
#include "ui/kept.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

/* Whatever is in it, a person can read it, in any width. */
static void write_for_people(const struct result *result, int width)
{
    struct fault fault;
    for (int form = REPORT_TEXT_FULL; form <= REPORT_TEXT_CLOSING; form++) {
        struct report_text_style style = {.form = form, .width = width};
        char *text;
        size_t size;
        require(report_text_write(result, &style, &text, &size, &fault) == 0);
        require(strlen(text) == size && (size == 0 || text[size - 1] == '\n'));
        free(text);
    }
}

/* So is a fleet of three of them. */
static void write_fleet_for_people(const struct result *result, int width)
{
    const struct result *const results[] = {result, result, result};
    static const char *const names[] = {"a.json", "b.json", "c.json"};
    struct report_text_style style = {.form = REPORT_TEXT_FULL, .width = width};
    struct fleet fleet;
    struct fault fault;
    char *text;
    size_t size;
    if (!result->check.has)
        return;
    fleet_init(&fleet, 3, results, names);
    require(report_fleet_write(&fleet, &style, &text, &size, &fault) == 0);
    require(strlen(text) == size && (size == 0 || text[size - 1] == '\n'));
    free(text);
    fleet_finish(&fleet);
}

static bool ends_in(const char *text, const char *ending)
{
    size_t length = strlen(text), size = strlen(ending);
    return length >= size && strcmp(text + length - size, ending) == 0;
}

/* What other programs read is what it says it is. */
static void check_form(const struct report_format *format, const char *text, size_t size)
{
    require(strlen(text) == size);
    if (ends_in(format->ending, ".json")) {
        json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
        require(json != NULL);
        json_decref(json);
    } else if (!format->write)
        require(ends_in(text, "</svg>\n"));
    else
        require(size == 0 || text[size - 1] == '\n');
}

/* In all forms but those that only cairo makes of the same drawing. */
static void write_in_every_form(const struct result *result, bool dark)
{
    const struct report_manner manner = {.dark = dark};
    for (const struct report_format *format = report_formats; format->name; format++) {
        struct fault fault;
        char *text;
        size_t size;
        if (format->is_binary || (!format->write && pictures_missing))
            continue;
        require(report_write(format, result, &manner, &text, &size, &fault) == 0);
        check_form(format, text, size);
        free(text);
    }
}

static void draw_stages(const struct result *result, bool dark)
{
    for (size_t i = 0; i < result->stage_count && !pictures_missing; i++) {
        const struct picture_setup setup = {
            .kind = PICTURE_STAGE, .dark = dark, .stage = &result->stages[i]};
        struct fault fault;
        char *data;
        size_t size;
        require(pictures_write(result, &setup, &data, &size, &fault) == 0);
        free(data);
    }
}

enum { SHOWN_SIZES = 4, SHOWN_STEPS = 7 };

/* A screen in memory that is shown to nobody. */
static struct canvas *canvas_of(size_t number)
{
    static const int sizes[SHOWN_SIZES][2] = {{5, 20}, {12, 40}, {24, 80}, {60, 200}};
    static struct canvas *canvases[SHOWN_SIZES];
    static unsigned long attributes[STYLES];
    if (canvases[number])
        return canvases[number];
    if (!stdscr) {
        FILE *nowhere = fopen("/dev/null", "r+");
        setlocale(LC_ALL, "C.UTF-8");
        require(nowhere && newterm("xterm", nowhere, nowhere));
    }
    canvases[number] = canvas_create(
        newpad(sizes[number][0], sizes[number][1]), &glyphs_eighths, attributes);
    return canvases[number];
}

struct show {
    struct canvas *canvas;
    struct kept kept;
    int64_t now_ns;
};

static void draw(struct show *show, const struct view_ops *view, bool details)
{
    const struct view_input input = {.scene = &show->kept.scene,
        .figures = &show->kept.figures,
        .axis = show->kept.axis.end_ns > 0 ? &show->kept.axis : NULL,
        .details = details,
        .guess = "",
        .word = ""};
    canvas_clear(show->canvas);
    require(view->draw(show->canvas, &input) >= 0);
}

/* In the view that the phase has, and more closely. */
static void on_scene(void *data, const struct scene *scene)
{
    struct show *show = data;
    const struct result *result = scene->result;
    const struct choice choice = {0};
    const struct choice_situation situation = {.phase = scene->phase,
        .sweeping = result->plan.command == PLAN_SWEEP,
        .checking = result->plan.command == PLAN_CHECK,
        .programs = result->programs.count > 0};
    kept_take(&show->kept, scene, show->now_ns += NS_PER_S);
    draw(show, choice_view(&choice, &situation), show->now_ns / NS_PER_S % 2);
    if (scene->phase == SCENE_WATCHING || situation.programs || situation.checking)
        return;
    draw(show, &view_tasks, false);
    draw(show, &view_workers, false);
}

/* Its end, and then all of it, back and forth. */
static void show_it(const struct result *result, size_t number)
{
    struct show show = {.canvas = canvas_of(number)};
    struct fault fault;
    struct experiment_observer observer = {.data = &show,
        .stage_started = on_scene,
        .sampled = on_scene,
        .stage_ended = on_scene};
    struct replay *replay = replay_create(result);
    on_scene(&show, replay_at(replay, (int)result->stage_count, 0));
    if (player_check(result, &fault) == 0) {
        struct player *player =
            player_create(&(struct player_setup){.observer = &observer}, result);
        int64_t end_ns = player_state(player).end_ns;
        for (int i = 0; i <= SHOWN_STEPS; i++) {
            player_seek(player, end_ns / SHOWN_STEPS * (i * 3 % SHOWN_STEPS));
            player_step(player, i % 2 ? 1 : -2);
            require(player_state(player).t_ns >= 0);
            require(player_state(player).t_ns <= player_state(player).end_ns);
        }
        player_destroy(player);
    }
    kept_finish(&show.kept);
    replay_destroy(replay);
}

/* Writes and finishes a result; caller frees. */
static char *write_and_finish(struct result *result, size_t *ret_size)
{
    struct fault fault;
    char *text;
    require(report_json_write(result, &text, ret_size, &fault) == 0);
    result_finish(result);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct result result;
    struct fault fault;
    if (report_json_read((const char *)data, size, "fuzz", &result, &fault) < 0) {
        require(fault.text[0] != '\0' && !strchr(fault.text, '\n'));
        require(!result.stages && result.remark_count == 0);
        return 0;
    }
    size_t first_size, second_size;
    write_for_people(&result, (int)(size % 128));
    write_fleet_for_people(&result, (int)(size % 128));
    write_in_every_form(&result, size % 2);
    draw_stages(&result, size % 2);
    show_it(&result, size % SHOWN_SIZES);
    char *first = write_and_finish(&result, &first_size);
    require(report_json_read(first, first_size, "again", &result, &fault) == 0);
    char *second = write_and_finish(&result, &second_size);
    require(first_size == second_size && memcmp(first, second, first_size) == 0);
    free(second);
    free(first);
    return 0;
}
