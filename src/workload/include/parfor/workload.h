// SPDX-License-Identifier: MIT
#pragma once
/* A loop body of your own for parfor, in C or C++.
 *
 *     for (index = 0; index < n; index++)
 *         run(index);
 *
 * You write run(); parfor calls it for every index, in any order, several at a time.  A
 * body is one constant named parfor_workload, of which all but `run` may be left out:
 *
 *     static int run(const struct parfor_context *context, int64_t index,
 *         struct parfor_result *result);
 *
 *     const struct parfor_workload parfor_workload = {
 *         .abi = PARFOR_ABI,
 *         .struct_size = sizeof(struct parfor_workload),
 *         .run = run,
 *     };
 *
 *     parfor run body.c -n 100                       parfor compiles it, or you do:
 *     cc -O2 -fPIC -shared -o body.so body.c         (`parfor list --template` prints
 *     parfor run ./body.so -n 100                    a body to start from)
 *
 * In C++ before C++20 give the fields in their order, without names.
 *
 * Memory.  The loop is shared out among workers, which are processes, forked from the one
 * that has loaded the body; each does many tasks, one after the other.  So
 *   - what run() sets in a variable stays in that worker: it does not come back, and no
 *     other worker sees it.  What is to come back goes into `result` or is printed;
 *   - what warm() sets is there for all tasks of its worker, for every worker calls it;
 *   - what prepare() sets is in worker 0 alone, unless it is in context->shared;
 *   - nothing needs a lock but context->shared, which all workers see, and files.
 * How many tasks a worker gets is chance: a result that depends on what the same worker
 * did before is wrong.
 *
 * Output.  What run() and verify() print, on either stream, is kept for each task and
 * comes out whole, in the order of the tasks, not mixed.  What warm() and prepare() print
 * to standard output belongs to no task and is thrown away, what they print to standard
 * error comes with the errors of the worker's next task.  Standard input is empty.
 *
 * Failure.  A task fails by what run() or verify() returns, and if its worker ends in it:
 * by a signal, which is named (SIGSEGV), by abort(), exit(), or a C++ exception.  The
 * worker is replaced; after a signal the task is begun again, once unless told otherwise.
 * The loop goes on with the other tasks. */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of what is below.  Fields may be added at the end of the structures without
 * another version: `struct_size` tells how much there is. */
#define PARFOR_ABI 1

/* The most parameters of a body. */
#define PARFOR_PARAMETERS 8

/* A whole number that can be chosen on the command line.  The first of a body is its
 * size, `-s VALUE`; that and the others are set by `--set NAME=VALUE`. */
struct parfor_parameter {
    const char *name; /* letters, digits, - and _ */
    int64_t least, most, usual;
    const char *meaning; /* one line, or NULL */
};

/* What a function of the body is told about where it runs. */
struct parfor_context {
    uint32_t struct_size;
    int32_t worker;            /* 0 ... workers - 1; -1: none */
    int32_t workers;           /* of this stage: 1 in a sequential one; 0: not known */
    int32_t parameter_count;   /* as many as the body has */
    const int64_t *parameters; /* their values, in the body's order */
    int64_t iterations;        /* of the loop; 0: not known yet */
    void *shared;              /* what all workers of the stage share; NULL: nothing */
    uint64_t shared_size;      /* in bytes */
    void *own;                 /* this worker's, set by warm(); NULL before */
};

/* What one task computed; 0 before. */
struct parfor_result {
    uint64_t digest; /* of everything computed: the same index must give the same digest
                        in every stage, or the difference is reported; 0: nothing said */
    int64_t value;   /* the number that a person would look at */
    uint64_t reserved[6];
};

/* The functions return 0, or an error: an errno or any number from 1 to 255. */
struct parfor_workload {
    uint32_t abi;         /* PARFOR_ABI */
    uint32_t struct_size; /* sizeof(struct parfor_workload) */

    const char *name;       /* letters, digits, - _ and .; NULL: as the file is named */
    const char *summary;    /* one line: what an iteration computes; or NULL */
    const char *value_name; /* what result->value counts ("primes"); or NULL */

    struct parfor_parameter parameters[PARFOR_PARAMETERS]; /* up to one without a name */

    /* How many bytes of context->shared a stage needs; they are 0 at first.  Asked in the
     * parent, so no worker is known yet. */
    uint64_t (*shared_size)(const struct parfor_context *context);

    /* What cannot be shared out: called once in every stage, by worker 0, while the
     * others wait, before the first task.  Its time counts. */
    int (*prepare)(const struct parfor_context *context);

    /* Makes what a worker needs for its tasks (context->own) and touches it: called in
     * every worker, before the clock starts.  If it fails it takes back what it made. */
    int (*warm)(struct parfor_context *context);

    /* One iteration. */
    int (*run)(const struct parfor_context *context, int64_t index,
        struct parfor_result *result);

    /* Is the result right?  Called after run(), in the same worker; its time counts, and
     * by an error the task has failed. */
    int (*verify)(const struct parfor_context *context, int64_t index,
        const struct parfor_result *result);

    /* Gives back what warm() made, when a worker ends; not when it is killed. */
    void (*release)(const struct parfor_context *context);
};

#if defined __GNUC__
__attribute__((visibility("default")))
#endif
extern const struct parfor_workload parfor_workload;

/* Adds `size` bytes to a digest that starts as 0 (FNV-1a, 64 bits).  Of a structure with
 * gaps between its fields, add the fields. */
static inline uint64_t parfor_digest(uint64_t digest, const void *data, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)data;
    digest ^= UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ bytes[i]) * UINT64_C(0x100000001b3);
    return digest ^ UINT64_C(0xcbf29ce484222325);
}

#ifdef __cplusplus
}
#endif
