#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/response.h>
#include <nps/status.h>

#include "arrange.h"
#include "invitations.h"
#include "message.h"
#include "rows.h"
#include "source.h"

#define INVITED_MOST 9007199254740992.0 /* whole numbers up to it are exact in a double */

typedef struct reader {
    state *of;
    size_t places[NPS_MAX_DIMENSIONS], invited; /* among the wanted columns */
    uint64_t stray_lines, stray_invited;        /* of no segment */
    bool counts_strays;
    text stray; /* the first one's name */
} reader;

bool invitations_asked(const options *given)
{
    return given->invited > 0 || given->invited_rows || given->invitations != NULL;
}

static uint64_t read_invited(const reader *to, const row *from)
{
    double number;
    bool is_number = parse_number(from->cells[to->invited].bytes, &number);
    if (!is_number || number < 0 || number != floor(number) || number > INVITED_MOST) {
        row_fail(from, to->invited, NULL, "expected how many were invited, a whole number");
    }
    return (uint64_t)number;
}

/* "Berlin / email", for messages. */
static void name_line(const reader *to, const row *from, text *name)
{
    name->length = 0;
    text_append(name, "", 0);
    for (int32_t i = 0; i < to->of->dimensions; i++) {
        const cell *part = &from->cells[to->places[i]];
        if (i > 0) text_append(name, " / ", 3);
        text_append(name, part->length > 0 ? part->bytes : "(no value)", part->length > 0 ? part->length : 10);
    }
}

static void read_key(const reader *to, const row *from, nps_key *key)
{
    for (int32_t i = 0; i < to->of->dimensions; i++) {
        key[i] = cell_key(&from->cells[to->places[i]]);
    }
}

static void take_stray(reader *to, const row *from, uint64_t invited)
{
    if (to->stray_lines++ == 0) name_line(to, from, &to->stray);
    to->stray_invited += invited;
}

static void take_line(void *user, const row *from)
{
    reader *to = user;
    state *of = to->of;
    nps_key key[NPS_MAX_DIMENSIONS];
    nps_tally tally;
    size_t index;
    char mend[512];
    uint64_t invited = read_invited(to, from);
    read_key(to, from, key);
    text name = {0};
    name_line(to, from, &name);
    const char *quoted = shown(name.bytes, name.length);
    text_free(&name);
    if (nps_segments_find(of->invited, key, &index) == NPS_OK) {
        snprintf(mend, sizeof mend, "a second line for %.400s: give each segment one", quoted);
        row_fail(from, to->invited, NULL, mend);
    }
    bool is_stray = nps_segments_find(of->segments, key, &index) != NPS_OK;
    if (is_stray) {
        take_stray(to, from, invited);
        if (!to->counts_strays) return;
    } else {
        require(nps_segments_tally(of->segments, index, &tally), "segment");
        snprintf(mend, sizeof mend, "more than that responded in %.400s", quoted);
        if (nps_tally_responses(&tally) > invited) row_fail(from, to->invited, NULL, mend);
    }
    require(nps_segments_add(of->invited, key, NPS_MISSING, invited), from->file);
}

/* The columns of --by, as the state names them, and `invited`. */
static void want_columns(reader *to, columns *wanted, char *names[NPS_MAX_DIMENSIONS])
{
    for (int32_t i = 0; i < to->of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(to->of, i, &length);
        names[i] = copy_text(name, length);
        to->places[i] = columns_want(wanted, names[i]);
        if (strcmp(names[i], "invited") == 0) {
            fail(STATUS_USAGE, "--invitations: a column of --by is called invited, which is that of their number");
        }
    }
    to->invited = columns_want(wanted, "invited");
    state made;
    state_start(&made, &to->of->scale, NPS_KIND_NONE, false, (const char *const *)names, to->of->dimensions);
    to->of->invited = made.segments;
}

static void name_segment(const state *of, size_t index, text *name)
{
    text part = {0};
    for (int32_t i = 0; i < of->dimensions; i++) {
        state_segment_name(of, index, i, &part);
        if (i > 0) text_append(name, " / ", 3);
        text_append(name, part.bytes, part.length);
    }
    text_free(&part);
}

/* Marks the segments that the file does not have. */
static void mark_unknown(state *of, const char *path)
{
    size_t unknown = 0, first = 0, segments = nps_segments_count(of->segments);
    for (size_t i = 0; i < segments; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        size_t index;
        state_key(of, i, key);
        if (nps_segments_find(of->invited, key, &index) == NPS_OK) continue;
        if (unknown++ == 0) first = i;
        nps_tally mark;
        require(nps_tally_init(&mark, &of->scale), "segment");
        mark.invalid = 1;
        require(nps_segments_merge_tally(of->invited, key, &mark), "segment");
    }
    if (unknown == 0) return;
    text name = {0};
    name_segment(of, first, &name);
    note("%s: no line for %zu of %zu segments, such as %s: how many of these, and of all, were invited is not known",
         path, unknown, segments, shown(name.bytes, name.length));
    text_free(&name);
}

