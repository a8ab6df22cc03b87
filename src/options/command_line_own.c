// SPDX-License-Identifier: MIT
#include "options/command_line_own.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/spawn.h"
#include "base/text.h"
#include "experiment/result.h"
#include "options/options_output.h"
#include "workload/template.h"
#include "workload/workload.h"

static const char items_mark[] = ":::";

/* The loop as it is typed, as far as it fits; a list that does not is left out. */
static void write_loop(const struct options_own *own, size_t size, char loop[])
{
    char word[4096], list[4096] = "";
    loop[0] = '\0';
    if (own->items_path) {
        template_quote(own->items_path, sizeof word, word);
        text_append(size, loop, "-a %s ", word);
    }
    text_append(size, loop, "--");
    for (size_t i = 0; i < own->word_count; i++) {
        template_quote(own->words[i], sizeof word, word);
        text_append(size, loop, " %s", word);
    }
    for (size_t i = 0; i < own->item_count && strlen(list) < size; i++) {
        template_quote(own->items[i], sizeof word, word);
        text_append(sizeof list, list, " %s", word);
    }
    if (own->items_given)
        text_append(size, loop, " %s%s", items_mark,
            strlen(loop) + strlen(list) + sizeof items_mark < size ? list : " ...");
}

/* The command in short: the script, where it is one, without its interpreter. */
static void write_task(const struct options_own *own, size_t size, char task[])
{
    static const char *const interpreters[] = {
        "python", "python3", "sh", "bash", "perl", "ruby", "node", "Rscript", "julia"};
    size_t first = 0;
    for (size_t i = 0; i < sizeof interpreters / sizeof *interpreters; i++)
        if (own->word_count > 1 && own->words[1][0] != '-' &&
            strcmp(basename(own->words[0]), interpreters[i]) == 0)
            first = 1;
    text_copy(size, task, basename(own->words[first]));
    for (size_t i = first + 1; i < own->word_count; i++)
        text_append(size, task, " %s", own->words[i]);
}

int command_line_take_words(
    int count, char *words[], struct options *options, struct fault *fault)
{
    struct options_own *own = &options->own;
    struct plan *plan = &options->plan;
    int mark = 0;
    while (mark < count && strcmp(words[mark], items_mark) != 0)
        mark++;
    if (mark == 0)
        return fault_input(fault, "no command: parfor %s -- (parfor %s -- gzip ::: a b)",
            options->command, options->command);
    own->words = words;
    own->word_count = (size_t)mark;
    own->items_given = mark < count;
    own->items = words + mark + own->items_given;
    own->item_count = own->items_given ? (size_t)(count - mark - 1) : 0;
    for (size_t i = 0; i < own->item_count; i++)
        if (strcmp(own->items[i], items_mark) == 0)
            return fault_input(fault,
                "a second list of items: %s (one is enough; columns "
                "of an item: --colsep)",
                items_mark);
    plan->tells = plan->commands = true;
    plan->shell = own->shell;
    text_copy(
        sizeof plan->separator, plan->separator, own->separator ? own->separator : "");
    text_copy(sizeof plan->workload, plan->workload, "command");
    write_loop(own, sizeof plan->loop, plan->loop);
    write_task(own, sizeof plan->task, plan->task);
    return 0;
}

int command_line_add_program(const char *text, struct plan *plan, struct fault *fault)
{
    if (text[strspn(text, " \t\n")] == '\0')
        return fault_input(
            fault, "an empty program: '%s' (such as 'sort data.txt')", text);
    if (strlen(text) >= PLAN_PROGRAM_SIZE)
        return fault_input(fault, "a program too long: %.60s... (%d bytes at most)", text,
            PLAN_PROGRAM_SIZE - 1);
    text_copy(PLAN_PROGRAM_SIZE, plan->programs[plan->program_count++], text);
    return 0;
}

int command_line_check_programs(const struct plan *plan, struct fault *fault)
{
    int64_t stages =
        (plan->repeats + (int64_t)plan->warmups) * (int64_t)plan->program_count;
    if (plan->program_count == 0)
        return fault_input(fault,
            "no program: parfor versus (parfor versus 'python3 loop.py' "
            "'python3 pool.py')");
    if (stages <= RESULT_STAGES_MAX)
        return 0;
    return fault_input(fault, "too many runs: -r %d of %zu programs (%d at most)",
        plan->repeats, plan->program_count, RESULT_STAGES_MAX);
}

