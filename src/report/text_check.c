// SPDX-License-Identifier: MIT
#include "report/text_check.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/words_check.h"
#include "report/columns.h"
#include "report/paragraph.h"
#include "report/text_check_cpus.h"

enum { NAME_SIZE = 80, VALUE_SIZE = 320, LINE_SIZE = 900, WHERE_LEAST = 26 };

/* Where it goes, and how. */
struct page {
    FILE *out;
    int width; /* 0: sentences, a line each */
};

static void print(const struct page *page, const char *text)
{
    paragraph_print(page->out, page->width, text);
}

/* The line above a table. */
static void print_heading(const struct page *page, const char *text)
{
    if (page->width == 0)
        return;
    fputc('\n', page->out);
    print(page, text);
}

/* What was found follows, so it is only counted. */
static void print_verdict(const struct page *page, const struct result *result)
{
    const struct result_check *check = &result->check;
    char verdict[NAME_SIZE], summary[VALUE_SIZE], text[LINE_SIZE];
    words_check_verdict(check, sizeof verdict, verdict);
    words_check_summary(result, sizeof summary, summary);
    snprintf(text, sizeof text, "%s%s%s: %s", check->host, *check->host ? ": " : "",
        verdict, summary);
    print(page, text);
}

/* A label and what belongs to it, side by side; or both in a line. */
static void print_pair(
    const struct page *page, int label_width, const char *label, const char *text)
{
    char line[LINE_SIZE];
    if (page->width > 0) {
        columns_print_pair(page->out, page->width, label_width, label, text);
        return;
    }
    snprintf(line, sizeof line, "%s%s%s", label, *label ? ": " : "", text);
    print(page, line);
}

static void print_finding(
    const struct page *page, int label_width, const struct check_finding *finding)
{
    char text[LINE_SIZE];
    text_copy(sizeof text, text, finding->text);
    if (*finding->where && !strstr(finding->text, finding->where))
        text_append(sizeof text, text, " (%s)", finding->where);
    print_pair(page, label_width, check_verdict_names[finding->level], text);
}

static void print_findings(const struct page *page, const struct result_check *check)
{
    int label_width = 0;
    for (size_t i = 0; i < check->finding_count; i++)
        label_width =
            columns_widest(label_width, check_verdict_names[check->findings[i].level]);
    if (check->finding_count > 0 && page->width > 0)
        fputc('\n', page->out);
    for (size_t i = 0; i < check->finding_count; i++) {
        char text[LINE_SIZE];
        print_finding(page, label_width, &check->findings[i]);
        if (!words_check_advises(check, i))
            continue;
        snprintf(text, sizeof text, "Next: %s", check->findings[i].next);
        print_pair(page, label_width, "", text);
    }
}

/* What was measured, each with its name. */
static void print_figures(const struct page *page, const struct result *result)
{
    char name[NAME_SIZE], value[VALUE_SIZE];
    int name_width = 0, count = 0;
    while (words_check_figure(result, count, sizeof name, name, sizeof value, value)) {
        name_width = columns_widest(name_width, name);
        count++;
    }
    if (count > 0 && page->width > 0)
        fputc('\n', page->out);
    for (int i = 0; i < count; i++) {
        words_check_figure(result, i, sizeof name, name, sizeof value, value);
        if (page->width == 0) {
            name[0] = (char)toupper((unsigned char)name[0]);
            text_append(sizeof value, value, ".");
        }
        print_pair(page, name_width, name, value);
    }
}

static void write_cpus(double cpus, size_t size, char text[])
{
    bool is_whole = cpus < INT32_MAX && cpus == (double)(int)cpus;
    snprintf(text, size, "%.*f", is_whole ? 0 : 2, cpus);
}

/* The columns of the table of counts. */
enum { COUNT_SOURCE, COUNT_CPUS, COUNT_MARK, COUNT_WHERE, COUNT_COLUMNS };

static const char *mark_of(const struct inventory_count *count)
{
    return count->smallest ? "<- smallest" : count->limits ? "" : "no limit";
}

static void say_count(const struct page *page, const struct inventory_count *count)
{
    char cpus[NAME_SIZE], text[LINE_SIZE];
    write_cpus(count->cpus, sizeof cpus, cpus);
    snprintf(text, sizeof text, "CPUs by %s: %s%s%s%s%s.", count->source, cpus,
        count->smallest ? ", the smallest" : "", count->limits ? "" : ", no limit",
        *count->where ? "; from " : "", count->where);
    print(page, text);
}

static void measure_counts(const struct inventory *inventory, struct column columns[])
{
    for (size_t i = 0; i < inventory->count_count; i++) {
        const struct inventory_count *count = &inventory->counts[i];
        char cpus[NAME_SIZE];
        write_cpus(count->cpus, sizeof cpus, cpus);
        int *source_width = &columns[COUNT_SOURCE].width;
        *source_width = columns_widest(*source_width, count->source);
        columns[COUNT_CPUS].width = columns_widest(columns[COUNT_CPUS].width, cpus);
        columns[COUNT_MARK].width =
            columns_widest(columns[COUNT_MARK].width, mark_of(count));
    }
}

/* Where it is from stands beside it, or below it, where there is no room. */
static void print_count(const struct page *page, const struct inventory_count *count,
    const struct column columns[])
{
    char cpus[NAME_SIZE], where[LINE_SIZE];
    write_cpus(count->cpus, sizeof cpus, cpus);
    const char *const cells[] = {count->source, cpus, mark_of(count), count->where};
    bool is_beside = columns[COUNT_WHERE].width >= WHERE_LEAST;
    columns_print(page->out, is_beside ? COUNT_COLUMNS : COUNT_WHERE, columns, cells);
    snprintf(where, sizeof where, "(%s)", count->where);
    if (!is_beside && *count->where)
        columns_print_pair(page->out, page->width, 0, "", where);
}

