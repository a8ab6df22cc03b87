// SPDX-License-Identifier: MIT
#include <signal.h>

#include "base/signals.h"
#include "session_inside.h"

static void suspend(struct session *session)
{
    face_hide(&session->face);
    if (session->experiment)
        experiment_suspend(session->experiment);
    else if (session->monitor)
        monitor_suspend(session->monitor);
    else if (session->check)
        check_suspend(session->check);
    else
        signals_stop_here();
    face_show(&session->face);
}

bool session_survives_hangup(const struct session *session)
{
    return session->own && session->result.plan.command == PLAN_MAP &&
           !session->options->own.stop_on_hangup;
}

/* A long loop of the user's own survives a closed terminal, and the first Ctrl-C lets
 * what is under way come to its end. */
static void obey_gently(struct session *session)
{
    bool work = session->result.plan.command == PLAN_MAP;
    if (session->signal == SIGHUP && session_survives_hangup(session)) {
        if (session->face.display)
            display_detach(session->face.display);
        return;
    }
    session->ended = true;
    if (session->signal == SIGINT && work && !session->closing) {
        session->closing = true;
        experiment_close(session->experiment);
        return;
    }
    experiment_end(session->experiment, session->signal);
    if (session->face.display)
        display_leave(session->face.display);
}

static void on_signal(void *data)
{
    struct session *session = data;
    if (session->signal == SIGTSTP) {
        suspend(session);
        return;
    }
    if (session->own) {
        obey_gently(session);
        return;
    }
    session->ended = true;
    if (session->experiment)
        experiment_stop(session->experiment, session->signal);
    if (session->face.display)
        display_leave(session->face.display);
}

int session_watch_signals(struct session *session, struct fault *fault)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* or children could not be waited for */
    int error = signals_watch_ends(
        session->events, on_signal, session, &session->signal, &session->signals);
    return error < 0 ? fault_system(fault, error, "cannot watch for signals") : 0;
}
