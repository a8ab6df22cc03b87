// SPDX-License-Identifier: MIT
#include "experiment/words_programs.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/words.h"
#include "experiment/words_items.h"

static const double ONE_CORE_FROM = 0.85, ONE_CORE_TO = 1.15; /* CPUs busy with it */
static const double ALL_SHARE = 0.9; /* of the usable CPUs: that is all of them */
static const double WAITING_CPUS = 0.5;
static const double MORE_WORK = 1.1; /* times the CPU time: worth a word */
static const double LEAST_BUSY = 0.1;
static const double MORE_BUSY = 1.25; /* times the CPUs: that is another way to work */
static const double NO_DIFFERENCE = 0.02;
static const double OTHERS_DISTURB = 0.1; /* of the usable CPUs */

/* Where the name in a word begins, if that can be nothing but a path. */
static const char *find_name(size_t length, const char word[])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789._-+~/";
    const char *name = word;
    if (strspn(word, plain) < length)
        return word;
    for (size_t i = 0; i + 1 < length; i++)
        if (word[i] == '/')
            name = word + i + 1;
    return name;
}

/* The words without the folders before their last parts. */
static void without_folders(const char *source, size_t size, char text[])
{
    text[0] = '\0';
    while (*source) {
        size_t blanks = strspn(source, " "), length = strcspn(source + blanks, " ");
        const char *word = source + blanks, *name = find_name(length, word);
        text_append(
            size, text, "%s%.*s", *text ? " " : "", (int)(word + length - name), name);
        source = word + length;
    }
}

/* For a line of a screen; what is cut off shows. */
static void shorten(const char *source, size_t size, char text[])
{
    static const char cut[] = "...";
    size_t length = strlen(source);
    bool fits = length < size || size < sizeof cut;
    words_clean(length, source, fits ? size : size - sizeof cut + 1, text);
    if (!fits)
        text_append(size, text, cut);
}

void words_program_label(
    const struct result *result, int program, size_t size, char text[])
{
    char label[PLAN_PROGRAM_SIZE], other[PLAN_PROGRAM_SIZE];
    const struct result_programs *programs = &result->programs;
    without_folders(programs->list[program].text, sizeof label, label);
    bool unique = true;
    for (int i = 0; i < (int)programs->count; i++) {
        without_folders(programs->list[i].text, sizeof other, other);
        unique = unique && (i == program || strcmp(label, other) != 0);
    }
    shorten(unique ? label : programs->list[program].text, size, text);
}

/* Each has as much room as the others. */
void words_programs_title(const struct plan *plan, size_t size, char text[])
{
    static const char between[] = " against ";
    char name[PLAN_PROGRAM_SIZE], part[PLAN_PROGRAM_SIZE];
    size_t count = plan->program_count, all = (sizeof between - 1) * count;
    size_t room = count > 0 && size > all ? (size - all) / count + 1 : 0;
    text[0] = '\0';
    for (size_t i = 0; i < count && room > 0; i++) {
        without_folders(plan->programs[i], sizeof name, name);
        shorten(name, room < sizeof part ? room : sizeof part, part);
        text_append(size, text, "%s%s", i > 0 ? between : "", part);
    }
}

void words_program_size(int processes, int threads, size_t size, char text[])
{
    snprintf(text, size, "%d process%s", processes, processes == 1 ? "" : "es");
    if (threads > processes)
        text_append(size, text, ", %d threads", threads);
}

void words_program_memory(int64_t bytes, size_t size, char text[])
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB"};
    double value = (double)bytes / 1024;
    size_t unit = 0;
    while (value >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        value /= 1024;
        unit++;
    }
    snprintf(text, size, "%.*f %s", value < 10 && unit > 0 ? 1 : 0, value, units[unit]);
}

static void label_of(
    const struct result *result, const struct result_program *program, char text[48])
{
    words_program_label(result, (int)(program - result->programs.list), 48, text);
}

static void describe_failure(
    const struct result_program *program, int64_t timeout_ns, size_t size, char text[])
{
    const struct scene_item how = {.exit_status = program->exit_status,
        .signal = program->signal,
        .error = program->error,
        .timed_out = program->timed_out,
        .ran_ns = timeout_ns};
    words_item_failure(&how, size, text);
}

static void say_failure(const struct result *result, const struct result_program *program,
    size_t size, char text[])
{
    char label[48], failure[80];
    label_of(result, program, label);
    describe_failure(program, result->plan.timeout_ns, sizeof failure, failure);
    snprintf(text, size, "%s%s failed: %s%s%s.",
        result->programs.count > 1 ? "No ratio: " : "", label, failure,
        *program->last_line ? ": " : "", program->last_line);
}

