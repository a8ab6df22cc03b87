// SPDX-License-Identifier: MIT
#include "ui/more.h"

#include <stdio.h>

#include "base/text.h"

void more_format(const struct more *more, const char *word, size_t size, char text[])
{
    bool both = more->above > 0 && more->below > 0;
    text[0] = '\0';
    if (more->above > 0)
        snprintf(text, size, "+%zu%s", more->above, *word ? " above" : "");
    if (more->below > 0)
        text_append(size, text, "%s+%zu%s%s", both ? ", " : "", more->below,
            *word ? " " : "", *word && both ? "below" : word);
}

bool more_key(const struct view_input *input, struct view_key *ret_key)
{
    *ret_key = (struct view_key){input->below > 0 ? "PageDown" : "PageUp", "more"};
    return input->below > 0 || input->scroll > 0;
}

void more_draw_key(
    struct canvas *canvas, const struct view_input *input, int begin, int end)
{
    struct view_key key;
    int column = end;
    if (!more_key(input, &key) || input->question != VIEW_NO_QUESTION)
        return;
    column -= key_line_width_of(&key);
    if (column >= begin)
        key_line_draw_key(canvas, canvas_area(canvas).rows - 1, column, &key);
}

void more_set_page(const struct view_input *input, int lines)
{
    if (input->page)
        *input->page = lines > 1 ? lines : 1;
}

static void limit(struct view_input *input, int most)
{
    input->scroll = input->scroll < most ? input->scroll : most;
    input->below = most - input->scroll;
}

int more_draw(
    struct canvas *canvas, const struct view_ops *view, struct view_input *input)
{
    more_set_page(input, 1); /* of a view that does not tell */
    int most = view->draw(canvas, input);
    bool below = input->below > 0, fits = input->scroll <= most;
    limit(input, most);
    if (fits && below == (input->below > 0))
        return most;
    canvas_clear(canvas);
    most = view->draw(canvas, input);
    limit(input, most);
    return most;
}
