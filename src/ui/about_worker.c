// SPDX-License-Identifier: MIT
/* One worker: its process, what it has in hand, where its time went, what befell it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "model/account.h"
#include "ui/about.h"
#include "ui/about_kinds.h"
#include "ui/about_seen.h"

enum { TEXT_MAX = 120, EVENTS_MOST = 12 };

/* The worker, and what it is said of. */
struct subject {
    struct about *about;
    const struct view_input *input;
    struct shown shown;
    struct scene_worker now;
    const struct result_worker *whole; /* its part of a stage that is over; or NULL */
};

static const struct result_worker *find_whole(const struct shown *shown, int number)
{
    if (!shown->stage || shown->running)
        return NULL;
    for (size_t i = 0; i < shown->stage->worker_count; i++)
        if (shown->stage->worker_list[i].worker == number)
            return &shown->stage->worker_list[i];
    return NULL;
}

static void say_process(const struct subject *subject)
{
    const struct scene_worker *now = &subject->now;
    const char *where = subject->shown.running ? "on CPU" : "last seen on CPU";
    if (now->pid > 0)
        about_say(subject->about, "process", "%d", (int)now->pid);
    else
        about_say(subject->about, "process", "none now");
    if (subject->input->scene->result->machine.simulated)
        about_say(subject->about, "place", ABOUT_SIMULATED);
    else if (now->cpu < 0)
        about_say(subject->about, "place", ABOUT_NOT_VISIBLE);
    else
        about_say(subject->about, "place", "%s %d", where, now->cpu);
    if (subject->whole && subject->whole->pinned >= 0)
        about_say(subject->about, "pinned", "to CPU %d", subject->whole->pinned);
}

/* Since when it has been under way, where that is known. */
static const struct scene_item *find_longest(const struct scene *scene, int worker)
{
    const struct scene_items *items = scene->items;
    for (size_t i = 0; items && i < items->longest_count; i++)
        if (items->longest[i].worker == worker)
            return &items->longest[i];
    return NULL;
}

static void say_tasks(const struct subject *subject)
{
    const struct scene_worker *now = &subject->now;
    const struct scene_item *item = find_longest(subject->input->scene, now->worker);
    char text[TEXT_MAX] = "none", ran[32];
    if (now->index >= 0)
        snprintf(text, sizeof text, "task %" PRId64, now->index);
    if (now->index >= 0 && now->item[0])
        text_append(sizeof text, text, ", %s", now->item);
    if (now->index >= 0 && item) {
        number_format_duration(item->ran_ns, sizeof ran, ran);
        text_append(sizeof text, text, ", for %s", ran);
    }
    if (subject->shown.running)
        about_say(subject->about, "in hand", "%s", text);
    about_say(subject->about, "tasks done", "%" PRId64, now->done);
    if (now->cpu_share >= 0)
        about_say(subject->about, "had a CPU", "%.0f %% of the time%s",
            100 * now->cpu_share, subject->shown.running ? " so far" : "");
}

static void say_part(
    struct about *about, const char *name, int64_t ns, int64_t of_ns, const char *what)
{
    char text[TEXT_MAX];
    about_format_part(ns, of_ns, sizeof text, text);
    about_say(about, name, "%s%s%s", text, *what ? ": " : "", what);
}

/* Where its time went; what did not happen has no line, but for work and its end. */
static void say_account(const struct subject *subject)
{
    const struct account_worker *times = &subject->whole->times;
    int64_t elapsed_ns = subject->shown.stage->elapsed_ns;
    struct account account = account_of(1, times, elapsed_ns, ACCOUNT_NOT_SEEN);
    bool seen = account.waiting_ns != ACCOUNT_NOT_SEEN;
    const struct {
        const char *name, *what;
        int64_t ns;
        bool always;
    } parts[] = {
        {"starting", "until its first task", account.startup_ns, false},
        {"alone", "one worker prepared for all, the others waited", account.prepare_ns,
            false},
        {"work", "a CPU computed its tasks", account.useful_ns, true},
        {"waiting", "ready, but no CPU was free for it", seen ? account.waiting_ns : 0,
            false},
        {"blocked",
            seen
                ? "in a task, but not computing: it slept, read, or the host took the CPU"
                : "in a task, but not computing",
            account.blocked_ns, false},
        {"hand-out", "between two tasks", account.handout_ns, false},
        {"idle", "at the end, when no task was left", account.tail_ns, true},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].always || parts[i].ns != 0)
            say_part(
                subject->about, parts[i].name, parts[i].ns, elapsed_ns, parts[i].what);
    about_say(subject->about, "hand-outs", "%" PRId64, subject->whole->handouts);
    if (subject->whole->renewed > 0)
        about_say(subject->about, "renewed", "%" PRId64 " times by a new process",
            subject->whole->renewed);
}

/* What became of it, in words; "" of what is nobody's. */
static void describe(const struct result_event *event, size_t size, char text[])
{
    char name[32];
    signals_name(event->signal, sizeof name, name);
    text[0] = '\0';
    if (event->what == RESULT_KILLED)
        snprintf(text, size, "its process %d was killed by %s", event->pid, name);
    else if (event->what == RESULT_LEFT)
        snprintf(text, size, "its process %d left with exit status %d", event->pid,
            event->signal);
    else if (event->what == RESULT_REPLACED)
        snprintf(text, size, "process %d took its place", event->pid);
    else if (event->what == RESULT_REFUSED)
        snprintf(text, size, "the system refused a process: %s", strerror(event->signal));
    else if (event->what == RESULT_UNPINNED)
        snprintf(text, size, "the system refused to pin it: %s", strerror(event->signal));
    bool died = event->what == RESULT_KILLED || event->what == RESULT_LEFT;
    if (died && event->index >= 0)
        text_append(size, text, ", task %" PRId64 " in hand", event->index);
}

static void say_events(const struct subject *subject)
{
    const struct result_stage *stage = subject->shown.stage;
    int count = 0;
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        char text[TEXT_MAX], time[32];
        if (event->worker != subject->now.worker || event->t_ns > subject->shown.until_ns)
            continue;
        describe(event, sizeof text, text);
        if (!*text || count++ >= EVENTS_MOST)
            continue;
        number_format_duration(event->t_ns, sizeof time, time);
        about_say(subject->about, count == 1 ? "events" : "", "at %s %s", time, text);
    }
    if (count > EVENTS_MOST)
        about_say(subject->about, "", "and %d more", count - EVENTS_MOST);
}

void about_worker(struct about *about, const struct view_input *input)
{
    struct subject subject = {
        .about = about, .input = input, .shown = shown_latest(input->scene)};
    int number = (int)input->subject.number;
    char name[96], time[48];
    snprintf(about->title, sizeof about->title, "worker %d", number);
    if (input->scene->result->programs.count > 0 || !subject.shown.stage ||
        !about_find_worker(input->scene, &subject.shown, number, &subject.now)) {
        about_say(about, "", "There is no such worker in this run.");
        return;
    }
    subject.whole = find_whole(&subject.shown, number);
    shown_name(input->scene, &subject.shown, false, sizeof name, name);
    shown_time(&subject.shown, input, 40, sizeof time, time);
    about_say(about, "run", "%s, %s", name, time);
    say_process(&subject);
    say_tasks(&subject);
    if (subject.whole)
        say_account(&subject);
    about_seen_by(about, input, number);
    say_events(&subject);
}
