#include "platform.h"

#include <math.h>

#include <nps/status.h>
#include <nps/version.h>

#include "result_json.h"

void json_begin(json_writer *to, const char *name)
{
    writer_open(to, '{');
    writer_text_field(to, "schema", "nps/1");
    writer_text_field(to, "command", name);
    writer_text_field(to, "version", nps_version_string());
    writer_line(to);
}

static void histogram_field(json_writer *to, const nps_tally *counts)
{
    writer_field(to, "histogram");
    writer_open(to, '[');
    for (int i = 0; i <= counts->scale.highest - counts->scale.lowest; i++) writer_count(to, counts->level[i]);
    writer_close(to, ']');
}

static void null_field(json_writer *to, const char *name)
{
    writer_field(to, name);
    writer_null(to);
}

static void count_field(json_writer *to, const char *name, const result *of, uint64_t count)
{
    if (of->suppressed) {
        null_field(to, name);
    } else {
        writer_count_field(to, name, count);
    }
}

void json_rows(json_writer *to, const result *total)
{
    count_field(to, "rows", total, nps_tally_total(&total->counts));
}

static void response_fields(json_writer *to, const result *of)
{
    if (of->knows_invited) {
        writer_count_field(to, "invited", of->invited);
    } else {
        null_field(to, "invited");
    }
    writer_number_field(to, "response_rate", of->response_rate);
    writer_number_field(to, "worst_case", of->worst_case);
    writer_number_field(to, "best_case", of->best_case);
}

static void accounts_field(json_writer *to, const result *of)
{
    writer_field(to, "accounts");
    writer_open(to, '{');
    count_field(to, "count", of, of->accounts);
    writer_number_field(to, "nps", of->account_score);
    writer_number_field(to, "standard_error", of->account_error);
    writer_number_field(to, "lower", of->account_lower);
    writer_number_field(to, "upper", of->account_upper);
    writer_close(to, '}');
}

void json_result(json_writer *to, const result *of, bool counts_only)
{
    const nps_tally *counts = &of->counts;
    if (of->suppressed) {
        writer_field(to, "suppressed");
        writer_bool(to, true);
    }
    count_field(to, "responses", of, nps_tally_responses(counts));
    count_field(to, "promoters", of, nps_tally_promoters(counts));
    count_field(to, "passives", of, nps_tally_passives(counts));
    count_field(to, "detractors", of, nps_tally_detractors(counts));
    count_field(to, "missing", of, counts->missing);
    count_field(to, "invalid", of, counts->invalid);
    writer_number_field(to, "mean", counts_only ? NAN : of->mean);
    writer_number_field(to, "nps", of->score);
    writer_number_field(to, "rounded", of->has_score ? (double)of->rounded : (double)NAN);
    writer_number_field(to, "lower", of->lower);
    writer_number_field(to, "upper", of->upper);
    writer_number_field(to, "standard_error", of->standard_error);
    writer_number_field(to, "promoter_share", of->promoter_share);
    writer_number_field(to, "passive_share", of->passive_share);
    writer_number_field(to, "detractor_share", of->detractor_share);
    writer_number_field(to, "lowest_share", counts_only ? NAN : of->lowest_share);
    writer_number_field(to, "highest_share", counts_only ? NAN : of->highest_share);
    if (counts_only || of->suppressed) {
        null_field(to, "histogram");
    } else {
        histogram_field(to, counts);
    }
    if (of->tells_invited) response_fields(to, of);
    if (of->tells_accounts) accounts_field(to, of);
    if (!of->is_weighted) return;
    writer_number_field(to, "weight", of->suppressed ? NAN : of->weight);
    writer_number_field(to, "effective_n", of->effective_size);
    writer_number_field(to, "design_effect", of->design_effect);
    if (of->is_design) writer_number_field(to, "df", of->df);
}

void json_scale(json_writer *to, const nps_scale *scale)
{
    writer_field(to, "scale");
    if (scale == NULL) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    writer_field(to, "lowest");
    writer_integer(to, scale->lowest);
    writer_field(to, "highest");
    writer_integer(to, scale->highest);
    writer_field(to, "detractor_max");
    writer_integer(to, scale->detractor_max);
    writer_field(to, "promoter_min");
    writer_integer(to, scale->promoter_min);
    writer_close(to, '}');
}

/* A dimension that was rolled up tells nothing, and is left out. */
void json_key_value(json_writer *to, const state *of, size_t index)
{
    writer_open(to, '{');
    for (int32_t i = 0; of->segments != NULL && i < of->dimensions; i++) {
        nps_key part;
        size_t length;
        const char *dimension = state_dimension(of, i, &length);
        require(nps_segments_key(of->segments, index, i, &part), "segments");
        if (part.type == NPS_KEY_ALL) continue;
        writer_name(to, dimension, length);
        if (part.type == NPS_KEY_NULL) {
            writer_null(to);
        } else if (part.type == NPS_KEY_OTHER) {
            writer_text(to, "(other)", 7);
        } else if (part.type == NPS_KEY_INTEGER) {
            writer_integer(to, part.integer);
        } else {
            writer_text(to, part.bytes, part.length);
        }
    }
    writer_close(to, '}');
}

void json_key(json_writer *to, const state *of, size_t index)
{
    writer_field(to, "key");
    json_key_value(to, of, index);
}

void json_difference(json_writer *to, const nps_difference *of, double p_adjusted, const char *method)
{
    writer_number_field(to, "nps", of->estimate);
    writer_number_field(to, "lower", of->lower);
    writer_number_field(to, "upper", of->upper);
    writer_number_field(to, "statistic", of->statistic);
    writer_number_field(to, "df", of->df);
    writer_number_field(to, "p", of->p);
    writer_number_field(to, "p_adjusted", p_adjusted);
    writer_text_field(to, "method", method);
}

void json_result_field(json_writer *to, const char *name, const result *of, bool counts_only)
{
    writer_field(to, name);
    writer_open(to, '{');
    json_result(to, of, counts_only);
    writer_close(to, '}');
}
