// SPDX-License-Identifier: MIT
#include "picture/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "picture/library.h"

enum { PIXELS_PER_POINT = 2 };

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

static void draw_box(void *self, const struct drawing_box *box, enum ink ink)
{
    struct paper *paper = self;
    set_ink(paper, ink);
    paper->cairo.rectangle(paper->context, box->x, box->y, box->width, box->height);
    paper->cairo.fill(paper->context);
}

static void trace(struct paper *paper, size_t count, const struct drawing_point points[])
{
    paper->cairo.new_path(paper->context);
    paper->cairo.move_to(paper->context, points[0].x, points[0].y);
    for (size_t i = 1; i < count; i++)
        paper->cairo.line_to(paper->context, points[i].x, points[i].y);
}

static void draw_line(void *self, size_t count, const struct drawing_point points[],
    double width, enum ink ink)
{
    struct paper *paper = self;
    set_ink(paper, ink);
    paper->cairo.set_line_width(paper->context, width);
    trace(paper, count, points);
    paper->cairo.stroke(paper->context);
}

static void draw_area(
    void *self, size_t count, const struct drawing_point points[], enum ink ink)
{
    struct paper *paper = self;
    set_ink(paper, ink);
    trace(paper, count, points);
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
    if (place->anchor != DRAWING_LEFT)
        x -= find_extent(paper, place, text) * (place->anchor == DRAWING_RIGHT ? 1 : 0.5);
    set_font(paper, place);
    set_ink(paper, place->ink);
    paper->cairo.move_to(paper->context, x, place->y);
    paper->cairo.show_text(paper->context, text);
}

static const struct drawing_ops paper_ops = {
    .box = draw_box,
    .line = draw_line,
    .area = draw_area,
    .text = draw_text,
    .extent = find_extent,
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

static cairo_surface_t *create_surface(
    struct paper *paper, const struct paper_setup *setup)
{
    double width = setup->width, height = setup->height;
    cairo_surface_t *surface;
    switch (setup->form) {
    case PAPER_SVG:
        return paper->cairo.svg_surface_create_for_stream(on_write, paper, width, height);
    case PAPER_PDF:
        surface =
            paper->cairo.pdf_surface_create_for_stream(on_write, paper, width, height);
        paper->cairo.pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_TITLE, setup->title ? setup->title : "");
        return surface;
    default:
        return paper->cairo.image_surface_create(CAIRO_FORMAT_RGB24,
            (int)(width * PIXELS_PER_POINT), (int)(height * PIXELS_PER_POINT));
    }
}

static int check(const struct paper *paper, struct fault *fault)
{
    cairo_status_t status = paper->cairo.status(paper->context);
    if (status == CAIRO_STATUS_SUCCESS)
        status = paper->cairo.surface_status(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return 0;
    fault->kind = FAULT_SYSTEM;
    snprintf(fault->text, sizeof fault->text, "cairo cannot draw the picture: %s",
        paper->cairo.status_to_string(status));
    return -EIO;
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
    paper->surface = create_surface(paper, setup);
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

int paper_finish(
    struct paper *paper, char **ret_data, size_t *ret_size, struct fault *fault)
{
    int error = check(paper, fault);
    if (error == 0 && paper->form == PAPER_PNG)
        paper->cairo.surface_write_to_png_stream(paper->surface, on_write, paper);
    paper->cairo.surface_finish(paper->surface);
    if (error == 0)
        error = check(paper, fault);
    if (error < 0)
        return error;
    fclose(paper->out);
    paper->out = NULL;
    *ret_data = paper->data;
    *ret_size = paper->size;
    paper->data = NULL;
    return 0;
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
