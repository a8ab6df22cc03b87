// SPDX-License-Identifier: MIT
#include "picture/library.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

static const char name[] = "libcairo.so.2";

static const struct {
    const char *name;
    size_t offset; /* of the member */
} functions[] = {
#define FUNCTION(member)                                                                 \
    {                                                                                    \
        "cairo_" #member, offsetof(struct library, member)                               \
    }
    FUNCTION(create),
    FUNCTION(destroy),
    FUNCTION(fill),
    FUNCTION(font_options_create),
    FUNCTION(font_options_destroy),
    FUNCTION(font_options_set_antialias),
    FUNCTION(font_options_set_hint_metrics),
    FUNCTION(font_options_set_hint_style),
    FUNCTION(get_scaled_font),
    FUNCTION(glyph_free),
    FUNCTION(image_surface_create),
    FUNCTION(line_to),
    FUNCTION(move_to),
    FUNCTION(new_path),
    FUNCTION(pdf_surface_create_for_stream),
    FUNCTION(pdf_surface_set_metadata),
    FUNCTION(rectangle),
    FUNCTION(scale),
    FUNCTION(scaled_font_text_to_glyphs),
    FUNCTION(select_font_face),
    FUNCTION(set_font_options),
    FUNCTION(set_font_size),
    FUNCTION(set_line_join),
    FUNCTION(set_line_width),
    FUNCTION(set_source_rgb),
    FUNCTION(show_text),
    FUNCTION(status),
    FUNCTION(status_to_string),
    FUNCTION(stroke),
    FUNCTION(surface_destroy),
    FUNCTION(surface_finish),
    FUNCTION(surface_status),
    FUNCTION(surface_write_to_png_stream),
    FUNCTION(svg_surface_create_for_stream),
    FUNCTION(text_extents),
#undef FUNCTION
};

/* What the loader says begins with the file's name. */
static int refuse(struct fault *fault)
{
    const char *said = dlerror();
    fault->kind = FAULT_SYSTEM;
    text_copy(sizeof fault->text, fault->text, "pictures are drawn by cairo: ");
    text_append(sizeof fault->text, fault->text, "%s", said ? said : name);
    return -ENOENT;
}

int library_open(struct library *library, struct fault *fault)
{
    library->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library->handle)
        return refuse(fault);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(library->handle, functions[i].name);
        if (!function) {
            int error = refuse(fault);
            library_close(library);
            return error;
        }
        memcpy((char *)library + functions[i].offset, &function, sizeof function);
    }
    return 0;
}

void library_close(struct library *library)
{
    if (library->handle)
        dlclose(library->handle);
    library->handle = NULL;
}
