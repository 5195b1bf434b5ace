/* From rows to sums, and from these to what is told. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "answers.h"
#include "message.h"
#include "outcomes.h"
#include "progress.h"
#include "text.h"

#define LARGEST 1e100 /* that the library takes */

typedef struct reader {
    const options *given;
    outcome_report *into;
    answers cells;
    size_t score, weight, outcome, by[NPS_MAX_DIMENSIONS]; /* places among the wanted columns */
    char *missing, *yes, *no;                              /* tokens */
    text first;                                            /* where the first invalid outcome was */
} reader;

static const char *read_answered(const reader *to, const cell *read, double *value)
{
    *value = 1;
    if (tokens_have(to->yes, read)) return NULL;
    *value = 0;
    return tokens_have(to->no, read) ? NULL : "neither yes nor no";
}

static const char *read_number(const cell *read, double *value)
{
    if (!parse_number(read->bytes, value)) return "not a number";
    return fabs(*value) > LARGEST ? "too large" : NULL;
}

static void refuse(reader *to, const row *from, const char *reason)
{
    const cell *value = &from->cells[to->outcome];
    invalid_list(&to->cells.invalid, from, to->outcome, reason);
    if (to->into->invalid++ > 0) return;
    text_say(&to->first, "%.200s row %" PRIu64 ": %s", from->file, from->number, shown(value->bytes, value->length));
}

/* NaN: not known. What is said to be yes or no is that, even NA. */
static double read_outcome(reader *to, const row *from)
{
    const cell *read = &from->cells[to->outcome];
    bool is_answered = to->given->yes != NULL;
    double value;
    if (read->length == 0 || tokens_have(to->missing, read)) return NAN;
    const char *reason = is_answered ? read_answered(to, read, &value) : read_number(read, &value);
    if (reason == NULL) return value;
    if (!cell_is_missing(read)) refuse(to, from, reason);
    return NAN;
}

static void take_row(void *user, const row *from)
{
    reader *to = user;
    outcome_report *into = to->into;
    const options *given = to->given;
    nps_key key[NPS_MAX_DIMENSIONS];
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    double weight = given->weight == NULL ? 1 : has_answer ? answers_weight(from, to->weight) : 0;
    double outcome = has_answer ? read_outcome(to, from) : (double)NAN;
    for (int32_t i = 0; i < given->by_count; i++) key[i] = cell_key(&from->cells[to->by[i]]);

    int status = nps_outcomes_add(&into->total.sums, answer, outcome, weight);
    if (status == NPS_ERR_RANGE) answers_refuse_weight(from, to->weight);
    require(status, from->file);
    if (into->segments != NULL) {
        require(nps_segments_add_outcome(into->segments, key, answer, outcome, weight), from->file);
    }
    require(state_add(&into->answers, key, answer, weight), from->file);
}

static void start_states(const options *given, outcome_report *into)
{
    nps_segments_options wanted = {
        .struct_size = sizeof wanted,
        .dimensions = given->by_count,
        .state = NPS_STATE_OUTCOMES,
        .scale = &given->scale,
        .seed = state_seed(),
    };
    require(nps_outcomes_init(&into->total.sums, &given->scale), "outcomes");
    if (given->by_count > 0) require(nps_segments_new(&wanted, &into->segments), "segments");
    state_start(&into->answers, &given->scale, NPS_KIND_NONE, given->weight != NULL, given->by, given->by_count);
}

static void want_columns(reader *to)
{
    const options *given = to->given;
    columns *wanted = &to->cells.wanted;
    to->score = columns_want(wanted, given->score);
    if (given->weight != NULL) to->weight = columns_want(wanted, given->weight);
    to->outcome = columns_want(wanted, given->outcome);
    for (int32_t i = 0; i < given->by_count; i++) to->by[i] = columns_want(wanted, given->by[i]);
}

static void tell_invalid(const reader *of)
{
    uint64_t count = of->into->invalid;
    if (count == 0) return;
    note("%" PRIu64 " outcome%s invalid and taken as not known, the first at %s; %s, --rejects lists them", count,
         count == 1 ? " is" : "s are", of->first.bytes,
         of->given->yes != NULL ? "--yes and --no take several, --outcome-missing such as not known"
                                : "--yes and --no take words, --outcome-missing such as not known");
}

static void read_rows(const options *given, outcome_report *into)
{
    reader to = {
        .given = given,
        .into = into,
        .missing = tokens_split(given->outcome_missing),
        .yes = tokens_split(given->yes),
        .no = tokens_split(given->no),
    };
    nps_tally counts;
    nps_weighted weighted;
    start_states(given, into);
    answers_start(&to.cells, given);
    want_columns(&to);
    progress_start(source_total_size(given->files, given->file_count));
    answers_read_files(&to.cells, take_row, &to);
    state_total(&into->answers, &counts, &weighted);
    answers_end(&to.cells, &counts);
    tell_invalid(&to);
    text_free(&to.first);
    free(to.missing);
    free(to.yes);
    free(to.no);
    if (into->segments == NULL) return;
    require(nps_segments_sort(into->segments), "segments");
    require(nps_segments_sort(into->answers.segments), "segments");
}

