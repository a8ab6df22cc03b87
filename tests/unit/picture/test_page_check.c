// SPDX-License-Identifier: MIT
#include "../experiment/made_check.h"
#include "../experiment/made_machine.h"
#include "proof.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>

static struct result result;

static int tear_down(void **state)
{
    (void)state;
    result_finish(&result);
    return 0;
}

static void make(const struct made_shape *shape)
{
    made_check(&result, shape->cpus);
    machine_finish(&result.machine);
    made_shaped(&result.machine, shape);
}

static void make_equal(int cpus)
{
    make(&(struct made_shape){.cpus = cpus});
}

/* So many times as long as usual, also in a second try beside healthy ones. */
static void slow_down(int id, double slowness)
{
    struct check_cpu *cpus = result.check.cpus;
    cpus[id].alone = cpus[id].again = made_times(MADE_ROUNDS, slowness);
    for (int i = 1; i <= 2; i++)
        cpus[(id + i) % (int)result.check.cpu_count].again = made_times(MADE_ROUNDS, 1);
}

static struct proof *draw(void)
{
    return proof_draw(&page_check, &result, NULL, false);
}

static void a_healthy_machine_passes(void **state)
{
    (void)state;
    make_equal(4);
    text_copy(sizeof result.check.host, result.check.host, "node17");
    judge_made(&result);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "PASS"));
    assert_true(proof_has_text(proof, "Check of node17"));
    assert_true(proof_has_text(proof, "CPU 3"));
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_EMPTY), 4);
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_FAILED), 0);
    assert_non_null(proof_find_text(proof, "4 CPUs usable"));
    assert_true(proof_has_text(proof, "each CPU alone"));
    proof_destroy(proof);
}

/* As a word, not only as a colour; its bar is as long as it is fast. */
static void a_slow_cpu_is_marked_and_named(void **state)
{
    (void)state;
    make_equal(8);
    slow_down(3, 2);
    judge_made(&result);
    assert_true(result.check.cpus[3].slow);
    struct proof *proof = draw();
    const struct proof_mark *bar = proof_next(proof, PROOF_BOX, INK_FAILED, NULL);
    const struct proof_mark *whole = proof_next(proof, PROOF_BOX, INK_EMPTY, NULL);
    assert_true(fabs(bar->box.width / whole->box.width - 0.5) < 0.01);
    assert_true(proof_has_text(proof, "FAIL"));
    assert_true(proof_has_text(proof, "slow"));
    assert_non_null(proof_find_text(proof, "CPU 3 is slow"));
    assert_non_null(proof_find_text(proof, "Look at its clock"));
    proof_destroy(proof);
}

static void many_are_a_cell_each(void **state)
{
    (void)state;
    make(&(struct made_shape){.cpus = 64, .packages = 2, .nodes = 2, .siblings = 2});
    slow_down(5, 2);
    result.check.cpus[40].wrong = 3;
    result.check.cpus[50].died_of = SIGILL;
    judge_made(&result);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_EMPTY), 61);
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 61);
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_FAILED), 3);
    assert_true(proof_has_text(proof, "s"));
    assert_true(proof_has_text(proof, "! 40"));
    assert_true(proof_has_text(proof, "d 50"));
    assert_true(proof_has_text(proof, "node 3"));
    assert_non_null(proof_find_text(proof, "! 1 wrong, d 1 died, s 1 slow"));
    proof_destroy(proof);
}

static void kinds_stand_apart_with_their_names(void **state)
{
    (void)state;
    make(&(struct made_shape){.cpus = 20, .siblings = 2, .slow_cores = 8});
    judge_made(&result);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "P cores"));
    assert_true(proof_has_text(proof, "E cores"));
    proof_destroy(proof);
}

static void what_is_not_there_has_no_cell(void **state)
{
    (void)state;
    make_equal(32);
    result.machine.cpus[9].online = result.machine.cpus[9].allowed = false;
    result.machine.cpus[20].allowed = false;
    judge_made(&result);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_EMPTY), 30);
    assert_non_null(proof_find_text(proof, "x 1 offline, - 1 not for us"));
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_NOTE), 3);
    proof_destroy(proof);
}

/* Rows go on where a part of the machine does; who has no part has its numbers. */
static void rows_are_named_alike(void **state)
{
    (void)state;
    make(&(struct made_shape){.cpus = 128, .packages = 2, .nodes = 2, .siblings = 1});
    for (int i = 0; i < 4; i++)
        result.machine.cpus[30 * i + 2].online = false;
    judge_made(&result);
    struct proof *proof = draw();
    bool by_numbers = proof_find_text(proof, "16-31"), by_groups = false;
    for (int i = 0; i < 4; i++) {
        char name[24];
        snprintf(name, sizeof name, "node %d", i);
        const struct proof_mark *text = proof_find_text(proof, name);
        by_groups = by_groups || (text && text->box.x < PAGE_MARGIN + 1);
    }
    assert_false(by_numbers && by_groups);
    for (size_t i = 0; i < proof->count; i++)
        assert_false(proof->marks[i].text && proof->marks[i].box.x < PAGE_MARGIN + 1 &&
                     strstr(proof->marks[i].text, "..."));
    proof_destroy(proof);
}

