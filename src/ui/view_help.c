// SPDX-License-Identifier: MIT
/* What is on the screen that is behind it, and its keys: only those that do something
 * there and now. */
#include "experiment/scene.h"
#include "ui/about_list.h"
#include "ui/frame.h"
#include "ui/more.h"

enum { KEY_COLUMNS = 12, ROWS_MAX = 64 };

/* A key that several views have, and when it does something. */
struct common {
    struct view_key key;
    bool (*applies)(const struct view_input *input);
};

static bool is_over(const struct view_input *input)
{
    return input->scene->phase == SCENE_ENDED;
}

static bool is_command(const struct view_input *input, enum plan_command command)
{
    return input->scene->result->plan.command == command;
}

static bool replays(const struct view_input *input)
{
    return input->replay;
}

/* It runs here and now. */
static bool runs(const struct view_input *input)
{
    return !is_over(input) && !replays(input);
}

/* A loop of the user's own that gets done, whatever becomes of the screen. */
static bool leaves(const struct view_input *input)
{
    return runs(input) && input->scene->result->plan.tells && is_command(input, PLAN_MAP);
}

static bool checks(const struct view_input *input)
{
    return runs(input) && is_command(input, PLAN_CHECK);
}

static bool watches(const struct view_input *input)
{
    return runs(input) && input->scene->phase == SCENE_WATCHING;
}

static bool would_lose(const struct view_input *input)
{
    return runs(input) && !leaves(input) && !checks(input) && !watches(input);
}

static bool loses_nothing(const struct view_input *input)
{
    return !runs(input) || (watches(input) && !checks(input));
}

static bool can_steer(const struct view_input *input)
{
    return leaves(input) && input->scene->phase == SCENE_RUNNING;
}

static bool has_items(const struct view_input *input)
{
    return input->scene->result->plan.tells && input->scene->items &&
           input->behind != &view_failed;
}

/* The run one after the other can be cut short. */
static bool asks(const struct view_input *input)
{
    return input->behind == &view_ask;
}

/* Where a guess is asked for they are a part of it. */
static bool has_letters(const struct view_input *input)
{
    return !asks(input);
}

static bool freezes(const struct view_input *input)
{
    return runs(input) && has_letters(input);
}

static bool can_sample(const struct view_input *input)
{
    const struct result_stage *stage = scene_stage(input->scene);
    return freezes(input) && input->scene->result->plan.tells && stage &&
           stage->kind == RESULT_SEQUENTIAL && input->scene->phase == SCENE_RUNNING;
}

static bool can_repeat(const struct view_input *input)
{
    return input->offers.repeat && !frame_is_saved(input);
}

static bool can_play(const struct view_input *input)
{
    return input->offers.repeat && frame_is_saved(input);
}

static bool can_edit(const struct view_input *input)
{
    return input->offers.edit;
}

static bool can_save(const struct view_input *input)
{
    return input->offers.save;
}

/* Whether there are tasks and workers to be seen more closely. */
static bool has_tasks(const struct view_input *input)
{
    return input->scene->phase != SCENE_WATCHING &&
           input->scene->result->programs.count == 0 && !is_command(input, PLAN_CHECK);
}

static bool can_show_both(const struct view_input *input)
{
    return has_tasks(input) && input->behind != &view_tasks &&
           input->behind != &view_workers;
}

static bool can_show_tasks(const struct view_input *input)
{
    return has_tasks(input) && input->behind == &view_workers;
}

static bool can_show_workers(const struct view_input *input)
{
    return has_tasks(input) && input->behind == &view_tasks;
}

static bool can_look(const struct view_input *input)
{
    return input->behind != &view_about;
}

/* At a CPU, worker or task; the next one is where elsewhere the next view is. */
static bool looks_in_run(const struct view_input *input)
{
    return can_look(input) && has_tasks(input);
}

/* PageDown is an answer to the question. */
static bool turns_pages(const struct view_input *input)
{
    return looks_in_run(input) && input->behind != &view_ask;
}

static bool looks_at_machine(const struct view_input *input)
{
    return can_look(input) && !has_tasks(input);
}

static bool only_scrolls(const struct view_input *input)
{
    return looks_at_machine(input) && input->scrolls;
}

static bool can_go_home(const struct view_input *input)
{
    return can_look(input) && input->behind != &view_ask;
}

/* As q does, from the picture. */
static bool leaves_by_escape(const struct view_input *input)
{
    return can_go_home(input) && input->offers.returns && loses_nothing(input);
}

static bool only_goes_home(const struct view_input *input)
{
    return can_go_home(input) && !leaves_by_escape(input);
}

/* What one expects them to do there is done by others. */
static bool turns_replayed_pages(const struct view_input *input)
{
    return turns_pages(input) && replays(input);
}

static bool can_go_back(const struct view_input *input)
{
    return !can_look(input);
}

/* What there is to be done with the run: before the keys of the view. */
static const struct common above[] = {
    {{"r", "run it again"}, can_repeat},
    {{"r", "replay: see it again as it ran"}, can_play},
    {{"e", "edit: change the loop, then run it"}, can_edit},
    {{"s", "save the result in a file; Tab: as text, table, trace, picture"}, can_save},
    {{"x", "stop: begin nothing more, or end what is under way; asks"}, can_steer},
    {{"+ -", "one worker more, one fewer"}, can_steer},
    {{"n", "enough: end this run after the task in hand, project the rest"}, can_sample},
    {{"f", "failed: what has failed, and its last line"}, has_items},
    {{"Space", "freeze the screen, not what runs; again: go on"}, freezes},
    {{"Space", "pause, or play on; 0: from the beginning"}, replays},
    {{", .", "a sample back, a sample forth"}, replays},
    {{"[ ]", "a twentieth of it back, forth"}, replays},
    {{"< >", "slower, faster: x0.5, x1, x2, x5"}, replays},
};

