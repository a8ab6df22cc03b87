// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "ui/command_text.h"
#include "ui/frame.h"
#include "ui/launcher.h"
#include "ui/launcher_help.h"
#include "ui/name_line.h"

enum {
    ROWS_MIN = 5,
    COLUMNS_MIN = 20,
    FOCUS_ROWS_FEW = 2,
    FORM_ROWS_FEW = 4,
    COMMAND_ROWS_FEW = 3,
    COMMAND_ROWS_MAX = 6,
    MACHINE_ROWS_MAX = 4,
    RESULTS_FEW = 3, /* their heading and two */
    RESULTS_IN_HAND = 5,
    WORD_ROWS_MAX = 3,
    HINT_ROWS_MAX = 2,
    SMALL_ROWS = 10, /* from which on the last row may become several */
    BETWEEN_TITLES = 2,
    KEYS_MAX = 8,
};

/* The rows of each part, from the top. */
struct parts {
    int title, below_title, form, hint, above_command, heading, command, above_machine,
        machine, above_results, results, foot;
};

static int least(int one, int other)
{
    return one < other ? one : other;
}

/* The rows that all results take, with their heading, which has no place in two rows; or
 * a word where there are none. */
static int results_rows(const struct launcher *launcher)
{
    int count = (int)launcher->gallery.count;
    return count > 0 ? (count > 1 ? count : 2) + 1 : 1;
}

static int machine_rows(const struct launcher *launcher, int columns)
{
    int rows = 0;
    for (int i = 0; i < LAUNCHER_LINES; i++)
        rows += canvas_paragraph_rows(launcher->machine[i], columns);
    return least(rows, MACHINE_ROWS_MAX);
}

/* Whether to leave, as a question with the key that answers it. */
static void format_leave(
    const struct launcher *launcher, bool roomy, size_t size, char text[])
{
    size_t count = launcher->unsaved;
    if (roomy)
        snprintf(text, size, "%zu result%s not saved. q leaves, any other key stays",
            count, count == 1 ? " is" : "s are");
    else
        snprintf(text, size, "%zu unsaved: q leaves", count);
}

/* A name has a row, and where that is short the keys that end it have one, too. */
static int foot_rows(const struct launcher *launcher, const struct area *area)
{
    char text[96];
    if (area->rows < SMALL_ROWS)
        return 1;
    format_leave(launcher, true, sizeof text, text);
    if (launcher->question == LAUNCHER_LEAVE_SURE)
        return least(canvas_paragraph_rows(text, area->columns), WORD_ROWS_MAX);
    if (launcher->question != LAUNCHER_NO_QUESTION)
        return area->columns < FRAME_ROOMY_COLUMNS ? 2 : 1;
    if (!launcher->word[0])
        return 1;
    return least(canvas_paragraph_rows(launcher->word, area->columns), WORD_ROWS_MAX);
}

/* Who gets rows as long as there are any, the most needed first.  What comes late is what
 * small screens go without. */
static void share(
    const struct launcher *launcher, const struct area *area, struct parts *parts)
{
    int columns = area->columns, machine = machine_rows(launcher, columns);
    int form = form_rows(launcher->form), results = results_rows(launcher);
    int command = command_text_rows(launcher->command_line, columns);
    bool has_results = launcher->gallery.count > 0;
    enum form_below below =
        launcher->in_gallery ? FORM_BELOW_NOTHING : form_below(launcher->form, columns);
    bool hinted = below != FORM_BELOW_NOTHING;
    const struct {
        int *rows, wanted;
    } wishes[] = {
        {&parts->foot, 1},
        {&parts->form, 1},
        {&parts->command, 1},
        {&parts->results, launcher->in_gallery ? least(results, RESULTS_IN_HAND) : 0},
        {&parts->form, least(form, FOCUS_ROWS_FEW)},
        {&parts->hint, below == FORM_BELOW_REFUSAL},
        {&parts->command, least(command, COMMAND_ROWS_FEW)},
        {&parts->foot, foot_rows(launcher, area)},
        {&parts->form, least(form, FORM_ROWS_FEW)},
        {&parts->title, 1},
        {&parts->results, has_results},
        {&parts->hint, hinted},
        {&parts->machine, !hinted},
        {&parts->command, least(command, COMMAND_ROWS_MAX)},
        {&parts->form, form},
        {&parts->hint, hinted ? HINT_ROWS_MAX : 0},
        {&parts->machine, least(machine, LAUNCHER_LINES)},
        {&parts->heading, 1},
        {&parts->below_title, 1},
        {&parts->above_command, 1},
        {&parts->results, has_results ? least(results, RESULTS_FEW) : 0},
        {&parts->above_results, has_results},
        {&parts->above_machine, 1},
        {&parts->machine, machine},
        {&parts->above_results, 1},
        {&parts->results, results},
    };
    int left = area->rows;
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        for (; *wishes[i].rows < wishes[i].wanted && left > 0; left--)
            ++*wishes[i].rows;
}

