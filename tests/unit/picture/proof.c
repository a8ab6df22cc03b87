// SPDX-License-Identifier: MIT
#include "proof.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../colour_vision.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "picture/paper.h"

/* Of a font's size: how far its letters reach above and below the line. */
static const double ABOVE = 0.74, BELOW = 0.22;

/* Lines and boxes have soft edges, and few letters fill their box. */
static const double TOLERANCE = 1;

/* A slide is read from the back row. */
static const double SMALLEST = 11;

/* WCAG 2.1, 1.4.3: what is large or bold may have less. */
static const double CONTRAST = 4.5, CONTRAST_LARGE = 3, LARGE = 18, LARGE_BOLD = 14;

/* Points: what is as wide and as high is a cell. */
static const double CELL_LEAST = 5, CELL_MOST = 56;

struct press {
    struct proof *proof;
    const struct drawing *paper;
};

/* The first complaint stays. */
__attribute__((format(printf, 2, 3))) static void complain(
    struct proof *proof, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!*proof->complaint)
        vsnprintf(proof->complaint, sizeof proof->complaint, format, arguments);
    va_end(arguments);
}

static void require_finite(struct proof *proof, double number)
{
    if (!isfinite(number))
        complain(proof, "what is drawn is at %g", number);
}

static struct proof_mark *add_mark(
    struct press *press, enum proof_what what, enum ink ink)
{
    void *marks = press->proof->marks;
    struct proof_mark *mark = memory_append(&marks, press->proof->count++, sizeof *mark);
    press->proof->marks = marks;
    mark->what = what;
    mark->ink = ink;
    if (ink >= INKS)
        complain(press->proof, "there is no ink %d", (int)ink);
    return mark;
}

static struct drawing_box bounds(
    struct proof *proof, size_t count, const struct drawing_point points[])
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        require_finite(proof, points[i].x);
        require_finite(proof, points[i].y);
        left = fmin(left, points[i].x);
        right = fmax(right, points[i].x);
        top = fmin(top, points[i].y);
        bottom = fmax(bottom, points[i].y);
    }
    return (struct drawing_box){left, top, right - left, bottom - top};
}

static void draw_box(void *self, const struct drawing_box *box, enum ink ink)
{
    struct press *press = self;
    const struct drawing_point corners[] = {
        {box->x, box->y}, {box->x + box->width, box->y + box->height}};
    bounds(press->proof, 2, corners);
    add_mark(press, PROOF_BOX, ink)->box = *box;
    press->paper->ops->box(press->paper->self, box, ink);
}

static struct proof_mark *add_points(struct press *press, enum proof_what what,
    enum ink ink, size_t count, const struct drawing_point points[])
{
    struct proof_mark *mark = add_mark(press, what, ink);
    mark->box = bounds(press->proof, count, points);
    mark->count = count;
    mark->points = memory_new(count, sizeof *points);
    memcpy(mark->points, points, count * sizeof *points);
    return mark;
}

static void draw_line(void *self, size_t count, const struct drawing_point points[],
    double width, enum ink ink)
{
    struct press *press = self;
    require_finite(press->proof, width);
    add_points(press, PROOF_LINE, ink, count, points)->width = width;
    press->paper->ops->line(press->paper->self, count, points, width, ink);
}

static void draw_area(
    void *self, size_t count, const struct drawing_point points[], enum ink ink)
{
    struct press *press = self;
    add_points(press, PROOF_AREA, ink, count, points);
    press->paper->ops->area(press->paper->self, count, points, ink);
}

static double find_extent(void *self, const struct drawing_text *place, const char *text)
{
    struct press *press = self;
    double extent = press->paper->ops->extent(press->paper->self, place, text);
    require_finite(press->proof, extent);
    return extent;
}

