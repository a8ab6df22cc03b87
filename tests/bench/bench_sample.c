// SPDX-License-Identifier: MIT
/* The price of one sample: /proc/stat of this machine and of written ones, parsed from
 * memory and read through the kept-open file. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "machine/load.h"
#include "model/statistics.h"
#include "written_machine.h"

enum { ROUNDS = 501 };

static void time_root(const char *name, const char *folder, double most_us)
{
    struct root root;
    struct fault fault;
    struct load_file *file;
    struct load_reading reading;
    char *text;
    double parse_us[ROUNDS], sample_us[ROUNDS];
    if (root_open(folder, &root, &fault) < 0 || load_file_open(&root, &file) < 0 ||
        root_read(&root, "proc/stat", 1 << 22, &text) < 0 ||
        load_reading_init(&reading, load_room_needed(text)) < 0)
        exit(EXIT_FAILURE);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start_ns = clock_now_ns();
        load_parse(text, &reading);
        int64_t parsed_ns = clock_now_ns();
        load_file_read(file, &reading);
        parse_us[i] = (double)(parsed_ns - start_ns) / 1e3;
        sample_us[i] = (double)(clock_now_ns() - parsed_ns) / 1e3;
    }
    printf("%-16s %5zu %12.1f %12.1f", name, reading.room,
        statistics_median(ROUNDS, parse_us), statistics_median(ROUNDS, sample_us));
    if (most_us > 0)
        printf(" %10.1f", most_us);
    printf("\n");
    load_reading_finish(&reading);
    load_file_close(file);
    free(text);
    root_close(&root);
}

int main(void)
{
    char folder[] = "/tmp/parfor-bench-XXXXXX";
    if (!mkdtemp(folder))
        return EXIT_FAILURE;
    printf("%-16s %5s %12s %12s %10s\n", "us, median", "CPUs", "parse", "read + parse",
        "at most");
    time_root("this machine", NULL, 0);
    static const int sizes[] = {2, 64, 1024};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_machine(folder, sizes[i]);
        time_root("written", folder, sizes[i] == 1024 ? 200 : 0);
    }
    remove_machine(folder);
    return 0;
}
