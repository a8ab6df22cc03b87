// SPDX-License-Identifier: MIT
#include "launch/launch_words.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "workload/quote.h"
#include "workload/template.h"

/* A line while it is being cut. */
struct cut {
    const char *line;
    size_t at;
    struct bytes text, pattern; /* of the word in hand */
    bool is_pattern;
    struct launch_words *words;
};

static void take_plain(struct cut *cut)
{
    bytes_add(&cut->text, 1, cut->line + cut->at);
    bytes_add(&cut->pattern, 1, cut->line + cut->at++);
}

/* Whatever it would mean without its quotes. */
static void add_quoted(struct cut *cut, char one)
{
    if (strchr("*?[]\\~{}!-^", one))
        bytes_add_text(&cut->pattern, "\\");
    bytes_add(&cut->text, 1, &one);
    bytes_add(&cut->pattern, 1, &one);
}

/* A character as it stands. */
static void take_quoted(struct cut *cut)
{
    add_quoted(cut, cut->line[cut->at++]);
}

static void note_special(struct cut *cut)
{
    if (!cut->words->special)
        cut->words->special = cut->line[cut->at];
}

static void take_single(struct cut *cut)
{
    for (cut->at++; cut->line[cut->at] && cut->line[cut->at] != '\'';)
        take_quoted(cut);
    if (cut->line[cut->at])
        cut->at++;
    else
        cut->words->open = true;
}

static void take_double(struct cut *cut)
{
    for (cut->at++; cut->line[cut->at] && cut->line[cut->at] != '"';) {
        char one = cut->line[cut->at], next = one ? cut->line[cut->at + 1] : '\0';
        if (one == '\\' && next && strchr("$`\"\\", next))
            cut->at++;
        else if (one == '$' || one == '`')
            note_special(cut);
        take_quoted(cut);
    }
    if (cut->line[cut->at])
        cut->at++;
    else
        cut->words->open = true;
}

/* $'…', of which the escapes are known that launch_words_quote() writes. */
static void take_escaped(struct cut *cut)
{
    const char *begin = cut->line + cut->at;
    for (cut->at += 2; cut->line[cut->at] && cut->line[cut->at] != '\'';) {
        char one;
        const char *here = cut->line + cut->at;
        size_t length = *here == '\\' ? quote_unescape(here + 1, &one) : 0;
        if (*here == '\\' && length == 0 && !cut->words->special)
            cut->words->special = *begin;
        if (length > 0)
            add_quoted(cut, one);
        else
            take_quoted(cut);
        cut->at += length > 0 ? length + 1 : 0;
    }
    if (cut->line[cut->at])
        cut->at++;
    else
        cut->words->open = true;
}

/* `{a,b}` and `{1..8}` are lists for bash and others. */
static bool begins_list(const char *text)
{
    size_t length = strcspn(text, "} \t");
    const char *comma = memchr(text, ',', length), *dots = strstr(text, "..");
    return text[length] == '}' && (comma || (dots && dots < text + length));
}

static void take_bare(struct cut *cut, bool first)
{
    const char *here = cut->line + cut->at;
    if (*here == '\\' && here[1] == '\0')
        cut->words->open = true;
    if (*here == '\\' && here[1] != '\0') {
        cut->at++;
        take_quoted(cut);
        return;
    }
    bool begins = first && strchr("#", *here);
    if (begins || strchr("|&;<>()$`", *here) || (*here == '{' && begins_list(here)))
        note_special(cut);
    if (strchr("*?[", *here) || (first && *here == '~'))
        cut->is_pattern = true;
    take_plain(cut);
}

static void take_word(struct cut *cut)
{
    struct launch_words *words = cut->words;
    size_t begin = cut->at;
    cut->text = cut->pattern = (struct bytes){0};
    cut->is_pattern = false;
    while (cut->line[cut->at] && !strchr(" \t\n", cut->line[cut->at])) {
        if (cut->line[cut->at] == '\'')
            take_single(cut);
        else if (strncmp(cut->line + cut->at, "$'", 2) == 0)
            take_escaped(cut);
        else if (cut->line[cut->at] == '"')
            take_double(cut);
        else
            take_bare(cut, cut->at == begin);
    }
    struct launch_word *word =
        memory_append((void **)&words->list, words->count, sizeof *words->list);
    bytes_add(&cut->text, 1, "");
    bytes_add(&cut->pattern, 1, "");
    *word = (struct launch_word){.text = cut->text.data, .begin = begin, .end = cut->at};
    if (cut->is_pattern)
        word->pattern = cut->pattern.data;
    else
        bytes_finish(&cut->pattern);
    words->count++;
}

/* `NAME=VALUE` with a name that is not in quotes. */
static bool is_assignment(const char *word)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    size_t length = strspn(word, letters);
    return length > 0 && !(*word >= '0' && *word <= '9') && word[length] == '=';
}

void launch_words_split(const char *line, struct launch_words *ret_words)
{
    *ret_words = (struct launch_words){0};
    struct cut cut = {.line = line, .words = ret_words};
    for (;;) {
        cut.at += strspn(line + cut.at, " \t\n");
        if (!line[cut.at])
            break;
        take_word(&cut);
    }
    if (ret_words->count > 0)
        ret_words->assigns = is_assignment(line + ret_words->list[0].begin);
}

void launch_words_finish(struct launch_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        free(words->list[i].text);
        free(words->list[i].pattern);
    }
    free(words->list);
    *words = (struct launch_words){0};
}

bool launch_words_need_shell(const struct launch_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->list[i].pattern)
            return true;
    return words->special || words->assigns;
}

void launch_words_quote(const char *word, struct bytes *line)
{
    size_t room = TEMPLATE_QUOTED(strlen(word));
    char *text = memory_new(room, 1);
    if (line->size > 0)
        bytes_add_text(line, " ");
    template_quote(word, room, text);
    bytes_add_text(line, text);
    free(text);
}

int launch_names_find(
    const char *pattern, struct launch_names *ret_names, struct fault *fault)
{
    glob_t found = {0};
    int error = glob(pattern, GLOB_TILDE, NULL, &found);
    struct launch_names names = {0};
    if (error == GLOB_NOSPACE)
        return fault_system(fault, -ENOMEM, "cannot list files");
    if (error != 0)
        return fault_input(fault, "no such files: %s", pattern);
    names.list = memory_new(found.gl_pathc + 1, sizeof *names.list);
    for (; names.count < found.gl_pathc; names.count++)
        names.list[names.count] = text_duplicate(found.gl_pathv[names.count]);
    globfree(&found);
    *ret_names = names;
    return 0;
}

void launch_names_finish(struct launch_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->list[i]);
    free(names->list);
    *names = (struct launch_names){0};
}