static void findings_without_room_are_counted(void **state)
{
    (void)state;
    make_equal(128);
    judge_made(&result);
    for (int i = 0; i < 60; i++) {
        struct check_finding *finding = result_check_add(&result.check);
        finding->level = CHECK_WARN;
        snprintf(finding->text, sizeof finding->text, "CPU %d is odd.", 2 * i);
        snprintf(finding->next, sizeof finding->next, "Look at CPU %d.", 2 * i);
    }
    struct proof *proof = draw();
    assert_non_null(proof_find_text(proof, "more, in the report"));
    assert_true(proof_has_text(proof, "each CPU alone"));
    proof_destroy(proof);
}

static void nothing_run_is_said(void **state)
{
    (void)state;
    make_equal(16);
    result.check.measured = false;
    for (int i = 0; i < 16; i++)
        result.check.cpus[i] = (struct check_cpu){.id = i, .neighbour = -1};
    judge_made(&result);
    struct inventory *inventory = &result.check.inventory;
    inventory->lines = memory_new(1, sizeof *inventory->lines);
    inventory->line_count = 1;
    *inventory->lines =
        (struct inventory_line){INVENTORY_CPUS, "present", true, "0-15 (16)", "", "", ""};
    struct proof *proof = draw();
    assert_non_null(proof_find_text(proof, "Nothing was run."));
    assert_true(proof_has_text(proof, "0-15 (16)"));
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 0);
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_EMPTY), 16);
    proof_destroy(proof);
}

static void every_verdict_can_be_read(void **state)
{
    (void)state;
    for (int i = 0; i < CHECK_VERDICTS; i++) {
        make_equal(6);
        judge_made(&result);
        result.check.verdict = (enum check_verdict)i;
        struct proof *proof = draw();
        assert_true(proof_has_text(proof, check_verdict_names[i]));
        proof_destroy(proof);
        proof_pass(&page_check, &result, NULL);
        if (i + 1 < CHECK_VERDICTS)
            result_finish(&result);
    }
}

static void every_size_can_be_read(void **state)
{
    static const struct made_shape shapes[] = {{.cpus = 1}, {.cpus = 2},
        {.cpus = 15, .packages = 3}, {.cpus = 16, .siblings = 2, .packages = 2},
        {.cpus = 17}, {.cpus = 96, .packages = 2, .per_cache = 6},
        {.cpus = 256, .packages = 8, .siblings = 4},
        {.cpus = 500, .siblings = 2, .packages = 4, .slow_cores = 100},
        {.cpus = 1024, .packages = 4, .nodes = 4, .siblings = 2, .per_cache = 8},
        {.cpus = 4096, .packages = 16, .siblings = 2}, {.cpus = 8192, .packages = 128}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        make(&shapes[i]);
        for (int id = 3; id < shapes[i].cpus; id += 1 + shapes[i].cpus / 7) {
            slow_down(id, 1.7);
            result.check.cpus[id - 1].wrong = id % 2;
        }
        judge_made(&result);
        proof_pass(&page_check, &result, NULL);
        if (i + 1 < sizeof shapes / sizeof *shapes)
            result_finish(&result);
    }
}

/* Whatever a file may say that can be read. */
static void any_numbers_can_be_drawn(void **state)
{
    (void)state;
    make_equal(12);
    judge_made(&result);
    for (int i = 0; i < 12; i++) {
        struct check_cpu *cpu = &result.check.cpus[i];
        cpu->alone.slowness = i % 2 ? 1e-18 : 1e18;
        cpu->ratio = i % 3 ? 1e18 : 0;
        cpu->again_wrong = INT64_MAX;
    }
    struct check_finding *finding = result_check_add(&result.check);
    memset(finding->text, '\xff', sizeof finding->text - 1);
    memset(finding->next, 'w', sizeof finding->next - 1);
    finding->level = CHECK_WARN;
    finding->cpu = 8191;
    memset(result.check.host, '\n', sizeof result.check.host - 1);
    proof_destroy(proof_judge(&page_check, &result, NULL, false));
    result.machine.cpu_count = 0; /* and no CPU at all */
    proof_destroy(proof_judge(&page_check, &result, NULL, true));
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_healthy_machine_passes),
        TEST(a_slow_cpu_is_marked_and_named),
        TEST(many_are_a_cell_each),
        TEST(kinds_stand_apart_with_their_names),
        TEST(what_is_not_there_has_no_cell),
        TEST(rows_are_named_alike),
        TEST(findings_without_room_are_counted),
        TEST(nothing_run_is_said),
        TEST(every_verdict_can_be_read),
        TEST(every_size_can_be_read),
        TEST(any_numbers_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
