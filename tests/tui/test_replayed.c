// SPDX-License-Identifier: MIT
/* A replay shows what was seen: an experiment is run, and what its screen shows at every
 * tick is kept; then its result is saved, read, and shown again at the same times.
 *
 * Pictures, bars, counts and words must be equal, cell by cell, glyph and style.  Two
 * things cannot be: the file's sequential stage begins with its first task, some
 * milliseconds after its workers were started, so its clock is shifted by that; a task
 * that ends within a moment of a tick may have been counted before it or after; and
 * where a load changes, the last 500 ms are five readings of it or six. */
#define NCURSES_WIDECHAR 1
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/memory.h"
#include "experiment/experiment.h"
#include "experiment/replay.h"
#include "report/report.h"
#include "ui/glyph.h"
#include "ui/kept.h"
#include "ui/view.h"

enum {
    ROWS = 24,
    COLUMNS = 80,
    MOMENTS_MAX = 400,
    ENDS = 3, /* views of the end */
    CPUS = 4,
    TICKS = 100, /* of a CPU's counters, from one reading to the next */
    TASK_US = 170000,
    TASKS = 30,
    LATE_MS = 15, /* that the parent may need to see the end of a task */
    LOADS_FROM_MS = 250,
    CHANGES_AFTER = 14,
    SETTLED_AFTER = 8, /* readings that loads are made from, at most */
    PICTURE_ROWS = 12, /* above the loads */
    LEAST = 5,         /* moments of each stage that are compared */
};

extern char **environ;

/* A cell as ncurses has it. */
struct cell {
    wchar_t text[CCHARW_MAX + 1];
    attr_t attributes;
    short pair;
};

struct stage_picture {
    struct cell cells[ROWS][COLUMNS];
};

/* What was on the screen, and when. */
struct moment {
    enum scene_phase phase;
    int stage;
    int64_t t_ns, now_ns; /* of the stage; of the screen's clock */
    int64_t held_ns;      /* when its numbers were taken */
    bool settled;         /* the loads are of one kind */
    struct figures figures;
    struct stage_picture *picture;
};

struct stand {
    WINDOW *pad;
    struct canvas *canvas;
    struct root root;
    char folder[32];
    int64_t fed;
    bool more;   /* is one of the CPUs busier than before? … */
    int settled; /* … for so many readings */
    struct result result;
    struct kept kept;
    size_t count;
    struct moment moments[MOMENTS_MAX];
    struct stage_picture *ends[ENDS];
    int64_t first_sample_ns; /* of the sequential stage, as it was seen */
    struct experiment_observer observer;
    struct loop *events;
};

static const struct view_ops *const end_views[ENDS] = {
    &view_compare, &view_tasks, &view_workers};

static void path_of(const struct stand *stand, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", stand->folder, name);
}

/* The counters go on: idle, a fifth, all and all in two modes. */
static void feed(struct stand *stand)
{
    int user[CPUS] = {0, 20, 100, 80}, system[CPUS] = {0, 0, 0, 20};
    char path[128];
    bool more = stand->count > 0 && stand->moments[stand->count - 1].stage == 1 &&
                stand->fed / CHANGES_AFTER % 2 == 1;
    if (more) /* of a fifth three */
        user[1] = 60;
    stand->settled = more == stand->more ? stand->settled + 1 : 0;
    stand->more = more;
    path_of(stand, "proc/stat", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    stand->fed++;
    fprintf(file, "cpu  0 0 0 0 0 0 0 0 0 0\n");
    for (int i = 0; i < CPUS; i++)
        fprintf(file, "cpu%d %lld 0 %lld %lld 0 0 0 0 0 0\n", i,
            (long long)(stand->fed * user[i]), (long long)(stand->fed * system[i]),
            (long long)(stand->fed * (TICKS - user[i] - system[i])));
    fprintf(file, "intr 0\nctxt 0\nbtime 0\n");
    assert_int_equal(fclose(file), 0);
}

static void make_machine(struct stand *stand)
{
    static const char *const folders[] = {
        "proc", "sys", "sys/devices", "sys/devices/system", "sys/devices/system/cpu"};
    char path[128];
    strcpy(stand->folder, "/tmp/parfor-test-XXXXXX");
    assert_non_null(mkdtemp(stand->folder));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        path_of(stand, folders[i], path);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    path_of(stand, "sys/devices/system/cpu/online", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "0-%d\n", CPUS - 1);
    fclose(file);
    feed(stand);
}

static void remove_machine(struct stand *stand)
{
    static const char *const names[] = {"proc/stat", "proc",
        "sys/devices/system/cpu/online", "sys/devices/system/cpu", "sys/devices/system",
        "sys/devices", "sys", ""};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        path_of(stand, names[i], path);
        remove(path);
    }
}

