// SPDX-License-Identifier: MIT
#include "ui/gallery.h"

#include "ui/keys.h"
#include "ui/outline_row.h"

enum { SIGNS_COLUMNS = 2, WHEEL_ROWS = 3, HEADS_FROM_COLUMNS = 30, NO_MARK = -1 };

void gallery_init(struct gallery *gallery, size_t count,
    const struct result *const results[], const char *const names[])
{
    *gallery = (struct gallery){
        .count = count,
        .results = results,
        .names = names,
        .marked = {NO_MARK, NO_MARK},
    };
}

static bool is_marked(const struct gallery *gallery, size_t number)
{
    return gallery->marked[0] == (int)number || gallery->marked[1] == (int)number;
}

/* A third mark takes the place of the oldest. */
static void mark(struct gallery *gallery)
{
    int selected = (int)gallery->selected, *marked = gallery->marked;
    if (marked[0] == selected) {
        marked[0] = marked[1];
        marked[1] = NO_MARK;
    } else if (marked[1] == selected) {
        marked[1] = NO_MARK;
    } else if (marked[0] == NO_MARK) {
        marked[0] = selected;
    } else {
        if (marked[1] != NO_MARK)
            marked[0] = marked[1];
        marked[1] = selected;
    }
}

static void move(struct gallery *gallery, int rows)
{
    size_t far = (size_t)(rows < 0 ? -(long)rows : rows);
    if (rows < 0)
        gallery->selected -= far < gallery->selected ? far : gallery->selected;
    else
        gallery->selected += far;
    if (gallery->selected >= gallery->count)
        gallery->selected = gallery->count - 1;
}

/* How far a key moves; 0: it does not. */
static int rows_of(const struct gallery *gallery, int key, int page)
{
    int all = (int)gallery->count;
    switch (key) {
    case KEYS_UP:
    case 'k':
        return -1;
    case KEYS_DOWN:
    case 'j':
        return 1;
    case KEYS_PAGE_UP:
        return page > 1 ? -page : -1;
    case KEYS_PAGE_DOWN:
        return page > 1 ? page : 1;
    case KEYS_HOME:
        return -all;
    case KEYS_END:
        return all;
    case KEYS_WHEEL_UP:
        return -WHEEL_ROWS;
    case KEYS_WHEEL_DOWN:
        return WHEEL_ROWS;
    default:
        return 0;
    }
}

enum gallery_action gallery_obey(struct gallery *gallery, int key, int page)
{
    size_t pair[2];
    if (gallery->count == 0)
        return GALLERY_OTHER;
    int rows = rows_of(gallery, key, page);
    if (rows != 0) {
        move(gallery, rows);
        return GALLERY_DRAW;
    }
    switch (key) {
    case 'm':
        mark(gallery);
        return GALLERY_DRAW;
    case 'b':
        return gallery_pair(gallery, pair) ? GALLERY_BESIDE : GALLERY_DRAW;
    case KEYS_ENTER:
        return GALLERY_OPEN;
    default:
        return GALLERY_OTHER;
    }
}

enum gallery_action gallery_click(struct gallery *gallery, const struct target *target)
{
    if (target->kind != TARGET_ROW || target->number < 0 ||
        (uint64_t)target->number >= gallery->count)
        return GALLERY_OTHER;
    if (gallery->selected == (size_t)target->number)
        return GALLERY_OPEN;
    gallery->selected = (size_t)target->number;
    return GALLERY_DRAW;
}

/* The mark at that place, if it is of a result that there is. */
static bool find_mark(const struct gallery *gallery, int place, size_t *ret_number)
{
    int number = gallery->marked[place];
    if (number < 0 || (size_t)number >= gallery->count)
        return false;
    *ret_number = (size_t)number;
    return true;
}

bool gallery_pair(const struct gallery *gallery, size_t ret_pair[2])
{
    size_t selected = gallery->selected, one, other;
    if (gallery->count < 2)
        return false;
    if (selected >= gallery->count)
        selected = gallery->count - 1;
    bool has_one = find_mark(gallery, 0, &one), has_other = find_mark(gallery, 1, &other);
    if (!has_one && has_other)
        one = other;
    if ((has_one || has_other) && !(has_one && has_other))
        other = selected;
    if ((!has_one && !has_other) || one == other) { /* the one before, or behind */
        one = selected > 0 ? selected - 1 : 0;
        other = one + 1;
    }
    ret_pair[0] = one;
    ret_pair[1] = other;
    return true;
}

/* The rows go by pages, so that a click, which selects, moves none of them. */
static size_t find_first(const struct gallery *gallery, size_t seen)
{
    size_t selected = gallery->selected;
    if (selected >= gallery->count)
        selected = gallery->count - 1;
    return selected / seen * seen;
}

static void draw_row(struct canvas *canvas, struct area row,
    const struct gallery *gallery, const struct outline_layout *layout, size_t number)
{
    const char *name = gallery->names ? gallery->names[number] : NULL;
    struct outline outline;
    outline_init(&outline, gallery->results[number], name);
    canvas_text(canvas, row.row, row.column + 1, STYLE_MARK,
        is_marked(gallery, number) ? "*" : "");
    canvas_target(canvas, row, TARGET_ROW, (int64_t)number);
    row.column += SIGNS_COLUMNS;
    row.columns -= SIGNS_COLUMNS;
    outline_row_draw(canvas, row, layout, &outline);
}

static void draw_rows(struct canvas *canvas, struct area area,
    const struct gallery *gallery, const struct outline_layout *layout, bool active)
{
    size_t room = (size_t)area.rows;
    size_t seen = gallery->count > room && room > 1 ? room - 1 : room;
    size_t first = find_first(gallery, seen), number = first;
    for (; number < gallery->count && number < first + seen; number++) {
        struct area row = {
            area.row + (int)(number - first), area.column, 1, area.columns};
        draw_row(canvas, row, gallery, layout, number);
        if (!active || number != gallery->selected)
            continue;
        canvas_text(canvas, row.row, row.column, STYLE_KEY, ">");
        canvas_rest(canvas, row.row, row.column);
    }
    size_t hidden = gallery->count - (number - first);
    if (hidden > 0 && seen < room)
        canvas_format(canvas, area.row + area.rows - 1, area.column + SIGNS_COLUMNS,
            STYLE_TEXT, "+%zu hidden", hidden);
}

void gallery_draw(
    struct canvas *canvas, struct area area, const struct gallery *gallery, bool active)
{
    if (area.rows < 1 || area.columns <= SIGNS_COLUMNS)
        return;
    if (gallery->count == 0) {
        canvas_field(canvas, &area, STYLE_TEXT, "No results yet.");
        return;
    }
    struct outline_layout layout = outline_row_layout(
        gallery->count, gallery->results, gallery->names, area.columns - SIGNS_COLUMNS);
    if (area.rows > 2 && area.columns >= HEADS_FROM_COLUMNS) {
        struct area heads = area;
        heads.column += SIGNS_COLUMNS;
        heads.columns -= SIGNS_COLUMNS;
        outline_row_draw(canvas, heads, &layout, NULL);
        area.row++;
        area.rows--;
    }
    draw_rows(canvas, area, gallery, &layout, active);
}
