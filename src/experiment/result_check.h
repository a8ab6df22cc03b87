// SPDX-License-Identifier: MIT
#pragma once
/* What a check of the machine found: a part of struct result.  Times are nanoseconds,
 * shares 0…1. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/inventory.h"
#include "machine/throttle.h"

/* What a check does, in this order. */
enum check_part {
    CHECK_INVENTORY, /* what the machine says of itself */
    CHECK_QUIET,     /* whether it is quiet */
    CHECK_ALONE,     /* each CPU alone */
    CHECK_AGAIN,     /* those that looked slow, and some of their kind, once more */
    CHECK_CORES,     /* one CPU of each core at once, where cores have several */
    CHECK_TOGETHER,  /* all CPUs at once */
    CHECK_ANSWERS,   /* where an answer was wrong, and on a neighbour, ten times more */
    CHECK_OVER,
    CHECK_PARTS
};

/* "inventory", "quiet", "alone", "again", "cores", "together", "answers", "over"; ended
 * by NULL. */
extern const char *const check_part_names[CHECK_PARTS + 1];

/* The heavier the later: of several the last counts. */
enum check_verdict {
    CHECK_PASS,
    CHECK_WARN,
    CHECK_INCONCLUSIVE,
    CHECK_FAIL,
    CHECK_VERDICTS
};

/* "PASS", "WARN", "INCONCLUSIVE", "FAIL"; ended by NULL. */
extern const char *const check_verdict_names[CHECK_VERDICTS + 1];

/* By how much a quiet machine may be used by others. */
#define CHECK_BUSY_MOST 0.08
#define CHECK_STEAL_MOST 0.01

/* For so much of a CPU's time alone a task may wait there without doubts of its speed. */
#define CHECK_WAITED_MOST 0.08

enum { CHECK_ROUNDS_MIN = 15 }; /* on a CPU, to judge its speed */

enum { CHECK_TEXT_SIZE = 256 };

/* One thing that is not as one would wish. */
struct check_finding {
    enum check_verdict level; /* never CHECK_PASS */
    char topic[24]; /* "expected", "slow", "shared", "rounds", "together", "answer",
                       "died", "refused", "quiet", "throttled", "heat", "drift",
                       "stopped", "suspended", "unmeasured"; of the inventory its topic
                       ("quota", "governor" …) */
    int cpu;        /* which; -1: none in particular */
    char text[CHECK_TEXT_SIZE]; /* what was found, with its number; one sentence, with its
                                   full stop */
    char where[CHECK_TEXT_SIZE]; /* the file that says so; "": it was measured */
    char next[CHECK_TEXT_SIZE];  /* what to look at next, one sentence; "" */
};

/* How a CPU did its rounds in one part.  A round is so many computations that it takes 20
 * to 100 ms (`units` below), timed together; to readers of a report it is a task. */
struct check_times {
    int64_t rounds;    /* that count here; 0: it was not in this part, and all is 0 */
    int64_t median_ns; /* CPU time of a round … */
    int64_t min_ns;
    int64_t elapsed_ns; /* … its median elapsed time; in parts that have many CPUs at once
                           the mean */
    double waited;   /* share of the elapsed time without the CPU: others had it, or the
                        host, or a quota */
    double slowness; /* the smaller of median and minimum, each over the (lower) median
                        of its kind in this part; 0: nothing to compare with */
};

struct check_cpu {
    int id;
    struct check_times alone, again, cores, together;
    double
        ratio; /* speed with all at once over speed alone, by elapsed time; 0: not known
                */
    double
        drift; /* speed in the last third of all at once over the first; 0: not known */
    int64_t tasks, wrong; /* rounds in all parts, and those with a wrong answer */
    uint64_t wrong_answer;
    int64_t again_tasks, again_wrong; /* of the ten more there */
    int neighbour;                    /* on which as many were tried, -1: none … */
    int64_t neighbour_wrong;
    int refused; /* errno of the system's refusal to run there; 0 */
    int died_of; /* the signal of which a worker died there; 0 */
    bool slow;   /* twice in a row */
};

/* What happened to be going on before it began. */
struct check_quiet {
    int64_t looked_ns; /* for so long; 0: not looked */
    double busy;       /* mean share over the CPUs that we may use */
    double steal;      /* likewise */
    double busy_most;  /* the largest share of one of them … */
    int busiest_cpu;   /* … and which; -1: none */
    int pid;           /* the process that used most; 0: not known */
    char process[32];
    double process_cpus;
    bool quiet; /* as far as verdicts on speed can be relied on; by judge_check() */
};

/* Clocks and heat at one moment; 0 and NAN: not visible. */
struct check_sensed {
    int mhz_low, mhz_median, mhz_high;
    double celsius;
};

struct result_check {
    bool has;
    char host[65]; /* the machine's name in its network */
    enum check_verdict verdict;
    char sentence[480];  /* the verdict in a sentence or two */
    bool measured;       /* something was run, not only looked at */
    bool complete;       /* all parts that were to be done, were */
    bool undone;         /* one could not be; a remark says why.  Not kept in reports */
    bool bare_metal;     /* neither virtual nor simulated: stricter on speed */
    int64_t expected_ns; /* said before it began */
    int64_t elapsed_ns;  /* what it took; 0: it is under way */
    int64_t suspended_ns;
    int64_t unit_ns; /* CPU time of one computation here … */
    int64_t units;   /* … and how many a round had */
    struct inventory inventory;
    struct check_quiet quiet;
    size_t cpu_count;
    struct check_cpu *cpus; /* those that may be used, by rising id; owned */
    int64_t tasks, wrong;   /* sums over them */
    double together;        /* how many times one CPU alone all at once are: the sum of
                               `ratio`; 0: not known of each */
    double ratio_low, ratio_median, ratio_high;
    int smt_cores; /* cores with several CPUs that were compared; 0: none */
    double smt_gain, smt_low, smt_high; /* work of all CPUs of a core over that of one of
                                           them: median, least, most */
    double drift;                       /* median over the CPUs; 0: not known */
    struct throttle throttle;           /* what was added meanwhile; owned */
    struct check_sensed idle, alone,
        loaded; /* at the start, while one, while all compute */
    size_t finding_count;
    struct check_finding *findings; /* the heaviest first; owned */
};

void result_check_finish(struct result_check *check);

/* A new finding at the end, zeroed, with no CPU; borrowed until the next call. */
struct check_finding *result_check_add(struct result_check *check);

/* The CPU of that id; NULL: it is not one that may be used. */
struct check_cpu *result_check_cpu(const struct result_check *check, int id);