static void print_counts(const struct page *page, const struct inventory *inventory)
{
    struct column columns[COUNT_COLUMNS] = {[COUNT_CPUS] = {.right = true}};
    measure_counts(inventory, columns);
    columns[COUNT_WHERE].width = page->width - columns[COUNT_SOURCE].width -
                                 columns[COUNT_CPUS].width - columns[COUNT_MARK].width -
                                 3 * COLUMNS_GAP;
    if (inventory->count_count > 0)
        print_heading(page, "how many CPUs, by every source");
    bool has_room = columns[COUNT_WHERE].width >= 0;
    for (size_t i = 0; i < inventory->count_count; i++) {
        if (page->width == 0 || !has_room)
            say_count(page, &inventory->counts[i]);
        else
            print_count(page, &inventory->counts[i], columns);
    }
}

/* The columns of the inventory. */
enum { LINE_TOPIC, LINE_VALUE, LINE_WHERE, LINE_COLUMNS };

static const char *value_of(const struct inventory_line *line)
{
    return line->visible || *line->value ? line->value : "not visible here";
}

static void say_line(const struct page *page, const struct inventory_line *line)
{
    char text[LINE_SIZE];
    snprintf(text, sizeof text, "%s, %s: %s%s%s.", inventory_group_names[line->group],
        line->topic, value_of(line),
        *line->where == '\0' ? ""
        : line->visible      ? "; from "
                             : "; asked: ",
        line->where);
    print(page, text);
}

static void print_line(const struct page *page, const struct inventory_line *line,
    const struct column columns[])
{
    const char *const cells[] = {line->topic, value_of(line), line->where};
    char text[LINE_SIZE];
    if (columns[LINE_WHERE].width >= WHERE_LEAST) {
        columns_print(page->out, LINE_COLUMNS, columns, cells);
        return;
    }
    text_copy(sizeof text, text, value_of(line));
    if (*line->where)
        text_append(sizeof text, text, " (%s)", line->where);
    columns_print_pair(
        page->out, page->width, columns[LINE_TOPIC].width, line->topic, text);
}

/* Values have what room they take, up to two fifths of it: paths are longer. */
static void measure_lines(
    const struct page *page, const struct inventory *inventory, struct column columns[])
{
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        columns[LINE_TOPIC].width =
            columns_widest(columns[LINE_TOPIC].width, line->topic);
        columns[LINE_VALUE].width =
            columns_widest(columns[LINE_VALUE].width, value_of(line));
    }
    int room = page->width - columns[LINE_TOPIC].width - 2 * COLUMNS_GAP;
    if (columns[LINE_VALUE].width > 2 * room / 5)
        columns[LINE_VALUE].width = 2 * room / 5;
    columns[LINE_WHERE].width = room - columns[LINE_VALUE].width;
}

static void print_inventory(const struct page *page, const struct inventory *inventory)
{
    struct column columns[LINE_COLUMNS] = {{0, false}};
    measure_lines(page, inventory, columns);
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        if (i == 0 || line->group != line[-1].group)
            print_heading(page, inventory_group_names[line->group]);
        if (page->width == 0)
            say_line(page, line);
        else
            print_line(page, line, columns);
    }
}

/* The same again, in one line where it has room; of a simulated machine it may not be
 * known where that is. */
static void print_repeat(const struct page *page, const struct result *result)
{
    char command[PLAN_LINE_SIZE], text[PLAN_LINE_SIZE + 20];
    if (result->machine.simulated && !result->plan.sysroot)
        return;
    if (page->width > 0)
        fputc('\n', page->out);
    plan_command_line(&result->plan, sizeof command, command);
    snprintf(text, sizeof text, "Repeat: %s", command);
    if (page->width > 0 && paragraph_columns(strlen(text), text) > page->width)
        snprintf(text, sizeof text, "Repeat:\n%s", command);
    print(page, text);
}

void text_check_print(
    FILE *out, enum report_text_form form, int width, const struct result *result)
{
    const struct page page = {out, form == REPORT_TEXT_FULL ? width : 0};
    const struct result_check *check = &result->check;
    if (!check->has) {
        print(&page, "Stopped before anything was found.");
        return;
    }
    print_verdict(&page, result);
    print_findings(&page, check);
    print_figures(&page, result);
    if (page.width > 0)
        text_check_print_cpus(out, page.width, result);
    print_counts(&page, &check->inventory);
    print_inventory(&page, &check->inventory);
    print_repeat(&page, result);
}

void text_check_print_words(FILE *out, const struct result *result)
{
    const struct result_check *check = &result->check;
    char cpus[NAME_SIZE];
    write_cpus(result->machine.usable_cpus, sizeof cpus, cpus);
    fprintf(out, " check %s usable=%s", check_verdict_names[check->verdict], cpus);
    if (!check->measured)
        fputs(" not-measured", out);
    if (words_check_unit_ns(check) > 0)
        fprintf(out, " unit=%.3fms", words_check_unit_ns(check) / NS_PER_MS);
    if (check->together > 0 && words_check_has_ratios(check))
        fprintf(out, " together=%.2fx", check->together);
    if (check->tasks > 0)
        fprintf(out, " wrong=%" PRId64 "/%" PRId64, check->wrong, check->tasks);
    fprintf(out, " %.1fs%s", (double)check->elapsed_ns / NS_PER_S,
        check->complete ? "" : " stopped");
}