/* Draws it in memory, as the screen would. */
static struct stage_picture *draw(
    struct stand *stand, const struct kept *kept, const struct view_ops *view)
{
    struct stage_picture *picture = memory_new(1, sizeof *picture);
    struct view_input input = {.scene = &kept->scene,
        .figures = &kept->figures,
        .axis = kept->axis.end_ns > 0 ? &kept->axis : NULL,
        .guess = "",
        .word = ""};
    canvas_clear(stand->canvas);
    view->draw(stand->canvas, &input);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            struct cell *cell = &picture->cells[row][column];
            cchar_t drawn;
            mvwin_wch(stand->pad, row, column, &drawn);
            getcchar(&drawn, cell->text, &cell->attributes, &cell->pair, NULL);
        }
    return picture;
}

static void print(const struct stage_picture *picture)
{
    for (int row = 0; row < ROWS; row++) {
        fputc('|', stderr);
        for (int column = 0; column < COLUMNS; column++)
            fprintf(stderr, "%ls", picture->cells[row][column].text);
        fprintf(stderr, "|\n");
    }
}

/* The first rows. */
static void expect_equal(const struct stage_picture *live,
    const struct stage_picture *again, int rows, const char *what)
{
    if (memcmp(live, again, (size_t)rows * sizeof live->cells[0]) == 0)
        return;
    fprintf(stderr, "%s: it was\n", what);
    print(live);
    fprintf(stderr, "and is\n");
    print(again);
    fail_msg("a replay differs from what was seen: %s", what);
}

static void keep(struct stand *stand, const struct scene *scene)
{
    struct moment *moment = &stand->moments[stand->count];
    assert_true(stand->count < MOMENTS_MAX);
    *moment = (struct moment){.phase = scene->phase,
        .stage = scene->stage,
        .t_ns = scene->elapsed_ns,
        .settled = stand->settled >= SETTLED_AFTER,
        .now_ns = NS_PER_S + (int64_t)stand->count * 100 * NS_PER_MS};
    stand->count++;
    kept_take(&stand->kept, scene, moment->now_ns);
    moment->held_ns = stand->kept.figures.held_ns;
    moment->figures = stand->kept.figures;
    moment->figures.shares = NULL;
    moment->picture = draw(stand, &stand->kept, &view_live);
}

/* Before the first stage nothing of it is in the file. */
static void on_scene(void *data, const struct scene *scene)
{
    struct stand *stand = data;
    const struct result_samples *samples =
        scene->stage == 0 ? &scene_stage(scene)->samples : NULL;
    if (samples && samples->count > 0 && scene->phase == SCENE_RUNNING)
        stand->first_sample_ns = samples->t_ns[0];
    if (scene->stage >= 0 && scene->phase != SCENE_ENDED)
        keep(stand, scene);
    feed(stand);
    if (scene->phase != SCENE_ENDED)
        return;
    kept_take(&stand->kept, scene, NS_PER_S + NS_PER_S * MOMENTS_MAX);
    for (int i = 0; i < ENDS; i++)
        stand->ends[i] = draw(stand, &stand->kept, end_views[i]);
}

static void run(struct stand *stand)
{
    struct fault fault = {0};
    struct result *result = &stand->result;
    const struct experiment_setup setup = {
        .events = stand->events, .root = &stand->root, .observer = &stand->observer};
    result_init(result);
    assert_int_equal(root_open(stand->folder, &stand->root, &fault), 0);
    assert_int_equal(machine_init(&result->machine, &stand->root, environ, &fault), 0);
    machine_complete(&result->machine, &stand->root);
    plan_init(&result->plan, PLAN_RUN, "sleep");
    result->plan.size = TASK_US;
    result->plan.iterations = TASKS;
    result->plan.workers = 2;
    result->plan.host_cpus = 2;
    struct experiment *experiment = experiment_create(&setup, result);
    assert_int_equal(experiment_check(experiment, &fault), 0);
    assert_int_equal(experiment_run(experiment, &fault), 0);
    experiment_destroy(experiment);
}

/* By way of a file. */
static void save_and_read(const struct result *result, struct result *ret_result)
{
    struct fault fault = {0};
    char *text;
    size_t size;
    assert_int_equal(report_json_write(result, &text, &size, &fault), 0);
    assert_int_equal(report_json_read(text, size, "saved", ret_result, &fault), 0);
    free(text);
}

/* Whether all that was counted then is out of doubt. */
static bool is_certain(const struct result *result, int stage, int64_t t_ns)
{
    const struct result_stage *of = &result->stages[stage];
    if (t_ns < LOADS_FROM_MS * NS_PER_MS)
        return false;
    for (size_t i = 0; i < of->record_count; i++)
        if (llabs(of->records[i].end_ns - t_ns) < LATE_MS * NS_PER_MS)
            return false;
    return true;
}

