// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "options/option_take.h"

enum {
    ARGS_MAX = 100000,
    PERCENT_MAX = 100000,
    DAYS_MAX = 1000,
    LOAD_MAX = 1000000,
};

int option_take_max_args(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_in_range("number of items per task", text,
        (const int64_t[]){1, ARGS_MAX}, &options->plan.max_args, fault);
}

int option_take_sample(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_in_range("number of tasks", text, (const int64_t[]){1, INT32_MAX},
        &options->plan.sample, fault);
}

static int parse_time(const char *text, int64_t *ret_ns)
{
    int64_t time_ns;
    if (number_parse_duration(text, &time_ns) < 0 ||
        time_ns > DAYS_MAX * 86400 * NS_PER_S)
        return -1;
    *ret_ns = time_ns;
    return 0;
}

/* "500%", "0.5": a number with or without a percent sign behind it. */
static int parse_share(
    const char *text, double most, double *ret_value, bool *ret_percent)
{
    char *end;
    double value = strtod(text, &end);
    *ret_percent = *end == '%';
    if (end == text || end[*ret_percent] != '\0' || !(value > 0) || value > most)
        return -1;
    *ret_value = value;
    return 0;
}

int option_take_timeout(struct options *options, const char *text, struct fault *fault)
{
    struct plan *plan = &options->plan;
    double percent;
    bool is_percent;
    if (parse_share(text, PERCENT_MAX, &percent, &is_percent) == 0 && is_percent &&
        percent >= 1) {
        plan->timeout_percent = (int)percent;
        plan->timeout_ns = 0;
        return 0;
    }
    if (parse_time(text, &plan->timeout_ns) < 0 || plan->timeout_ns < NS_PER_MS)
        return fault_input(fault,
            "wrong time-out: %s (a duration such as 30s or 2h, or 500%% of the median "
            "task)",
            text);
    plan->timeout_percent = 0;
    return 0;
}

int option_take_halt(struct options *options, const char *text, struct fault *fault)
{
    size_t length = strcspn(text, ",");
    char name[16];
    text_copy(length < sizeof name ? length + 1 : sizeof name, name, text);
    options->plan.halt_after = 1;
    for (int halt = 0; halt < PLAN_HALTS; halt++) {
        if (strcmp(plan_halt_names[halt], name) != 0)
            continue;
        options->plan.halt = (enum plan_halt)halt;
        if (text[length] == '\0')
            return 0;
        return option_parse_in_range("number of failures", text + length + 1,
            (const int64_t[]){1, INT32_MAX}, &options->plan.halt_after, fault);
    }
    return fault_input(fault,
        "no such way to halt: %s (never, soon, now; soon,3: after 3 failures)", text);
}

/* One word of --term-seq: a signal, or a pause after the one before. */
static int take_step(const char *word, struct plan_ending *ending)
{
    char name[40];
    snprintf(name, sizeof name, "%s%s", strncmp(word, "SIG", 3) == 0 ? "" : "SIG", word);
    int number = signals_number(name), count = ending->step_count;
    if (number < 0)
        return count > 0 ? parse_time(word, &ending->steps[count - 1].pause_ns) : -1;
    if (ending->step_count == PLAN_ENDING_STEPS)
        return -1;
    ending->steps[ending->step_count++] = (struct plan_ending_step){.signal = number};
    return 0;
}

int option_take_ending(struct options *options, const char *text, struct fault *fault)
{
    struct plan_ending ending = {.step_count = 0};
    int error = 0;
    for (const char *at = text; error == 0; at++) {
        size_t length = strcspn(at, ",");
        char word[32];
        text_copy(length < sizeof word ? length + 1 : sizeof word, word, at);
        error = take_step(word, &ending);
        at += length;
        if (*at == '\0')
            break;
    }
    if (error < 0)
        return fault_input(fault,
            "wrong signals: %s (such as TERM,1s,KILL: up to %d, with pauses between)",
            text, PLAN_ENDING_STEPS);
    options->plan.ending = ending;
    return 0;
}

int option_take_delay(struct options *options, const char *text, struct fault *fault)
{
    if (parse_time(text, &options->own.delay_ns) < 0)
        return fault_input(fault, "wrong delay: %s (such as 100ms or 2s)", text);
    return 0;
}

int option_take_nice(struct options *options, const char *text, struct fault *fault)
{
    return option_parse_int(
        "niceness", text, (const int64_t[]){-20, 19}, &options->own.nice, fault);
}

int option_take_memory(struct options *options, const char *text, struct fault *fault)
{
    if (number_parse(text, &options->own.memory_free) < 0 || options->own.memory_free < 1)
        return fault_input(fault, "wrong size: %s (in bytes, such as 500M or 2G)", text);
    return 0;
}

int option_take_load(struct options *options, const char *text, struct fault *fault)
{
    struct options_own *own = &options->own;
    if (parse_share(text, LOAD_MAX, &own->load_most, &own->load_per_cpu) < 0)
        return fault_input(fault,
            "wrong load: %s (a load average such as 8, or 90%% of the CPUs)", text);
    if (own->load_per_cpu)
        own->load_most /= 100;
    return 0;
}

int option_take_threads(struct options *options, const char *text, struct fault *fault)
{
    struct plan *plan = &options->plan;
    plan->inner_auto = strcmp(text, "auto") == 0;
    plan->inner_threads = 0;
    if (plan->inner_auto || strcmp(text, "keep") == 0)
        return 0;
    if (option_parse_int("number of threads", text, (const int64_t[]){1, 65536},
            &plan->inner_threads, fault) == 0)
        return 0;
    return fault_input(
        fault, "wrong number of threads: %s (auto, keep, or 1 and more)", text);
}

int option_take_hangup(struct options *options, const char *text, struct fault *fault)
{
    options->own.stop_on_hangup = strcmp(text, "stop") == 0;
    if (options->own.stop_on_hangup || strcmp(text, "continue") == 0)
        return 0;
    return fault_input(fault, "wrong answer to a hang-up: %s (continue, stop)", text);
}

int option_take_setting(struct options *options, const char *text, struct fault *fault)
{
    struct options_own *own = &options->own;
    if (own->setting_count == OPTIONS_SETTINGS_MAX)
        return fault_input(
            fault, "too many settings: %s (%d at most)", text, OPTIONS_SETTINGS_MAX);
    own->settings[own->setting_count++] = text;
    return 0;
}