int command_line_take_program(
    int count, char *words[], struct options *options, struct fault *fault)
{
    char text[PLAN_PROGRAM_SIZE] = "", word[PLAN_PROGRAM_SIZE];
    for (int i = 0; i < count; i++) {
        template_quote(words[i], sizeof word, word);
        text_append(sizeof text, text, "%s%s", i > 0 ? " " : "", word);
    }
    options->own.words = words;
    options->own.word_count = (size_t)count;
    return command_line_add_program(text, &options->plan, fault);
}

static bool is_program(const char *name)
{
    char *path;
    struct fault unknown;
    if (spawn_find(name, NULL, &path, &unknown) < 0)
        return false;
    free(path);
    return true;
}

int command_line_refuse_loop(const struct options *options, const char *first,
    const char *second, struct fault *fault)
{
    const struct workload_ops *ops;
    const char *command = options->command;
    bool script = access(first, R_OK) == 0 && strchr(first, '.');
    bool with_script = second && access(second, R_OK) == 0;
    const char *runner = strstr(first, ".py") ? "python3 " : script ? "./" : "";
    if (workload_find(first, &ops, fault) == 0)
        return fault_input(
            fault, "an argument too many: %s (one loop at a time)", second);
    if (!script && !is_program(first))
        return -EINVAL;
    if (script || with_script)
        return fault_input(fault,
            "a loop inside a program stays there: %s (to see it: parfor watch -- "
            "%s%s%s%s; "
            "to share it out, let it do one item per call: parfor %s -- %s%s%s%s {} ::: "
            "1 2 "
            "3)",
            with_script ? second : first, runner, first, with_script ? " " : "",
            with_script ? second : "", command, runner, first, with_script ? " " : "",
            with_script ? second : "");
    return fault_input(fault,
        "a program without --: %s (a command per item is parfor %s -- %s ::: ITEM...)",
        first, command, first);
}

static int refuse_with_command(const char *what, const char *instead, struct fault *fault)
{
    return fault_input(
        fault, "%s with a command: its tasks are its items (%s)", what, instead);
}

static int check_items(const struct options *options, struct fault *fault)
{
    const struct options_own *own = &options->own;
    const struct plan *plan = &options->plan;
    if (own->items_given && own->items_path)
        return fault_input(fault, "two lists of items: -a %s and %s (one is enough)",
            own->items_path, items_mark);
    if (plan->iterations > 0)
        return refuse_with_command("-n", "seq 100 | parfor map -- COMMAND", fault);
    if (plan->seconds_ns > 0)
        return refuse_with_command("--seconds", "give fewer or more items", fault);
    if (plan->size > 0)
        return refuse_with_command("-s", "write the size into the command", fault);
    if (own->separator && own->separator[0] == '\0')
        return fault_input(
            fault, "nothing between columns: --colsep '' (such as , or \\t)");
    if (own->separator && strlen(own->separator) >= sizeof plan->separator)
        return fault_input(fault,
            "too long between columns: --colsep %s (%zu bytes at most)", own->separator,
            sizeof plan->separator - 1);
    return 0;
}

int command_line_check_own(const struct options *options, struct fault *fault)
{
    const struct options_own *own = &options->own;
    const struct plan *plan = &options->plan;
    if (own->words) {
        int error = check_items(options, fault);
        if (error < 0)
            return error;
    }
    if (plan->order == PLAN_ORDER_LONGEST && plan->sample > 0)
        return fault_input(fault,
            "--order longest and --sample together: --sample %" PRId64
            " (the order comes from all tasks' times)",
            plan->sample);
    if (own->log && own->resume)
        return fault_input(fault,
            "--log and --resume together: --log %s (the log that is "
            "resumed is gone on with)",
            own->log);
    if (own->tag && options_find_printed(options))
        return fault_input(fault,
            "--tag and --json together: --tag (with --json what items "
            "put out is in their records)");
    return 0;
}