/* The clock of the screen is that of the run, whose shift is in no file. */
static void shift(struct kept *kept, const struct moment *moment, int64_t by_ns)
{
    assert_int_equal(moment->figures.elapsed_ns - kept->figures.elapsed_ns, by_ns);
    assert_true(llabs(moment->figures.left_ns - kept->figures.left_ns) <= TASKS * by_ns);
    kept->scene.elapsed_ns += by_ns;
    kept->figures.elapsed_ns = moment->figures.elapsed_ns;
    kept->figures.left_ns = moment->figures.left_ns;
}

static const struct scene *scene_of(
    struct replay *replay, const struct moment *moment, int64_t shift_ns)
{
    if (moment->phase == SCENE_BETWEEN)
        return replay_after(replay, moment->stage);
    return replay_at(replay, moment->stage, moment->t_ns - shift_ns);
}

static void compare_moments(
    struct stand *stand, const struct result *saved, struct replay *replay)
{
    int64_t shifts_ns[] = {stand->first_sample_ns - saved->stages[0].samples.t_ns[0], 0};
    struct kept kept = {0};
    bool certain = false, settled = false; /* the numbers that are held */
    int64_t held_ns = 0;
    int compared[2] = {0}, with_loads = 0;
    for (size_t i = 0; i < stand->count; i++) {
        const struct moment *moment = &stand->moments[i];
        bool between = moment->phase == SCENE_BETWEEN;
        int64_t shift_ns = between ? 0 : shifts_ns[moment->stage];
        bool now = between || is_certain(saved, moment->stage, moment->t_ns - shift_ns);
        if (moment->t_ns <= shift_ns && !between)
            continue;
        kept_take(&kept, scene_of(replay, moment, shift_ns), moment->now_ns);
        certain = held_ns == moment->held_ns ? certain : now;
        settled = held_ns == moment->held_ns ? settled : moment->settled;
        held_ns = moment->held_ns;
        if (!certain || !now)
            continue;
        struct kept shown = kept;
        shift(&shown, moment, shift_ns);
        struct stage_picture *picture = draw(stand, &shown, &view_live);
        char what[64];
        snprintf(what, sizeof what, "stage %d at %.3f s", moment->stage,
            (double)moment->t_ns / NS_PER_S);
        expect_equal(moment->picture, picture,
            settled && moment->settled ? ROWS : PICTURE_ROWS, what);
        free(picture);
        compared[moment->stage]++;
        with_loads += settled && moment->settled;
    }
    kept_finish(&kept);
    print_message("%d and %d moments were compared, %d of them with their loads\n",
        compared[0], compared[1], with_loads);
    assert_true(compared[0] >= LEAST && compared[1] >= LEAST && with_loads >= LEAST);
}

/* Whoever opens it at its end has seen nothing before. */
static void compare_ends(
    struct stand *stand, const struct result *saved, struct replay *replay)
{
    struct kept kept = {0};
    kept_take(&kept, replay_at(replay, (int)saved->stage_count, 0), NS_PER_S);
    for (int i = 0; i < ENDS; i++) {
        struct stage_picture *picture = draw(stand, &kept, end_views[i]);
        expect_equal(stand->ends[i], picture, ROWS, end_views[i]->name);
        free(picture);
    }
    kept_finish(&kept);
}

static void init(struct stand *stand)
{
    static unsigned long attributes[STYLES];
    FILE *nowhere = fopen("/dev/null", "r+");
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    setenv("TZ", "UTC0", 1);
    *stand = (struct stand){0};
    assert_non_null(newterm("xterm-256color", nowhere, nowhere));
    for (int i = 0; i < STYLES; i++)
        attributes[i] = (unsigned long)COLOR_PAIR(i + 1);
    stand->pad = newpad(ROWS, COLUMNS);
    stand->canvas = canvas_create(stand->pad, &glyphs_eighths, attributes);
    stand->observer = (struct experiment_observer){.data = stand,
        .stage_started = on_scene,
        .sampled = on_scene,
        .stage_ended = on_scene};
    assert_int_equal(loop_create(&stand->events), 0);
    make_machine(stand);
}

static void finish(struct stand *stand)
{
    for (size_t i = 0; i < stand->count; i++)
        free(stand->moments[i].picture);
    for (int i = 0; i < ENDS; i++)
        free(stand->ends[i]);
    kept_finish(&stand->kept);
    canvas_destroy(stand->canvas);
    delwin(stand->pad);
    result_finish(&stand->result);
    root_close(&stand->root);
    loop_destroy(stand->events);
    remove_machine(stand);
    free(stand);
}

static void a_replay_shows_what_was_seen(void **state)
{
    struct stand *stand = memory_new(1, sizeof *stand);
    struct result saved;
    (void)state;
    init(stand);
    run(stand);
    save_and_read(&stand->result, &saved);
    struct replay *replay = replay_create(&saved);
    compare_moments(stand, &saved, replay);
    compare_ends(stand, &saved, replay);
    replay_destroy(replay);
    result_finish(&saved);
    finish(stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_replay_shows_what_was_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
