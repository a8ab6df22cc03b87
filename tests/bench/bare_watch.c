// SPDX-License-Identifier: MIT
/* The least that shows every CPU ten times a second: a kept-open /proc/stat, one read, a
 * parser by hand, bars as thick as the screen allows, ncurses; until a key comes.  What
 * `parfor watch` is measured against. */
#define NCURSES_WIDECHAR 1
#include <fcntl.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum {
    CPUS_MAX = 64,
    COLUMNS_MAX = 512,
    TEXT_MAX = 1 << 16,
    FIELDS = 8,
    LABEL = 8,    /* columns at the left of the bars, … */
    NUMBERS = 24, /* … at the right */
    THICKNESS = 5,
    READINGS = 6 /* a bar is of the last 500 ms */
};

struct counters {
    uint64_t busy, total;
};

/* user nice system idle iowait irq softirq steal */
static struct counters read_fields(char *text, char **ret_end)
{
    struct counters counters = {0};
    for (int field = 0; field < FIELDS; field++) {
        uint64_t ticks = strtoull(text, &text, 10);
        counters.total += ticks;
        if (field != 3 && field != 4 && field != 7)
            counters.busy += ticks;
    }
    *ret_end = text;
    return counters;
}

static int sample(int fd, struct counters now[])
{
    static char text[TEXT_MAX];
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    int count = 0;
    char *line = text;
    text[got > 0 ? got : 0] = '\0';
    while ((line = strchr(line, '\n')) && strncmp(++line, "cpu", 3) == 0 &&
           count < CPUS_MAX) {
        strtoul(line + 3, &line, 10);
        now[count++] = read_fields(line, &line);
    }
    return count;
}

static void draw_bar(int row, int rows, int cpu, double share)
{
    static wchar_t cells[COLUMNS_MAX];
    int room = COLS - LABEL - NUMBERS;
    if (room > COLUMNS_MAX || room < 0)
        return;
    int eighths = (int)(share * room * 8 + 0.5);
    int length = eighths / 8;
    wmemset(cells, L'█', (size_t)length);
    if (eighths % 8 > 0)
        cells[length++] = L" ▏▎▍▌▋▊▉"[eighths % 8];
    for (int i = 0; i < rows; i++)
        mvaddnwstr(row + i, LABEL, cells, length);
    mvprintw(row + rows / 2, 1, "CPU %d", cpu);
    mvprintw(row + rows / 2, COLS - NUMBERS + 2, "%3.0f %%", share * 100);
}

static void draw(int count, const struct counters before[], const struct counters now[])
{
    int rows = count > 0 ? (LINES - 4) / count - 1 : 0;
    rows = rows < THICKNESS ? rows : THICKNESS;
    erase();
    mvaddstr(0, 1, "the machine");
    mvaddstr(LINES - 1, 1, "q quit");
    for (int i = 0; i < count && rows > 0; i++) {
        uint64_t total = now[i].total - before[i].total;
        double share =
            total > 0 ? (double)(now[i].busy - before[i].busy) / (double)total : 0;
        draw_bar(3 + i * (rows + 1), rows, i, share);
    }
    refresh();
}

int main(void)
{
    struct counters readings[READINGS][CPUS_MAX] = {0};
    struct pollfd key = {.fd = STDIN_FILENO, .events = POLLIN};
    int fd = open("/proc/stat", O_RDONLY);
    setlocale(LC_ALL, "");
    if (fd < 0 || !initscr())
        return EXIT_FAILURE;
    cbreak();
    noecho();
    curs_set(0);
    for (int i = 0; i < READINGS; i++)
        sample(fd, readings[i]);
    for (int turn = 0; poll(&key, 1, 100) == 0; turn = (turn + 1) % READINGS) {
        int count = sample(fd, readings[turn]);
        draw(count, readings[(turn + 1) % READINGS], readings[turn]);
    }
    endwin();
    return EXIT_SUCCESS;
}
