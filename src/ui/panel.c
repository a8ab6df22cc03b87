// SPDX-License-Identifier: MIT
#include "ui/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/bar.h"
#include "ui/frame.h"
#include "ui/processes.h"

enum { PERCENT_COLUMNS = 7 };

static const double FULL_FROM = 0.95, LOW_BELOW = 0.05, OTHERS_FROM = 0.5;

/* What the functions below share. */
struct drawing {
    struct canvas *canvas;
    const struct panel *panel;
    const struct machine *machine;
    struct lines lines;
    int column, end; /* where bars begin, where numbers end */
};

void panel_format_busy(
    const struct figures *figures, bool brief, size_t size, char text[])
{
    int online = figures->online_cpus;
    const char *cpus = online == 1 ? "CPU" : "CPUs";
    if (!figures->shares || figures->busy_cpus < 0)
        snprintf(text, size, "%d %s", online, cpus);
    else
        snprintf(text, size, "%.1f of %d %s%sbusy", figures->busy_cpus, online,
            brief ? "" : cpus, brief ? "" : " ");
}

void panel_format_hidden(const struct figures *figures, const struct lines_rest *rest,
    int columns, size_t size, char text[])
{
    char count[64];
    panel_format_busy(figures, true, size, text);
    if (rest->cpus == 0)
        return;
    lines_format_rest(rest, false, sizeof count, count);
    if (canvas_width_of(text) + 2 + canvas_width_of(count) > columns) {
        char *word = strstr(text, " busy");
        if (word)
            *word = '\0';
        lines_format_rest(rest, true, sizeof count, count);
    }
    char *point = strchr(text, '.'), *behind = strchr(text, ' ');
    if (canvas_width_of(text) + 2 + canvas_width_of(count) > columns && point && behind)
        memmove(point, behind, strlen(behind) + 1);
    if (canvas_width_of(text) + 2 + canvas_width_of(count) > columns)
        snprintf(count, sizeof count, "+%zu", rest->cpus);
    text_append(size, text, ", %s", count);
}

double panel_others(const struct figures *figures)
{
    if (figures->busy_cpus < 0 || figures->own_cpus < 0)
        return -1;
    return fmax(figures->busy_cpus - figures->own_cpus, 0);
}

void panel_format_whose(const struct figures *figures, const struct lines_rest *rest,
    int columns, size_t size, char text[])
{
    char all[64], forms[3][160];
    double others = panel_others(figures), own = figures->own_cpus;
    int online = figures->online_cpus;
    const char *comma = rest->cpus > 0 ? ", " : "";
    lines_format_rest(rest, false, sizeof all, all);
    int count = rest->cpus > 0 ? 1 : 3; /* what is hidden is said in full first */
    snprintf(forms[0], sizeof forms[0], "yours %.1f, others %.1f of %d busy%s%s", own,
        others, online, comma, all);
    snprintf(
        forms[1], sizeof forms[1], "yours %.1f, others %.1f of %d", own, others, online);
    snprintf(forms[2], sizeof forms[2], "%.1f of %d: yours %.1f", figures->busy_cpus,
        online, own);
    panel_format_hidden(figures, rest, columns, size, text);
    for (int i = 0; i < count && others >= OTHERS_FROM; i++)
        if (canvas_width_of(forms[i]) <= columns) {
            text_copy(size, text, forms[i]);
            return;
        }
}

static const struct load_share *load_of(const struct drawing *drawing, size_t place)
{
    const struct load_share *loads = drawing->panel->scene->loads;
    return loads ? &loads[drawing->lines.cpus.order[place]] : NULL;
}

static double share_of(const struct drawing *drawing, size_t place)
{
    const struct figures *figures = drawing->panel->figures;
    return figures->shares ? figures->shares[drawing->lines.cpus.order[place]] : -1;
}

static const struct machine_cpu *cpu_at(const struct drawing *drawing, size_t place)
{
    return cpus_at(&drawing->lines.cpus, drawing->machine, place);
}

/* CPUs come and go: what they do now decides, as soon as that is known of any. */
static bool is_online(const struct drawing *drawing, size_t place)
{
    if (!drawing->panel->figures->shares || drawing->panel->figures->busy_cpus < 0)
        return cpu_at(drawing, place)->online;
    const struct load_share *load = load_of(drawing, place);
    return load ? load->busy >= 0 : share_of(drawing, place) >= 0;
}

/* The workers that were last seen on a CPU: one by name, more by their number. */
static void name_workers(const struct drawing *drawing, int id, size_t size, char text[])
{
    const struct scene *scene = drawing->panel->scene;
    int found = 0;
    text[0] = '\0';
    if (scene->phase != SCENE_RUNNING)
        return;
    if (scene->result->programs.count > 0) {
        if (scene->family && !drawing->machine->simulated)
            processes_on_cpu(scene->family, id, size, text);
        return;
    }
    for (size_t i = 0; i < scene->worker_count; i++)
        if (scene->workers[i].cpu == id && scene->workers[i].pid > 0 && found++ == 0)
            snprintf(text, size, "worker %d", scene->workers[i].worker);
    if (found > 1)
        snprintf(text, size, "%d workers", found);
}

