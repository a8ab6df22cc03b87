// SPDX-License-Identifier: MIT
#include "ui/worker_times.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/account.h"
#include "ui/more.h"
#include "ui/shown.h"

/* The columns, in the order of the account. */
enum { STARTING, ALONE, WORK, WAITING, BLOCKED, HANDOUT, IDLE, TERMS };

enum {
    EXTRAS = 3,
    LABEL_COLUMNS = 6,
    LABEL_BRIEF_COLUMNS = 4,
    BOTH_COLUMNS = 15, /* time and share */
    TIME_COLUMNS = 9,
    SHARE_COLUMNS = 6,
    EXTRA_COLUMNS = 9, /* at least */
    BETWEEN_COLUMNS = 2,
    AROUND_ROWS = 2, /* heads, all together */
    TEXT_MAX = 32,
};

/* A column: a part of the account. */
struct term {
    const char *name, *brief;
    int64_t (*ns)(const struct account *account);
};

static int64_t starting_ns(const struct account *account)
{
    return account->startup_ns;
}

static int64_t alone_ns(const struct account *account)
{
    return account->prepare_ns;
}

static int64_t work_ns(const struct account *account)
{
    return account->useful_ns;
}

static int64_t waiting_ns(const struct account *account)
{
    return account->waiting_ns == ACCOUNT_NOT_SEEN ? 0 : account->waiting_ns;
}

static int64_t blocked_ns(const struct account *account)
{
    return account->blocked_ns;
}

static int64_t handout_ns(const struct account *account)
{
    return account->handout_ns;
}

static int64_t idle_ns(const struct account *account)
{
    return account->tail_ns;
}

static const struct term terms[TERMS] = {
    [STARTING] = {"starting", "start", starting_ns},
    [ALONE] = {"alone", "alone", alone_ns},
    [WORK] = {"work", "work", work_ns},
    [WAITING] = {"waiting", "wait", waiting_ns},
    [BLOCKED] = {"blocked", "block", blocked_ns},
    [HANDOUT] = {"hand-out", "hand", handout_ns},
    [IDLE] = {"idle", "idle", idle_ns},
};

/* What is said of a worker besides. */
struct extra {
    const char *name;
    int64_t (*value)(const struct result_worker *worker);
    int64_t least; /* or there is nothing to say */
};

static int64_t tasks_of(const struct result_worker *worker)
{
    return worker->tasks;
}

static int64_t renewed_of(const struct result_worker *worker)
{
    return worker->renewed;
}

static int64_t pinned_of(const struct result_worker *worker)
{
    return worker->pinned;
}

static const struct extra extras[EXTRAS] = {
    {"tasks", tasks_of, 0}, {"renewed", renewed_of, 1}, {"on CPU", pinned_of, 0}};

/* The columns that there are, and what is in them. */
struct table {
    struct canvas *canvas;
    const struct worker_times *times;
    struct account all;
    bool shown[TERMS];
    int extra_columns[EXTRAS]; /* 0: not shown */
    bool has_times, has_shares;
    int label_columns, cell_columns;
};

static int64_t unit_ns(const struct result_stage *stage)
{
    if (stage->elapsed_ns < NS_PER_S)
        return NS_PER_MS;
    return stage->elapsed_ns < 1000 * NS_PER_S ? NS_PER_S : 60 * NS_PER_S;
}

/* As many columns as a worker needs, none where there is nothing to say of it. */
static void widen(
    const struct extra *extra, const struct result_worker *worker, int *columns)
{
    int64_t value = extra->value(worker);
    int needed = snprintf(NULL, 0, "%" PRId64, value) + BETWEEN_COLUMNS;
    if (value < extra->least)
        return;
    if (*columns < EXTRA_COLUMNS)
        *columns = EXTRA_COLUMNS;
    if (*columns < needed)
        *columns = needed;
}

/* What one must do alone, and waiting that is not told apart, have no column unless they
 * are there; nor has what nothing is to be said of. */
static void choose_columns(struct table *table)
{
    const struct result_stage *stage = table->times->stage;
    for (int i = 0; i < TERMS; i++)
        table->shown[i] = terms[i].ns(&table->all) != 0;
    table->shown[WORK] = table->shown[IDLE] = true;
    for (int i = 0; i < EXTRAS; i++)
        for (size_t k = 0; k < stage->worker_count; k++)
            widen(&extras[i], &stage->worker_list[k], &table->extra_columns[i]);
}

