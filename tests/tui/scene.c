// SPDX-License-Identifier: MIT
/* Draws one view of a saved result as it was at one moment, on its controlling terminal,
 * until q is pressed: screens by a scripted clock. scene FILE VIEW STAGE MS [details]
 * [frozen] [ascii] [no-color] [question] [stop] [guess=TEXT] [scroll=LINES]
 * [items[=WORD]] (made_items.h) [check=WORD] (made_check.h) [projected] [cpu=ID]
 * [worker=NUMBER] [task=INDEX] [behind=VIEW] [can] [saved] [replay[=paused|end]]
 * [save=NAME] [word=TEXT] [simulated] [meters] [others] [doubtful] [returns]
 * [scrolls]; the processes of whole programs are made, too */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/loop.h"
#include "experiment/replay.h"
#include "experiment/sweep.h"
#include "made_check.h"
#include "made_items.h"
#include "made_programs.h"
#include "model/axis.h"
#include "report/report.h"
#include "ui/frame.h"
#include "ui/more.h"
#include "ui/screen.h"
#include "ui/view.h"

enum { NIGHT_S = 1800000000 - 1800000000 % 86400 + 56 * 60 }; /* 00:56 */

struct stand {
    struct result result;
    struct replay *replay;
    struct scene scene;
    struct screen *screen;
    struct figures figures;
    struct axis axis;
    struct view_input input;
    const struct view_ops *view;
    int signal;
    bool done;
    const char *items_word; /* NULL: without */
    struct made_items made;
    const char *check_word; /* NULL: it is none */
    struct made_check check;
    struct made_programs family;
    struct player_state replay_state;
    struct entry name;
    struct scene_meters meters;
    int mhz[256];
    bool simulated, metered, shared;
};

static const struct view_ops *find_view(const char *name)
{
    static const struct view_ops *const views[] = {&view_live, &view_compare, &view_sweep,
        &view_ask, &view_tasks, &view_workers, &view_help, &view_items, &view_failed,
        &view_versus, &view_check, &view_about};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(views[i]->name, name) == 0)
            return views[i];
    return NULL;
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    ssize_t size = file ? getdelim(&text, &room, '\0', file) : -1;
    if (file)
        fclose(file);
    *ret_size = size > 0 ? (size_t)size : 0;
    return text;
}

static int load(struct stand *stand, const char *path)
{
    size_t size;
    struct fault fault = {0};
    char *text = read_file(path, &size);
    int error =
        text ? report_json_read(text, size, path, &stand->result, &fault) : -ENOENT;
    free(text);
    if (error < 0)
        fprintf(stderr, "scene: %s: %s\n", path, fault.text);
    if (error == 0 && !stand->result.sweep.has)
        sweep_compute(&stand->result);
    return error;
}

static void draw(struct stand *stand)
{
    struct canvas *canvas = screen_begin(stand->screen);
    if (!canvas)
        return;
    more_draw(canvas, stand->view, &stand->input);
    frame_draw_word(canvas, stand->input.word ? stand->input.word : "");
    screen_end(stand->screen);
}

static void on_key(void *data)
{
    struct stand *stand = data;
    int key;
    while ((key = screen_key(stand->screen)) != KEYS_NONE)
        stand->done = stand->done || key == 'q' || key == KEYS_GONE;
}

static void on_resize(void *data)
{
    struct stand *stand = data;
    screen_resize(stand->screen);
    draw(stand);
}

/* The stage as if it had been ended after a fourth of its tasks. */
static void project(struct result_stage *stage)
{
    stage->projected = true;
    stage->measured_ns = stage->elapsed_ns / 4;
    stage->done /= 4;
}

/* As if others had used the machine meanwhile. */
static void doubt(struct result_comparison *comparison)
{
    comparison->doubtful = true;
    snprintf(comparison->sentence, sizeof comparison->sentence,
        "No result: other programs used 9.0 of 12 CPUs meanwhile (between 0.8 and 6.1 "
        "times as fast). Try again when it is quiet.");
}

