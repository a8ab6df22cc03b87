// SPDX-License-Identifier: MIT
#include "ui/worker_times.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/account.h"
#include "ui/shown.h"

enum {
    TERMS = 7,
    EXTRAS = 3,
    LABEL_COLUMNS = 6,
    LABEL_BRIEF_COLUMNS = 4,
    BOTH_COLUMNS = 15, /* time and share */
    TIME_COLUMNS = 9,
    SHARE_COLUMNS = 6,
    EXTRA_COLUMNS = 9,
    FIRST_ROW = 2,
    TITLED_ROWS = 8,
    KEYS_COLUMNS = 30,
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

/* In the order of the account. */
static const struct term terms[TERMS] = {{"starting", "start", starting_ns},
    {"alone", "alone", alone_ns}, {"work", "work", work_ns},
    {"waiting", "wait", waiting_ns}, {"blocked", "block", blocked_ns},
    {"hand-out", "hand", handout_ns}, {"idle", "idle", idle_ns}};

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
    bool shown[TERMS], extra[EXTRAS];
    bool has_times, has_shares;
    int label_columns, cell_columns;
};

static int64_t unit_ns(const struct result_stage *stage)
{
    if (stage->elapsed_ns < NS_PER_S)
        return NS_PER_MS;
    return stage->elapsed_ns < 1000 * NS_PER_S ? NS_PER_S : 60 * NS_PER_S;
}

const char *worker_times_unit(const struct result_stage *stage)
{
    int64_t ns = unit_ns(stage);
    return ns < NS_PER_S ? "ms" : ns == NS_PER_S ? "seconds" : "minutes";
}

/* What one must do alone, and waiting that is not told apart, have no column unless they
 * are there; nor has what nothing is to be said of. */
static void choose_columns(struct table *table)
{
    const struct result_stage *stage = table->times->stage;
    for (int i = 0; i < TERMS; i++)
        table->shown[i] = terms[i].ns(&table->all) != 0;
    table->shown[2] = table->shown[6] = true;
    for (int i = 0; i < EXTRAS; i++) {
        for (size_t k = 0; k < stage->worker_count; k++)
            if (extras[i].value(&stage->worker_list[k]) >= extras[i].least)
                table->extra[i] = true;
    }
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
    static const int dropped[] = {5, 1, 4, 3, 0};
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
    for (int i = 0; i < 5 && count_shown(table) * table->cell_columns > room; i++)
        table->shown[dropped[i]] = false;
    room -= count_shown(table) * table->cell_columns;
    for (int i = 0; i < EXTRAS; i++) {
        table->extra[i] = table->extra[i] && room >= EXTRA_COLUMNS;
        room -= table->extra[i] ? EXTRA_COLUMNS : 0;
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
        if (table->extra[i])
            draw_right(table, row, end += EXTRA_COLUMNS, extras[i].name);
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
    snprintf(text, sizeof text, "%d", worker->worker);
    struct account account =
        account_of(1, &worker->times, table->times->stage->elapsed_ns, ACCOUNT_NOT_SEEN);
    int end = draw_account(table, row, text, &account);
    for (int i = 0; i < EXTRAS; i++) {
        if (!table->extra[i])
            continue;
        snprintf(text, sizeof text, "%" PRId64, extras[i].value(worker));
        draw_right(table, row, end += EXTRA_COLUMNS, text);
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

int worker_times_draw(struct canvas *canvas, const struct worker_times *times)
{
    struct table table = {.canvas = canvas, .times = times, .all = sum_up(times->stage)};
    int count = (int)times->stage->worker_count, row = times->area.row;
    choose_columns(&table);
    fit_columns(&table);
    int rows = times->area.rows - AROUND_ROWS - !table.has_shares;
    if (count > rows)
        rows--; /* for their number */
    int seen = rows < 0 ? 0 : rows < count ? rows : count, most = count - seen;
    int first = times->first < 0 ? 0 : times->first < most ? times->first : most;
    draw_heads(&table);
    for (int i = first; i < first + seen; i++)
        draw_worker(&table, ++row, (size_t)i);
    if (most > 0)
        canvas_format(canvas, ++row, times->area.column, STYLE_STRONG, "+%d more", most);
    draw_account(&table, ++row, "all", &table.all);
    if (table.has_shares)
        return most;
    table.has_shares = true;
    table.has_times = false;
    draw_account(&table, ++row, "", &table.all);
    return most;
}

int worker_times_draw_page(struct canvas *canvas, const struct frame *frame,
    const struct view_input *input, const struct view_key keys[])
{
    struct shown shown = shown_latest(input->scene);
    struct worker_times times = {
        .area = frame->area, .stage = shown.stage, .first = input->scroll};
    char name[96], text[160];
    shown_name(input->scene, &shown, false, sizeof name, name);
    bool titled = frame->area.rows >= TITLED_ROWS - 1;
    if (titled)
        frame_draw_title(canvas, input, frame->roomy ? NULL : name);
    times.area.row = frame->roomy ? FIRST_ROW + 2 : titled;
    times.area.rows = frame->area.rows - times.area.row - frame->roomy;
    if (frame->roomy) {
        int end = frame->area.column + frame->area.columns;
        snprintf(text, sizeof text, "%s: where each worker's time went, in %s", name,
            worker_times_unit(shown.stage));
        canvas_text(canvas, FIRST_ROW, frame->area.column, STYLE_STRONG, text);
        shown_time(&shown, input, frame->area.columns - canvas_width_of(text) - 2,
            sizeof text, text);
        canvas_right(canvas, FIRST_ROW, end, STYLE_STRONG, text);
    }
    int most = worker_times_draw(canvas, &times);
    if (frame->area.columns >= KEYS_COLUMNS)
        frame_draw_keys(canvas, input, keys);
    else
        frame_draw_keys_brief(canvas, input);
    return most;
}
