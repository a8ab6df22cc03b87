// SPDX-License-Identifier: MIT
#include "report/markdown_check.h"

#include <string.h>

#include "base/text.h"
#include "experiment/words.h"
#include "experiment/words_check.h"
#include "report/markdown_table.h"
#include "report/markdown_text.h"
#include "report/text_check_cpus.h"

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof *(ARRAY))

enum { NAME_SIZE = 80, VALUE_SIZE = 480, FINDING_SIZE = 900 };

/* Sentences, too long for a table.  Where it is from is not said twice, and an advice
 * once. */
static void print_findings(FILE *out, const struct result_check *check)
{
    for (size_t i = 0; i < check->finding_count; i++) {
        const struct check_finding *finding = &check->findings[i];
        char text[FINDING_SIZE];
        snprintf(text, sizeof text, "%s: %s", check_verdict_names[finding->level],
            finding->text);
        if (!strstr(finding->text, finding->where))
            text_append(sizeof text, text, " (%s)", finding->where);
        if (words_check_advises(check, i))
            text_append(sizeof text, text, " Next: %s", finding->next);
        markdown_print_item(out, text);
    }
    if (check->finding_count > 0)
        fputc('\n', out);
}

static void print_figures(FILE *out, const struct result *result)
{
    static const struct markdown_column columns[] = {{"figure", false}, {"value", false}};
    char name[NAME_SIZE], value[VALUE_SIZE];
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (int i = 0; words_check_figure(result, i, sizeof name, name, sizeof value, value);
         i++) {
        markdown_table_add(&table, name);
        markdown_table_add(&table, value);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void take_cpu(void *data, const char *const cells[])
{
    for (int i = 0; i < TEXT_CHECK_COLUMNS; i++)
        markdown_table_add(data, strcmp(cells[i], "-") == 0 ? "" : cells[i]);
}

static void print_cpus(FILE *out, const struct result *result)
{
    struct markdown_column columns[TEXT_CHECK_COLUMNS];
    struct markdown_table table;
    for (int i = 0; i < TEXT_CHECK_COLUMNS; i++) {
        const char *heading = text_check_headings[i];
        bool is_text = *heading == '\0' || strcmp(heading, "kind") == 0;
        columns[i] = (struct markdown_column){heading, !is_text};
    }
    markdown_table_init(&table, TEXT_CHECK_COLUMNS, columns);
    text_check_tell_cpus(result, take_cpu, &table);
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_counts(FILE *out, const struct inventory *inventory)
{
    static const struct markdown_column columns[] = {
        {"CPUs by", false}, {"number", true}, {"", false}, {"from", false}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < inventory->count_count; i++) {
        const struct inventory_count *count = &inventory->counts[i];
        char cpus[NAME_SIZE];
        words_check_count(count->cpus, sizeof cpus, cpus);
        markdown_table_add(&table, count->source);
        markdown_table_add(&table, cpus);
        markdown_table_add(&table, count->smallest ? "smallest"
                                   : count->limits ? ""
                                                   : "no limit");
        markdown_table_add(&table, count->where);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_inventory(FILE *out, const struct inventory *inventory)
{
    static const struct markdown_column columns[] = {
        {"of", false}, {"what", false}, {"value", false}, {"from", false}};
    struct markdown_table table;
    markdown_table_init(&table, COUNT(columns), columns);
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        bool is_new = i == 0 || line->group != line[-1].group;
        bool has_value = line->visible || *line->value;
        markdown_table_add(&table, is_new ? inventory_group_names[line->group] : "");
        markdown_table_add(&table, line->topic);
        markdown_table_add(&table, has_value ? line->value : "not visible here");
        markdown_table_add(&table, line->where);
    }
    markdown_table_print(out, &table);
    markdown_table_finish(&table);
}

static void print_verdict(FILE *out, const struct result *result)
{
    const struct result_check *check = &result->check;
    char verdict[NAME_SIZE], text[VALUE_SIZE];
    words_check_verdict(check, sizeof verdict, verdict);
    snprintf(text, sizeof text, "%s: %s", *check->host ? check->host : "Check", verdict);
    markdown_print_heading(out, 1, text);
    words_machine(&result->machine, sizeof text - 1, text);
    strcat(text, ".");
    markdown_print(out, text);
    markdown_print_date(out, result->started_s);
    words_check_summary(result, sizeof text, text);
    markdown_print(out, text);
}

void markdown_check_print(FILE *out, const struct result *result)
{
    const struct result_check *check = &result->check;
    if (!check->has) {
        markdown_print_heading(out, 1, "Check");
        markdown_print(out, "Stopped before anything was found.");
        return;
    }
    print_verdict(out, result);
    print_findings(out, check);
    print_figures(out, result);
    print_cpus(out, result);
    print_counts(out, &check->inventory);
    print_inventory(out, &check->inventory);
}
