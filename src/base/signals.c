// SPDX-License-Identifier: MIT
#include "base/signals.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct named_signal {
    int number;
    const char *name;
} named_signals[] = {
    {SIGHUP, "SIGHUP"},
    {SIGINT, "SIGINT"},
    {SIGQUIT, "SIGQUIT"},
    {SIGILL, "SIGILL"},
    {SIGTRAP, "SIGTRAP"},
    {SIGABRT, "SIGABRT"},
    {SIGBUS, "SIGBUS"},
    {SIGFPE, "SIGFPE"},
    {SIGKILL, "SIGKILL"},
    {SIGUSR1, "SIGUSR1"},
    {SIGSEGV, "SIGSEGV"},
    {SIGUSR2, "SIGUSR2"},
    {SIGPIPE, "SIGPIPE"},
    {SIGALRM, "SIGALRM"},
    {SIGTERM, "SIGTERM"},
    {SIGCHLD, "SIGCHLD"},
    {SIGCONT, "SIGCONT"},
    {SIGSTOP, "SIGSTOP"},
    {SIGTSTP, "SIGTSTP"},
    {SIGTTIN, "SIGTTIN"},
    {SIGTTOU, "SIGTTOU"},
    {SIGURG, "SIGURG"},
    {SIGXCPU, "SIGXCPU"},
    {SIGXFSZ, "SIGXFSZ"},
    {SIGVTALRM, "SIGVTALRM"},
    {SIGPROF, "SIGPROF"},
    {SIGWINCH, "SIGWINCH"},
    {SIGIO, "SIGIO"},
    {SIGPWR, "SIGPWR"},
    {SIGSYS, "SIGSYS"},
};

void signals_name(int signal, size_t size, char text[])
{
    for (size_t i = 0; i < sizeof named_signals / sizeof *named_signals; i++) {
        if (named_signals[i].number == signal) {
            snprintf(text, size, "%s", named_signals[i].name);
            return;
        }
    }
    snprintf(text, size, "SIG%d", signal);
}

int signals_number(const char *name)
{
    for (int signal = 1; signal < NSIG; signal++) {
        char text[16];
        signals_name(signal, sizeof text, text);
        if (strcmp(text, name) == 0)
            return signal;
    }
    return -1;
}

/* Whether it was stopped tells the SIGCONT, which is kept back until then. */
bool signals_stop_here(void)
{
    sigset_t stop, go_on, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigemptyset(&go_on);
    sigaddset(&go_on, SIGCONT);
    sigprocmask(SIG_BLOCK, &go_on, &before);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
    bool stopped = sigtimedwait(&go_on, NULL, &(struct timespec){0}) == SIGCONT;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return stopped;
}

/* Those that are not ignored. */
static sigset_t find_ends(void)
{
    static const int wanted[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t signals;
    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct sigaction before;
        if (sigaction(wanted[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaddset(&signals, wanted[i]);
    }
    return signals;
}

void signals_hold_ends(sigset_t *ret_before)
{
    const sigset_t signals = find_ends();
    sigprocmask(SIG_BLOCK, &signals, ret_before);
}

int signals_watch_ends(struct loop *loop, loop_callback *callback, void *data,
    int *ret_signal, struct watch **ret_watch)
{
    const sigset_t signals = find_ends();
    return loop_watch_signals(loop, &signals, callback, data, ret_signal, ret_watch);
}