/* The machine is at the right where it has no line of its own.  Returns whether it is. */
static bool draw_title(
    struct canvas *canvas, const struct launcher *launcher, struct area area, bool named)
{
    static const char whole[] = "parfor: see a loop go parallel", brief[] = "parfor";
    int machine = canvas_width_of(launcher->machine[0]) + BETWEEN_TITLES;
    int end = area.column + area.columns;
    bool beside = named && canvas_width_of(brief) + machine <= area.columns;
    bool fits = !beside || canvas_width_of(whole) + machine <= area.columns;
    canvas_field(canvas, &area, STYLE_STRONG, fits ? whole : brief);
    if (beside)
        canvas_right(canvas, area.row, end, STYLE_TEXT, launcher->machine[0]);
    return beside;
}

static void draw_heading(
    struct canvas *canvas, const struct launcher *launcher, const struct area *area)
{
    static const char *const headings[2][2] = {
        {"The same as a command, ready to copy:", "The same as a command:"},
        {"! Cannot run like this; as a command it is:", "! Cannot run; as a command:"}};
    bool refused = launcher->is_refused;
    const char *const *heading = headings[refused];
    bool fits = canvas_width_of(heading[0]) <= area->columns;
    canvas_field(canvas, area, refused ? STYLE_FAILED : STYLE_TEXT, heading[!fits]);
}

/* What may be used of it is said last, but goes first where its name is in the title. */
static void draw_machine(struct canvas *canvas, const struct launcher *launcher,
    struct area area, bool named_above)
{
    int end = area.row + area.rows;
    for (int i = named_above; i < LAUNCHER_LINES && area.row < end; i++) {
        int later = i + 1 < LAUNCHER_LINES; /* the others have a row each at least */
        area.rows = end - area.row - later;
        if (area.rows < 1)
            area.rows = 1;
        area.row += canvas_paragraph(canvas, area, STYLE_TEXT, launcher->machine[i]);
    }
}

static void draw_results(
    struct canvas *canvas, const struct launcher *launcher, struct area area)
{
    size_t count = launcher->gallery.count;
    char text[48];
    if (count == 0) {
        canvas_field(canvas, &area, STYLE_ABSENT,
            "No results yet: Enter runs the loop, and its result will stand here.");
        return;
    }
    if (area.rows > 1 || launcher->in_gallery) {
        gallery_draw(canvas, area, &launcher->gallery, launcher->in_gallery);
        return;
    }
    snprintf(text, sizeof text,
        count == 1 ? "the result so far" : "the %zu results so far", count);
    if (form_is_typing(launcher->form)) /* where g is a letter */
        canvas_field(canvas, &area, STYLE_TEXT, text);
    else
        key_line_draw_key(canvas, area.row, area.column, &(struct view_key){"g", text});
}

/* What a name is typed for, in the last rows; or whether to leave. */
static void draw_question(
    struct canvas *canvas, const struct launcher *launcher, struct area area)
{
    bool saving = launcher->question == LAUNCHER_SAVE_AS;
    const struct name_line line = {.asked = saving ? "Save as:" : "Open the file:",
        .does = saving ? "save" : "open",
        .name = &launcher->name,
        .endings = saving ? launcher->endings : NULL};
    char text[96];
    if (launcher->question == LAUNCHER_LEAVE_SURE) {
        format_leave(launcher, true, sizeof text, text);
        if (canvas_paragraph_rows(text, area.columns) > area.rows)
            format_leave(launcher, false, sizeof text, text);
        canvas_paragraph(canvas, area, STYLE_MARK, text);
        canvas_rest(canvas, area.row, area.column);
        return;
    }
    name_line_draw(canvas, area, &line);
}

