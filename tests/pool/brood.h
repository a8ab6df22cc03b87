// SPDX-License-Identifier: MIT
#pragma once
/* Processes that tasks have started, to see what becomes of them. */
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

enum { BROOD_MOST = 64 };

/* Who was born, in memory that everybody shares. */
struct brood {
    _Atomic int count;
    _Atomic pid_t pids[BROOD_MOST];
    _Atomic pid_t program;
};

struct brood *brood_create(void);

/* For a child: notes itself, and waits for its end. */
_Noreturn void brood_live_on(struct brood *brood);

/* The letter of a process's state; 0 if there is none. */
char brood_state_of(pid_t pid);
bool brood_is_alive(pid_t pid);

/* How many are alive, in that state if it is not 0. */
int brood_count(const struct brood *brood, char state);

/* Until so many are; 5 s at the most. */
void brood_await(const struct brood *brood, int count, char state);
