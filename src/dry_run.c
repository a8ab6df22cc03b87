// SPDX-License-Identifier: MIT
#include "dry_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

enum { READ_SIZE = 65536, WORD_SIZE = 1 << 20 };

struct dry_run {
    FILE *out;
    const struct experiment_items *source;
    const struct command *command;
    size_t waiting; /* items of the next task … */
    char **texts;   /* … each owned */
    int64_t number; /* of the next task */
    char *word;     /* of WORD_SIZE */
    struct fault *fault;
};

static void print_words(struct dry_run *run, char *const argv[])
{
    for (size_t i = 0; argv[i]; i++) {
        template_quote(argv[i], WORD_SIZE, run->word);
        fprintf(run->out, "%s%s", i > 0 ? " " : "", run->word);
    }
    fputc('\n', run->out);
}

/* The task of the items that wait, which the store keeps like any other. */
static int end_task(struct dry_run *run)
{
    const struct experiment_items *source = run->source;
    char **argv;
    if (run->waiting == 0)
        return 0;
    int64_t index = items_count(source->store);
    int error = items_add(source->store, run->number++, run->waiting,
        (const char *const *)run->texts, run->fault);
    if (error == 0 && command_expand(run->command, index, -1, &argv) < 0)
        error = fault_input(run->fault, "not a command: item %lld (%s)",
            (long long)run->number, run->texts[0]);
    if (error == 0) {
        if (!source->is_done || !source->is_done(source->data, argv))
            print_words(run, argv);
        free(argv);
    }
    for (size_t i = 0; i < run->waiting; i++)
        free(run->texts[i]);
    run->waiting = 0;
    return error;
}

static int take_item(void *data, const char *item, size_t size)
{
    struct dry_run *run = data;
    (void)size;
    run->texts[run->waiting++] = text_duplicate(item);
    return run->waiting == (size_t)run->source->max_args ? end_task(run) : 0;
}

static int read_items(struct dry_run *run)
{
    struct items_cutter cutter = {.nul = run->source->nul};
    char *block = memory_new(1, READ_SIZE);
    ssize_t count = 0;
    int error = 0;
    while (error == 0 && (count = read(run->source->fd, block, READ_SIZE)) != 0)
        if (count > 0)
            error = items_cut(&cutter, (size_t)count, block, take_item, run, run->fault);
        else if (errno != EINTR)
            error = fault_system(run->fault, -errno, "cannot read the items");
    if (error == 0)
        error = items_cut_end(&cutter, take_item, run, run->fault);
    items_cutter_finish(&cutter);
    free(block);
    return error;
}

int dry_run_print(FILE *out, const struct experiment_items *source,
    const struct command *command, struct fault *fault)
{
    struct dry_run run = {.out = out,
        .source = source,
        .command = command,
        .texts = memory_new((size_t)source->max_args, sizeof *run.texts),
        .word = memory_new(1, WORD_SIZE),
        .fault = fault};
    int error = 0;
    for (size_t i = 0; i < source->count && error == 0; i++)
        error = take_item(&run, source->texts[i], strlen(source->texts[i]));
    if (error == 0 && source->fd >= 0)
        error = read_items(&run);
    if (error == 0)
        error = end_task(&run);
    for (size_t i = 0; i < run.waiting; i++)
        free(run.texts[i]);
    free(run.texts);
    free(run.word);
    return error;
}
