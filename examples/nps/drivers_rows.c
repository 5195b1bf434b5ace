/* From rows to states: which ratings a row has. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "answers.h"
#include "drivers.h"
#include "message.h"
#include "progress.h"

#define LARGEST 1e100 /* that the library takes */

typedef struct reader {
    const options *given;
    driver_report *into;
    driver_states *states;
    answers cells;
    size_t score, weight, by[NPS_MAX_DIMENSIONS], ratings[RATINGS_MOST]; /* places among the wanted columns */
    char *missing;                                                       /* tokens of --rating-missing */
    level_words levels;
    double lowest, highest; /* of the ratings so far */
    bool any;
    uint64_t invalid;
    text first; /* where the first invalid rating was */
} reader;

static void refuse_rating(reader *to, const row *from, size_t rating, const char *reason)
{
    size_t place = to->ratings[rating];
    const cell *value = &from->cells[place];
    to->into->invalid[rating]++;
    invalid_list(&to->cells.invalid, from, place, reason);
    if (to->invalid++ > 0) return;
    text_say(&to->first, "%.200s row %" PRIu64 ", column %s: %s", from->file, from->number,
             shown(from->names[place], strlen(from->names[place])), shown(value->bytes, value->length));
}

static const char *read_number(const options *given, const cell *rating, double *value)
{
    if (!parse_number(rating->bytes, value)) return "not a number";
    if (fabs(*value) > LARGEST) return "too large";
    bool has_scale = given->rating_lowest < given->rating_highest;
    bool off = has_scale && (*value < given->rating_lowest || *value > given->rating_highest);
    return off ? "off the scale of ratings" : NULL;
}

static double read_rating(reader *to, const row *from, size_t rating)
{
    const cell *read = &from->cells[to->ratings[rating]];
    double value;
    if (read->length == 0 || tokens_have(to->missing, read)) return NAN;
    size_t level = levels_find(&to->levels, read->bytes, read->length);
    if (level > 0) return (double)level;
    if (cell_is_missing(read)) return NAN;
    const char *reason = to->levels.count > 0 ? "not a word of --levels" : read_number(to->given, read, &value);
    if (reason != NULL) {
        refuse_rating(to, from, rating, reason);
        return NAN;
    }
    if (!to->any || value < to->lowest) to->lowest = value;
    if (!to->any || value > to->highest) to->highest = value;
    to->any = true;
    return value;
}

static int add_all(nps_drivers *all, nps_segments *segments, const nps_key *key, double answer, const double *ratings,
                   double weight)
{
    if (segments != NULL) return nps_segments_add_drivers(segments, key, answer, ratings, weight);
    return nps_drivers_add(all, answer, ratings, weight);
}

/* Of a row that takes no part by its answer or weight the ratings are not looked at; pairwise, a row without an answer
 * takes part by two ratings. */
static void take_row(void *user, const row *from)
{
    reader *to = user;
    const options *given = to->given;
    driver_states *states = to->states;
    nps_key key[NPS_MAX_DIMENSIONS];
    double ratings[RATINGS_MOST];
    size_t rated = 0;
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    require(nps_tally_add(&to->into->answers, answer, 1), from->file);
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    bool may_count = has_answer || given->pairwise;
    double weight = may_count && given->weight != NULL ? answers_weight(from, to->weight) : 1;
    for (int32_t i = 0; i < given->by_count; i++) key[i] = cell_key(&from->cells[to->by[i]]);
    for (size_t i = 0; i < given->driver_count; i++) {
        ratings[i] = may_count && weight != 0 ? read_rating(to, from, i) : NAN;
        if (!isnan(ratings[i])) rated++;
    }

    double explained = has_answer ? answer : (double)NAN;
    int status = add_all(states->all, states->segments, key, explained, ratings, weight);
    if (status == NPS_ERR_RANGE) answers_refuse_weight(from, to->weight);
    require(status, from->file);
    if (states->all_contrasts != NULL || states->contrasts != NULL) {
        require(add_all(states->all_contrasts, states->contrasts, key, explained, ratings, weight), from->file);
    }
    bool takes_part = has_answer && weight > 0 && (given->pairwise || rated == given->driver_count);
    require(state_add(&to->into->taken, key, takes_part ? answer : NPS_MISSING, takes_part ? weight : 0), from->file);
}