static void draw_text(void *self, const struct drawing_text *place, const char *text)
{
    static const double before[] = {
        [DRAWING_LEFT] = 0, [DRAWING_MIDDLE] = 0.5, [DRAWING_RIGHT] = 1};
    struct press *press = self;
    struct proof_mark *mark = add_mark(press, PROOF_TEXT, place->ink);
    double width = find_extent(press, place, text);
    mark->place = *place;
    mark->text = text_duplicate(text);
    mark->box = (struct drawing_box){place->x - before[place->anchor] * width,
        place->y - ABOVE * place->size, width, (ABOVE + BELOW) * place->size};
    require_finite(press->proof, mark->box.x);
    require_finite(press->proof, mark->box.y);
    if (!utf8_is_text(strlen(text), text))
        complain(press->proof, "no UTF-8: %s", text);
    if (place->size < SMALLEST)
        complain(press->proof, "too small, %g: %s", place->size, text);
    press->paper->ops->text(press->paper->self, place, text);
}

static bool has_letters(void *self, const struct drawing_text *place, const char *text)
{
    struct press *press = self;
    return press->paper->ops->has(press->paper->self, place, text);
}

static const struct drawing_ops press_ops = {.box = draw_box,
    .line = draw_line,
    .area = draw_area,
    .text = draw_text,
    .extent = find_extent,
    .has = has_letters};

/* How far two spans go into each other. */
static double common(double one, double length, double other, double other_length)
{
    return fmin(one + length, other + other_length) - fmax(one, other);
}

static bool meets(const struct drawing_box *one, const struct drawing_box *other)
{
    return common(one->x, one->width, other->x, other->width) > TOLERANCE &&
           common(one->y, one->height, other->y, other->height) > TOLERANCE;
}

static void check_place(struct proof *proof, const struct proof_mark *mark)
{
    static const char *const kinds[] = {"box", "line", "area", "text"};
    const struct drawing_box *box = &mark->box;
    if (box->x >= -TOLERANCE && box->x + box->width <= PAGE_WIDTH + TOLERANCE &&
        box->y >= -TOLERANCE && box->y + box->height <= PAGE_HEIGHT + TOLERANCE)
        return;
    complain(proof, "a %s leaves the page, x %g to %g, y %g to %g: %s", kinds[mark->what],
        box->x, box->x + box->width, box->y, box->y + box->height,
        mark->text ? mark->text : "");
}

/* By the even-odd rule, which is the same as the other one for all that pages draw. */
static bool is_inside(const struct proof_mark *area, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = area->count - 1; i < area->count; j = i++) {
        const struct drawing_point *a = &area->points[i], *b = &area->points[j];
        if ((a->y > y) != (b->y > y) &&
            x < (b->x - a->x) * (y - a->y) / (b->y - a->y) + a->x)
            inside = !inside;
    }
    return inside;
}

static bool covers(const struct proof_mark *mark, double x, double y)
{
    const struct drawing_box *box = &mark->box;
    if (mark->what != PROOF_BOX && mark->what != PROOF_AREA)
        return false;
    return x >= box->x && x < box->x + box->width && y >= box->y &&
           y < box->y + box->height && (mark->what == PROOF_BOX || is_inside(mark, x, y));
}

static int rgb_of(enum ink ink, bool dark)
{
    struct ink_colour colour = ink_colour(ink, dark);
    return (int)lround(colour.red * 255) << 16 | (int)lround(colour.green * 255) << 8 |
           (int)lround(colour.blue * 255);
}

/* What is drawn at a place before the text, and that nothing is after it. */
static enum ink find_ground(
    struct proof *proof, const struct proof_mark *text, double x, double y)
{
    enum ink ground = INK_PAPER;
    for (size_t i = 0; i < proof->count; i++) {
        const struct proof_mark *mark = &proof->marks[i];
        if (!covers(mark, x, y))
            continue;
        if (mark > text)
            complain(proof, "something covers a text: %s", text->text);
        ground = mark->ink;
    }
    return ground;
}

enum { LOOKS = 8 };

