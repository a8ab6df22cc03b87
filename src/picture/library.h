// SPDX-License-Identifier: MIT
#pragma once
/* cairo, loaded when a picture is asked for: at start it would cost 2.7 ms. */
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include "base/fault.h"

/* Its functions that are used, by their names without "cairo_". */
struct library {
    void *handle;
    __typeof__(cairo_create) *create;
    __typeof__(cairo_destroy) *destroy;
    __typeof__(cairo_fill) *fill;
    __typeof__(cairo_font_options_create) *font_options_create;
    __typeof__(cairo_font_options_destroy) *font_options_destroy;
    __typeof__(cairo_font_options_set_antialias) *font_options_set_antialias;
    __typeof__(cairo_font_options_set_hint_metrics) *font_options_set_hint_metrics;
    __typeof__(cairo_font_options_set_hint_style) *font_options_set_hint_style;
    __typeof__(cairo_get_scaled_font) *get_scaled_font;
    __typeof__(cairo_glyph_free) *glyph_free;
    __typeof__(cairo_image_surface_create) *image_surface_create;
    __typeof__(cairo_line_to) *line_to;
    __typeof__(cairo_move_to) *move_to;
    __typeof__(cairo_new_path) *new_path;
    __typeof__(cairo_pdf_surface_create_for_stream) *pdf_surface_create_for_stream;
    __typeof__(cairo_pdf_surface_set_metadata) *pdf_surface_set_metadata;
    __typeof__(cairo_rectangle) *rectangle;
    __typeof__(cairo_scale) *scale;
    __typeof__(cairo_scaled_font_text_to_glyphs) *scaled_font_text_to_glyphs;
    __typeof__(cairo_select_font_face) *select_font_face;
    __typeof__(cairo_set_font_options) *set_font_options;
    __typeof__(cairo_set_font_size) *set_font_size;
    __typeof__(cairo_set_line_join) *set_line_join;
    __typeof__(cairo_set_line_width) *set_line_width;
    __typeof__(cairo_set_source_rgb) *set_source_rgb;
    __typeof__(cairo_show_text) *show_text;
    __typeof__(cairo_status) *status;
    __typeof__(cairo_status_to_string) *status_to_string;
    __typeof__(cairo_stroke) *stroke;
    __typeof__(cairo_surface_destroy) *surface_destroy;
    __typeof__(cairo_surface_finish) *surface_finish;
    __typeof__(cairo_surface_status) *surface_status;
    __typeof__(cairo_surface_write_to_png_stream) *surface_write_to_png_stream;
    __typeof__(cairo_svg_surface_create_for_stream) *svg_surface_create_for_stream;
    __typeof__(cairo_text_extents) *text_extents;
};

/* Loads it.  Returns 0, and the caller closes it; or -errno with `fault` filled. */
int library_open(struct library *library, struct fault *fault);
void library_close(struct library *library);
