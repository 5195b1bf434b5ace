/* Adding columns: first the respondents and room for their answers, then the answers, when nothing can fail. */
#include <nps/status.h>

#include "column_internal.h"
#include "panel_internal.h"
#include "segments_key_rows_internal.h"
#include "struct_internal.h"

typedef struct answer_rows {
    nps_panel *panel;
    const nps_column *answers;
    npsi_key_rows respondents, times;
    /* of a block: rows that are passed over come no further than the codes */
    size_t count;
    uint8_t code[NPSI_BLOCK];
    uint32_t hash[NPSI_BLOCK];
    /* so far */
    nps_panel_skipped skipped;
    uint64_t needed; /* nodes, at most */
} answer_rows;

static int read_block(answer_rows *rows, uint64_t first, size_t count)
{
    size_t read = count;
    int status = npsi_column_codes(rows->answers, &rows->panel->people.scale, first, count, rows->code);
    if (status == NPS_OK) status = npsi_key_rows_read(&rows->respondents, first, &read);
    if (status == NPS_OK) status = npsi_key_rows_read(&rows->times, first, &read);
    rows->count = count;
    return status;
}

/* Counts the rows of a block that are passed over, and leaves the others. */
static void skip_rows(answer_rows *rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        uint8_t code = rows->code[i];
        if (rows->respondents.keys[i].type == NPS_KEY_NULL) {
            rows->skipped.nameless++;
        } else if (rows->times.keys[i].type == NPS_KEY_NULL) {
            rows->skipped.timeless++;
        } else if (code >= NPSI_CODE_MISSING) {
            rows->skipped.missing += code == NPSI_CODE_MISSING;
            rows->skipped.invalid += code == NPSI_CODE_INVALID;
        } else {
            rows->code[kept] = code;
            rows->respondents.keys[kept] = rows->respondents.keys[i];
            rows->times.keys[kept++] = rows->times.keys[i];
        }
    }
    rows->count = kept;
}

/* Makes the respondent of a row, where that is not done yet, and counts what the answer takes. The first answer of one
 * who is new takes nothing. */
static int prepare_row(answer_rows *rows, size_t i)
{
    nps_segments *people = &rows->panel->people;
    const nps_key *respondent = rows->respondents.keys + i;
    size_t index = npsi_segments_lookup(people, respondent, rows->hash[i]);
    if (index == NPSI_NO_SEGMENT) {
        int status = npsi_respondent_check(respondent);
        return status == NPS_OK ? npsi_segments_insert(people, respondent, rows->hash[i], &index) : status;
    }
    int64_t time = rows->times.keys[i].integer;
    int empty = npsi_node_code(npsi_panel_root(rows->panel, index)) < 0;
    rows->needed += (uint64_t)(empty || npsi_panel_needs_node(rows->panel, index, time));
    return NPS_OK;
}

/* All rows, a block at a time: once to prepare them and once to put them. */
static int walk(answer_rows *rows, int putting)
{
    nps_panel *panel = rows->panel;
    int status = NPS_OK;
    for (uint64_t first = 0; status == NPS_OK && first < rows->answers->length; first += NPSI_BLOCK) {
        uint64_t left = rows->answers->length - first;
        status = read_block(rows, first, left < NPSI_BLOCK ? (size_t)left : NPSI_BLOCK);
        if (status != NPS_OK) break;
        skip_rows(rows);
        for (size_t i = 0; i < rows->count; i++)
            rows->hash[i] = npsi_key_hash(panel->people.hash_key, rows->respondents.keys + i, 1);
        npsi_segments_prefetch(&panel->people, rows->hash, rows->count);
        for (size_t i = 0; status == NPS_OK && i < rows->count; i++) {
            if (!putting) {
                status = prepare_row(rows, i);
                continue;
            }
            size_t index = npsi_segments_lookup(&panel->people, rows->respondents.keys + i, rows->hash[i]);
            npsi_panel_put(panel, index, rows->times.keys[i].integer, rows->code[i]);
        }
    }
    return status;
}

static int open_rows(answer_rows *rows, const nps_column *respondents, const nps_column *times)
{
    nps_segments *people = &rows->panel->people;
    if (respondents == NULL || times == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_column_open(rows->answers);
    if (status == NPS_OK) status = npsi_key_rows_begin(&rows->respondents, people, respondents, rows->answers->length);
    if (status == NPS_OK) status = npsi_key_rows_begin(&rows->times, people, times, rows->answers->length);
    if (status != NPS_OK) return status;
    int32_t type = times->type == NPS_TYPE_DICTIONARY ? times->dictionary->type : times->type;
    return npsi_type_is_text(type) ? NPS_ERR_TYPE : NPS_OK;
}

int nps_panel_add_columns(nps_panel *panel, const nps_column *respondents, const nps_column *times,
                          const nps_column *answers, nps_panel_skipped *skipped)
{
    if (panel == NULL || (skipped != NULL && !npsi_struct_takes(skipped))) return NPS_ERR_ARGUMENT;
    answer_rows rows = {.panel = panel, .answers = answers};
    rows.respondents.segments = rows.times.segments = &panel->people;
    size_t before = panel->people.store.count;
    int status = open_rows(&rows, respondents, times);
    if (status == NPS_OK) status = walk(&rows, 0);
    if (status == NPS_OK) status = npsi_panel_reserve(panel, rows.needed);
    if (status == NPS_OK) {
        if (skipped != NULL) npsi_struct_write(skipped, &rows.skipped, sizeof rows.skipped);
        (void)walk(&rows, 1);
    } else {
        npsi_segments_truncate(&panel->people, before);
    }
    npsi_panel_trim(panel);
    npsi_key_rows_close(&rows.respondents);
    npsi_key_rows_close(&rows.times);
    return status;
}
