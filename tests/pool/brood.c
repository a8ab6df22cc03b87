// SPDX-License-Identifier: MIT
#include "brood.h"

#include <string.h>
#include <sys/mman.h>

#include "scene.h"

struct brood *brood_create(void)
{
    struct brood *brood = mmap(
        NULL, sizeof *brood, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(brood != MAP_FAILED);
    return brood;
}

_Noreturn void brood_live_on(struct brood *brood)
{
    int number = atomic_fetch_add(&brood->count, 1);
    if (number < BROOD_MOST)
        atomic_store(&brood->pids[number], getpid());
    for (;;)
        pause();
}

char brood_state_of(pid_t pid)
{
    char path[48], text[128], state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    if (fgets(text, sizeof text, file)) {
        const char *end = strrchr(text, ')');
        state = end && end[1] == ' ' ? end[2] : 0;
    }
    fclose(file);
    return state;
}

bool brood_is_alive(pid_t pid)
{
    char state = brood_state_of(pid);
    return state != 0 && state != 'Z' && state != 'X';
}

int brood_count(const struct brood *brood, char state)
{
    int alive = 0;
    for (int i = 0; i < atomic_load(&brood->count) && i < BROOD_MOST; i++) {
        pid_t pid = atomic_load(&brood->pids[i]);
        if (pid > 0 && brood_is_alive(pid) &&
            (state == 0 || brood_state_of(pid) == state))
            alive++;
    }
    return alive;
}

void brood_await(const struct brood *brood, int count, char state)
{
    int64_t end_ns = clock_now_ns() + 15 * NS_PER_S;
    while (brood_count(brood, state) != count && clock_now_ns() < end_ns)
        usleep(500);
    CHECK_EQUAL(brood_count(brood, state), count);
}
