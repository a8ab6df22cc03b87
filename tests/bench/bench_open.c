// SPDX-License-Identifier: MIT
/* What opening a large saved result takes: reading it, its first frame, and then a frame
 * of its replay at random times, drawn into memory. */
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "experiment/replay.h"
#include "large.h"
#include "model/statistics.h"
#include "report/report.h"
#include "ui/glyph.h"
#include "ui/kept.h"
#include "ui/view.h"

enum { FRAMES = 101, ROWS = 40, COLUMNS = 120, OPENED = 5 };

/* The text of the file; caller frees. */
static char *make_text(const struct large *kind, size_t *ret_size)
{
    struct result result;
    struct fault fault;
    char *text;
    large_make(kind, &result);
    if (report_json_write(&result, &text, ret_size, &fault) < 0)
        exit(EXIT_FAILURE);
    result_finish(&result);
    return text;
}

static void draw(struct canvas *canvas, struct kept *kept, const struct view_ops *view)
{
    struct view_input input = {.scene = &kept->scene,
        .figures = &kept->figures,
        .axis = &kept->axis,
        .guess = "",
        .word = ""};
    canvas_clear(canvas);
    view->draw(canvas, &input);
}

/* CPU time, which others on the machine do not lengthen. */
static int64_t cpu_now_ns(void)
{
    return clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
}

static double since_ms(int64_t from_ns)
{
    return (double)(cpu_now_ns() - from_ns) / 1e6;
}

/* The median of some tries: reading it, and then its first frame. */
static void time_opening(
    struct canvas *canvas, const char *text, size_t size, double ret_ms[2])
{
    double read_ms[OPENED], frame_ms[OPENED];
    for (int i = 0; i < OPENED; i++) {
        struct result result;
        struct fault fault = {0};
        struct kept kept = {0};
        int64_t from_ns = cpu_now_ns();
        if (report_json_read(text, size, "bench", &result, &fault) < 0) {
            fprintf(stderr, "%s\n", fault.text);
            exit(EXIT_FAILURE);
        }
        read_ms[i] = since_ms(from_ns);
        from_ns = cpu_now_ns();
        struct replay *replay = replay_create(&result);
        kept_take(&kept, replay_at(replay, (int)result.stage_count, 0), from_ns);
        draw(canvas, &kept, &view_compare);
        frame_ms[i] = since_ms(from_ns);
        kept_finish(&kept);
        replay_destroy(replay);
        result_finish(&result);
    }
    ret_ms[0] = statistics_median(OPENED, read_ms);
    ret_ms[1] = statistics_median(OPENED, frame_ms);
}

static double time_frames(struct canvas *canvas, const char *text, size_t size)
{
    double frame_ms[FRAMES];
    struct result result;
    struct fault fault;
    struct kept kept = {0};
    if (report_json_read(text, size, "bench", &result, &fault) < 0)
        exit(EXIT_FAILURE);
    struct replay *replay = replay_create(&result);
    for (int i = 0; i < FRAMES; i++) {
        int64_t from_ns = cpu_now_ns();
        int64_t t_ns = result.stages[1].elapsed_ns / FRAMES * i;
        kept_take(&kept, replay_at(replay, 1, t_ns), from_ns);
        draw(canvas, &kept, &view_live);
        frame_ms[i] = since_ms(from_ns);
    }
    kept_finish(&kept);
    replay_destroy(replay);
    result_finish(&result);
    return statistics_median(FRAMES, frame_ms);
}

int main(void)
{
    static const struct large kinds[] = {
        {"1000000 tasks", 64, 200, 100, 10000, 1000000, 64},
        {"1024 CPUs, 10 min", 1024, 600, 1000, 10000, 10000, 1024},
        {"2048 CPUs, 10 min", 2048, 600, 1000, 10000, 10000, 2048},
    };
    static unsigned long attributes[STYLES];
    FILE *nowhere = fopen("/dev/null", "r+");
    if (!nowhere || !setlocale(LC_ALL, "C.UTF-8") || !newterm("xterm", nowhere, nowhere))
        return EXIT_FAILURE;
    struct canvas *canvas =
        canvas_create(newpad(ROWS, COLUMNS), &glyphs_eighths, attributes);
    printf("%-20s %8s %10s %14s %12s\n", "open", "MB", "read, ms", "1st frame, ms",
        "frame, ms");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t size;
        double opening_ms[2];
        char *text = make_text(&kinds[i], &size);
        time_opening(canvas, text, size, opening_ms);
        printf("%-20s %8.1f %10.0f %14.1f %12.2f\n", kinds[i].name, (double)size / 1e6,
            opening_ms[0], opening_ms[1], time_frames(canvas, text, size));
        free(text);
    }
    canvas_destroy(canvas);
    return EXIT_SUCCESS;
}