/* A CPU that is not for us is drawn thin, whatever it does. */
static void draw_bar(const struct drawing *drawing, size_t place, struct area area)
{
    const struct load_share *load = load_of(drawing, place);
    if (!load || load->busy < 0)
        return;
    if (cpu_at(drawing, place)->allowed) {
        bar_draw(drawing->canvas, &(struct bar){area, load, drawing->panel->details});
        return;
    }
    area.columns = (int)lround(load->busy * area.columns);
    canvas_fill(
        drawing->canvas, area, STYLE_ABSENT, canvas_glyphs(drawing->canvas)->shade[3]);
}

static void draw_percent(const struct drawing *drawing, size_t place, int row, int end)
{
    double share = share_of(drawing, place);
    char text[16];
    if (share < 0)
        return;
    snprintf(text, sizeof text, "%.0f %%", 100 * share);
    canvas_right(drawing->canvas, row, end, STYLE_TEXT, text);
}

/* As many columns right of a bar as the pictures above it have. */
static bool has_numbers(const struct drawing *drawing)
{
    return drawing->panel->area.columns >= FRAME_ROOMY_COLUMNS;
}

/* One CPU of a core: its bar, its percentage, and who is on it. */
static void draw_full_bar(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    const struct machine_cpu *cpu = cpu_at(drawing, place);
    int middle = cell.row + (cell.rows - 1) / 2;
    bool alone = drawing->lines.layout.per_line == 1;
    bool named = alone && has_numbers(drawing);
    struct area area = cell;
    area.columns -= named ? FRAME_NUMBERS_COLUMNS : PERCENT_COLUMNS + (alone ? 0 : 2);
    if (!is_online(drawing, place)) {
        canvas_text(drawing->canvas, middle, area.column, STYLE_ABSENT, "offline");
        return;
    }
    draw_bar(drawing, place, area);
    draw_percent(drawing, place, middle, area.column + area.columns + PERCENT_COLUMNS);
    if (!named)
        return;
    char workers[32];
    name_workers(drawing, cpu->id, sizeof workers, workers);
    canvas_right(drawing->canvas, middle, drawing->end,
        cpu->allowed ? STYLE_TEXT : STYLE_ABSENT, cpu->allowed ? workers : "not for us");
}

static void draw_short_bar(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    cell.columns--;
    if (is_online(drawing, place))
        draw_bar(drawing, place, cell);
    else
        canvas_format(drawing->canvas, cell.row, cell.column, STYLE_ABSENT, "%.*s",
            cell.columns, "offline");
}

/* 10 % and 100 % must not look the same: a digit is a tens digit, a block is full.  What
 * a CPU does that is not for us is not told apart: it is marked. */
static void draw_cell(void *data, size_t place, struct area cell)
{
    const struct drawing *drawing = data;
    const struct glyphs *glyphs = canvas_glyphs(drawing->canvas);
    const struct load_share *load = load_of(drawing, place);
    enum style style = STYLE_BUSY;
    wchar_t glyph = glyphs->cell_low;
    if (!is_online(drawing, place) || !cpu_at(drawing, place)->allowed) {
        style = STYLE_ABSENT;
        glyph = is_online(drawing, place) ? L'-' : L'x';
    } else if (load && load->busy >= FULL_FROM)
        glyph = glyphs->cell_full;
    else if (load && load->busy >= LOW_BELOW) {
        style = STYLE_TEXT;
        glyph = L'0' + (wchar_t)(load->busy * 10);
    }
    canvas_cell(drawing->canvas, cell.row, cell.column, style, glyph);
}

/* The sum of a line confirms what the eye has found. */
static void draw_sum(void *data, const struct layout_line *line, int row)
{
    const struct drawing *drawing = data;
    double sum = 0;
    bool known = false;
    char text[16];
    for (size_t i = line->first; i < line->first + line->count; i++) {
        known = known || share_of(drawing, i) >= 0;
        sum += fmax(share_of(drawing, i), 0);
    }
    snprintf(text, sizeof text, "%.1f", sum);
    if (known)
        canvas_right(drawing->canvas, row, drawing->end, STYLE_TEXT, text);
}

/* What is worth saying of CPUs that are not at work for us. */
static void note_unusable(const struct drawing *drawing, size_t size, char text[])
{
    const struct machine *machine = drawing->machine;
    int offline = (int)machine->cpu_count - drawing->panel->figures->online_cpus;
    int forbidden = 0;
    for (size_t i = 0; i < machine->cpu_count; i++)
        forbidden += machine->cpus[i].online && !machine->cpus[i].allowed;
    text[0] = '\0';
    if (forbidden > 0)
        text_append(size, text, ", %d not for us", forbidden);
    if (offline > 0)
        text_append(size, text, ", %d offline", offline);
}