static void note_strays(const reader *of, const char *path)
{
    if (of->stray_lines == 0) return;
    note("%s: %" PRIu64 " %s no segment of the answers, such as %s: %" PRIu64 " invitations that %s", path,
         of->stray_lines, of->stray_lines == 1 ? "line is for" : "lines are for",
         shown(of->stray.bytes, of->stray.length), of->stray_invited,
         of->counts_strays ? "count in the total only" : "are left out, as --where may have left their answers out");
}

void invitations_read(state *of, const options *given)
{
    const char *path = given->invitations;
    char *names[NPS_MAX_DIMENSIONS];
    columns wanted = {0};
    if (path == NULL) return;
    arrange_need_segments(given, of->segments != NULL);
    reader to = {.of = of, .counts_strays = given->filter_count == 0};
    want_columns(&to, &wanted, names);
    source *file = source_open(path);
    if (source_kind_of(file) != SOURCE_CSV) {
        fail(STATUS_FAILED, "%s: expected a CSV of the columns of --by, and invited", path);
    }
    rows_read_csv(file, &wanted, '\0', take_line, &to);
    source_close(file);
    note_strays(&to, path);
    mark_unknown(of, path);
    text_free(&to.stray);
    for (int32_t i = 0; i < of->dimensions; i++) free(names[i]);
}

static bool is_small(const state *of, const nps_key *key, uint64_t least)
{
    nps_tally tally;
    size_t index;
    if (nps_segments_find(of->segments, key, &index) != NPS_OK) return true;
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    return nps_tally_responses(&tally) < least;
}

void invitations_fold(state *of, uint64_t least)
{
    state made, old = *of;
    const char *names[NPS_MAX_DIMENSIONS] = {"", "", "", "", "", "", "", ""};
    if (of->invited == NULL) return;
    state_start(&made, &of->scale, NPS_KIND_NONE, false, names, of->dimensions);
    old.segments = of->invited;
    for (size_t i = 0; i < nps_segments_count(of->invited); i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally tally;
        state_key(&old, i, key);
        require(nps_segments_tally(of->invited, i, &tally), "segment");
        if (is_small(of, key, least)) key[of->dimensions - 1] = (nps_key){.type = NPS_KEY_OTHER};
        require(nps_segments_merge_tally(made.segments, key, &tally), "segment");
    }
    nps_segments_free(of->invited);
    of->invited = made.segments;
}

void invitations_cube(state *of)
{
    nps_segments *cube;
    if (of->invited == NULL) return;
    require(nps_segments_cube(of->invited, &cube), "--cube");
    nps_segments_free(of->invited);
    of->invited = cube;
}

static bool is_everything(const state *of, size_t index, nps_key *key)
{
    int32_t all = 0;
    if (index == RESULT_TOTAL) return true;
    state_key(of, index, key);
    for (int32_t i = 0; i < of->dimensions; i++) all += key[i].type == NPS_KEY_ALL;
    return all == of->dimensions;
}

/* False where it is not known. */
static bool find_invited(const state *of, size_t index, const options *given, const nps_tally *counts,
                         uint64_t *invited)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    nps_tally tally;
    bool is_total = is_everything(of, index, key);
    *invited = given->invited_rows ? nps_tally_total(counts) : given->invited;
    if (of->invited == NULL) return given->invited_rows || is_total;
    if (is_total) {
        require(nps_segments_total_tally(of->invited, &tally), "total");
    } else {
        require(nps_segments_find(of->invited, key, &index), "segment");
        require(nps_segments_tally(of->invited, index, &tally), "segment");
    }
    *invited = tally.missing;
    return tally.invalid == 0;
}

static void take_bounds(const options *given, result *out)
{
    int status = out->is_weighted
                     ? nps_response_bounds(out->score, out->response_rate, &out->worst_case, &out->best_case)
                     : nps_tally_response_bounds(&out->counts, out->invited, &out->worst_case, &out->best_case);
    if (status == NPS_ERR_RANGE && out->is_weighted && isnan(out->score)) return; /* weights of 0 only */
    require(status, given->invitations != NULL ? "--invitations" : "--invited");
}

void invitations_take(const state *of, size_t index, const options *given, result *out)
{
    out->tells_invited = invitations_asked(given);
    if (!out->tells_invited || !find_invited(of, index, given, &out->counts, &out->invited)) return;
    out->knows_invited = true;
    int status = nps_response_rate(nps_tally_responses(&out->counts), out->invited, &out->response_rate);
    if (status == NPS_ERR_EMPTY) return;
    if (status == NPS_ERR_RANGE) {
        fail(STATUS_USAGE, "--invited %" PRIu64 ": more than that responded", out->invited);
    }
    require(status, "--invited");
    take_bounds(given, out);
}
