#include "platform.h"

#include <math.h>
#include <stdio.h>

#include "rank.h"
#include "result_json.h"

static void write_versus(json_writer *to, const nps_ranked *of, const char *method)
{
    nps_difference difference = {sizeof difference, of->rest, of->rest_lower, of->rest_upper,
                                 of->statistic,     of->df,   of->p};
    writer_field(to, "versus_rest");
    writer_open(to, '{');
    json_difference(to, &difference, of->p_adjusted, method);
    writer_close(to, '}');
}

static void write_place(json_writer *to, const leaderboard *of, const place *written)
{
    const char *method = nps_difference_method_name(of->given->method);
    nps_ranked ranked = written->ranked;
    result segment;
    result_segment(of->of, written->segment, of->given, &segment);
    if (!written->is_ranked) {
        ranked = (nps_ranked){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    }
    writer_open(to, '{');
    json_key(to, of->of, written->segment);
    writer_number_field(to, "rank", written->is_ranked ? (double)ranked.rank : (double)NAN);
    json_result(to, &segment, false);
    writer_number_field(to, "shrinkage", ranked.shrinkage);
    writer_number_field(to, "shrunken", ranked.shrunken);
    writer_number_field(to, "shrunken_standard_error", ranked.shrunken_se);
    writer_number_field(to, "shrunken_lower", ranked.lower);
    writer_number_field(to, "shrunken_upper", ranked.upper);
    writer_number_field(to, "best_probability", ranked.best);
    write_versus(to, &ranked, method);
    writer_close(to, '}');
}

void rank_json(const leaderboard *printed)
{
    const options *given = printed->given;
    json_writer to = {.out = stdout};
    json_begin(&to, "rank");
    json_scale(&to, &printed->of->scale);
    writer_line(&to);
    writer_text_field(&to, "method", nps_difference_method_name(given->method));
    writer_number_field(&to, "level", given->level);
    writer_field(&to, "weighted");
    writer_bool(&to, printed->of->is_weighted);
    if (printed->of->total_hidden) {
        writer_number_field(&to, "rows", NAN);
    } else {
        writer_count_field(&to, "rows", nps_tally_total(&printed->total.counts));
    }
    writer_text_field(&to, "adjust", nps_adjust_method_name(given->adjust));
    writer_count_field(&to, "best", given->best);
    writer_line(&to);
    writer_number_field(&to, "pooled", printed->between.pooled);
    writer_number_field(&to, "mean", printed->between.mean);
    writer_number_field(&to, "tau2", printed->between.tau2);
    writer_line(&to);
    json_result_field(&to, "total", &printed->total, false);
    writer_line(&to);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->count; i++) {
        writer_line(&to);
        write_place(&to, printed, &printed->places[i]);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

void rank_json_lines(const leaderboard *printed)
{
    for (size_t i = 0; i < printed->count; i++) {
        json_writer to = {.out = stdout};
        write_place(&to, printed, &printed->places[i]);
        putchar('\n');
    }
}
