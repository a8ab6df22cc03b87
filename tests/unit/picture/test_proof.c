// SPDX-License-Identifier: MIT
/* What would let a reader down is noticed. */
#include "proof.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

static void write_at(const struct page *page, double x, double y, const char *text)
{
    drawing_text(page->drawing,
        &(struct drawing_text){.x = x, .y = y, .size = 16, .ink = INK_TEXT}, text);
}

static void fill(const struct page *page, double x, double y, enum ink ink)
{
    drawing_box(page->drawing, &(struct drawing_box){x, y, 200, 40}, ink);
}

static void rule(const struct page *page, double y, enum ink ink)
{
    const struct drawing_point points[] = {{50, y}, {800, y + 1}};
    drawing_line(page->drawing, 2, points, 1, ink);
}

static void draw_nothing(const struct page *page)
{
    (void)page;
}

static void draw_good(const struct page *page)
{
    fill(page, 100, 80, INK_EMPTY);
    rule(page, 95, INK_RULE);
    write_at(page, 110, 100, "in a box, on a rule");
    write_at(page, 110, 121, "gjpq, the next line");
    rule(page, 126, INK_BUSY);
    fill(page, 760, 500, INK_BUSY);
}

static void draw_leaving_text(const struct page *page)
{
    write_at(page, 900, 100, "too far to the right");
}

static void draw_low_text(const struct page *page)
{
    write_at(page, 100, 539, "gjpq");
}

static void draw_leaving_box(const struct page *page)
{
    fill(page, -2, 100, INK_BUSY);
}

static void draw_texts_over_each_other(const struct page *page)
{
    write_at(page, 100, 100, "one thing");
    write_at(page, 160, 110, "another thing");
}

static void draw_covered_text(const struct page *page)
{
    write_at(page, 100, 100, "hello");
    fill(page, 130, 80, INK_EMPTY);
}

static void draw_text_in_its_own_colour(const struct page *page)
{
    fill(page, 100, 80, INK_TEXT);
    write_at(page, 110, 100, "hello");
}

static void draw_text_half_in_an_area(const struct page *page)
{
    const struct drawing_point points[] = {{130, 0}, {400, 0}, {400, 300}, {130, 300}};
    drawing_area(page->drawing, 4, points, INK_BUSY);
    write_at(page, 110, 100, "hello hello");
}

static void draw_crossed_text(const struct page *page)
{
    rule(page, 95, INK_BUSY);
    write_at(page, 110, 100, "hello");
}

static void draw_ruled_text(const struct page *page)
{
    write_at(page, 110, 100, "hello");
    rule(page, 95, INK_RULE);
}

static void draw_small_text(const struct page *page)
{
    drawing_text(page->drawing,
        &(struct drawing_text){.x = 100, .y = 100, .size = 10, .ink = INK_TEXT}, "hello");
}

static void draw_headline_cut(const struct page *page)
{
    write_at(page, PAGE_MARGIN, PAGE_MARGIN + PAGE_MEDIUM, "sleep 1, 2…");
}

static void draw_cell(const struct page *page, double x, bool ruled, bool filled)
{
    if (ruled)
        drawing_box(page->drawing, &(struct drawing_box){x - 1, 99, 22, 22}, INK_RULE);
    drawing_box(page->drawing, &(struct drawing_box){x, 100, 20, 20}, INK_EMPTY);
    if (filled)
        drawing_box(page->drawing, &(struct drawing_box){x, 110, 20, 10}, INK_BUSY);
}

static void draw_good_cells(const struct page *page)
{
    draw_cell(page, 100, true, false);
    draw_cell(page, 130, false, true);
}

static void draw_faint_cell(const struct page *page)
{
    draw_cell(page, 100, true, true);
    draw_cell(page, 130, false, false);
}

static void draw_nowhere(const struct page *page)
{
    fill(page, NAN, 100, INK_BUSY);
}

static const struct {
    void (*draw)(const struct page *page);
    const char *complaint; /* that is in it; NULL: none */
} pages[] = {{draw_good, NULL}, {draw_nothing, "empty"},
    {draw_leaving_text, "a text leaves the page"},
    {draw_low_text, "a text leaves the page"},
    {draw_leaving_box, "a box leaves the page"},
    {draw_texts_over_each_other, "run into each other: one thing, another thing"},
    {draw_covered_text, "covers a text: hello"},
    {draw_text_in_its_own_colour, "has a contrast of 1.0: hello"},
    {draw_text_half_in_an_area, "has a contrast of"},
    {draw_crossed_text, "runs through a text: hello"},
    {draw_ruled_text, "runs through a text: hello"}, {draw_small_text, "too small"},
    {draw_headline_cut, "a headline has lost its end"}, {draw_good_cells, NULL},
    {draw_faint_cell, "an empty cell hardly stands out at x 130"},
    {draw_nowhere, "is at nan"}};

static void faults_are_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const struct page_ops ops = {.draw = pages[i].draw};
        struct proof *proof = proof_judge(&ops, NULL, NULL, false);
        if (pages[i].complaint && !strstr(proof->complaint, pages[i].complaint))
            fail_msg("not \"%s\" but \"%s\"", pages[i].complaint, proof->complaint);
        if (!pages[i].complaint)
            assert_string_equal(proof->complaint, "");
        proof_destroy(proof);
    }
}

static void what_was_drawn_is_found(void **state)
{
    const struct page_ops ops = {.draw = draw_good};
    struct proof *proof = proof_draw(&ops, NULL, NULL, true);
    const struct proof_mark *text = proof_find_text(proof, "next");
    (void)state;
    assert_non_null(text);
    assert_true(text->box.x == 110 && text->place.y == 121 && text->box.width > 50);
    assert_true(proof_has_text(proof, "gjpq, the next line"));
    assert_false(proof_has_text(proof, "next"));
    assert_null(proof_find_text(proof, "last"));
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 1);
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_RULE), 1);
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_RULE), 0);
    assert_true(proof_right_end(proof, PROOF_BOX, INK_BUSY) == 960);
    assert_null(proof_next(
        proof, PROOF_BOX, INK_BUSY, proof_next(proof, PROOF_BOX, INK_BUSY, NULL)));
    proof_destroy(proof);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_noticed),
        cmocka_unit_test(what_was_drawn_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
