// SPDX-License-Identifier: MIT
#include "shots.h"

#include <stdio.h>

#define AT(of_view, of_result, in_stage, after_ms)                                       \
    .view = of_view, .result = of_result, .stage = in_stage, .ms = after_ms
#define LIVE(cpus, after_ms) AT("live", "run-" #cpus, 1, after_ms)
#define NIGHT(cpus, after_ms) AT("items", "run-" #cpus, 1, after_ms)
#define ENDED(of_view, cpus) AT(of_view, "run-" #cpus, 2, 0)
#define SIZE(in_columns, in_rows) .columns = in_columns, .rows = in_rows
#define HALL SIZE(80, 24)
#define WORD_LONG                                                                        \
    "word=unknown ending: result.jpg (known: .json, .txt, .md, .csv, .tasks.csv, "       \
    ".hyperfine.json, .trace.json, .svg, .tasks.svg)"
#define LARGE SIZE(200, 60)
#define NARROW SIZE(60, 20)
#define SMALL SIZE(40, 12)
#define TINY SIZE(20, 5)
#define EVERY_SIZE(...)                                                                  \
    {__VA_ARGS__, HALL}, {__VA_ARGS__, SIZE(120, 40)}, {__VA_ARGS__, LARGE},             \
        {__VA_ARGS__, SMALL},                                                            \
    {                                                                                    \
        __VA_ARGS__, TINY                                                                \
    }
#define NOTE(text) .note = text
#define WITH(word) .note = word, .words = {word}
#define ON(terminal) .note = terminal, .term = terminal
#define IN_C .note = "c-locale", .locale = "C"
#define MILLION "run-8-million"
#define STOPPED "map-12-stopped"
#define SWEEP(of_result, in_stage, after_ms) AT("sweep", of_result, in_stage, after_ms)
#define VERSUS(of_result, in_stage, after_ms) AT("versus", of_result, in_stage, after_ms)
#define ABOUT(of_result, in_stage, after_ms, word)                                       \
    AT("about", of_result, in_stage, after_ms), .note = word, .words = {word}
#define HELP_OF(of_view, of_result, in_stage, after_ms)                                  \
    AT("help", of_result, in_stage, after_ms), .note = of_view,                          \
                                               .words = {"behind=" of_view}
#define CHECK(cpus, word) ENDED("check", cpus), .note = word, .words = {"check=" word}
#define CHECK_WITH(cpus, word, other)                                                    \
    ENDED("check", cpus), .note = word "-" other, .words = {"check=" word, other}
#define SWEPT(of_result) SWEEP(of_result, 1000, 0)

