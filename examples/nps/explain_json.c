/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "result_json.h"

static void write_segment(json_writer *to, const explained *of, size_t index)
{
    const explained_segment *at = &of->segments[index];
    const nps_change_segment *part = &at->part;
    int t = at->index[0] == EXPLAIN_ABSENT;
    writer_open(to, '{');
    json_key(to, of->waves.sides[t], at->index[t]);
    writer_number_field(to, "from_share", part->from_share);
    writer_number_field(to, "to_share", part->to_share);
    writer_number_field(to, "from_nps", part->from_score);
    writer_number_field(to, "to_nps", part->to_score);
    writer_number_field(to, "rate", part->rate);
    writer_number_field(to, "mix", part->mix);
    writer_count_field(to, "from_responses", at->responses[0]);
    writer_count_field(to, "to_responses", at->responses[1]);
    writer_close(to, '}');
}

static void write_head(json_writer *to, const explained *of)
{
    const comparison *waves = &of->waves;
    json_begin(to, of->given->command);
    json_scale(to, &waves->sides[0]->scale);
    writer_line(to);
    writer_number_field(to, "level", of->given->level);
    writer_field(to, "weighted");
    writer_bool(to, waves->sides[0]->is_weighted);
    writer_count_field(to, "rows",
                       nps_tally_total(&waves->results[0].counts) + nps_tally_total(&waves->results[1].counts));
    writer_line(to);
}

static void write_effect(json_writer *to, const char *name, double effect, double lower, double upper, double error)
{
    char field[40];
    const struct {
        const char *end;
        double number;
    } rest[] = {{"lower", lower}, {"upper", upper}, {"standard_error", error}};
    writer_line(to);
    writer_number_field(to, name, effect);
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        snprintf(field, sizeof field, "%s_%s", name, rest[i].end);
        writer_number_field(to, field, rest[i].number);
    }
}

static void write_change(json_writer *to, const explained *of)
{
    const nps_change *change = &of->change;
    const nps_difference *told = &of->waves.overall.told;
    json_result_field(to, "from", &of->waves.results[0], false);
    writer_line(to);
    json_result_field(to, "to", &of->waves.results[1], false);
    writer_line(to);
    writer_number_field(to, "change", change->change);
    write_effect(to, "rate", change->rate, change->rate_lower, change->rate_upper, change->rate_error);
    write_effect(to, "mix", change->mix, change->mix_lower, change->mix_upper, change->mix_error);
    writer_line(to);
    writer_number_field(to, "promoters_part", change->promoters_part);
    writer_number_field(to, "detractors_part", change->detractors_part);
    writer_line(to);
    writer_field(to, "difference");
    writer_open(to, '{');
    json_difference(to, told, told->p, nps_difference_method_name(of->given->method));
    writer_close(to, '}');
    writer_line(to);
    writer_field(to, "names");
    writer_open(to, '[');
    for (int i = 0; i < 2; i++) writer_text(to, of->waves.names[i], strlen(of->waves.names[i]));
    writer_close(to, ']');
    writer_line(to);
}

void explain_json(const explained *printed)
{
    json_writer to = {.out = stdout};
    write_head(&to, printed);
    write_change(&to, printed);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->count; i++) {
        writer_line(&to);
        write_segment(&to, printed, i);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each segment. */
void explain_json_lines(const explained *printed)
{
    for (size_t i = 0; i < printed->count; i++) {
        json_writer to = {.out = stdout};
        write_segment(&to, printed, i);
        putchar('\n');
    }
}
