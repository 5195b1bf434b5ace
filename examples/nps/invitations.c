#include "platform.h"

#include <inttypes.h>
#include <string.h>

#include <nps/status.h>

#include "invitations.h"
#include "message.h"
#include "rows.h"
#include "source.h"

typedef struct invitation_reader {
    state *of;
    size_t by[NPS_MAX_DIMENSIONS], invited; /* places among the wanted columns */
    size_t strangers;                       /* rows of no segment */
} invitation_reader;

/* Every row that was read is one who was asked. */
static void count_rows(state *of)
{
    size_t count = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    nps_tally tally;
    nps_weighted weighted;
    state_total(of, &tally, &weighted);
    of->total_invited = nps_tally_total(&tally);
    for (size_t i = 0; i < count; i++) {
        require(nps_segments_tally(of->segments, i, &tally), "--invited");
        of->invited[i] = nps_tally_total(&tally);
    }
}

static void take_row(void *user, const row *from)
{
    invitation_reader *to = user;
    state *of = to->of;
    const cell *count = &from->cells[to->invited];
    uint64_t invited;
    size_t index;
    nps_key key[NPS_MAX_DIMENSIONS];
    if (!parse_count(count->bytes, &invited)) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ", column \"invited\": %s: expected how many were invited", from->file,
             from->number, shown(count->bytes, count->length));
    }
    for (int32_t i = 0; i < of->dimensions; i++) {
        const cell *part = &from->cells[to->by[i]];
        key[i] = (nps_key){
            .type = part->length > 0 ? NPS_KEY_BYTES : NPS_KEY_NULL, .bytes = part->bytes, .length = part->length};
    }
    if (invited > INT64_MAX - of->total_invited) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": more invitations than can be counted", from->file, from->number);
    }
    of->total_invited += invited;
    if (nps_segments_find(of->segments, key, &index) == NPS_ERR_NOT_FOUND) {
        to->strangers++;
        return;
    }
    if (of->invited[index] != 0) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": the segment is there twice: give it one number", from->file,
             from->number);
    }
    of->invited[index] = invited;
}

/* Segments that nobody of has answered are part of the total. */
static void read_file(state *of, const char *path)
{
    invitation_reader reader = {.of = of};
    columns wanted = {0};
    for (int32_t i = 0; i < of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(of, i, &length);
        reader.by[i] = columns_want(&wanted, copy_text(name, length));
    }
    reader.invited = columns_want(&wanted, "invited");
    source *file = source_open(path);
    if (source_kind_of(file) != SOURCE_CSV) fail(STATUS_FAILED, "%s: expected a CSV of segments and invited", path);
    rows_read_csv(file, &wanted, '\0', take_row, &reader);
    source_close(file);
    if (reader.strangers > 0) {
        note("%s: %zu %s of a segment without rows: part of the total's rate only", path, reader.strangers,
             reader.strangers == 1 ? "row is" : "rows are");
    }
}

static void check(const nps_tally *answered, uint64_t invited, const char *name)
{
    uint64_t responses = nps_tally_responses(answered);
    if (invited == 0 || responses <= invited) return;
    fail(STATUS_USAGE, "%s: %" PRIu64 " responses, but %" PRIu64 " were invited: count everybody who was asked", name,
         responses, invited);
}

/* Before anything is told. */
static void check_all(const state *of)
{
    size_t count = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    nps_tally tally;
    nps_weighted weighted;
    for (size_t i = 0; i < count; i++) {
        text name = {0};
        state_segment_name(of, i, of->dimensions - 1, &name);
        require(nps_segments_tally(of->segments, i, &tally), "--invited");
        check(&tally, of->invited[i], shown(name.bytes, name.length));
        text_free(&name);
    }
    state_total(of, &tally, &weighted);
    check(&tally, of->total_invited, "total");
}

void invitations_take(state *of, const options *given)
{
    size_t count = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    if (given->invited == 0 && !given->invited_rows && given->invitations == NULL) return;
    if ((given->invited > 0 || given->invited_rows) && given->invitations != NULL) {
        fail(STATUS_USAGE, "--invited or --invitations: give one of them");
    }
    if (given->invitations != NULL && of->segments == NULL) {
        fail(STATUS_USAGE, "--invitations is about segments: name them with --by, or give --invited");
    }
    if (given->invitations != NULL && (given->cube || given->fold > 0)) {
        fail(STATUS_USAGE, "--invitations goes with plain segments, not with --%s", given->cube ? "cube" : "fold");
    }
    of->invited = allocate((count + 1) * sizeof *of->invited);
    memset(of->invited, 0, (count + 1) * sizeof *of->invited);
    if (given->invitations != NULL) {
        read_file(of, given->invitations);
    } else if (given->invited_rows) {
        count_rows(of);
    } else {
        of->total_invited = given->invited;
    }
    check_all(of);
}