static void check_ground(struct proof *proof, const struct proof_mark *text, bool dark)
{
    const struct drawing_text *place = &text->place;
    bool large = place->size >= LARGE || (place->bold && place->size >= LARGE_BOLD);
    for (int i = 0; i <= LOOKS; i++) {
        double x = text->box.x + TOLERANCE +
                   i * fmax(0, text->box.width - 2 * TOLERANCE) / LOOKS;
        enum ink ground = find_ground(proof, text, x, place->y - place->size / 3);
        double contrast = colour_contrast(rgb_of(place->ink, dark), rgb_of(ground, dark));
        if (contrast < (large ? CONTRAST_LARGE : CONTRAST))
            complain(proof, "ink %d on ink %d has a contrast of %.1f: %s",
                (int)place->ink, (int)ground, contrast, text->text);
    }
}

/* Cut to the part of it that is between two heights, then looked at from the side. */
static bool passes(struct drawing_point a, struct drawing_point b,
    const struct drawing_box *box, double within)
{
    double low = 0, high = 1;
    double near[] = {box->x + within - a.x, box->y + within - a.y};
    double far[] = {
        box->x + box->width - within - a.x, box->y + box->height - within - a.y};
    double way[] = {b.x - a.x, b.y - a.y};
    for (int i = 0; i < 2; i++) {
        if (way[i] == 0 && (near[i] >= 0 || far[i] <= 0))
            return false;
        if (way[i] == 0)
            continue;
        low = fmax(low, fmin(near[i] / way[i], far[i] / way[i]));
        high = fmin(high, fmax(near[i] / way[i], far[i] / way[i]));
    }
    return low < high;
}

/* A thin line to measure by may run below a text. */
static void check_line(
    struct proof *proof, const struct proof_mark *line, const struct proof_mark *text)
{
    double within = text->place.size / 5;
    if (line->what != PROOF_LINE || (line->ink == INK_RULE && line < text))
        return;
    for (size_t i = 1; i < line->count; i++)
        if (passes(line->points[i - 1], line->points[i], &text->box, within))
            complain(proof, "a line of ink %d runs through a text: %s", (int)line->ink,
                text->text);
}

/* What is left out of a headline is left out before its end, which says how many there
 * are. */
static void check_headline(struct proof *proof, const struct proof_mark *text)
{
    size_t length = strlen(text->text), ending = strlen("…");
    if (text->place.y == PAGE_MARGIN + PAGE_MEDIUM && length >= ending &&
        strchr(text->text, ' ') && strcmp(text->text + length - ending, "…") == 0)
        complain(proof, "a headline has lost its end: %s", text->text);
}

static void check_text(struct proof *proof, const struct proof_mark *text, bool dark)
{
    check_ground(proof, text, dark);
    check_headline(proof, text);
    for (size_t i = 0; i < proof->count; i++) {
        const struct proof_mark *mark = &proof->marks[i];
        check_line(proof, mark, text);
        if (mark < text && mark->what == PROOF_TEXT && meets(&mark->box, &text->box))
            complain(
                proof, "two texts run into each other: %s, %s", mark->text, text->text);
    }
}

/* An empty box of its own, not one that is partly filled, has a rule around it: it was
 * drawn right before. */
static void check_empty(struct proof *proof, const struct proof_mark *box)
{
    const struct proof_mark *before = box - 1;
    bool ruled = box > proof->marks && before->what == PROOF_BOX &&
                 before->ink == INK_RULE && before->box.x < box->box.x &&
                 before->box.x + before->box.width > box->box.x + box->box.width;
    bool cell = box->box.width >= CELL_LEAST && box->box.width <= CELL_MOST &&
                box->box.height >= CELL_LEAST && box->box.height <= CELL_MOST;
    bool filled = false;
    for (size_t i = (size_t)(box - proof->marks) + 1; i < proof->count; i++)
        filled = filled || (proof->marks[i].what != PROOF_TEXT &&
                               meets(&proof->marks[i].box, &box->box));
    if (cell && !ruled && !filled)
        complain(proof, "an empty cell hardly stands out at x %g, y %g", box->box.x,
            box->box.y);
}

