// SPDX-License-Identifier: MIT
/* Shows the keys that come in: how many, and the last of them by number.  Ends at q. */
#include <locale.h>
#include <stdio.h>

#include "base/text.h"
#include "ui/window.h"

enum { SHOWN = 8 };

struct stand {
    bool done;
    int count, keys[SHOWN]; /* the last one first */
};

static void draw(void *data, struct canvas *canvas)
{
    const struct stand *stand = data;
    char text[SHOWN * 12] = "";
    for (int i = stand->count < SHOWN ? stand->count : SHOWN; i > 0; i--)
        text_append(sizeof text, text, "%x ", (unsigned)stand->keys[i - 1]);
    canvas_format(canvas, 0, 0, STYLE_TEXT, "%d keys: %sso far", stand->count, text);
}

static void take(void *data, int key)
{
    struct stand *stand = data;
    for (int i = SHOWN - 1; i > 0; i--)
        stand->keys[i] = stand->keys[i - 1];
    stand->keys[0] = key;
    stand->count++;
    stand->done |= key == 'q';
}

int main(void)
{
    struct stand stand = {0};
    struct screen_setup setup = {.mouse = true};
    struct window *window = NULL;
    struct fault fault = {0};
    setlocale(LC_CTYPE, "");
    if (loop_create(&setup.events) < 0)
        return 1;
    if (window_create(&setup, &window, &fault) < 0) {
        fprintf(stderr, "keyboard_scene: %s\n", fault.text);
        return 1;
    }
    window_hold(
        window, &(struct window_holder){.data = &stand, .draw = draw, .key = take});
    window_draw(window);
    int error = loop_run(setup.events, &stand.done);
    window_destroy(window);
    loop_destroy(setup.events);
    return error < 0;
}