/* What of a word stands behind its beginning; NULL: it begins in another way. */
static const char *behind(const char *word, const char *beginning)
{
    size_t length = strlen(beginning);
    return strncmp(word, beginning, length) == 0 ? word + length : NULL;
}

static void look_at(struct stand *stand, enum target_kind kind, const char *number)
{
    stand->input.subject = (struct target){kind, atoll(number)};
}

/* Nearly all that is busy is others' work; of two CPUs. */
static void share(struct stand *stand)
{
    struct result_stage *first = &stand->result.stages[0];
    stand->shared = true;
    first->others_cpus = 1.7;
    first->cpus[0].busy = first->cpus[1].busy = 1;
    result_remark(&stand->result, "Other programs use 1.7 of 2 CPUs.");
}

/* A subject, and what can be done with a run. */
static void take_more(struct stand *stand, const char *word)
{
    static const char *const endings[] = {".json", ".svg", NULL};
    const char *rest;
    if ((rest = behind(word, "cpu=")))
        look_at(stand, TARGET_CPU, rest);
    else if ((rest = behind(word, "worker=")))
        look_at(stand, TARGET_WORKER, rest);
    else if ((rest = behind(word, "task=")))
        look_at(stand, TARGET_TASK, rest);
    else if ((rest = behind(word, "behind=")))
        stand->input.behind = find_view(rest);
    else if ((rest = behind(word, "word=")))
        stand->input.word = rest;
    else if (strcmp(word, "can") == 0)
        stand->input.offers =
            (struct view_offers){.save = true, .repeat = true, .edit = true};
    else if (strcmp(word, "saved") == 0)
        stand->input.offers =
            (struct view_offers){.save = true, .repeat = true, .replays = true};
    else if (strcmp(word, "simulated") == 0)
        stand->simulated = true;
    else if (strcmp(word, "meters") == 0)
        stand->metered = true;
    else if (strcmp(word, "others") == 0)
        share(stand);
    else if ((rest = behind(word, "save="))) {
        entry_set(&stand->name, rest);
        stand->input.question = VIEW_QUESTION_SAVE;
        stand->input.name = &stand->name;
        stand->input.endings = endings;
    } else if ((rest = behind(word, "replay"))) {
        stand->replay_state = (struct player_state){
            12 * NS_PER_S, 36 * NS_PER_S, 2, strcmp(rest, "=paused") == 0};
        if (strcmp(rest, "=end") == 0)
            stand->replay_state.t_ns = stand->replay_state.end_ns;
        stand->input.replay = &stand->replay_state;
    }
}

/* The package is warm, and every third CPU says what its clock is; the stages were
 * measured. */
static void add_meters(struct stand *stand)
{
    for (size_t i = 0; i < stand->result.stage_count; i++) {
        struct result_stage *stage = &stand->result.stages[i];
        stage->energy_j = stage->kind == RESULT_SEQUENTIAL ? 812 : 611;
        stage->celsius = stage->kind == RESULT_SEQUENTIAL ? 58 : 71;
        stage->clocks = (struct result_clocks){true, 800, 3400, 4400};
    }
    stand->result.idle_w = 1.9;
    for (size_t i = 0; i < sizeof stand->mhz / sizeof *stand->mhz; i += 3)
        stand->mhz[i] = 3400 + (int)i;
    stand->meters = (struct scene_meters){stand->mhz, 71, 88};
    stand->scene.meters = &stand->meters;
}

