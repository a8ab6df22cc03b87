// SPDX-License-Identifier: MIT
#include "picture/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "picture/library.h"

enum { PIXELS_PER_POINT = 2 };

/* Whatever the system has for it: cairo has letters of its own where there is nothing. */
static const char FONT[] = "sans-serif";

struct paper {
    struct library cairo;
    enum paper_form form;
    bool dark;
    FILE *out; /* into `data` */
    char *data;
    size_t size;
    cairo_surface_t *surface;
    cairo_t *context;
    bool has_boxes; /* in the path, not yet filled, … */
    enum ink ink;   /* … of this ink */
    struct drawing drawing;
};

static cairo_status_t on_write(
    void *closure, const unsigned char *data, unsigned int length)
{
    struct paper *paper = closure;
    return fwrite(data, 1, length, paper->out) == length ? CAIRO_STATUS_SUCCESS
                                                         : CAIRO_STATUS_WRITE_ERROR;
}

static void set_ink(struct paper *paper, enum ink ink)
{
    struct ink_colour colour = ink_colour(ink, paper->dark);
    paper->cairo.set_source_rgb(paper->context, colour.red, colour.green, colour.blue);
}

/* Boxes of one ink, one after the other, are filled as one: a third of the bytes, and no
 * seam where they touch. */
static void fill_boxes(struct paper *paper)
{
    if (!paper->has_boxes)
        return;
    set_ink(paper, paper->ink);
    paper->cairo.fill(paper->context);
    paper->has_boxes = false;
}

static void draw_box(void *self, const struct drawing_box *box, enum ink ink)
{
    struct paper *paper = self;
    if (ink != paper->ink)
        fill_boxes(paper);
    paper->has_boxes = true;
    paper->ink = ink;
    paper->cairo.rectangle(paper->context, box->x, box->y, box->width, box->height);
}

static void trace(struct paper *paper, size_t count, const struct drawing_point points[])
{
    fill_boxes(paper);
    paper->cairo.new_path(paper->context);
    paper->cairo.move_to(paper->context, points[0].x, points[0].y);
    for (size_t i = 1; i < count; i++)
        paper->cairo.line_to(paper->context, points[i].x, points[i].y);
}

static void draw_line(void *self, size_t count, const struct drawing_point points[],
    double width, enum ink ink)
{
    struct paper *paper = self;
    trace(paper, count, points);
    set_ink(paper, ink);
    paper->cairo.set_line_width(paper->context, width);
    paper->cairo.stroke(paper->context);
}

static void draw_area(
    void *self, size_t count, const struct drawing_point points[], enum ink ink)
{
    struct paper *paper = self;
    trace(paper, count, points);
    set_ink(paper, ink);
    paper->cairo.fill(paper->context);
}

