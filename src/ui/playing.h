// SPDX-License-Identifier: MIT
#pragma once
/* What the keys of a replay do to its player. */
#include "experiment/player.h"
#include "ui/choice.h"

/* Whether it goes to another time, or stands still from there on. */
bool playing_is_seek(enum choice_action action);

/* Obeys; does nothing for other actions. */
void playing_obey(struct player *player, enum choice_action action);