static int count_shown(const struct table *table)
{
    int count = 0;
    for (int i = 0; i < TERMS; i++)
        count += table->shown[i];
    return count;
}

/* Time and share where there is room for both, else the time, else the share; and of
 * those not all if need be. */
static void fit_columns(struct table *table)
{
    static const int dropped[] = {HANDOUT, ALONE, BLOCKED, WAITING, STARTING};
    int room = table->times->area.columns - LABEL_COLUMNS;
    int count = count_shown(table);
    table->label_columns = LABEL_COLUMNS;
    table->has_times = count * TIME_COLUMNS <= room;
    table->has_shares = !table->has_times || count * BOTH_COLUMNS <= room;
    table->cell_columns = table->has_times ? TIME_COLUMNS : SHARE_COLUMNS;
    if (table->has_times && table->has_shares)
        table->cell_columns = BOTH_COLUMNS;
    if (!table->has_times) {
        table->label_columns = LABEL_BRIEF_COLUMNS;
        room = table->times->area.columns - LABEL_BRIEF_COLUMNS;
    }
    for (int i = 0; i < (int)(sizeof dropped / sizeof *dropped) &&
                    count_shown(table) * table->cell_columns > room;
         i++)
        table->shown[dropped[i]] = false;
    room -= count_shown(table) * table->cell_columns;
    for (int i = 0; i < EXTRAS; i++) {
        if (table->extra_columns[i] > room)
            table->extra_columns[i] = 0;
        room -= table->extra_columns[i];
    }
}

static void draw_right(const struct table *table, int row, int end, const char *text)
{
    canvas_right(table->canvas, row, table->times->area.column + end, STYLE_TEXT, text);
}

static void draw_heads(const struct table *table)
{
    int end = table->label_columns, row = table->times->area.row;
    draw_right(table, row, end, table->has_times ? "worker" : "");
    for (int i = 0; i < TERMS; i++)
        if (table->shown[i])
            draw_right(table, row, end += table->cell_columns,
                table->has_times ? terms[i].name : terms[i].brief);
    for (int i = 0; i < EXTRAS; i++)
        if (table->extra_columns[i] > 0)
            draw_right(table, row, end += table->extra_columns[i], extras[i].name);
}

/* "12.11  98 %" */
static void format_cell(
    const struct table *table, int64_t ns, int64_t total_ns, char text[TEXT_MAX])
{
    double units = (double)ns / (double)unit_ns(table->times->stage);
    text[0] = '\0';
    if (table->has_times)
        snprintf(
            text, TEXT_MAX, "%.*f", units < 999.95 ? units < 99.995 ? 2 : 1 : 0, units);
    if (table->has_shares)
        text_append(TEXT_MAX, text, "%s%3.0f %%", table->has_times ? "  " : "",
            total_ns > 0 ? 100 * (double)ns / (double)total_ns : 0);
}

/* Returns the column where it ends. */
static int draw_account(
    const struct table *table, int row, const char *label, const struct account *account)
{
    char text[TEXT_MAX];
    int end = table->label_columns;
    draw_right(table, row, end, label);
    for (int i = 0; i < TERMS; i++) {
        if (!table->shown[i])
            continue;
        format_cell(table, terms[i].ns(account), account->total_ns, text);
        draw_right(table, row, end += table->cell_columns, text);
    }
    return end;
}

static void draw_worker(const struct table *table, int row, size_t number)
{
    const struct result_worker *worker = &table->times->stage->worker_list[number];
    char text[TEXT_MAX];
    struct area line = {row, table->times->area.column, 1, table->times->area.columns};
    snprintf(text, sizeof text, "%d", worker->worker);
    canvas_target(table->canvas, line, TARGET_WORKER, worker->worker);
    struct account account =
        account_of(1, &worker->times, table->times->stage->elapsed_ns, ACCOUNT_NOT_SEEN);
    int end = draw_account(table, row, text, &account);
    for (int i = 0; i < EXTRAS; i++) {
        if (table->extra_columns[i] == 0)
            continue;
        snprintf(text, sizeof text, "%" PRId64, extras[i].value(worker));
        draw_right(table, row, end += table->extra_columns[i], text);
    }
}