/* The keys that mean something in the form. */
static void list_form_keys(const struct launcher *launcher, struct view_key keys[])
{
    const struct form *form = launcher->form;
    bool number =
        form->focus < form->count && form->fields[form->focus].kind == FORM_NUMBER;
    *keys++ = (struct view_key){"Enter", "run"};
    *keys++ = (struct view_key){"Tab", "field"};
    *keys++ = (struct view_key){"q", "quit"};
    *keys++ =
        number ? (struct view_key){"0-9", "type"} : (struct view_key){"Space", "change"};
    if (launcher->gallery.count > 0)
        *keys++ = (struct view_key){"g", "results"};
    *keys++ = (struct view_key){"o", "open"};
    *keys++ = (struct view_key){"c", "colours"};
    *keys = (struct view_key){"?", "help"};
}

static void draw_keys(
    struct canvas *canvas, const struct launcher *launcher, const struct area *area)
{
    static const struct view_key typing[] = {{"Enter", "run"}, {"Tab", "next"},
        {"Ctrl-U", "empty"}, {"Esc", "end typing"}, {NULL, NULL}};
    static const struct view_key looking[] = {{"Enter", "open"}, {"Tab", "form"},
        {"q", "quit"}, {"m", "mark"}, {"b", "side by side"}, {"s", "save"},
        {"o", "open a file"}, {"?", "help"}, {NULL, NULL}};
    struct view_key choosing[KEYS_MAX + 1] = {0};
    const struct view_key *keys = choosing;
    list_form_keys(launcher, choosing);
    if (launcher->in_gallery)
        keys = looking;
    else if (form_is_typing(launcher->form))
        keys = typing;
    key_line_draw(canvas, area->row, area->column, area->column + area->columns, keys);
}

static void draw_foot(
    struct canvas *canvas, const struct launcher *launcher, struct area area)
{
    if (launcher->question != LAUNCHER_NO_QUESTION)
        draw_question(canvas, launcher, area);
    else if (launcher->word[0])
        canvas_paragraph(canvas, area, STYLE_STRONG, launcher->word);
    else
        draw_keys(canvas, launcher, &area);
}

static bool draw_too_small(struct canvas *canvas)
{
    static const char *const needs[] = {"parfor needs 20x5", "needs 20x5", "20x5"};
    struct area area = canvas_area(canvas);
    int i = 0;
    if (area.rows >= ROWS_MIN && area.columns >= COLUMNS_MIN)
        return false;
    while (i < 2 && canvas_width_of(needs[i]) > area.columns)
        i++;
    canvas_text(canvas, 0, 0, STYLE_TEXT, needs[i]);
    return true;
}

/* The next part's rows below what is drawn. */
static struct area part(struct area *rest, int above, int rows)
{
    struct area area = *rest;
    area.row += above;
    area.rows = rows;
    rest->row += above + rows;
    return area;
}

static void draw_parts(struct canvas *canvas, const struct launcher *launcher,
    struct area area, const struct parts *parts)
{
    struct area rest = area, title = part(&rest, 0, parts->title);
    struct area form = part(&rest, parts->below_title, parts->form);
    struct area hint = part(&rest, 0, parts->hint);
    struct area heading = part(&rest, parts->above_command, parts->heading);
    struct area command = part(&rest, 0, parts->command);
    struct area machine = part(&rest, parts->above_machine, parts->machine);
    struct area results = part(&rest, parts->above_results, parts->results);
    bool named = false;
    if (title.rows > 0)
        named = draw_title(canvas, launcher, title, machine.rows < LAUNCHER_LINES);
    if (heading.rows > 0)
        draw_heading(canvas, launcher, &heading);
    command_text_draw(canvas, command, STYLE_STRONG, launcher->command_line);
    if (machine.rows > 0)
        draw_machine(canvas, launcher, machine, named);
    if (results.rows > 0)
        draw_results(canvas, launcher, results);
    form_draw_below(canvas, hint, launcher->form);
    if (parts->hint == 0)
        form.rows += parts->above_command; /* a long hint may end there */
    form_draw(canvas, form, launcher->form, !launcher->in_gallery); /* rests the cursor */
}

void launcher_draw(struct canvas *canvas, const struct launcher *launcher)
{
    struct parts parts = {0};
    if (draw_too_small(canvas))
        return;
    if (launcher->helping) {
        launcher_help_draw(canvas, launcher->help_scroll);
        return;
    }
    struct area area = frame_of(canvas).area, foot = area;
    area.rows++; /* the foot is one of the parts */
    share(launcher, &area, &parts);
    draw_parts(canvas, launcher, area, &parts);
    foot.rows = parts.foot;
    foot.row = area.row + area.rows - foot.rows;
    draw_foot(canvas, launcher, foot);
}