static void take_word(struct stand *stand, struct screen_setup *setup, const char *word)
{
    if (strcmp(word, "details") == 0)
        stand->input.details = true;
    else if (strcmp(word, "frozen") == 0)
        stand->input.frozen = true;
    else if (strcmp(word, "ascii") == 0)
        setup->ascii = true;
    else if (strcmp(word, "no-color") == 0)
        setup->no_color = true;
    else if (strcmp(word, "question") == 0)
        stand->input.question = VIEW_QUESTION_END;
    else if (strcmp(word, "stop") == 0)
        stand->input.question = VIEW_QUESTION_STOP;
    else if (strncmp(word, "items", 5) == 0)
        stand->items_word = word[5] ? word + 6 : "";
    else if (strncmp(word, "check=", 6) == 0)
        stand->check_word = word + 6;
    else if (strcmp(word, "projected") == 0)
        project(&stand->result.stages[0]);
    else if (strncmp(word, "guess=", 6) == 0)
        stand->input.guess = word + 6;
    else if (strcmp(word, "doubtful") == 0)
        doubt(&stand->result.comparison);
    else if (strcmp(word, "returns") == 0)
        stand->input.offers.returns = true;
    else if (strcmp(word, "scrolls") == 0)
        stand->input.scrolls = true;
    else if (strncmp(word, "scroll=", 7) == 0)
        stand->input.scroll = atoi(word + 7);
    else
        take_more(stand, word);
}

static void set_scene(struct stand *stand, int stage, int64_t t_ns)
{
    int64_t length_ns =
        stand->result.stage_count > 0 ? stand->result.stages[0].elapsed_ns : NS_PER_S;
    stand->scene = stand->view == &view_ask ? *replay_after(stand->replay, stage)
                                            : *replay_at(stand->replay, stage, t_ns);
    if (stand->items_word)
        made_items_scene(&stand->scene, &stand->made, stand->items_word);
    if (stand->check_word)
        made_check_scene(&stand->scene, &stand->check, stand->check_word);
    if (stand->metered)
        add_meters(stand);
    if (stand->shared)
        stand->scene.own_cpus = 0.3;
    const struct result_stage *shown = scene_stage(&stand->scene);
    if (shown && shown->kind == RESULT_PROGRAM && stand->scene.phase == SCENE_RUNNING)
        made_programs_scene(&stand->scene, &stand->family);
    figures_take(&stand->figures, &stand->scene, 1);
    stand->axis = axis_of(length_ns);
    stand->input.scene = &stand->scene;
    stand->input.figures = &stand->figures;
    stand->input.axis = &stand->axis;
    stand->input.now = NIGHT_S;
    stand->input.stays = stand->items_word;
}

static int show(struct stand *stand, struct screen_setup *setup)
{
    struct fault fault = {0};
    struct watch *watch;
    sigset_t resize;
    sigemptyset(&resize);
    sigaddset(&resize, SIGWINCH);
    if (loop_create(&setup->events) < 0 ||
        loop_watch_signals(
            setup->events, &resize, on_resize, stand, &stand->signal, &watch) < 0)
        return 1;
    if (screen_open(setup, &stand->screen, &fault) < 0) {
        fprintf(stderr, "scene: %s\n", fault.text);
        loop_destroy(setup->events);
        return 1;
    }
    draw(stand);
    if (loop_watch(setup->events, screen_input(stand->screen), on_key, stand, &watch) ==
        0)
        loop_run(setup->events, &stand->done);
    screen_close(stand->screen);
    loop_destroy(setup->events);
    return 0;
}

int main(int argc, char *argv[])
{
    struct stand stand = {.input.guess = ""};
    struct screen_setup setup = {0};
    setlocale(LC_CTYPE, "");
    setenv("TZ", "UTC0", 1);
    result_init(&stand.result);
    if (argc < 5 || !(stand.view = find_view(argv[2])) || load(&stand, argv[1]) < 0)
        return 2;
    for (int i = 5; i < argc; i++)
        take_word(&stand, &setup, argv[i]);
    if (stand.items_word && strcmp(stand.items_word, "stage") != 0)
        made_items_plan(&stand.result.plan);
    if (stand.check_word)
        made_check_result(&stand.result, stand.check_word);
    if (stand.simulated)
        stand.result.machine.simulated = true;
    stand.replay = replay_create(&stand.result);
    set_scene(&stand, atoi(argv[3]), atoll(argv[4]) * NS_PER_MS);
    int status = show(&stand, &setup);
    figures_finish(&stand.figures);
    replay_destroy(stand.replay);
    result_finish(&stand.result);
    return status;
}