static void draw_scale(const struct drawing *drawing, int row)
{
    int columns = drawing->lines.layout.cell_columns;
    columns -= has_numbers(drawing) ? FRAME_NUMBERS_COLUMNS : PERCENT_COLUMNS;
    canvas_text(drawing->canvas, row, drawing->column, STYLE_TEXT, "0 %");
    if (columns >= 30)
        canvas_text(
            drawing->canvas, row, drawing->column + columns / 2 - 2, STYLE_TEXT, "50 %");
    canvas_right(drawing->canvas, row, drawing->column + columns, STYLE_TEXT, "100 %");
}

static void draw_siblings(const struct drawing *drawing, int row)
{
    static const char *const names[] = {
        "a core's first CPU", "its second CPU", "its third CPU", "its fourth CPU"};
    for (int i = 0; i < drawing->lines.layout.per_line && i < 4; i++)
        canvas_text(drawing->canvas, row,
            drawing->column + i * drawing->lines.layout.cell_columns, STYLE_TEXT,
            names[i]);
}

/* ": yours 61.2, others 1.9"; nothing where it goes without saying. */
static bool format_whose(const struct drawing *drawing, size_t size, char text[])
{
    const struct panel *panel = drawing->panel;
    double others = panel_others(panel->figures);
    bool says = panel->whose ? others >= 0 : others >= OTHERS_FROM;
    text[0] = '\0';
    if (says)
        snprintf(text, size,
            panel->whose ? ": yours %.1f, other people's %.1f"
                         : ": yours %.1f, others %.1f",
            panel->figures->own_cpus, others);
    return says;
}

/* The total, whose it is, what is not at work, what is hidden: all of it if there is
 * room, but the first and the last always. */
static void draw_words(const struct drawing *drawing, const char *const words[4])
{
    int room = drawing->end - drawing->column;
    char text[256];
    if (drawing->panel->whose && drawing->lines.layout.sums)
        room -= LAYOUT_SUM_COLUMNS; /* of the word above these */
    for (int keep = 2; keep >= 0; keep--) {
        snprintf(text, sizeof text, "%s%s%s%s", words[0], keep > 0 ? words[1] : "",
            keep > 1 ? words[2] : "", words[3]);
        if (canvas_width_of(text) <= room)
            break;
    }
    canvas_text(
        drawing->canvas, drawing->panel->area.row, drawing->column, STYLE_STRONG, text);
}

/* The total, and on a shared machine whose it is. */
static void draw_head(const struct drawing *drawing, const struct lines_rest *rest)
{
    const struct panel *panel = drawing->panel;
    int row = panel->area.row;
    char busy[96], note[64], split[64], hidden[64] = ", ";
    note_unusable(drawing, sizeof note, note);
    lines_format_rest(rest, false, sizeof hidden - 2, hidden + 2);
    bool bars = drawing->lines.layout.form == LAYOUT_BARS;
    panel_format_busy(
        panel->figures, bars && drawing->lines.layout.per_line > 1, sizeof busy, busy);
    canvas_text(drawing->canvas, row, panel->area.column, STYLE_TEXT, "now");
    bool shared = format_whose(drawing, sizeof split, split);
    if (panel->whose && drawing->lines.layout.sums)
        canvas_right(drawing->canvas, row, drawing->end, STYLE_TEXT, "busy");
    if (!bars || shared || *note) {
        const char *const words[] = {busy, split, note, rest->cpus > 0 ? hidden : ""};
        draw_words(drawing, words);
        return;
    }
    if (drawing->lines.layout.per_line == 1)
        draw_scale(drawing, row);
    else
        draw_siblings(drawing, row);
    canvas_right(drawing->canvas, row, drawing->end, STYLE_STRONG, busy);
}

struct lines_rest panel_draw(struct canvas *canvas, const struct panel *panel)
{
    struct area area = panel->area;
    struct drawing drawing = {.canvas = canvas,
        .panel = panel,
        .machine = &panel->scene->result->machine,
        .column = area.column + panel->label_columns,
        .end = area.column + area.columns};
    struct layout_room room = {
        area.rows - panel->head, area.columns - panel->label_columns};
    lines_init(&drawing.lines, drawing.machine, panel->label_columns, &room);
    area.row += panel->head;
    area.rows -= panel->head;
    struct lines_drawing how = {.canvas = canvas,
        .area = area,
        .first = panel->first_line,
        .ids = panel->details,
        .data = &drawing,
        .draw = {[LAYOUT_BARS] = draw_full_bar,
            [LAYOUT_COLUMNS] = draw_short_bar,
            [LAYOUT_GRID] = draw_cell},
        .sum = draw_sum};
    struct lines_rest rest = lines_draw(&drawing.lines, &how);
    rest.rows += panel->head;
    if (panel->head)
        draw_head(&drawing, &rest);
    lines_finish(&drawing.lines);
    return rest;
}