/* All workers together, by what each of them says. */
static struct account sum_up(const struct result_stage *stage)
{
    struct account sum = {.total_ns = 0};
    for (size_t i = 0; i < stage->worker_count; i++) {
        struct account one = account_of(
            1, &stage->worker_list[i].times, stage->elapsed_ns, ACCOUNT_NOT_SEEN);
        sum.total_ns += one.total_ns;
        sum.startup_ns += one.startup_ns;
        sum.prepare_ns += one.prepare_ns;
        sum.useful_ns += one.useful_ns;
        sum.waiting_ns += waiting_ns(&one);
        sum.blocked_ns += one.blocked_ns;
        sum.handout_ns += one.handout_ns;
        sum.tail_ns += one.tail_ns;
    }
    return sum;
}

static struct table table_of(struct canvas *canvas, const struct worker_times *times)
{
    struct table table = {.canvas = canvas, .times = times, .all = sum_up(times->stage)};
    choose_columns(&table);
    fit_columns(&table);
    return table;
}

const char *worker_times_unit(const struct worker_times *times)
{
    int64_t ns = unit_ns(times->stage);
    if (!table_of(NULL, times).has_times)
        return "percent";
    return ns < NS_PER_S ? "ms" : ns == NS_PER_S ? "seconds" : "minutes";
}

int worker_times_draw(struct canvas *canvas, const struct worker_times *times)
{
    struct table table = table_of(canvas, times);
    char text[48];
    int count = (int)times->stage->worker_count, row = times->area.row;
    int rows = times->area.rows - AROUND_ROWS - !table.has_shares;
    if (count > rows)
        rows--; /* for their number */
    int seen = rows < 0 ? 0 : rows < count ? rows : count, most = count - seen;
    int first = times->first < 0 ? 0 : times->first < most ? times->first : most;
    draw_heads(&table);
    for (int i = first; i < first + seen; i++)
        draw_worker(&table, ++row, (size_t)i);
    const struct more more = {(size_t)first, (size_t)(most - first)};
    more_format(&more, "more", sizeof text, text);
    if (*text)
        canvas_text(canvas, ++row, times->area.column, STYLE_STRONG, text);
    draw_account(&table, ++row, "all", &table.all);
    if (table.has_shares)
        return most;
    table.has_shares = true;
    table.has_times = false;
    draw_account(&table, ++row, "", &table.all);
    return most;
}

/* Which stage it is, what of it, and its time, which never goes. */
static void draw_heading(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct worker_times *times)
{
    struct shown shown = shown_latest(input->scene);
    const struct area *area = &frame->area;
    char name[96], text[192], time[48];
    shown_name(input->scene, &shown, false, sizeof name, name);
    shown_time(&shown, input, area->columns, sizeof time, time);
    snprintf(text, sizeof text, "%s: where each worker's time went, in %s", name,
        worker_times_unit(times));
    if (canvas_width_of(text) + 2 + canvas_width_of(time) > area->columns)
        snprintf(text, sizeof text, "%s, in %s", name, worker_times_unit(times));
    canvas_text(canvas, FRAME_FIRST_ROW, area->column, STYLE_STRONG, text);
    canvas_right(
        canvas, FRAME_FIRST_ROW, area->column + area->columns, STYLE_STRONG, time);
}

int worker_times_draw_page(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct view_key keys[])
{
    struct shown shown = shown_latest(input->scene);
    struct worker_times times = {
        .area = frame->area, .stage = shown.stage, .first = input->scroll};
    char name[96];
    shown_name(input->scene, &shown, false, sizeof name, name);
    if (frame->titled)
        frame_draw_title(canvas, input, frame->roomy ? NULL : name);
    times.area.row = frame->roomy ? FRAME_FIRST_ROW + 2 : frame->titled;
    times.area.rows = frame->area.rows - times.area.row - frame->roomy;
    if (frame->roomy)
        draw_heading(canvas, frame, input, &times);
    int most = worker_times_draw(canvas, &times);
    more_set_page(input, (int)times.stage->worker_count - most);
    frame_draw_keys_or_brief(canvas, input, keys);
    return most;
}
