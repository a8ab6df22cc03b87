// SPDX-License-Identifier: MIT
#include "ui/playing.h"

enum { SEEKS = 20 }; /* from one end of a replay to the other */

static const double speeds[] = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

double playing_next_speed(double speed, bool faster)
{
    double slower = speed;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (faster && speeds[i] > speed)
            return speeds[i];
        if (speeds[i] < speed)
            slower = speeds[i];
    }
    return faster ? speed : slower;
}

bool playing_is_seek(enum choice_action action)
{
    switch (action) {
    case CHOICE_PAUSE:
    case CHOICE_STEP:
    case CHOICE_STEP_BACK:
    case CHOICE_SEEK:
    case CHOICE_SEEK_BACK:
    case CHOICE_BEGIN:
        return true;
    default:
        return false;
    }
}

void playing_obey(struct player *player, enum choice_action action)
{
    struct player_state state = player_state(player);
    int64_t by_ns = state.end_ns / SEEKS;
    switch (action) {
    case CHOICE_PAUSE:
        player_pause(player);
        break;
    case CHOICE_STEP:
    case CHOICE_STEP_BACK:
        player_step(player, action == CHOICE_STEP ? 1 : -1);
        break;
    case CHOICE_SEEK:
    case CHOICE_SEEK_BACK:
        player_seek(player, state.t_ns + (action == CHOICE_SEEK ? by_ns : -by_ns));
        break;
    case CHOICE_BEGIN:
        player_seek(player, 0);
        break;
    case CHOICE_FASTER:
    case CHOICE_SLOWER:
        player_set_speed(
            player, playing_next_speed(state.speed, action == CHOICE_FASTER));
        break;
    default:
        break;
    }
}
