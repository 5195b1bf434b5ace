#include "platform.h"

#include <inttypes.h>
#include <string.h>

#include <nps/calendar.h>
#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/status.h>

#include "accounts.h"
#include "answers.h"
#include "arrange.h"
#include "collect.h"
#include "message.h"
#include "progress.h"
#include "source.h"
#include "strata.h"
#include "text.h"
#include "times.h"

typedef struct wave {
    int32_t unit;
    int64_t period;
    state *into;
} wave;

typedef struct collector {
    const options *given;
    answers cells;
    size_t score, weight, by[NPS_MAX_DIMENSIONS]; /* places among the wanted columns */
    size_t strata, cluster, fpc, account;
    times when;
    const wave *waves;    /* of collect_between: from, and to */
    int64_t first, after; /* days: of the earliest time, and one more than that of the latest; the same of none */
    state *into;
} collector;

static void want_columns(collector *to)
{
    const options *given = to->given;
    columns *wanted = &to->cells.wanted;
    to->score = columns_want(wanted, given->score);
    if (given->weight != NULL) to->weight = columns_want(wanted, given->weight);
    for (int32_t i = 0; i < given->by_count; i++) to->by[i] = columns_want(wanted, given->by[i]);
    if (given->strata != NULL) to->strata = columns_want(wanted, given->strata);
    if (given->cluster != NULL) to->cluster = columns_want(wanted, given->cluster);
    if (given->fpc != NULL) to->fpc = columns_want(wanted, given->fpc);
    if (given->account != NULL) to->account = columns_want(wanted, given->account);
    if (given->time != NULL) times_start(&to->when, given, wanted);
}

/* The population of a row's stratum, which all rows of it give alike. */
static void take_population(const collector *to, const row *from, const nps_key *stratum)
{
    double population, known = 0;
    bool is_number = parse_number(from->cells[to->fpc].bytes, &population);
    int status = is_number ? nps_design_set_population(to->into->design, stratum, population) : NPS_ERR_RANGE;
    if (status == NPS_ERR_RANGE) row_fail(from, to->fpc, "population", "expected how many units there are, 1 or more");
    if (status != NPS_ERR_SCALE) {
        require(status, from->file);
        return;
    }
    char mend[400];
    require(nps_design_population(to->into->design, stratum, &known), from->file);
    if (to->given->strata == NULL) {
        snprintf(mend, sizeof mend, "but %.15g in an earlier row, and without --strata there is one", known);
    } else {
        snprintf(mend, sizeof mend, "but %.15g in an earlier row of stratum %s, which has one", known,
                 shown(stratum->bytes, stratum->length));
    }
    row_fail(from, to->fpc, "population", mend);
}

/* A row without an answer is no part of the sample, wherever it belongs. */
static void add_to_design(collector *to, const row *from, const nps_key *domain, int32_t answer, double weight)
{
    static const char mend[] = "give every answer one, or leave such rows out with --where";
    const options *given = to->given;
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    nps_key stratum = {.type = NPS_KEY_NULL}, unit = stratum;
    if (given->strata != NULL) stratum = cell_key(&from->cells[to->strata]);
    if (given->cluster != NULL) unit = cell_key(&from->cells[to->cluster]);
    if (has_answer && given->strata != NULL && stratum.type == NPS_KEY_NULL) {
        row_fail(from, to->strata, "stratum", mend);
    }
    if (has_answer && given->cluster != NULL && unit.type == NPS_KEY_NULL) {
        row_fail(from, to->cluster, "cluster", mend);
    }
    if (has_answer && given->fpc != NULL) take_population(to, from, &stratum);
    if (has_answer && to->into->units != NULL) strata_add(to->into, &stratum, &unit, answer);
    int status =
        nps_design_add(to->into->design, domain, &stratum, given->cluster != NULL ? &unit : NULL, answer, weight);
    if (status == NPS_ERR_RANGE) answers_refuse_weight(from, to->weight);
    require(status, from->file);
}

