// SPDX-License-Identifier: MIT
#include "launch/launch_wish.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static const char BLANKS[] = " \t";

static const char letters[] = {
    [LAUNCH_WISH_LIST] = 'l',
    [LAUNCH_WISH_SAVE] = 's',
    [LAUNCH_WISH_OPEN] = 'o',
    [LAUNCH_WISH_BESIDE] = 'b',
};

/* The number that the rest begins with, which then is behind it; 0: none. */
static size_t cut_number(const char **rest)
{
    char *word = text_duplicate(*rest);
    size_t length = strcspn(word, BLANKS);
    int64_t number;
    word[length] = '\0';
    bool is_number = number_parse(word, &number) == 0 && number > 0;
    free(word);
    if (!is_number)
        return 0;
    *rest += length;
    *rest += strspn(*rest, BLANKS);
    return (size_t)number;
}

static int check_number(size_t number, size_t results, struct fault *fault)
{
    if (results == 0)
        return fault_input(fault, "There are no results yet");
    if (number > results)
        return fault_input(
            fault, "There is no result %zu: the last is %zu", number, results);
    return 0;
}

/* "s", "s NAME", "s 2", "s 2 NAME"; without a number the newest. */
static int parse_save(
    const char *rest, size_t results, struct launch_wish *wish, struct fault *fault)
{
    size_t number = cut_number(&rest);
    wish->numbers[0] = number > 0 ? number : results;
    text_copy(sizeof wish->name, wish->name, rest);
    return check_number(wish->numbers[0], results, fault);
}

static int parse_open(const char *rest, struct launch_wish *wish, struct fault *fault)
{
    text_copy(sizeof wish->name, wish->name, rest);
    return *rest ? 0 : fault_input(fault, "The name of a file is needed: o NAME");
}

/* "b 1 2"; alone the two newest. */
static int parse_beside(
    const char *rest, size_t results, struct launch_wish *wish, struct fault *fault)
{
    size_t *numbers = wish->numbers;
    if (results < 2)
        return fault_input(fault, "Two results are needed: there %s",
            results == 1 ? "is one" : "are none yet");
    numbers[0] = results - 1;
    numbers[1] = results;
    if (!*rest)
        return 0;
    numbers[0] = cut_number(&rest);
    numbers[1] = cut_number(&rest);
    if (*rest || numbers[0] == 0 || numbers[1] == 0 || numbers[0] == numbers[1])
        return fault_input(fault, "The numbers of two results are needed: b 1 2");
    int error = check_number(numbers[0], results, fault);
    return error < 0 ? error : check_number(numbers[1], results, fault);
}

static const char *find(const char *text)
{
    bool is_alone = text[0] && (!text[1] || strchr(BLANKS, text[1]));
    return is_alone ? memchr(letters, text[0], sizeof letters) : NULL;
}

bool launch_wish_is_one(const char *text)
{
    return find(text);
}

int launch_wish_parse(
    const char *text, size_t results, struct launch_wish *ret_wish, struct fault *fault)
{
    struct launch_wish wish = {.action = (enum launch_wish_action)(find(text) - letters)};
    const char *rest = text + 1 + strspn(text + 1, BLANKS);
    int error = 0;
    switch (wish.action) {
    case LAUNCH_WISH_LIST:
        error = check_number(1, results, fault);
        break;
    case LAUNCH_WISH_SAVE:
        error = parse_save(rest, results, &wish, fault);
        break;
    case LAUNCH_WISH_OPEN:
        error = parse_open(rest, &wish, fault);
        break;
    case LAUNCH_WISH_BESIDE:
        error = parse_beside(rest, results, &wish, fault);
        break;
    }
    if (error == 0)
        *ret_wish = wish;
    return error;
}