/* To see something else: behind them. */
static const struct common below[] = {
    {{"t, w", "tasks: when each ran; workers: what each does"}, can_show_both},
    {{"t", "tasks: when each ran"}, can_show_tasks},
    {{"w", "workers: what each does"}, can_show_workers},
    {{"i", "one CPU, worker or task closely; or click on it"}, looks_in_run},
    {{"i", "one CPU closely; or click on it"}, looks_at_machine},
    {{"PageDown", "scroll, or the next view; PageUp: back"}, turns_pages},
    {{"PageDown", "scroll; PageUp: back"}, only_scrolls},
    {{"Right, Left", "the next view, the one before; not the time: [ ]"},
        turns_replayed_pages},
    {{"Enter, Esc", "back to the picture"}, only_goes_home},
    {{"Enter, Esc", "back to the picture; there Esc is q"}, leaves_by_escape},
    {{"Enter, Esc", "back to where you came from"}, can_go_back},
    {{"c, Ctrl-L", "other colours; draw everything again"}, has_letters},
    {{"Ctrl-L", "draw everything again"}, asks},
    {{"Ctrl-Z", "stop it for a while; fg goes on; speeds are not judged then"}, checks},
    {{"Ctrl-Z", "stop it all for a while; fg goes on"}, would_lose},
    {{"Ctrl-Z", "stop it all for a while; fg goes on"}, leaves},
    {{"Ctrl-Z", "leave it for the shell; fg comes back"}, loses_nothing},
    {{"Ctrl-C", "end it now, with what there is so far"}, would_lose},
    {{"Ctrl-C", "end it now, with what was found"}, checks},
    {{"Ctrl-C", "begin nothing more; again: end what is under way"}, leaves},
};

/* What there is to be read. */
struct text {
    size_t count;
    struct about_list_row rows[ROWS_MAX];
};

static void add(struct text *text, const char *name, const char *words)
{
    if (text->count < ROWS_MAX)
        text->rows[text->count++] = (struct about_list_row){name, words};
}

static void add_common(struct text *text, const struct view_input *input, size_t count,
    const struct common keys[])
{
    for (size_t i = 0; i < count; i++)
        if (!keys[i].applies || keys[i].applies(input))
            add(text, keys[i].key.key, keys[i].key.does);
}

/* As the line of keys has it. */
static void add_quit(struct text *text, const struct view_input *input)
{
    bool back = input->offers.returns;
    const char *does = back ? "back to where you came from" : "quit";
    if (leaves(input))
        does = "leave the screen; the run goes on in plain lines";
    else if (checks(input))
        does = back ? "back; asks while it checks" : "quit; asks while it checks";
    else if (would_lose(input))
        does = back ? "back; asks if work would be lost"
                    : "quit; asks if work would be lost";
    add(text, "q", does);
}

/* The view that belongs to what is seen, where nobody says which one it is. */
static const struct view_ops *guess_behind(const struct view_input *input)
{
    const struct plan *plan = &input->scene->result->plan;
    if (plan->command == PLAN_SWEEP)
        return &view_sweep;
    if (plan->command == PLAN_CHECK)
        return &view_check;
    if (input->scene->result->programs.count > 0)
        return &view_versus;
    if (plan->tells && plan->command == PLAN_MAP && input->scene->phase != SCENE_ENDED)
        return &view_items;
    return is_over(input) ? &view_compare : &view_live;
}

static void fill(struct text *text, const struct view_input *input)
{
    struct view_help help = {0};
    if (input->behind->help)
        help = input->behind->help(input);
    for (const char *const *words = help.words; words && *words; words++)
        add(text, NULL, *words);
    add(text, NULL, "");
    add_quit(text, input);
    add_common(text, input, sizeof above / sizeof *above, above);
    for (const struct view_key *key = help.keys; key && key->key; key++)
        add(text, key->key, key->does);
    add_common(text, input, sizeof below / sizeof *below, below);
}

/* `q` leaves what the help is about as well: where that is called going back, it is said
 * what is left. */
static const char *name_leaving(const struct view_input *input, int columns)
{
    if (leaves(input))
        return "leave it running";
    if (!input->offers.returns)
        return "quit";
    if (columns < FRAME_KEYS_COLUMNS)
        return "leave";
    return replays(input)   ? "leave the replay"
           : is_over(input) ? "leave the result"
                            : "leave the run";
}

static int draw(struct canvas *canvas, const struct view_input *input)
{
    const struct view_key keys[] = {{"?", "back"},
        {"q", name_leaving(input, canvas_area(canvas).columns)}, {NULL, NULL}};
    struct view_input about = *input;
    struct text text = {0};
    if (!about.behind || about.behind == &view_help)
        about.behind = guess_behind(input);
    fill(&text, &about);
    const struct about_list list = {.area = frame_of(canvas).area,
        .name_columns = KEY_COLUMNS,
        .name_style = STYLE_KEY,
        .mark = "-",
        .first = input->scroll,
        .count = text.count,
        .rows = text.rows};
    int most = about_list_draw(canvas, &list);
    more_set_page(input, about_list_page(&list));
    frame_draw_keys(canvas, input, keys);
    return most;
}

const struct view_ops view_help = {.name = "help", .draw = draw};