static void start_state(const options *given, const nps_drivers_options *wanted, nps_drivers **all,
                        nps_segments **segments)
{
    nps_segments_options container = {
        .struct_size = sizeof container, .dimensions = given->by_count, .seed = state_seed()};
    if (given->by_count > 0) {
        require(nps_drivers_segments_new(&container, wanted, segments), "segments");
    } else {
        require(nps_drivers_new(wanted, all), "ratings");
    }
}

static void start_states(const options *given, driver_states *to)
{
    double low[RATINGS_MOST], high[RATINGS_MOST];
    nps_drivers_options wanted = {
        .struct_size = sizeof wanted,
        .ratings = (int32_t)given->driver_count,
        .explains = given->explains,
        .missing = given->pairwise ? NPS_DRIVERS_PAIRWISE : NPS_DRIVERS_LISTWISE,
        .robust = given->robust,
        .scale = &given->scale,
    };
    *to = (driver_states){0};
    start_state(given, &wanted, &to->all, &to->segments);
    if (isnan(given->low)) return;
    for (size_t i = 0; i < given->driver_count; i++) {
        low[i] = given->low;
        high[i] = given->high;
    }
    to->robust_contrasts = given->robust && given->driver_count <= CONTRASTS_TRUSTED;
    wanted.robust = to->robust_contrasts;
    wanted.low = low;
    wanted.high = high;
    start_state(given, &wanted, &to->all_contrasts, &to->contrasts);
}

static void want_columns(reader *to)
{
    const options *given = to->given;
    columns *wanted = &to->cells.wanted;
    to->score = columns_want(wanted, given->score);
    if (given->weight != NULL) to->weight = columns_want(wanted, given->weight);
    for (int32_t i = 0; i < given->by_count; i++) to->by[i] = columns_want(wanted, given->by[i]);
    for (size_t i = 0; i < given->driver_count; i++) to->ratings[i] = columns_want(wanted, given->drivers[i]);
}

static void tell_invalid(const reader *of)
{
    bool one = of->invalid == 1, numbers = of->levels.count == 0;
    if (of->invalid == 0) return;
    note("%" PRIu64 " rating%s invalid and taken as missing, the first at %s; %s, --rejects lists them", of->invalid,
         one ? " is" : "s are", of->first.bytes,
         numbers ? "--rating-missing takes such as not rated, --levels words as numbers"
                 : "--rating-missing takes such as not rated");
}

static void take_ends(const reader *of, driver_report *into)
{
    const options *given = of->given;
    bool has_scale = given->rating_lowest < given->rating_highest;
    double lowest = has_scale ? given->rating_lowest : of->any ? of->lowest : NAN;
    double highest = has_scale ? given->rating_highest : of->any ? of->highest : NAN;
    if (of->levels.count > 0) {
        lowest = 1;
        highest = (double)of->levels.count;
    }
    into->knows_ends = !isnan(lowest);
    for (size_t i = 0; i < into->count; i++) {
        into->lowest[i] = lowest;
        into->highest[i] = highest;
    }
}

static void sort(nps_segments *segments)
{
    if (segments != NULL) require(nps_segments_sort(segments), "segments");
}

void drivers_read(driver_report *into, driver_states *out)
{
    const options *given = into->given;
    reader to = {.given = given, .into = into, .states = out, .missing = tokens_split(given->rating_missing)};
    levels_start(&to.levels, given->levels);
    require(nps_tally_init(&into->answers, &given->scale), "tally");
    state_start(&into->taken, &given->scale, NPS_KIND_NONE, given->weight != NULL, given->by, given->by_count);
    start_states(given, out);
    answers_start(&to.cells, given);
    want_columns(&to);
    progress_start(source_total_size(given->files, given->file_count));
    answers_read_files(&to.cells, take_row, &to);
    answers_end(&to.cells, &into->answers);
    tell_invalid(&to);
    take_ends(&to, into);
    sort(into->taken.segments);
    sort(out->segments);
    sort(out->contrasts);
    text_free(&to.first);
    levels_free(&to.levels);
    free(to.missing);
}
