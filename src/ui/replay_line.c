// SPDX-License-Identifier: MIT
#include "ui/replay_line.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"

enum { CLOCK_FROM_S = 600, SPEED_COLUMNS = 5, TIME_SIZE = 32 };

/* "12.3" of seconds, "340" of ms, or "1:02:03" where it is long, as wide as `end_ns`. */
static void format_time(int64_t t_ns, int64_t end_ns, char text[TIME_SIZE])
{
    int64_t s = t_ns / NS_PER_S;
    if (end_ns < NS_PER_S)
        snprintf(text, TIME_SIZE, "%" PRId64, t_ns / NS_PER_MS);
    else if (end_ns < CLOCK_FROM_S * NS_PER_S)
        snprintf(text, TIME_SIZE, "%.1f", (double)t_ns / NS_PER_S);
    else if (end_ns < 3600 * NS_PER_S)
        snprintf(text, TIME_SIZE, "%" PRId64 ":%02" PRId64, s / 60, s % 60);
    else
        snprintf(text, TIME_SIZE, "%" PRId64 ":%02" PRId64 ":%02" PRId64, s / 3600,
            s / 60 % 60, s % 60);
}

/* "12.3 of 36.6 s" */
static void format_times(const struct player_state *state, size_t size, char text[])
{
    char now[TIME_SIZE], end[TIME_SIZE];
    format_time(state->t_ns, state->end_ns, now);
    format_time(state->end_ns, state->end_ns, end);
    snprintf(text, size, "%*s of ", canvas_width_of(end), now);
    text_append(size, text, "%s", end);
    if (state->end_ns < CLOCK_FROM_S * NS_PER_S)
        text_append(size, text, state->end_ns < NS_PER_S ? " ms" : " s");
}

static const char *word_of(const struct player_state *state)
{
    return state->t_ns >= state->end_ns ? "END" : state->paused ? "PAUSED" : "";
}

/* The longest form first.  False if there is none.  Where there is no room for both, that
 * it stands takes the place of its speed. */
static bool format_form(
    const struct player_state *state, int form, size_t size, char text[])
{
    char times[2 * TIME_SIZE];
    const char *word = word_of(state);
    format_times(state, sizeof times, times);
    snprintf(text, size, "%s", form == 0 ? " replay" : "");
    if (form > 0 && *word)
        text_append(size, text, " %-*s", SPEED_COLUMNS + 1, word);
    else
        text_append(size, text, " x%-*.*g", SPEED_COLUMNS, state->speed < 1 ? 2 : 4,
            state->speed);
    if (form < 2)
        text_append(size, text, " %s ", times);
    if (form == 0)
        text_append(size, text, " %-6s ", word);
    return form < 3;
}

int replay_line_draw(
    struct canvas *canvas, struct area area, const struct player_state *state)
{
    char text[128];
    bool stands = state->paused && state->t_ns < state->end_ns;
    int form = 0;
    while (format_form(state, form, sizeof text, text) &&
           canvas_width_of(text) > area.columns)
        form++;
    int width = canvas_width_of(text);
    if (width > area.columns)
        return 0;
    canvas_right(canvas, area.row, area.column + area.columns,
        stands ? STYLE_MARK : STYLE_STRONG, text);
    return width;
}
