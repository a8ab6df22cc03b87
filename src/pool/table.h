// SPDX-License-Identifier: MIT
#pragma once
/* The task table: the memory that the parent and its workers share.  Workers take tasks
 * from it without system calls and without locks, and nothing in it is wrong when one of
 * them is killed between any two instructions:
 *
 *  - a claim is written into the worker's own slot before it is made by compare-and-swap;
 *  - what a worker has done is published whole, by a switch between two copies of its
 * state, after every batch that lasts; tiny ones wait for each other, and are done again
 * if their worker is killed before that;
 *  - every word has one writer: the worker, or the parent while no process has the slot;
 * what the parent has to say while one has it are words of its own.
 *
 * Its size is bounded whatever the number of tasks: past TABLE_RECORDS a record sums
 * tasks. */
#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "pool/schedule.h"

enum {
    TABLE_RECORDS = 10000,
    TABLE_CLAIMS = 64, /* at most so many claims may be done but not yet published */
};

/* What one task took, or successive tasks of one worker.  Stamps are CLOCK_MONOTONIC. */
struct table_record {
    int64_t index;        /* of the first task; those of the others need not follow it */
    int64_t start_ns;     /* of the first */
    int64_t end_ns;       /* of the last */
    int64_t cpu_clock_ns; /* CPU time of the worker at the end, since the first stamps of
                             all its processes; 0: not read there */
    uint64_t digest;      /* of the one task, or the sum of workload_mix() */
    int64_t value;        /* of the last */
    uint32_t count;
    uint32_t failed; /* how many of them failed */
    uint16_t worker;
    uint16_t cpu;     /* where the last ended */
    uint8_t attempts; /* 1 at the first go */
    _Atomic uint8_t complete;
};
static_assert(sizeof(struct table_record) == 64, "a record is one cache line");
static_assert(
    ATOMIC_LLONG_LOCK_FREE == 2, "processes cannot share a lock inside libatomic");

/* What a worker has done since its process started. */
struct table_state {
    uint64_t claim; /* the number of the claim that `position` is in, all before it are
                       done; 0: a share */
    uint64_t cover; /* of the claims up to that one: table_cover(), exclusive or */
    int64_t shares_done; /* of the ranges it was given at its start */
    int64_t position;    /* the first task of the claim or share that is not done yet */
    int64_t done, failed;
    uint64_t digest;          /* sum of workload_mix() over what it has done */
    int64_t last_ns;          /* stamp after its last task */
    int64_t open_number;      /* where `open` will be kept; -1: nowhere */
    struct table_record open; /* being summed; count 0: none is */
};

/* What a worker notes beside that: written in place, so the last of it may be missing
 * after a death. */
struct table_notes {
    int64_t grain;       /* tasks per stamp */
    int64_t unpublished; /* batches done since the state was last published */
    int64_t handouts;
    int64_t handouts_timed, handouts_timed_ns; /* those with a stamp on both sides */
    int64_t largest_chunk;
    int64_t first_ns;                  /* stamp before its first task; 0: none yet */
    int64_t first_cpu_ns, last_cpu_ns; /* its CPU clock then, and when last read */
    int64_t first_system_ns, last_system_ns; /* how much of it was in the kernel, then and
                                                at its end */
    int64_t first_wait_ns, last_wait_ns;     /* its run-queue delay; -1: not seen */
    int64_t odd_tasks,
        odd_index; /* tasks that gave another digest than table.usual; one */
    uint64_t odd_digest;
    int64_t cpu; /* where its last batch ended, or the first began; -1: none yet */
    int64_t warm_cpu_ns;     /* its CPU clock when it had warmed up; 0 without */
    int64_t unpinned;        /* the errno with which it could not be pinned; 0: none */
    int64_t paused_ns;       /* between two tasks, where that is stamped for each */
    int64_t children_cpu_ns; /* of what its tasks have started: in last_cpu_ns, too */
    bool ended;              /* it came to its end */
};

/* A claim: made, or about to be made. */
struct table_claim {
    _Atomic int64_t cursor; /* what the swap expects; INT64_MAX: not settled yet */
    _Atomic int64_t begin, end;
};

/* A worker's own part.  Claim number k, counted from 1, is in claims[k % TABLE_CLAIMS]
 * before it is tried; it is certain once `claimed` is k.  The ring keeps those not
 * published as done. */
struct table_slot {
    _Alignas(128) _Atomic int64_t cursor; /* where the schedule has one per worker */
    _Atomic uint64_t wanted, claimed;
    _Atomic uint32_t leave; /* set by the parent: nothing more to be begun */
    struct table_claim claims[TABLE_CLAIMS];
    struct table_notes notes;
    _Atomic pid_t settled;    /* the process that ends with its parent; 0: none yet */
    _Atomic bool warm;        /* it has warmed up */
    _Atomic uint64_t version; /* state[version & 1] is the one that holds */
    struct table_state state[2];
};

