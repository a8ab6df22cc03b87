// SPDX-License-Identifier: MIT
#include "pool/crash.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

enum {
    SIGNALS = sizeof crash_signals / sizeof *crash_signals,
    STACK_SIZE =
        128 * 1024, /* a signal frame has up to 12 KiB (AMX), sanitizers as much */
};

/* Tells our alternate stack from that of another owner. */
#define CRASH_SIGN UINT64_C(0x706172666f722121)

/* Lies at the base of the alternate stack, where the handler finds it without a global;
 * the stack grows down from the other end. */
struct crash {
    uint64_t sign;
    pid_t pid;
    struct guardian *guardian;
    stack_t stack_before;
    struct sigaction before[SIGNALS];
};
static_assert(sizeof(struct crash) < STACK_SIZE / 32, "leaves the stack its room");

/* NULL for a thread that has no alternate stack, or another one. */
static const struct crash *find_crash(const ucontext_t *context)
{
    const struct crash *crash = context->uc_stack.ss_sp;
    if (!crash || context->uc_stack.ss_size != STACK_SIZE || crash->sign != CRASH_SIGN)
        return NULL;
    return crash;
}

static void restore_action(const struct crash *crash, int number)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    const struct sigaction *action = &standard;
    for (size_t i = 0; crash && i < SIGNALS; i++)
        if (crash_signals[i] == number)
            action = &crash->before[i];
    sigaction(number, action, NULL);
}

/* The signal is sent once more as it was; being blocked here, it takes its course on
 * return, at the place of the fault: the status and a core show that, and a sanitizer's
 * handler, which may be the one from before, writes its report. */
static void on_crash(int number, siginfo_t *info, void *context)
{
    const struct crash *crash = find_crash(context);
    if (crash && crash->pid == getpid())
        guardian_give_back(crash->guardian);
    restore_action(crash, number);
    syscall(SYS_rt_tgsigqueueinfo, getpid(), syscall(SYS_gettid), number, info);
}

int crash_create(struct guardian *guardian, struct crash **ret_crash, struct fault *fault)
{
    struct crash *crash = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (crash == MAP_FAILED)
        return fault_system(fault, -errno, "no stack for a crash");
    crash->sign = CRASH_SIGN;
    crash->pid = getpid();
    crash->guardian = guardian;
    stack_t stack = {.ss_sp = crash, .ss_size = STACK_SIZE};
    if (sigaltstack(&stack, &crash->stack_before) < 0) {
        int error = -errno;
        munmap(crash, STACK_SIZE);
        return fault_system(fault, error, "no stack for a crash");
    }
    struct sigaction action = {
        .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(crash_signals[i], &action, &crash->before[i]);
    *ret_crash = crash;
    return 0;
}

void crash_destroy(struct crash *crash)
{
    if (!crash)
        return;
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(crash_signals[i], &crash->before[i], NULL);
    sigaltstack(&crash->stack_before, NULL);
    munmap(crash, STACK_SIZE);
}