static const nps_correlation_result no_correlation = {sizeof no_correlation, 0, NAN, NAN, NAN, NAN, NAN, NAN};

static void take_estimate(const outcome_report *of, const nps_outcomes *sums, const nps_answers *range,
                          nps_outcome_estimate *out)
{
    *out = (nps_outcome_estimate){sizeof *out, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN};
    int32_t method = of->is_rate ? NPS_OUTCOME_RATE : NPS_OUTCOME_MEAN;
    int status = nps_outcomes_estimate(sums, range, method, of->given->level, out);
    if (status != NPS_ERR_EMPTY) {
        require(status, "outcomes");
        return;
    }
    for (int32_t answer = range->lowest; answer <= range->highest; answer++) {
        out->missing += sums->level[answer - sums->scale.lowest].missing;
    }
}

static void take_difference(const outcome_report *of, outcome_group *to, const nps_answers classes[OUTCOME_CLASSES])
{
    nps_outcome_difference *out = &to->difference;
    *out = (nps_outcome_difference){sizeof *out, NAN, NAN, NAN, NAN, NAN, NAN};
    if (to->classes[0].n == 0 || to->classes[OUTCOME_CLASSES - 1].n == 0) return;
    int32_t method = of->is_rate ? NPS_OUTCOME_RATE : NPS_OUTCOME_MEAN;
    require(
        nps_outcomes_difference(&to->sums, &classes[0], &classes[OUTCOME_CLASSES - 1], method, of->given->level, out),
        "difference");
}

/* None where all are the same, or nobody is there. */
static void take_correlation(int status, uint64_t count, nps_correlation_result *out)
{
    if (status != NPS_ERR_EMPTY && status != NPS_ERR_SINGULAR) {
        require(status, "correlation");
        return;
    }
    *out = no_correlation;
    out->n = count;
}

static void find_group(const outcome_report *of, outcome_group *to)
{
    const nps_scale *scale = &to->sums.scale;
    const nps_answers all = {scale->lowest, scale->highest};
    nps_answers classes[OUTCOME_CLASSES];
    take_estimate(of, &to->sums, &all, &to->all);
    for (int32_t i = 0; i < OUTCOME_CLASSES; i++) {
        require(nps_answers_of_class(scale, NPS_DETRACTOR + i, &classes[i]), "scale");
        take_estimate(of, &to->sums, &classes[i], &to->classes[i]);
    }
    to->zero = 0;
    for (int32_t i = 0; i <= scale->highest - scale->lowest; i++) {
        const nps_answers one = {scale->lowest + i, scale->lowest + i};
        take_estimate(of, &to->sums, &one, &to->answers[i]);
        to->zero += to->sums.level[i].zero;
    }
    take_difference(of, to, classes);
    to->correlation.struct_size = sizeof to->correlation;
    int status = nps_outcomes_correlation(&to->sums, NPS_OUTCOME_BY_ANSWER, of->given->level, &to->correlation);
    take_correlation(status, to->all.n, &to->correlation);
}

static void find_groups(outcome_report *of)
{
    of->group_count = nps_segments_count(of->segments);
    of->groups = allocate((of->group_count + 1) * sizeof *of->groups);
    for (size_t i = 0; i < of->group_count; i++) {
        outcome_group *to = &of->groups[i];
        to->segment = i;
        result_segment(&of->answers, i, of->given, &to->told);
        require(nps_segments_outcomes(of->segments, i, &to->sums), "segments");
        find_group(of, to);
    }
}

static void find_between(outcome_report *of)
{
    double *scores = allocate((of->group_count + 1) * sizeof *scores);
    double *means = allocate((of->group_count + 1) * sizeof *means);
    size_t count = 0;
    for (size_t i = 0; i < of->group_count; i++) {
        const outcome_group *group = &of->groups[i];
        if (!group->told.has_score || group->all.n == 0) continue;
        scores[count] = group->told.score;
        means[count++] = group->all.mean;
    }
    of->between.struct_size = sizeof of->between;
    int status = nps_correlation(scores, means, NULL, count, of->given->level, &of->between);
    take_correlation(status, count, &of->between);
    free(scores);
    free(means);
}

static bool are_binary(const nps_outcomes *sums)
{
    uint64_t n = 0, binary = 0;
    for (int i = 0; i <= sums->scale.highest - sums->scale.lowest; i++) {
        n += sums->level[i].n;
        binary += sums->level[i].binary;
    }
    return n > 0 && binary == n;
}

void outcomes_find(const options *given, outcome_report *out)
{
    *out = (outcome_report){.given = given, .between = no_correlation, .total.segment = RESULT_TOTAL};
    read_rows(given, out);
    out->is_rate = given->yes != NULL || are_binary(&out->total.sums);
    result_total(&out->answers, given, &out->total.told);
    find_group(out, &out->total);
    if (out->segments == NULL) return;
    find_groups(out);
    find_between(out);
}

void outcomes_free(outcome_report *freed)
{
    nps_segments_free(freed->segments);
    state_free(&freed->answers);
    free(freed->groups);
}