/* What workers wait for before their first task: words that are 0 until then. */
struct table_gate {
    _Atomic uint32_t open;                          /* all are warm */
    _Atomic uint32_t prepared;                      /* worker 0 has prepared, … */
    _Atomic int64_t prepare_from_ns, prepare_to_ns; /* … from when to when */
};

/* How many tasks there are, where that becomes known while the workers work. */
struct table_supply {
    _Atomic uint32_t news;     /* is another number after every change that somebody may
                                  be waiting for */
    _Atomic uint32_t closed;   /* WORKLOAD_OPEN … */
    _Atomic uint32_t whole;    /* no more will come */
    _Atomic int64_t available; /* so many have come */
    _Atomic int64_t failures;  /* that were told … */
    int64_t halt_after;        /* … after so many nothing more is begun; 0: never */
};

struct table_setup {
    struct schedule_loop loop;
    const struct schedule_ops *schedule;
    int room;      /* slots; 0: as many as loop.workers */
    bool supplied; /* loop.tasks is what there may be at most; for a shared schedule */
};

struct table {
    struct schedule_loop loop;
    const struct schedule_ops *schedule;
    int room;
    bool supplied;
    struct table_supply supply;
    _Atomic uint64_t
        usual; /* digest of the first task, where all compute the same; 0: none */
    int64_t record_tasks; /* a record is complete with that many tasks; 0: with what
                             table_record_tasks() says of it */
    struct table_gate gate;
    _Alignas(128) _Atomic int64_t cursor;         /* where the schedule has one for all */
    _Alignas(128) _Atomic int64_t records_opened; /* may exceed TABLE_RECORDS */
    _Alignas(128) struct table_record records[TABLE_RECORDS];
    struct table_slot slots[];
};

/* Maps a table.  Returns 0 or -errno. */
int table_create(const struct table_setup *setup, struct table **ret_table);
void table_destroy(struct table *table); /* NULL is fine */

/* Makes the slot as new for the worker's next process, but for its cursor. */
void table_slot_reset(struct table *table, int worker);

/* Takes the next range for `worker`, of `chunk` tasks at most if that is not 0.  False
 * when there is none.  The worker must have published all but TABLE_CLAIMS - 1 claims
 * before. */
bool table_claim(
    struct table *table, int worker, int64_t chunk, struct schedule_range *ret_range);

/* Has the cursor's cache line brought, to be written, while the worker does something
 * else that takes a moment.  A hint: another worker may be faster. */
void table_expect_claim(const struct table *table, int worker);

/* Publishes a state that the worker has prepared. */
void table_publish(struct table_slot *slot, const struct table_state *state);

/* A copy of a worker's state: exact once its process is gone.  While it runs each word is
 * right by itself, but not all need be of the same moment. */
struct table_state table_state_of(const struct table_slot *slot);

/* The same in place, for whoever wants a word or two of many workers. */
const struct table_state *table_peek_state(const struct table_slot *slot);

/* A sign of a range: that of the whole is the exclusive or of those of its parts, however
 * it is cut.  So what is missing from the loop tells which ranges nobody has claimed. */
uint64_t table_cover(struct schedule_range range);

/* With how many tasks a record is complete, where nobody knows how many there will be:
 * the first half of the places are for one each, half of what is left for eight, and so
 * on, so that there is always a place. */
int64_t table_record_tasks(int64_t number);

/* A place for a record, or -1 when all are taken. */
int64_t table_open_record(struct table *table);

/* Keeps a record at the place it was opened for; does nothing if it is there already. */
void table_keep_record(
    struct table *table, int64_t number, const struct table_record *record);

/* What a dead worker's claim says. */
enum table_hand {
    TABLE_HAND_EMPTY, /* nothing of it left to do */
    TABLE_HAND_HELD,  /* *ret_range was the worker's own and is not published as done */
    TABLE_HAND_AMBIGUOUS /* *ret_range was either its own, untouched, or another's */
};

/* The claims of a dead worker that are to be asked about are `first` to `last`. */
struct table_hands {
    uint64_t first, last;
};
struct table_hands table_hands_of(const struct table *table, int worker);

/* The tasks of such a claim that it has not published as done (without the shares). */
enum table_hand table_hand_of(const struct table *table, int worker, uint64_t claim,
    struct schedule_range *ret_range);

/* How many tasks there are, as far as that is known. */
int64_t table_tasks(const struct table *table);

/* No more tasks will come. */
bool table_is_whole(const struct table *table);

/* Where the schedule's shared cursor is; 0 where each worker has its own. */
int64_t table_claimed(const struct table *table);

/* Tasks that nobody has claimed yet, of the pool or of one worker's own part. */
int64_t table_unclaimed(const struct table *table, int worker);