static const struct result_program *find_fastest(const struct result_programs *programs)
{
    const struct result_program *fastest = &programs->list[0];
    for (size_t i = 1; i < programs->count; i++)
        if (programs->list[i].elapsed_ns < fastest->elapsed_ns)
            fastest = &programs->list[i];
    return fastest;
}

/* What the faster of two has done otherwise: the CPUs, and the work. */
static void append_why(const struct result *result, const struct result_program *fast,
    const struct result_program *slow, size_t size, char text[])
{
    double work = (double)fast->cpu_ns / fmax(1, (double)slow->cpu_ns);
    double more = fmax(fast->busy_cpus, slow->busy_cpus);
    double less = fmin(fast->busy_cpus, slow->busy_cpus);
    bool otherwise = more - less >= LEAST_BUSY && more >= MORE_BUSY * less;
    if (otherwise)
        text_append(size, text, ": it kept %.1f of %d CPUs busy instead of %.1f",
            fast->busy_cpus, result->machine.online_cpus, slow->busy_cpus);
    text_append(size, text, ".");
    if (work >= MORE_WORK)
        text_append(size, text, " In all it took %.1f times the CPU time.", work);
    else if (work * MORE_WORK <= 1)
        text_append(size, text, " In all it took %.2f of the CPU time.", work);
}

/* The 95 % interval has 1 in it, or there is none and the times are the same. */
static bool is_equal(const struct result_program *program)
{
    if (program->has_interval)
        return program->interval_low <= 1 && program->interval_high >= 1;
    return fabs(program->ratio - 1) < NO_DIFFERENCE;
}

static void compare_two(const struct result *result, size_t size, char text[])
{
    const struct result_program *list = result->programs.list;
    const struct result_program *fast = find_fastest(&result->programs);
    const struct result_program *slow = fast == list ? &list[1] : list;
    char first[48], second[48];
    label_of(result, &list[0], first);
    label_of(result, &list[1], second);
    if (is_equal(&list[1]) && list[1].has_interval)
        snprintf(text, size,
            "No difference to be told: %s is between %.2f and %.2f times as fast as %s.",
            second, list[1].interval_low, list[1].interval_high, first);
    else if (is_equal(&list[1]))
        snprintf(text, size, "%s and %s took the same time.", first, second);
    else
        snprintf(text, size, "%s is %.2f times as fast as %s",
            fast == list ? first : second,
            (double)slow->elapsed_ns / fmax(1, (double)fast->elapsed_ns),
            fast == list ? second : first);
    if (!is_equal(&list[1]))
        append_why(result, fast, slow, size, text);
}

/* "X is the fastest of 3: 3.04 times as fast as A, 1.20 times as fast as B." */
static void compare_many(const struct result *result, size_t size, char text[])
{
    const struct result_programs *programs = &result->programs;
    const struct result_program *fastest = find_fastest(programs);
    char label[48];
    label_of(result, fastest, label);
    snprintf(text, size, "%s is the fastest of %zu", label, programs->count);
    const char *between = ": ";
    for (size_t i = 0; i < programs->count; i++) {
        const struct result_program *other = &programs->list[i];
        if (other == fastest)
            continue;
        label_of(result, other, label);
        text_append(size, text, "%s%.2f times as fast as %s", between,
            (double)other->elapsed_ns / fmax(1, (double)fastest->elapsed_ns), label);
        between = ", ";
    }
    text_append(size, text, ".");
}

static bool is_script(size_t length, const char word[])
{
    static const char *const endings[] = {
        ".py", ".R", ".r", ".jl", ".m", ".rb", ".pl", ".sh"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strncmp(word + length - ending, endings[i], ending) == 0)
            return true;
    }
    return false;
}

/* What parfor can say more about: the script among the words, else the program, unless
 * what that runs is written behind it. */
static void find_script(const char *command, size_t size, char text[])
{
    size_t first = strcspn(command, " ");
    const char *rest = command + first;
    bool is_typed = strncmp(rest, " -c ", 4) == 0 || strncmp(rest, " -e ", 4) == 0;
    snprintf(text, size, "%.*s", is_typed ? 0 : (int)first, command);
    for (const char *word = command; *word; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        if (is_script(length, word)) {
            snprintf(text, size, "%.*s", (int)length, word);
            return;
        }
        word += length;
    }
}

static void append_failure(const struct result_program *program, size_t size, char text[])
{
    char failure[80];
    if (!program->failed)
        return;
    describe_failure(program, 0, sizeof failure, failure);
    text_append(size, text, " It failed: %s.", failure);
}

