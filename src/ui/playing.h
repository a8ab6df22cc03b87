// SPDX-License-Identifier: MIT
#pragma once
/* What the keys of a replay do to its player. */
#include "experiment/player.h"
#include "ui/choice.h"

/* Whether it goes to another time, or stands still from there on. */
bool playing_is_seek(enum choice_action action);

/* The next of the speeds that keys lead to, 1, 2 and 5 with any number of noughts; the
 * same where there is none. */
double playing_next_speed(double speed, bool faster);

/* Obeys; does nothing for other actions. */
void playing_obey(struct player *player, enum choice_action action);