static void check(struct proof *proof, bool dark)
{
    if (proof->count == 0)
        complain(proof, "the page is empty");
    for (size_t i = 0; i < proof->count; i++)
        check_place(proof, &proof->marks[i]);
    for (size_t i = 0; i < proof->count; i++)
        if (proof->marks[i].what == PROOF_TEXT)
            check_text(proof, &proof->marks[i], dark);
    for (size_t i = 0; i < proof->count; i++)
        if (proof->marks[i].what == PROOF_BOX && proof->marks[i].ink == INK_EMPTY)
            check_empty(proof, &proof->marks[i]);
}

struct proof *proof_judge(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage, bool dark)
{
    const struct paper_setup setup = {
        .form = PAPER_SVG, .width = PAGE_WIDTH, .height = PAGE_HEIGHT, .dark = dark};
    struct press press = {.proof = memory_new(1, sizeof *press.proof)};
    struct drawing drawing = {&press_ops, &press, PAGE_WIDTH, PAGE_HEIGHT};
    struct paper *paper;
    struct fault fault;
    char *data;
    size_t size;
    if (paper_create(&setup, &paper, &fault) < 0)
        fail_msg("%s", fault.text);
    press.paper = paper_drawing(paper);
    page->draw(&(struct page){&drawing, result, stage});
    if (paper_finish(paper, &data, &size, &fault) < 0)
        complain(press.proof, "%s", fault.text);
    else
        free(data);
    paper_destroy(paper);
    check(press.proof, dark);
    return press.proof;
}

struct proof *proof_draw(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage, bool dark)
{
    struct proof *proof = proof_judge(page, result, stage, dark);
    if (*proof->complaint)
        fail_msg("%s: %s", dark ? "dark" : "light", proof->complaint);
    return proof;
}

void proof_destroy(struct proof *proof)
{
    if (!proof)
        return;
    for (size_t i = 0; i < proof->count; i++) {
        free(proof->marks[i].points);
        free(proof->marks[i].text);
    }
    free(proof->marks);
    free(proof);
}

void proof_pass(const struct page_ops *page, const struct result *result,
    const struct result_stage *stage)
{
    proof_destroy(proof_draw(page, result, stage, false));
    proof_destroy(proof_draw(page, result, stage, true));
}

const struct proof_mark *proof_find_text(const struct proof *proof, const char *part)
{
    for (size_t i = 0; i < proof->count; i++)
        if (proof->marks[i].text && strstr(proof->marks[i].text, part))
            return &proof->marks[i];
    return NULL;
}

bool proof_has_swatch(const struct proof *proof, enum ink ink, const char *text)
{
    const struct proof_mark *found = proof_find_text(proof, text);
    const struct proof_mark *swatch = found && found > proof->marks ? found - 1 : NULL;
    return swatch && swatch->what == PROOF_BOX && swatch->ink == ink &&
           swatch->box.x + swatch->box.width < found->box.x &&
           swatch->box.x > found->box.x - 2 * found->place.size &&
           found->place.ink == INK_TEXT;
}

bool proof_has_text(const struct proof *proof, const char *text)
{
    for (size_t i = 0; i < proof->count; i++)
        if (proof->marks[i].text && strcmp(proof->marks[i].text, text) == 0)
            return true;
    return false;
}

const struct proof_mark *proof_next(const struct proof *proof, enum proof_what what,
    enum ink ink, const struct proof_mark *after)
{
    size_t first = after ? (size_t)(after - proof->marks) + 1 : 0;
    for (size_t i = first; i < proof->count; i++)
        if (proof->marks[i].what == what && proof->marks[i].ink == ink)
            return &proof->marks[i];
    return NULL;
}

size_t proof_count(const struct proof *proof, enum proof_what what, enum ink ink)
{
    const struct proof_mark *mark = NULL;
    size_t count = 0;
    while ((mark = proof_next(proof, what, ink, mark)))
        count++;
    return count;
}

double proof_right_end(const struct proof *proof, enum proof_what what, enum ink ink)
{
    const struct proof_mark *mark = NULL;
    double end = -INFINITY;
    while ((mark = proof_next(proof, what, ink, mark)))
        end = fmax(end, mark->box.x + mark->box.width);
    if (!isfinite(end))
        fail_msg("there is nothing of ink %d", (int)ink);
    return end;
}