static void say_watched(const struct result *result, size_t size, char text[])
{
    const struct result_stage *stage = &result->stages[result->stage_count - 1];
    const struct result_program *program = &result->programs.list[0];
    double elapsed_ns = fmax(1, (double)stage->elapsed_ns);
    double busy = (double)program->cpu_ns / elapsed_ns;
    double usable = comparison_usable_cpus(result);
    char duration[32], script[100];
    number_format_duration(stage->elapsed_ns, sizeof duration, duration);
    snprintf(text, size, "%.1f of %d CPU%s %s busy for %s", busy,
        result->machine.online_cpus, result->machine.online_cpus == 1 ? "" : "s",
        busy < ONE_CORE_TO ? "was" : "were", duration);
    if (busy >= ALL_SHARE * usable) {
        text_append(size, text, ": this program uses all there are.");
    } else if (busy >= ONE_CORE_FROM && busy <= ONE_CORE_TO) {
        find_script(program->text, sizeof script, script);
        text_append(size, text, ": this program computes on one core.");
        if (*script)
            text_append(size, text, " Try: parfor run %s (says how to split it)", script);
    } else if (busy < WAITING_CPUS) {
        text_append(size, text, ": this program waits more than it computes.");
    } else {
        char numbers[64];
        words_program_size(stage->processes, stage->threads, sizeof numbers, numbers);
        text_append(size, text, ", by %s at most.", numbers);
    }
    append_failure(program, size, text);
}

static bool all_ran(const struct result_programs *programs)
{
    for (size_t i = 0; i < programs->count; i++)
        if (programs->list[i].repeats == 0)
            return false;
    return true;
}

/* How many CPUs others had, at most, while a program ran that they left no more room for
 * than it took: what it would have done with theirs nobody knows.  0: in none. */
static double find_disturbance(const struct result *result)
{
    double usable = comparison_usable_cpus(result), most = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        const struct result_program *program = &result->programs.list[stage->program];
        double others = stage->others_cpus;
        bool is_full = program->busy_cpus >= LEAST_BUSY &&
                       program->busy_cpus + others >= ALL_SHARE * usable;
        if (!stage->warmup && is_full && others >= OTHERS_DISTURB * usable)
            most = fmax(most, others);
    }
    return most;
}

bool words_programs_are_doubtful(const struct result *result)
{
    const struct result_programs *programs = &result->programs;
    return programs->count > 1 && result->stage_count > 0 && all_ran(programs) &&
           result->plan.command != PLAN_WATCH && find_disturbance(result) > 0;
}

void words_programs_sentence(const struct result *result, size_t size, char text[])
{
    const struct result_programs *programs = &result->programs;
    text[0] = '\0';
    for (size_t i = 0; i < programs->count; i++) {
        if (programs->list[i].failed && result->plan.command != PLAN_WATCH) {
            say_failure(result, &programs->list[i], size, text);
            return;
        }
    }
    if (programs->count == 0 || result->stage_count == 0)
        return;
    if (result->plan.command == PLAN_WATCH)
        say_watched(result, size, text);
    else if (!all_ran(programs))
        text_copy(size, text, "Stopped before each program had run.");
    else if (words_programs_are_doubtful(result))
        snprintf(text, size,
            "No result: other programs used %.1f of %d CPUs meanwhile, and none was left "
            "over. Try again when it is quiet.",
            find_disturbance(result), result->machine.online_cpus);
    else if (programs->count == 2)
        compare_two(result, size, text);
    else if (programs->count > 2)
        compare_many(result, size, text);
}

void words_program_figures(
    const struct result *result, size_t program, size_t size, char text[])
{
    const struct result_program *about = &result->programs.list[program];
    char label[64], memory[32], number[64];
    words_program_label(result, (int)program, sizeof label, label);
    words_program_memory(about->max_rss_bytes, sizeof memory, memory);
    words_program_size(about->processes, about->threads, sizeof number, number);
    snprintf(text, size, "%s: %.3f s", label, (double)about->elapsed_ns / NS_PER_S);
    if (about->ratio > 0 && program > 0)
        text_append(size, text, ", %.2f times as fast", about->ratio);
    if (about->has_interval)
        text_append(size, text, " (95 %% interval %.2f to %.2f)", about->interval_low,
            about->interval_high);
    text_append(
        size, text, ", %.3f s of CPU time, %s", (double)about->cpu_ns / NS_PER_S, number);
    if (about->max_rss_bytes > 0)
        text_append(size, text, ", the largest %s", memory);
    text_append(size, text, ".");
}
