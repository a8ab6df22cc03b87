// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "experiment/words.h"
#include "ui/frame.h"
#include "ui/notice.h"
#include "ui/stages.h"
#include "ui/view_help.h"

enum { TITLED_ROWS = 10 };

static const double OTHERS_FROM = 0.5; /* CPUs: not idle by this loop's doing */

static const struct view_key keys[] = {
    {"Enter", "go on"}, {"q", "quit"}, {"?", "help"}, {NULL, NULL}};

/* What the first stage showed of the machine; where others worked, too, whose it was. */
static void say_idle(const struct view_input *input, size_t size, char text[])
{
    const struct scene *scene = input->scene;
    int online = scene->result->machine.online_cpus;
    double busy = words_busy_cpus(&scene->result->stages[scene->stage]);
    text[0] = '\0';
    if (busy < 0)
        return;
    double others = scene->result->stages[scene->stage].others_cpus;
    if (others >= OTHERS_FROM) {
        snprintf(text, size, "This loop used %.1f of %d CPU%s; other programs %.1f.",
            fmax(busy - others, 0), online, online == 1 ? "" : "s", others);
        return;
    }
    double idle = 1 - busy / online;
    const char *part = NULL;
    if (fabs(idle - 0.5) < 0.03)
        part = "Half of this machine";
    char share[48];
    snprintf(share, sizeof share, "%.0f %% of this machine", 100 * fmax(idle, 0));
    snprintf(text, size, "%s was idle: %.1f of %d CPU%s busy.", part ? part : share, busy,
        online, online == 1 ? "" : "s");
}

/* The question, and the answer so far with the cursor behind it.  What was idle goes
 * first where there is no room for all, then the words of the question. */
static void draw_question(
    struct canvas *canvas, struct area area, const struct view_input *input)
{
    const struct result *result = input->scene->result;
    char idle[128], question[160], answer[32];
    say_idle(input, sizeof idle, idle);
    snprintf(question, sizeof question,
        "Now the same %" PRId64 " tasks, %d at a time. How many times as fast?",
        result->plan.iterations, result->plan.workers);
    snprintf(answer, sizeof answer, "your guess: %s", input->guess);
    int needed = canvas_paragraph_rows(question, area.columns) + 1;
    if (needed > area.rows)
        snprintf(question, sizeof question, "How many times?");
    int left = area.rows - needed - canvas_paragraph_rows(idle, area.columns);
    if (left >= 0)
        area.row += canvas_paragraph(canvas, area, STYLE_TEXT, idle) + (left >= 2);
    area.row += canvas_paragraph(canvas, area, STYLE_STRONG, question) + (left >= 2);
    canvas_text(canvas, area.row, area.column, STYLE_TEXT, answer);
    canvas_rest(canvas, area.row, area.column + canvas_width_of(answer));
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    struct frame frame = frame_of(canvas);
    struct area area = frame.area;
    struct stages stages = {.area = area,
        .label_columns = frame.label_columns,
        .numbers_columns = frame.numbers_columns,
        .spaced = true};
    stages_fit(&stages, &input->scene->result->machine, (area.rows - 13) / 5);
    if (frame.roomy) {
        frame_draw_title(canvas, input, NULL);
        notice_draw(canvas, &frame.area, input);
        stages.area.row = FRAME_FIRST_ROW;
        stages_draw(canvas, &stages, input, NULL);
        area.row = FRAME_FIRST_ROW + stages_rows(&stages) + 2;
    } else {
        bool titled = area.rows >= TITLED_ROWS;
        if (titled)
            frame_draw_title(canvas, input, NULL);
        area.row = titled;
        stages_draw_brief(canvas, area, input);
        area.row += stages_rows_brief(input) + titled;
    }
    area.rows = frame.area.rows - area.row;
    frame_draw_keys(canvas, input, keys);
    draw_question(canvas, area, input);
    return 0;
}

static struct view_help help(const struct view_input *input)
{
    static const char *const words[] = {VIEW_HELP_TOP,
        "The first run is over: one task after the other. The empty frame under it is "
        "for "
        "the second run, of the same tasks, several at a time.",
        "How much of the machine was idle, or how much of it others used, and the "
        "question: how many times as fast will "
        "the second run be? Nothing depends on the answer.",
        NULL};
    static const struct view_key more[] = {{"0-9 .", "your guess; Backspace takes back"},
        {"Enter", "go on, with a guess or without; so does PageDown"}, {NULL, NULL}};
    (void)input;
    return (struct view_help){words, more};
}

const struct view_ops view_ask = {.name = "ask", .draw = draw, .help = help};
