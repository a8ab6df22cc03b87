// SPDX-License-Identifier: MIT
#include "report/log_line.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/json_emit.h"

void log_line_time(time_t now, char text[LOG_LINE_TIME_SIZE])
{
    struct tm broken;
    localtime_r(&now, &broken);
    strftime(text, LOG_LINE_TIME_SIZE, "%Y-%m-%dT%H:%M:%S%z", &broken);
    size_t length = strlen(text); /* "+0100" */
    if (length >= 5 && length + 1 < LOG_LINE_TIME_SIZE) {
        memmove(text + length - 1, text + length - 2, 3);
        text[length - 2] = ':';
    }
}

static void print_integer(struct json_emitter *emitter, const char *name, int64_t value)
{
    json_emit_name(emitter, name, "");
    fprintf(emitter->out, "%" PRId64, value);
}

static void end_line(struct json_emitter *emitter)
{
    json_emit_close(emitter, '}', false);
    fputc('\n', emitter->out);
}

static void print_program(struct json_emitter *emitter)
{
    json_emit_name(emitter, "program", "");
    json_emit_open(emitter, '{', false);
    json_emit_named_text(emitter, "name", "parfor");
    json_emit_close(emitter, '}', false);
}

void log_line_print_start(FILE *out, const struct log_run *run, const char *started)
{
    const struct plan *plan = run->plan;
    struct json_emitter emitter = {.out = out};
    char schema[32];
    snprintf(schema, sizeof schema, LOG_SCHEMA_NAME "%d", LOG_SCHEMA_VERSION);
    json_emit_open(&emitter, '{', false);
    json_emit_named_text(&emitter, "schema", schema);
    print_program(&emitter);
    json_emit_named_text(&emitter, "loop", plan->loop);
    if (run->command)
        json_emit_named_words(&emitter, "command", SIZE_MAX, run->command);
    if (run->arguments)
        json_emit_named_words(&emitter, "arguments", SIZE_MAX, run->arguments);
    char *folder = getcwd(NULL, 0);
    if (folder)
        json_emit_named_text(&emitter, "folder", folder);
    free(folder);
    json_emit_named_text(&emitter, "unit", plan->unit);
    print_integer(&emitter, "workers", plan->workers);
    json_emit_named_text(&emitter, "started", started);
    end_line(&emitter);
}

static void print_name(struct json_emitter *emitter, const struct log_line_item *item)
{
    const struct result_item *of = item->record->item;
    print_integer(emitter, "number", of ? of->number : item->record->index);
    if (of && of->item)
        json_emit_named_bytes(emitter, "item", of->item_size, of->item);
    if (of && of->argv)
        json_emit_named_words(emitter, "argv", SIZE_MAX, of->argv);
    if (item->key)
        json_emit_named_words(emitter, "key", SIZE_MAX, item->key);
}

static void print_end(struct json_emitter *emitter, const struct result_item *item)
{
    json_emit_name(emitter, "exit", "");
    if (item->exit_status >= 0)
        fprintf(emitter->out, "%d", item->exit_status);
    else
        fputs("null", emitter->out);
    json_emit_name(emitter, "signal", "");
    json_emit_signal(emitter, item->signal);
    if (item->error != 0) {
        print_integer(emitter, "errno", item->error);
        json_emit_named_text(emitter, "error", strerror(item->error));
    }
    if (item->timed_out) {
        json_emit_name(emitter, "timed_out", "");
        fputs("true", emitter->out);
    }
}

static void print_times(struct json_emitter *emitter, const struct result_record *record)
{
    const struct result_item *item = record->item;
    print_integer(emitter, "start_ns", record->start_ns);
    print_integer(emitter, "end_ns", record->end_ns);
    print_integer(emitter, "elapsed_ns", record->end_ns - record->start_ns);
    print_integer(emitter, "cpu_ns", item ? item->cpu_ns : record->cpu_ns);
    if (item)
        print_integer(emitter, "max_rss_bytes", item->max_rss_bytes);
    print_integer(emitter, "worker", record->worker);
    print_integer(emitter, "attempts", record->attempts);
}

void log_line_print_item(FILE *out, const struct log_line_item *item)
{
    const struct result_record *record = item->record;
    struct json_emitter emitter = {.out = out};
    json_emit_open(&emitter, '{', false);
    print_name(&emitter, item);
    json_emit_named_text(
        &emitter, "status", record->status == RESULT_OK ? "ok" : "failed");
    if (record->item)
        print_end(&emitter, record->item);
    print_times(&emitter, record);
    json_emit_named_text(&emitter, "ended", item->ended);
    if (item->results)
        json_emit_named_text(&emitter, "results", item->results);
    end_line(&emitter);
}

void log_line_print_end(FILE *out, const struct result *result, const char *ended)
{
    struct json_emitter emitter = {.out = out};
    json_emit_open(&emitter, '{', false);
    json_emit_named_text(&emitter, "end", ended);
    if (result && result->stage_count > 0) {
        const struct result_stage *stage = &result->stages[0];
        print_integer(&emitter, "done", stage->done);
        print_integer(&emitter, "failed", stage->failed);
        print_integer(&emitter, "elapsed_ns", stage->elapsed_ns);
        json_emit_name(&emitter, "complete", "");
        fputs(stage->complete ? "true" : "false", out);
    }
    end_line(&emitter);
}