const struct shot shots[] = {
    /* Every machine at every size. */
    EVERY_SIZE(LIVE(1, 12000)),
    EVERY_SIZE(LIVE(2, 5100)),
    EVERY_SIZE(LIVE(8, 1700)),
    EVERY_SIZE(LIVE(12, 1900)),
    EVERY_SIZE(LIVE(64, 300)),
    EVERY_SIZE(LIVE(256, 150)),
    EVERY_SIZE(ENDED("compare", 1)),
    EVERY_SIZE(ENDED("compare", 2)),
    EVERY_SIZE(ENDED("compare", 8)),
    EVERY_SIZE(ENDED("compare", 12)),
    EVERY_SIZE(ENDED("compare", 64)),
    EVERY_SIZE(ENDED("compare", 256)),

    /* The other views at every size. */
    EVERY_SIZE(AT("ask", "run-2", 0, 24200), .words = {"guess=1.9"}),
    EVERY_SIZE(AT("tasks", "run-12", 1, 1900)),
    EVERY_SIZE(AT("workers", "run-12", 1, 1900)),
    EVERY_SIZE(AT("help", "run-2", 1, 5100)),

    /* Sweeps: of 1 to 64 points, with intervals, with the range of two runs, with
     * neither; cut short; of hours; beyond the CPUs. */
    EVERY_SIZE(SWEPT("sweep-2-thrice")),
    EVERY_SIZE(SWEPT("sweep-12")),
    EVERY_SIZE(SWEPT("sweep-64")),
    EVERY_SIZE(SWEEP("sweep-2-thrice", 4, 4100), NOTE("mid")),
    EVERY_SIZE(SWEEP("sweep-12", 15, 900), NOTE("mid")),
    EVERY_SIZE(SWEEP("sweep-256", 7, 200), NOTE("mid")),
    {SWEPT("sweep-1"), HALL},
    {SWEPT("sweep-1"), SMALL},
    {SWEPT("sweep-2-thrice"), NARROW},
    {SWEEP("sweep-12", 15, 900), NARROW, NOTE("mid")},
    {AT("workers", "run-8-parts", 2, 0), NARROW, NOTE("details"), .words = {"details"}},
    {AT("compare", "run-8-parts", 2, 0), NARROW, WITH("details")},
    {SWEPT("sweep-2"), HALL},
    {SWEPT("sweep-2"), SMALL},
    {SWEPT("sweep-2-sleep"), HALL},
    {SWEPT("sweep-8-cut"), HALL},
    {SWEPT("sweep-8-cut"), SMALL},
    {SWEPT("sweep-8-long"), SMALL},
    {SWEPT("sweep-8-long"), HALL, WITH("details")},
    {SWEEP("sweep-8-long", 3, 60000), HALL, NOTE("mid")},
    {SWEPT("sweep-64-all"), HALL},
    {SWEPT("sweep-64-all"), LARGE},
    {SWEPT("sweep-64-all"), SMALL, WITH("scroll=57")},
    {SWEPT("sweep-256"), HALL},
    {SWEPT("sweep-256"), LARGE},
    {SWEEP("sweep-2-thrice", 0, 5000), HALL, NOTE("alone")},
    {SWEEP("sweep-2-thrice", 0, 0), HALL, NOTE("start")},
    {SWEEP("sweep-64", 20, 500), HALL, NOTE("mid")},
    {SWEEP("sweep-64", 20, 500), SMALL, NOTE("mid")},
    {SWEPT("sweep-64"), HALL, WITH("details")},
    {SWEPT("sweep-2-thrice"), HALL, WITH("details")},
    {SWEPT("sweep-64-all"), HALL, NOTE("details"), .words = {"details", "scroll=20"}},
    {SWEEP("sweep-12", 15, 900), LARGE, NOTE("mid-details"), .words = {"details"}},
    {SWEPT("sweep-64"), HALL, WITH("ascii")},
    {SWEEP("sweep-2-thrice", 4, 4100), HALL, NOTE("mid-ascii"), .words = {"ascii"}},
    {SWEPT("sweep-12"), HALL, WITH("no-color")},
    {SWEPT("sweep-12"), HALL, ON("vt100")},
    {SWEPT("sweep-12"), HALL, ON("linux")},
    {SWEPT("sweep-12"), HALL, IN_C},
    {SWEEP("sweep-12", 15, 900), HALL, NOTE("mid-frozen"), .words = {"frozen"}},
    {SWEEP("sweep-12", 15, 900), HALL, NOTE("mid-question"), .words = {"question"}},
    {SWEEP("sweep-12", 15, 900), TINY, NOTE("mid-question"), .words = {"question"}},
    {AT("tasks", "sweep-12", 15, 2000), HALL, NOTE("mid")},
    {AT("tasks", "sweep-12", 1000, 0), HALL, NOTE("ended")},
    {AT("workers", "sweep-12", 15, 2000), HALL, NOTE("mid")},
    {AT("workers", "sweep-12", 1000, 0), HALL, NOTE("ended")},

    /* Where each worker's time went. */
    EVERY_SIZE(AT("compare", "run-8-parts", 2, 0)),
    {ENDED("workers", 2), HALL, NOTE("ended-details"), .words = {"details"}},
    EVERY_SIZE(AT("workers", "run-8-parts", 2, 0), NOTE("details"), .words = {"details"}),
    {ENDED("workers", 64), HALL, NOTE("details"), .words = {"details", "scroll=20"}},
    {ENDED("workers", 64), LARGE, WITH("details")},
    {AT("compare", "run-8-parts", 2, 0), HALL, WITH("details")},
    {ENDED("compare", 256), HALL, NOTE("details"), .words = {"details", "scroll=100"}},

    /* Where others are at work as well. */
    {LIVE(2, 5100), HALL, WITH("others")},
    {LIVE(2, 5100), SMALL, WITH("others")},
    {LIVE(2, 5100), TINY, WITH("others")},
    {LIVE(2, 5100), SMALL, NOTE("others-simulated"), .words = {"others", "simulated"}},
    {LIVE(2, 5100), SMALL, NOTE("simulated"), .words = {"simulated"}},
    {LIVE(64, 300), SMALL, WITH("others")},
    {AT("ask", "run-2", 0, 24200), HALL, NOTE("others"), .words = {"guess=", "others"}},
    {AT("ask", "run-2", 0, 24200), SMALL, NOTE("others"), .words = {"guess=", "others"}},

    /* What has no room is scrolled to, or gives way. */
    {ENDED("compare", 12), TINY, WITH("scroll=2")},
    {ENDED("compare", 12), TINY, NOTE("details"), .words = {"details", "can"}},
    {ENDED("compare", 12), TINY, WITH("can")},

    /* A question. */
    {AT("ask", "run-12", 0, 24000), HALL, .words = {"guess="}},
    {AT("ask", "run-256", 0, 24200), HALL, .words = {"guess=12345678"}},
    {LIVE(2, 5100), HALL, WITH("question")},
    {LIVE(2, 5100), SMALL, WITH("question")},
    {LIVE(2, 5100), TINY, WITH("question")},
    {AT("tasks", "run-12", 1, 1900), HALL, NOTE("question"),
        .words = {"question", "frozen"}},
    {AT("workers", "run-64", 1, 300), SMALL, WITH("question")},
    {AT("help", "run-2", 1, 5100), SMALL, WITH("question")},

    /* The first stage, the first moment, other loops. */
    {AT("live", "run-1", 0, 12000), HALL, NOTE("alone")},
    {AT("live", "run-2", 0, 12000), HALL, NOTE("alone")},
    {AT("live", "run-2", 0, 12000), SMALL, NOTE("alone")},
    {AT("live", "run-2", 0, 12000), TINY, NOTE("alone")},
    {LIVE(12, 1900), HALL, NOTE("details-meters"), .words = {"details", "meters"}},
    {LIVE(2, 5100), SIZE(120, 40), NOTE("details-meters"),
        .words = {"details", "meters"}},
    {ENDED("compare", 12), HALL, NOTE("details-meters"), .words = {"details", "meters"}},
    {ENDED("compare", 12), SIZE(120, 40), NOTE("details-meters"),
        .words = {"details", "meters"}},
    {AT("live", "run-12", 0, 12000), HALL, NOTE("alone")},
    {AT("live", "run-256", 0, 12000), HALL, NOTE("alone")},
    {AT("live", "run-2", 0, 0), HALL, NOTE("start")},
    {AT("live", "run-2", 0, 0), SMALL, NOTE("start")},
    {AT("live", "run-2", 1, 0), HALL, NOTE("start-pool")},
    {AT("live", MILLION, 1, 1300), HALL},
    {AT("live", MILLION, 1, 1300), SMALL},
    {AT("compare", MILLION, 2, 0), HALL},
    EVERY_SIZE(AT("live", STOPPED, 0, 1000)),
    EVERY_SIZE(AT("compare", STOPPED, 1, 0)),

    /* A loop of the user's own, for a night. */
    EVERY_SIZE(NIGHT(64, 300), .words = {"items"}),
    {NIGHT(2, 5100), HALL, .words = {"items"}},
    {NIGHT(2, 5100), SMALL, .words = {"items"}},
    {NIGHT(256, 150), HALL, .words = {"items"}},
    {NIGHT(12, 1900), SMALL, .words = {"items"}},
    {NIGHT(64, 300), SIZE(50, 30), .words = {"items"}},
    {NIGHT(64, 300), HALL, NOTE("ascii"), .words = {"items", "ascii"}},
    {NIGHT(64, 300), HALL, NOTE("no-color"), .words = {"items", "no-color"}},
    {NIGHT(8, 1700), HALL, NOTE("start"), .words = {"items=start"}},
    {NIGHT(8, 1700), HALL, NOTE("few"), .words = {"items=few"}},
    {NIGHT(2, 5100), HALL, NOTE("failing"), .words = {"items=failing"}},
    {NIGHT(64, 300), HALL, NOTE("failing"), .words = {"items=failing"}},
    {NIGHT(64, 300), HALL, NOTE("reading"), .words = {"items=reading", "stop"}},
    {NIGHT(64, 300), HALL, NOTE("closing"), .words = {"items=closing", "stop"}},
    {NIGHT(64, 300), SMALL, NOTE("closing"), .words = {"items=closing"}},
    {NIGHT(64, 300), SMALL, NOTE("closing-stop"), .words = {"items=closing", "stop"}},
    {NIGHT(64, 300), HALL, NOTE("warning"), .words = {"items=warning"}},
    {NIGHT(64, 300), SMALL, NOTE("stop"), .words = {"items=reading", "stop"}},
    {AT("failed", "run-64", 1, 300), HALL, .words = {"items"}},
    {AT("failed", "run-64", 1, 300), TINY, .words = {"items", "scroll=1"}},
    {AT("workers", "run-64", 1, 300), HALL, NOTE("items"), .words = {"items"}},
    {AT("help", "run-64", 1, 300), HALL, NOTE("items"), .words = {"items"}},
    {LIVE(2, 5100), HALL, NOTE("projected"), .words = {"items=stage", "projected"}},
    {LIVE(2, 5100), SMALL, NOTE("projected"), .words = {"items=stage", "projected"}},
    {LIVE(64, 300), HALL, NOTE("projected"), .words = {"projected", "ascii"}},
    {AT("live", "run-2", 0, 12000), HALL, NOTE("items"), .words = {"items=stage"}},

    /* Whole programs side by side, and one that is watched. */
    EVERY_SIZE(VERSUS("programs-8", 1, 2600)),
    EVERY_SIZE(VERSUS("programs-8", 2, 0), NOTE("ended")),
    {VERSUS("programs-8", 0, 12000), HALL, NOTE("alone")},
    {VERSUS("programs-2", 1, 5100), HALL},
    {VERSUS("programs-2", 2, 0), HALL, NOTE("ended")},
    {VERSUS("programs-2", 2, 0), HALL, NOTE("ended-ascii"), .words = {"ascii"}},
    {VERSUS("programs-8-four", 2, 9000), HALL},
    {VERSUS("programs-8-four", 4, 0), HALL, NOTE("ended")},
    {VERSUS("programs-8-four", 4, 0), SMALL, NOTE("ended")},
    {VERSUS("programs-8-failed", 2, 0), HALL, NOTE("ended")},
    {VERSUS("programs-8-failed", 2, 0), SMALL, NOTE("ended")},
    {AT("help", "programs-8", 1, 2600), HALL},
    {VERSUS("program-8", 0, 12000), HALL},
    {VERSUS("program-8", 0, 12000), SMALL},
    {VERSUS("program-8", 0, 12000), HALL, WITH("details")},

    /* Tasks and workers: few and many. */
    {AT("tasks", "run-2", 1, 5100), HALL},
    {AT("tasks", "run-64", 1, 300), HALL},
    {AT("tasks", "run-256", 1, 150), HALL},
    {AT("tasks", "run-12", 0, 12000), HALL, NOTE("alone")},
    {AT("tasks", "run-12", 0, 12000), TINY, NOTE("alone")},
    {AT("tasks", "run-256", 1, 150), SMALL},
    {ENDED("tasks", 2), HALL, NOTE("ended")},
    {ENDED("tasks", 12), HALL, NOTE("ended")},
    {ENDED("tasks", 64), LARGE, NOTE("ended")},
    {AT("tasks", MILLION, 1, 1300), HALL},
    {AT("tasks", MILLION, 2, 0), HALL, NOTE("ended")},
    {AT("tasks", MILLION, 2, 0), SMALL, NOTE("ended")},
    {AT("tasks", STOPPED, 1, 0), HALL, NOTE("ended")},
    {AT("workers", "run-2", 1, 5100), HALL},
    {AT("workers", "run-64", 1, 300), HALL},
    {AT("workers", "run-256", 1, 150), HALL},
    {AT("workers", "run-256", 1, 150), LARGE},
    {AT("workers", "run-12", 0, 12000), HALL, NOTE("alone")},
    {ENDED("workers", 2), HALL, NOTE("ended")},
    {AT("workers", MILLION, 1, 1300), HALL},
    {AT("workers", STOPPED, 1, 0), HALL, NOTE("ended")},

    /* Checks of machines: each part, each end; what is wrong in every form of a cell. */
    EVERY_SIZE(CHECK(2, "alone")),
    EVERY_SIZE(CHECK(12, "slow")),
    EVERY_SIZE(CHECK(256, "together")),
    {CHECK(8, "start"), HALL},
    {CHECK(8, "start"), SMALL},
    {CHECK(8, "start"), TINY},
    {CHECK(8, "quiet"), HALL},
    {CHECK(12, "alone"), HALL},
    {CHECK(12, "again"), HALL},
    {CHECK(64, "alone"), HALL},
    {CHECK(8, "alone"), SMALL},
    {CHECK(1, "quota"), HALL},
    {CHECK(8, "looked"), HALL},
    {CHECK(8, "fenced"), HALL},
    {CHECK(64, "fenced"), HALL},
    {CHECK(64, "fenced"), SMALL},
    {CHECK(12, "pass"), HALL},
    {CHECK(12, "busy"), HALL},
    {CHECK(12, "busy"), SMALL},
    {CHECK(64, "pass"), LARGE},
    {CHECK(64, "pass"), SMALL},
    {CHECK(8, "wrong"), HALL},
    {CHECK(64, "wrong"), HALL},
    {CHECK(256, "wrong"), HALL},
    {CHECK(256, "wrong"), SMALL},
    {CHECK(256, "wrong"), TINY},
    {CHECK_WITH(12, "slow", "ascii"), HALL},
    {CHECK_WITH(64, "wrong", "no-color"), HALL},
    {CHECK_WITH(12, "again", "details"), HALL},
    {CHECK_WITH(256, "wrong", "scroll=3"), SMALL},
    {CHECK_WITH(256, "together", "scroll=31"), TINY},
    {CHECK_WITH(2, "together", "question"), HALL},
    {CHECK_WITH(2, "together", "question"), SMALL},
    {CHECK_WITH(2, "together", "frozen"), HALL},
    {AT("help", "run-2", 2, 0), HALL, NOTE("check"), .words = {"check=alone"}},

    /* One CPU, worker or task closely: while it runs, at its end, of other loops. */
    EVERY_SIZE(AT("about", "run-12", 1, 1900), NOTE("cpu"), .words = {"cpu=3", "meters"}),
    {ABOUT("run-12", 2, 0, "cpu=9"), HALL},
    {ABOUT("run-12", 0, 12000, "cpu=1"), HALL},
    {ABOUT("run-256", 1, 150, "cpu=255"), LARGE},
    {ABOUT("run-12", 2, 0, "cpu=99"), HALL},
    {ABOUT("sweep-64", 1000, 0, "cpu=63"), HALL},
    {ABOUT("programs-8", 1, 2600, "cpu=2"), HALL},
    {AT("about", "run-12", 1, 1900), HALL, NOTE("simulated"),
        .words = {"cpu=3", "simulated", "ascii"}},
    {AT("about", "run-12", 2, 0), HALL, NOTE("check"), .words = {"cpu=1", "check=slow"}},
    {ABOUT("run-12", 1, 1900, "worker=3"), HALL},
    {ABOUT("run-8-parts", 2, 0, "worker=3"), HALL},
    {ABOUT("run-8-parts", 2, 0, "worker=3"), SMALL},
    {ABOUT("run-8-parts", 0, 1000, "worker=5"), HALL},
    {ABOUT("run-12", 2, 0, "task=17"), HALL},
    {ABOUT("run-12", 1, 1900, "task=119"), HALL},
    {ABOUT(MILLION, 2, 0, "task=0"), HALL},
    {AT("about", "run-2", 1, 5100), HALL, NOTE("failed"), .words = {"items", "task=131"}},
    {AT("about", "run-2", 1, 5100), HALL, NOTE("in-hand"),
        .words = {"items", "task=114"}},

    /* What there is to be read of the other views; what it says at the end, of a replay.
     */
    {HELP_OF("tasks", "run-12", 1, 1900), HALL},
    {HELP_OF("workers", "run-12", 1, 1900), HALL},
    {HELP_OF("about", "run-12", 1, 1900), HALL},
    {HELP_OF("ask", "run-2", 0, 24200), HALL},
    {HELP_OF("sweep", "sweep-12", 15, 900), HALL},
    {HELP_OF("versus", "program-8", 0, 12000), HALL},
    {HELP_OF("live", STOPPED, 0, 1000), HALL},
    {HELP_OF("versus", "programs-8", 2, 0), HALL},
    {AT("help", "run-64", 1, 300), HALL, NOTE("failed"),
        .words = {"items", "behind=failed"}},
    {AT("help", "run-12", 2, 0), HALL, NOTE("compare"), .words = {"can"}},
    {AT("help", "run-8-parts", 2, 0), HALL, NOTE("worker-times"),
        .words = {"saved", "behind=workers"}},
    {AT("help", "run-12", 1, 1900), HALL, WITH("replay")},

    /* What can be done at the end, in a replay; a name being typed; a word. */
    {ENDED("compare", 12), HALL, WITH("can")},
    {ENDED("compare", 12), SMALL, WITH("can")},
    {ENDED("compare", 12), HALL, WITH("saved")},
    {ENDED("compare", 12), HALL, NOTE("name"), .words = {"can", "save=result.json"}},
    {ENDED("compare", 12), SIZE(60, 20), NOTE("name"),
        .words = {"can", "save=result.json"}},
    {ENDED("compare", 12), SMALL, NOTE("name"), .words = {"can", "save=result.json"}},
    {ENDED("compare", 12), TINY, NOTE("name"), .words = {"can", "save=result.json"}},
    {ENDED("compare", 12), SMALL, NOTE("word"),
        .words = {"can", "word=Saved: help.json"}},
    {ENDED("compare", 12), HALL, NOTE("word-long"), .words = {"can", WORD_LONG}},
    {ENDED("compare", 12), SMALL, NOTE("word-long"), .words = {"can", WORD_LONG}},
    {ENDED("compare", 12), TINY, NOTE("word-long"), .words = {"can", WORD_LONG}},
    {LIVE(12, 1900), TINY, NOTE("word"), .words = {"word=Colours: light"}},
    {LIVE(12, 1900), HALL, WITH("replay")},
    {LIVE(12, 1900), HALL, NOTE("paused"), .words = {"replay=paused"}},
    {LIVE(12, 1900), SMALL, WITH("replay")},
    {AT("tasks", "run-12", 1, 1900), SIZE(30, 10), NOTE("paused"),
        .words = {"replay=paused"}},
    {ENDED("compare", 12), HALL, NOTE("replayed"), .words = {"saved", "replay=end"}},
    {ENDED("compare", 12), SMALL, NOTE("replayed"), .words = {"saved", "replay=end"}},
    {VERSUS("programs-8", 2, 0), HALL, NOTE("replayed"),
        .words = {"saved", "replay=end"}},

    /* No result, no number. */
    {ENDED("compare", 12), HALL, WITH("doubtful")},
    {ENDED("compare", 12), SMALL, WITH("doubtful")},

    /* Where it was chosen, q leads back there. */
    {AT("help", "run-12", 1, 1900), HALL, NOTE("returns"),
        .words = {"returns", "behind=live", "scrolls"}},
    {AT("help", "run-12", 1, 1900), TINY, NOTE("returns"), .words = {"returns"}},
    {AT("help", "program-8", 1, 2600), HALL, NOTE("versus-scrolls"),
        .words = {"behind=versus", "scrolls"}},

    /* What is hidden is scrolled to. */
    {LIVE(256, 150), SMALL, WITH("scroll=3")},
    {LIVE(256, 150), TINY, WITH("scroll=9")},
    {LIVE(64, 300), TINY, WITH("scroll=1000")},
    {LIVE(12, 1900), TINY, WITH("scroll=1")},
    {AT("workers", "run-64", 1, 300), HALL, WITH("scroll=20")},
    {AT("help", "run-2", 1, 5100), SMALL, WITH("scroll=8")},
    {AT("help", "run-2", 1, 5100), TINY, WITH("scroll=10")},

    /* Details, frozen. */
    {LIVE(2, 5100), HALL, WITH("details")},
    {LIVE(12, 1900), HALL, WITH("details")},
    {LIVE(12, 1900), SMALL, WITH("details")},
    {LIVE(64, 300), HALL, WITH("details")},
    {ENDED("compare", 2), HALL, WITH("details")},
    {ENDED("compare", 12), HALL, WITH("details")},
    {ENDED("compare", 12), LARGE, WITH("details")},
    {ENDED("compare", 12), SMALL, WITH("details")},
    {LIVE(2, 5100), HALL, WITH("frozen")},
    {LIVE(2, 5100), SMALL, WITH("frozen")},
    {LIVE(2, 5100), TINY, WITH("frozen")},
    {LIVE(12, 1900), SMALL, WITH("frozen")},
    {AT("tasks", "run-2", 1, 5100), HALL, WITH("frozen")},
    {AT("workers", "run-2", 1, 5100), SMALL, WITH("frozen")},

    /* Other terminals. */
    {LIVE(2, 5100), HALL, WITH("ascii")},
    {LIVE(12, 1900), HALL, NOTE("ascii-details"), .words = {"ascii", "details"}},
    {LIVE(64, 300), HALL, WITH("ascii")},
    {LIVE(256, 150), HALL, WITH("ascii")},
    {LIVE(2, 5100), SMALL, WITH("ascii")},
    {ENDED("compare", 2), HALL, WITH("ascii")},
    {ENDED("compare", 12), HALL, WITH("ascii")},
    {AT("tasks", "run-12", 1, 1900), HALL, WITH("ascii")},
    {AT("tasks", MILLION, 2, 0), HALL, WITH("ascii")},
    {AT("workers", "run-2", 1, 5100), HALL, WITH("ascii")},
    {LIVE(12, 1900), HALL, NOTE("no-color"), .words = {"no-color", "details"}},
    {ENDED("compare", 12), HALL, WITH("no-color")},
    {AT("tasks", "run-2", 1, 5100), HALL, WITH("no-color")},
    {LIVE(12, 1900), HALL, ON("vt100")},
    {ENDED("compare", 2), HALL, ON("vt100")},
    {LIVE(12, 1900), HALL, ON("linux")},
    {ENDED("compare", 12), HALL, ON("linux")},
    {LIVE(12, 1900), HALL, ON("xterm")},
    {ENDED("compare", 2), HALL, ON("xterm-direct")},
    {LIVE(12, 1900), HALL, IN_C},
    {ENDED("compare", 12), HALL, IN_C},
    {AT("tasks", "run-12", 1, 1900), HALL, IN_C},
};

const size_t shot_count = sizeof shots / sizeof *shots;

void shot_name(const struct shot *shot, size_t size, char name[])
{
    snprintf(name, size, "%s-%s-%dx%d%s%s", shot->view, shot->result, shot->columns,
        shot->rows, shot->note ? "-" : "", shot->note ? shot->note : "");
}