/* Chooses the state that the time of a row belongs to; false: it is in neither wave. */
static bool choose_wave(collector *to, const row *from)
{
    int64_t seconds, day, period;
    int32_t offset = to->given->utc_offset;
    if (!times_take(&to->when, from, &to->cells.invalid, &seconds)) return false;
    require(nps_calendar_period(NPS_CALENDAR_DAY, seconds, offset, &day), from->file);
    bool is_first = to->first == to->after;
    if (is_first || day < to->first) to->first = day;
    if (is_first || day >= to->after) to->after = day + 1;
    for (size_t i = 0; i < 2; i++) {
        const wave *at = &to->waves[i];
        require(nps_calendar_period(at->unit, seconds, offset, &period), from->file);
        if (period != at->period) continue;
        to->into = at->into;
        return true;
    }
    return false;
}

static void take_row(void *user, const row *from)
{
    collector *to = user;
    if (!answers_keep(&to->cells, from)) return;
    if (to->waves != NULL && !choose_wave(to, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    double weight = to->given->weight == NULL ? 1 : has_answer ? answers_weight(from, to->weight) : 0;

    nps_key key[NPS_MAX_DIMENSIONS];
    int32_t parts = to->given->by_count;
    for (int32_t i = 0; i < parts; i++) key[i] = cell_key(&from->cells[to->by[i]]);
    if (to->given->every >= 0) key[parts] = times_period(&to->when, from, &to->cells.invalid, to->given->every);
    if (to->given->account != NULL) accounts_add(to->into, from, to->account, key, answer, weight);
    if (to->into->design != NULL) {
        add_to_design(to, from, key, answer, weight);
        return;
    }
    int status = state_add(to->into, key, answer, weight);
    if (status == NPS_ERR_RANGE) answers_refuse_weight(from, to->weight);
    require(status, from->file);
}

/* What needs a survey design, and what does not go with one. */
static void check_design(const options *given, bool is_design)
{
    if (!is_design && given->lonely != NPS_LONELY_FAIL) {
        fail(STATUS_USAGE, "--lonely is about survey designs: give their columns with --strata, --cluster or --fpc");
    }
    if (!is_design) return;
    if (given->by_count > NPS_MAX_DOMAIN_PARTS) {
        fail(STATUS_USAGE, "--by: at most %d columns with a survey design", NPS_MAX_DOMAIN_PARTS);
    }
    if (given->fold > 0) {
        fail(STATUS_USAGE, "--fold: not with a survey design, whose segments are not independent: leave it out");
    }
    bool intervals = given->chosen & (FOR_SCORE | FOR_MERGE);
    if (intervals && given->method == NPS_INTERVAL_BOOTSTRAP) {
        fail(STATUS_USAGE, "--method bootstrap takes whole counts only: choose another for a survey design");
    }
    if (given->chosen == FOR_COMPARE && given->method == NPS_DIFFERENCE_PERMUTATION) {
        fail(STATUS_USAGE, "--method permutation takes whole counts only: choose another for a survey design");
    }
}

static void start_state(collector *to, state *out)
{
    const options *given = to->cells.given;
    to->into = out;
    if (options_have_design(given)) {
        state_start_design(out, &given->scale, given->kind, given->cluster != NULL, given->by, given->by_count);
        if (given->strata != NULL && given->chosen != FOR_TALLY) strata_start(out);
    } else {
        const char *names[NPS_MAX_DIMENSIONS];
        int32_t count = given->by_count;
        if (count > 0) memcpy(names, given->by, (size_t)count * sizeof *names);
        if (given->every >= 0) names[count++] = given->time;
        state_start(out, &given->scale, given->kind, given->weight != NULL, names, count);
    }
    accounts_start(out, given);
}

static void check_times(const options *given)
{
    if (given->every < 0) return;
    if (given->time == NULL) fail(STATUS_USAGE, "--every is about times: name their column with --time");
    if (given->by_count == NPS_MAX_DIMENSIONS) {
        fail(STATUS_USAGE, "--by: at most %d columns with --every", NPS_MAX_DIMENSIONS - 1);
    }
}

static void start_rows(collector *to, const options *given)
{
    check_times(given);
    *to = (collector){.given = given};
    if (options_have_design(given)) check_design(given, true);
    answers_start(&to->cells, given);
    want_columns(to);
    progress_start(source_total_size(given->files, given->file_count));
}

static void end_state(collector *to)
{
    nps_tally tally;
    nps_weighted weighted;
    if (to->into->design != NULL) state_take_design(to->into);
    state_total(to->into, &tally, &weighted);
    answers_tell(&to->cells, &tally);
}

static void end_rows(collector *to)
{
    if (to->given->time != NULL) times_end(&to->when);
    answers_close(&to->cells);
}

_Noreturn static void fail_row_option(const options *given, const char *name)
{
    fail(STATUS_USAGE, "--%s is about rows, but %s is a state, without rows", given->row_option, name);
}

static void read_state(const options *given, source *file, bool is_first, state *out)
{
    state more;
    if (given->row_option != NULL) fail_row_option(given, file->name);
    state_read(file, is_first ? out : &more);
    if (is_first) return;
    state_merge(out, given->files[0], &more, file->name, given->mixed);
    state_free(&more);
}

_Noreturn static void fail_state(const options *given, const char *name)
{
    if (given->every < 0) fail(STATUS_FAILED, "%s: a state already: nps merge adds states up", name);
    fail(STATUS_FAILED, "%s: a state, which has no times: give the rows that were counted", name);
}

void collect(const options *given, bool rows, bool states, state *out)
{
    collector to;
    bool has_rows = false, has_states = false;
    for (size_t i = 0; i < given->file_count; i++) {
        source *file = source_open(given->files[i]);
        enum source_kind kind = source_kind_of(file);
        bool is_state = kind == SOURCE_STATE;
        if (is_state && !states) fail_state(given, file->name);
        if (!is_state && !rows) fail(STATUS_FAILED, "%s: not a state: nps tally makes one", file->name);
        if (is_state ? has_rows : has_states) {
            fail(STATUS_FAILED, "%s: states and rows together: tally the rows, then merge", file->name);
        }
        if (is_state) {
            read_state(given, file, !has_states, out);
        } else {
            if (!has_rows) {
                if (given->chosen != FOR_RANK) arrange_need_segments(given, given->by_count > 0);
                start_rows(&to, given);
                start_state(&to, out);
            }
            answers_read_rows(&to.cells, file, kind, take_row, &to);
        }
        has_states = is_state;
        has_rows = !is_state;
        source_close(file);
    }
    check_design(given, out->design != NULL);
    if (has_rows) {
        end_state(&to);
        end_rows(&to);
    } else if (out->design != NULL) {
        state_take_design(out);
    }
}

void collect_apart(const options *given, state *out)
{
    collector to;
    bool has_rows = false, has_design = false;
    for (size_t i = 0; i < given->file_count; i++) {
        source *file = source_open(given->files[i]);
        enum source_kind kind = source_kind_of(file);
        if (kind == SOURCE_STATE) {
            state_read(file, &out[i]);
            if (out[i].design != NULL) state_take_design(&out[i]);
        } else {
            if (!has_rows) start_rows(&to, given);
            has_rows = true;
            start_state(&to, &out[i]);
            answers_read_rows(&to.cells, file, kind, take_row, &to);
            end_state(&to);
        }
        has_design |= out[i].design != NULL;
        source_close(file);
    }
    check_design(given, has_design);
    if (has_rows) {
        end_rows(&to);
    } else if (given->row_option != NULL) {
        fail_row_option(given, given->files[0]);
    }
}

static wave read_wave(const char *option, const char *label, state *into)
{
    wave read = {.into = into};
    if (nps_calendar_read_label(label, strlen(label), &read.unit, &read.period) == NPS_OK) return read;
    fail(STATUS_USAGE, "--%s %s: expected a period such as 2018-03-05, 2018-W10, 2018-03, 2018-Q1 or 2018", option,
         shown(label, strlen(label)));
}

/* Whether a wave begins inside the other one, in whatever zone. */
static bool begins_inside(const wave *later, const wave *other)
{
    int64_t start, other_start, end, next;
    require(nps_calendar_start(later->unit, later->period, 0, &start), "calendar");
    require(nps_calendar_start(other->unit, other->period, 0, &other_start), "calendar");
    if (nps_calendar_next(other->unit, other->period, &next) != NPS_OK) return start >= other_start;
    require(nps_calendar_start(other->unit, next, 0, &end), "calendar");
    return start >= other_start && start < end;
}

static void check_waves(const options *given, const wave waves[2])
{
    if (waves[0].unit == waves[1].unit && waves[0].period == waves[1].period) {
        fail(STATUS_USAGE, "--from and --to are both %s: give two periods", given->from);
    }
    if (begins_inside(&waves[0], &waves[1]) || begins_inside(&waves[1], &waves[0])) {
        fail(STATUS_USAGE, "--from %s and --to %s overlap: give two periods that do not", given->from, given->to);
    }
}

static void need_rows(const collector *of, const char *option, const char *label, const state *counted)
{
    char first[NPS_CALENDAR_LABEL_SIZE], last[NPS_CALENDAR_LABEL_SIZE];
    nps_tally tally;
    nps_weighted weighted;
    state_total(counted, &tally, &weighted);
    if (nps_tally_total(&tally) > 0) return;
    if (of->first == of->after) fail(STATUS_USAGE, "--%s %s: no row has a time", option, label);
    require(nps_calendar_label(NPS_CALENDAR_DAY, of->first, first, sizeof first), "calendar");
    require(nps_calendar_label(NPS_CALENDAR_DAY, of->after - 1, last, sizeof last), "calendar");
    fail(STATUS_USAGE, "--%s %s: no row is of that period: their times run from %s to %s", option, label, first, last);
}

void collect_between(const options *given, state out[2])
{
    collector to;
    const wave waves[2] = {read_wave("from", given->from, &out[0]), read_wave("to", given->to, &out[1])};
    nps_tally both, tally;
    nps_weighted weighted;
    check_waves(given, waves);
    start_rows(&to, given);
    for (size_t i = 0; i < 2; i++) start_state(&to, &out[i]);
    to.waves = waves;
    answers_read_files(&to.cells, take_row, &to);
    state_total(&out[0], &both, &weighted);
    state_total(&out[1], &tally, &weighted);
    require(nps_tally_merge(&both, &tally), "total");
    answers_tell(&to.cells, &both);
    end_rows(&to);
    need_rows(&to, "from", given->from, &out[0]);
    need_rows(&to, "to", given->to, &out[1]);
}

/* Three classes are a scale of three answers: -1, 0 and 1. */
void collect_counts(const options *given, size_t index, state *out)
{
    static const nps_scale classes = {-1, 1, -1, 1};
    const class_counts *counts = &given->counts[index];
    if (given->file_count > 0) fail(STATUS_USAGE, "--counts takes the place of files: give one or the other");
    if (given->row_option != NULL) fail(STATUS_USAGE, "--%s is about rows: not with --counts", given->row_option);
    check_design(given, false);
    state_start(out, &classes, given->kind, false, NULL, 0);
    require(nps_tally_add(&out->tally, -1, counts->detractors), "--counts");
    require(nps_tally_add(&out->tally, 0, counts->passives), "--counts");
    require(nps_tally_add(&out->tally, 1, counts->promoters), "--counts");
}
