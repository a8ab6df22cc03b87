// SPDX-License-Identifier: MIT
/* Result files come from elsewhere: what reads must write, read again, and stay the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

/* Whatever is in it, a person can read it, in any width. */
static void write_for_people(const struct result *result, int width)
{
    struct fault fault;
    for (int form = REPORT_TEXT_FULL; form <= REPORT_TEXT_CLOSING; form++) {
        struct report_text_style style = {.form = form, .width = width};
        char *text;
        size_t size;
        require(report_text_write(result, &style, &text, &size, &fault) == 0);
        require(strlen(text) == size && (size == 0 || text[size - 1] == '\n'));
        free(text);
    }
}

/* So is a fleet of three of them. */
static void write_fleet_for_people(const struct result *result, int width)
{
    const struct result *const results[] = {result, result, result};
    static const char *const names[] = {"a.json", "b.json", "c.json"};
    struct report_text_style style = {.form = REPORT_TEXT_FULL, .width = width};
    struct fleet fleet;
    struct fault fault;
    char *text;
    size_t size;
    if (!result->check.has)
        return;
    fleet_init(&fleet, 3, results, names);
    require(report_fleet_write(&fleet, &style, &text, &size, &fault) == 0);
    require(strlen(text) == size && (size == 0 || text[size - 1] == '\n'));
    free(text);
    fleet_finish(&fleet);
}

/* Writes and finishes a result; caller frees. */
static char *write_and_finish(struct result *result, size_t *ret_size)
{
    struct fault fault;
    char *text;
    require(report_json_write(result, &text, ret_size, &fault) == 0);
    result_finish(result);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct result result;
    struct fault fault;
    if (report_json_read((const char *)data, size, "fuzz", &result, &fault) < 0) {
        require(fault.text[0] != '\0' && !strchr(fault.text, '\n'));
        require(!result.stages && result.remark_count == 0);
        return 0;
    }
    size_t first_size, second_size;
    write_for_people(&result, (int)(size % 128));
    write_fleet_for_people(&result, (int)(size % 128));
    char *first = write_and_finish(&result, &first_size);
    require(report_json_read(first, first_size, "again", &result, &fault) == 0);
    char *second = write_and_finish(&result, &second_size);
    require(first_size == second_size && memcmp(first, second, first_size) == 0);
    free(second);
    free(first);
    return 0;
}