static void set_font(struct paper *paper, const struct drawing_text *place)
{
    paper->cairo.select_font_face(paper->context, FONT, CAIRO_FONT_SLANT_NORMAL,
        place->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    paper->cairo.set_font_size(paper->context, place->size);
}

static double find_extent(void *self, const struct drawing_text *place, const char *text)
{
    struct paper *paper = self;
    cairo_text_extents_t extents;
    set_font(paper, place);
    paper->cairo.text_extents(paper->context, text, &extents);
    return extents.x_advance;
}

static void draw_text(void *self, const struct drawing_text *place, const char *text)
{
    struct paper *paper = self;
    double x = place->x;
    fill_boxes(paper);
    if (place->anchor != DRAWING_LEFT)
        x -= find_extent(paper, place, text) * (place->anchor == DRAWING_RIGHT ? 1 : 0.5);
    set_font(paper, place);
    set_ink(paper, place->ink);
    paper->cairo.move_to(paper->context, x, place->y);
    paper->cairo.show_text(paper->context, text);
}

/* The font's first glyph stands for what it lacks. */
static bool has_letters(void *self, const struct drawing_text *place, const char *text)
{
    struct paper *paper = self;
    cairo_glyph_t *glyphs = NULL;
    int count = 0;
    bool has = true;
    set_font(paper, place);
    cairo_status_t status = paper->cairo.scaled_font_text_to_glyphs(
        paper->cairo.get_scaled_font(paper->context), 0, 0, text, -1, &glyphs, &count,
        NULL, NULL, NULL);
    for (int i = 0; status == CAIRO_STATUS_SUCCESS && i < count; i++)
        has = has && glyphs[i].index != 0;
    paper->cairo.glyph_free(glyphs);
    return has;
}

static const struct drawing_ops paper_ops = {
    .box = draw_box,
    .line = draw_line,
    .area = draw_area,
    .text = draw_text,
    .extent = find_extent,
    .has = has_letters,
};

/* Metrics without hints are the same whatever it is made into. */
static void set_options(struct paper *paper)
{
    cairo_font_options_t *options = paper->cairo.font_options_create();
    paper->cairo.font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    paper->cairo.font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    paper->cairo.font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    paper->cairo.set_font_options(paper->context, options);
    paper->cairo.font_options_destroy(options);
}

enum { TITLE_SIZE = 256 };

/* Without the date of its making, which the same result made twice would differ by. */
static void set_metadata(struct paper *paper, const char *title)
{
    char cleaned[TITLE_SIZE];
    drawing_clean(sizeof cleaned, cleaned, title ? title : "");
    paper->cairo.pdf_surface_set_metadata(
        paper->surface, CAIRO_PDF_METADATA_TITLE, cleaned);
    paper->cairo.pdf_surface_set_metadata(
        paper->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static void create_surface(struct paper *paper, const struct paper_setup *setup)
{
    double width = setup->width, height = setup->height;
    switch (setup->form) {
    case PAPER_SVG:
        paper->surface =
            paper->cairo.svg_surface_create_for_stream(on_write, paper, width, height);
        break;
    case PAPER_PDF:
        paper->surface =
            paper->cairo.pdf_surface_create_for_stream(on_write, paper, width, height);
        set_metadata(paper, setup->title);
        break;
    default:
        paper->surface = paper->cairo.image_surface_create(CAIRO_FORMAT_RGB24,
            (int)(width * PIXELS_PER_POINT), (int)(height * PIXELS_PER_POINT));
    }
}

static int refuse(const struct paper *paper, cairo_status_t status, struct fault *fault)
{
    fault->kind = FAULT_SYSTEM;
    snprintf(fault->text, sizeof fault->text, "cairo cannot draw the picture: %s",
        paper->cairo.status_to_string(status));
    return status == CAIRO_STATUS_NO_MEMORY ? -ENOMEM : -EIO;
}

static int check(const struct paper *paper, struct fault *fault)
{
    cairo_status_t status = paper->cairo.status(paper->context);
    if (status == CAIRO_STATUS_SUCCESS)
        status = paper->cairo.surface_status(paper->surface);
    return status == CAIRO_STATUS_SUCCESS ? 0 : refuse(paper, status, fault);
}

int paper_create(
    const struct paper_setup *setup, struct paper **ret_paper, struct fault *fault)
{
    struct paper *paper = memory_new(1, sizeof *paper);
    int error = library_open(&paper->cairo, fault);
    if (error < 0) {
        free(paper);
        return error;
    }
    paper->form = setup->form;
    paper->dark = setup->dark;
    paper->out = memory_need(open_memstream(&paper->data, &paper->size));
    paper->drawing = (struct drawing){&paper_ops, paper, setup->width, setup->height};
    create_surface(paper, setup);
    paper->context = paper->cairo.create(paper->surface);
    if (setup->form == PAPER_PNG)
        paper->cairo.scale(paper->context, PIXELS_PER_POINT, PIXELS_PER_POINT);
    set_options(paper);
    paper->cairo.set_line_join(paper->context, CAIRO_LINE_JOIN_ROUND);
    drawing_box(&paper->drawing, &(struct drawing_box){0, 0, setup->width, setup->height},
        INK_PAPER);
    error = check(paper, fault);
    if (error < 0)
        paper_destroy(paper);
    else
        *ret_paper = paper;
    return error;
}

const struct drawing *paper_drawing(const struct paper *paper)
{
    return &paper->drawing;
}

/* Takes the number away by which cairo 1.16 counts all surfaces of the process: nothing
 * refers to it. */
static void remove_number(char data[], size_t *size)
{
    static const char before[] = "<g id=\"surface";
    char *found = strstr(data, before);
    char *end = found ? strstr(found, "\">") : NULL;
    if (!end)
        return;
    char *start = found + strlen("<g");
    end += strlen("\"");
    memmove(start, end, *size + 1 - (size_t)(end - data));
    *size -= (size_t)(end - start);
}

static int close_stream(
    struct paper *paper, char **ret_data, size_t *ret_size, struct fault *fault)
{
    int error = fclose(paper->out);
    paper->out = NULL;
    if (error != 0)
        return refuse(paper, CAIRO_STATUS_NO_MEMORY, fault);
    if (paper->form == PAPER_SVG)
        remove_number(paper->data, &paper->size);
    *ret_data = paper->data;
    *ret_size = paper->size;
    paper->data = NULL;
    return 0;
}

int paper_finish(
    struct paper *paper, char **ret_data, size_t *ret_size, struct fault *fault)
{
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    fill_boxes(paper);
    if (paper->form == PAPER_PNG)
        status =
            paper->cairo.surface_write_to_png_stream(paper->surface, on_write, paper);
    paper->cairo.surface_finish(paper->surface);
    int error = check(paper, fault);
    if (error == 0 && status != CAIRO_STATUS_SUCCESS)
        error = refuse(paper, status, fault);
    return error < 0 ? error : close_stream(paper, ret_data, ret_size, fault);
}

void paper_destroy(struct paper *paper)
{
    if (!paper)
        return;
    paper->cairo.destroy(paper->context);
    paper->cairo.surface_destroy(paper->surface);
    library_close(&paper->cairo);
    if (paper->out)
        fclose(paper->out);
    free(paper->data);
    free(paper);
}

int paper_probe(struct fault *fault)
{
    struct library library;
    int error = library_open(&library, fault);
    if (error == 0)
        library_close(&library);
    return error;
}
