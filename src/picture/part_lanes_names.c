// SPDX-License-Identifier: MIT
/* What stands on the blocks of lanes. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/words_items.h"
#include "picture/part_lanes_inside.h"

enum { CUT_FROM = 56 /* points: the least room for a name that is cut */ };

/* Digits, letters (all that is no ASCII among them), and the rest. */
static int kind_of(char character)
{
    unsigned char byte = (unsigned char)character;
    return isdigit(byte) ? 1 : byte >= 0x80 || isalpha(byte) ? 2 : 0;
}

/* Whether a word or a number goes on from one to the other. */
static bool goes_on(char one, char other)
{
    return kind_of(one) != 0 && kind_of(one) == kind_of(other);
}

static size_t common_beginning(
    const struct result_item *one, const struct result_item *other, size_t most)
{
    size_t length = 0;
    while (length < most && length < other->item_size &&
           one->item[length] == other->item[length])
        length++;
    return length;
}

static size_t common_ending(
    const struct result_item *one, const struct result_item *other, size_t most)
{
    size_t length = 0;
    while (length < most && length < other->item_size &&
           one->item[one->item_size - 1 - length] ==
               other->item[other->item_size - 1 - length])
        length++;
    return length;
}

/* Back to where in none of them a word or a number goes on. */
static void round_off(struct part_lanes_common *common, const struct result_item *item)
{
    while (common->beginning > 0 && common->beginning < item->item_size &&
           goes_on(item->item[common->beginning - 1], item->item[common->beginning]))
        common->beginning--;
    size_t end = item->item_size;
    while (
        common->ending > 0 && common->ending < end &&
        goes_on(item->item[end - common->ending - 1], item->item[end - common->ending]))
        common->ending--;
}

static const struct result_item *item_of(const struct result_record *record)
{
    return record->item && record->item->item ? record->item : NULL;
}

struct part_lanes_common part_lanes_common_of(const struct result_stage *stage)
{
    struct part_lanes_common common = {0, 0};
    const struct result_item *first = NULL;
    size_t items = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_item *item = item_of(&stage->records[i]);
        if (!item)
            continue;
        if (items++ == 0) {
            first = item;
            common = (struct part_lanes_common){first->item_size, first->item_size};
        }
        common.beginning = common_beginning(first, item, common.beginning);
        common.ending = common_ending(first, item, common.ending);
    }
    size_t before = SIZE_MAX;
    while (before != common.beginning + common.ending) { /* one may open up another */
        before = common.beginning + common.ending;
        for (size_t i = 0; i < stage->record_count; i++)
            if (item_of(&stage->records[i]))
                round_off(&common, item_of(&stage->records[i]));
    }
    return items > 1 ? common : (struct part_lanes_common){0, 0};
}

/* A part of an item, "" where nothing is left of it. */
static void write_rest(const struct result_item *item,
    const struct part_lanes_common *common, char text[PART_LANES_NAME])
{
    size_t left = item->item_size - common->beginning;
    text[0] = '\0';
    if (common->beginning + common->ending < item->item_size)
        words_clean(
            left - common->ending, item->item + common->beginning, PART_LANES_NAME, text);
}

/* What may stand there, the fullest first. */
enum form { FORM_WHOLE, FORM_REST, FORM_CUT, FORM_NUMBER, FORM_LETTER, FORMS };

/* An empty one does not do. */
static void write_form(const struct result_record *record,
    const struct part_lanes_common *common, enum form form, char text[PART_LANES_NAME])
{
    const struct result_item *item = item_of(record);
    bool failed = record->status == RESULT_FAILED;
    char name[PART_LANES_NAME - 2] = "", rest[PART_LANES_NAME];
    if (form == FORM_WHOLE && item)
        words_record_name(record, sizeof name, name);
    else if (form == FORM_WHOLE)
        snprintf(name, sizeof name, "%" PRId64, record->index);
    else if (form <= FORM_CUT && item) {
        write_rest(item, common, rest);
        text_copy(sizeof name, name, rest);
    } else if (form == FORM_NUMBER && item)
        snprintf(name, sizeof name, "#%" PRId64, item->number + 1);
    bool alone = form == FORM_LETTER;
    text[0] = '\0';
    if (*name || alone)
        snprintf(text, PART_LANES_NAME, "%s%s%s", failed ? "F" : "",
            failed && item && !alone ? " " : "", name);
}

static bool fits(const struct drawing *drawing, const struct drawing_text *place,
    double room, enum form form, const char *text)
{
    bool has_room = form == FORM_CUT ? room >= CUT_FROM
                                     : drawing_extent(drawing, place, text) <= room;
    return *text && has_room && drawing_has(drawing, place, text);
}

bool part_lanes_fit_name(const struct drawing *drawing,
    const struct result_record *record, const struct part_lanes_common *common,
    double room, struct drawing_text *place, char text[PART_LANES_NAME])
{
    const double sizes[] = {place->size, record->item ? PAGE_SMALL : place->size};
    for (enum form form = FORM_WHOLE; form < FORMS; form++) {
        write_form(record, common, form, text);
        for (int i = form == FORM_CUT; i < 2; i++) {
            place->size = sizes[i];
            if (fits(drawing, place, room, form, text))
                return true;
        }
    }
    return false;
}
