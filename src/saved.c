// SPDX-License-Identifier: MIT
#include "saved.h"

#include <sys/stat.h>

#include "collection.h"
#include "experiment/player.h"
#include "options/options_output.h"
#include "outcome.h"
#include "present.h"
#include "report/log.h"
#include "save.h"
#include "saved_screen.h"
#include "status.h"

/* Only a file that can be read again is looked at beforehand. */
static bool is_log(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && log_is_one(path);
}

static int show_log(const char *path, struct fault *fault)
{
    const bool never = false;
    int64_t failed = 0;
    if (log_follow(path, stdout, &never, &failed, fault) < 0)
        return status_of(fault);
    return failed > 0 ? STATUS_UNSUCCESSFUL : STATUS_DONE;
}

static int read_all(
    const struct options *options, struct collection *saved, struct fault *fault)
{
    int error = 0;
    for (int i = 0; i < options->file_count && error == 0; i++) {
        const char *name = options->files[i];
        if (options->file_count > 1 && is_log(name))
            error = fault_input(fault,
                "not a result: %s (it is the log of a run, which is shown alone)", name);
        else
            error = collection_load(saved, name, fault);
    }
    return error;
}

/* What can be played is one result. */
static int check_replay(
    const struct options *options, const struct collection *saved, struct fault *fault)
{
    if (!options->replay)
        return 0;
    if (saved->count > 1)
        return fault_input(fault, "--replay plays one file, not %zu", saved->count);
    return player_check(saved->results[0], fault);
}

static size_t count_checks(const struct collection *saved)
{
    size_t count = 0;
    for (size_t i = 0; i < saved->count; i++)
        count += saved->results[i]->check.has;
    return count;
}

static bool are_checks(const struct collection *saved)
{
    return count_checks(saved) == saved->count;
}

/* Checks have nothing in common with runs: the first of those that are fewer is named. */
static int refuse_mixture(const struct collection *saved, struct fault *fault)
{
    size_t checks = count_checks(saved), odd = 0;
    bool few_checks = 2 * checks < saved->count;
    if (checks == 0 || checks == saved->count)
        return 0;
    while (saved->results[odd]->check.has != few_checks)
        odd++;
    return fault_input(fault,
        "%s: %s (several files are shown together where all of them are checks, or none "
        "is)",
        few_checks ? "a check among other results" : "not a check", saved->names[odd]);
}

/* Checks that failed are a failure; one that is only odd is not. */
static int print_fleet(const struct collection *saved, struct fault *fault)
{
    struct fleet fleet;
    int status = STATUS_DONE;
    for (size_t i = 0; i < saved->count; i++)
        if (saved->results[i]->check.verdict == CHECK_FAIL)
            status = STATUS_UNSUCCESSFUL;
    fleet_init(&fleet, saved->count, saved->results, saved->names);
    present_fleet(&fleet, fault);
    fleet_finish(&fleet);
    return status;
}

/* Tables are of what was measured, well or not. */
static int print_several(const struct collection *saved, struct fault *fault)
{
    int status = STATUS_DONE;
    if (are_checks(saved))
        return print_fleet(saved, fault);
    for (size_t i = 0; i < saved->count; i++)
        if (outcome_status(collection_result(saved, i)) != STATUS_DONE)
            status = STATUS_UNSUCCESSFUL;
    present_results(saved, fault);
    return status;
}

static int print_one(struct result *result, enum present_after after, struct fault *fault)
{
    const struct options usual = {0};
    const struct present_manner manner = {.after = after};
    present_print(&usual, result, &manner, fault);
    return outcome_status(result);
}

static int print_all(
    const struct collection *saved, enum present_after after, struct fault *fault)
{
    int status = saved->count > 1 ? print_several(saved, fault)
                                  : print_one(collection_result(saved, 0), after, fault);
    return fault->kind != FAULT_NONE ? status_of(fault) : status;
}

/* Several results have room in a table only, and a stage's picture is of one. */
static int print_data(
    const struct options *options, const struct collection *saved, struct fault *fault)
{
    const struct report_format *format = options_find_printed(options);
    const struct report_manner looks = {.dark = options->dark};
    const struct result *result = collection_result(saved, 0);
    if (saved->count > 1)
        return save_print_collection(format, saved, fault);
    int error = report_check_format(format, result->plan.command, fault);
    return error < 0 ? error : present_data(format, result, &looks, false, fault);
}

static int check_conversion(
    const struct options *options, const struct collection *saved, struct fault *fault)
{
    if (options->replay)
        return fault_input(fault, "--replay and -o together (one of them)");
    if (options->pictures && saved->count > 1)
        return fault_input(fault, "--pictures is for one file, not %zu", saved->count);
    return 0;
}

/* Into the forms that were asked for: then nothing is shown. */
static void convert(
    const struct options *options, const struct collection *saved, struct fault *fault)
{
    int error = check_conversion(options, saved, fault);
    if (error == 0)
        error = save_probe(options, fault);
    if (error < 0)
        return;
    if (saved->count == 1)
        save_all(options, collection_result(saved, 0), fault);
    else
        save_collection(options, saved, fault);
    if (fault->kind == FAULT_NONE && options_find_printed(options))
        print_data(options, saved, fault);
}

static bool is_converted(const struct options *options)
{
    return options->output_count > 0 || options->pictures || options->format ||
           options->json;
}

/* On the screen where somebody can look at it; what a fleet has in common is a table
 * everywhere. */
static int show_all(const struct options *options, const struct collection *saved,
    int *ret_signal, struct fault *fault)
{
    enum present_after after = PRESENT_AFTER_SCREEN;
    int error = refuse_mixture(saved, fault);
    if (error == 0 && is_converted(options)) {
        convert(options, saved, fault);
        return fault->kind != FAULT_NONE ? status_of(fault) : STATUS_DONE;
    }
    if (error == 0)
        error = check_replay(options, saved, fault);
    if (error == 0 && (saved->count == 1 || !are_checks(saved)))
        error = saved_look(options, saved, &after, ret_signal, fault);
    if (error < 0)
        return status_of(fault);
    return *ret_signal ? STATUS_UNSUCCESSFUL : print_all(saved, after, fault);
}

/* A log says what is done, and has nothing to be drawn or played. */
static int refuse_log(const struct options *options, struct fault *fault)
{
    if (!is_converted(options) && !options->replay)
        return 0;
    return fault_input(fault,
        "not a result: %s (it is the log of a run, which is only shown)",
        options->files[0]);
}

int saved_show(const struct options *options, int *ret_signal, struct fault *fault)
{
    struct collection saved = {0};
    int status;
    if (options->file_count == 1 && is_log(options->files[0])) {
        if (refuse_log(options, fault) < 0)
            return status_of(fault);
        return show_log(options->files[0], fault);
    }
    if (read_all(options, &saved, fault) < 0)
        status = status_of(fault);
    else
        status = show_all(options, &saved, ret_signal, fault);
    collection_finish(&saved);
    return status;
}
