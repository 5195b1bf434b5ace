#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <nps/accounts.h>
#include <nps/interval.h>
#include <nps/status.h>

#include "accounts.h"
#include "message.h"

void accounts_start(state *of, const options *given)
{
    state by_account;
    const char *names[NPS_MAX_DIMENSIONS];
    if (given->account == NULL) return;
    for (int32_t i = 0; i < given->by_count; i++) names[i] = given->by[i];
    names[given->by_count] = given->account;
    state_start(&by_account, &of->scale, of->kind, of->is_weighted, names, given->by_count + 1);
    of->accounts = by_account.segments;
}

void accounts_add(state *of, const row *from, size_t place, const nps_key *segment, int32_t answer, double weight)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    if (of->accounts == NULL || answer == NPS_MISSING || answer == NPS_INVALID) return;
    for (int32_t i = 0; i < of->dimensions; i++) key[i] = segment[i];
    key[of->dimensions] = cell_key(&from->cells[place]);
    int status = of->is_weighted ? nps_segments_add_weighted(of->accounts, key, answer, weight)
                                 : nps_segments_add(of->accounts, key, answer, 1);
    if (status != NPS_ERR_RANGE) require(status, from->file); /* of a weight: told where it is added to its segment */
}

static nps_key part_of(const nps_segments *of, size_t index, int32_t dimension)
{
    nps_key key;
    require(nps_segments_key(of, index, dimension, &key), "segments");
    return key;
}

static bool is_in_segment(const state *of, size_t account, size_t segment)
{
    for (int32_t i = 0; i < of->dimensions; i++) {
        nps_key own = part_of(of->accounts, account, i), wanted = part_of(of->segments, segment, i);
        if (!state_same_part(&own, &wanted)) return false;
    }
    return true;
}

/* Both containers are in the order of their keys, so that the accounts of a segment stand together. */
void accounts_arrange(state *of)
{
    if (of->accounts == NULL) return;
    require(nps_segments_sort(of->accounts), "accounts");
    if (of->segments == NULL) return;
    require(nps_segments_rollup(of->accounts, UINT32_C(1) << of->dimensions, &of->accounts_alone), "accounts");
    size_t segments = nps_segments_count(of->segments), accounts = nps_segments_count(of->accounts), next = 0;
    of->account_starts = allocate((segments + 1) * sizeof *of->account_starts);
    for (size_t i = 0; i < segments; i++) {
        of->account_starts[i] = next;
        while (next < accounts && is_in_segment(of, next, i)) next++;
    }
    of->account_starts[segments] = next;
}

static const nps_segments *all_accounts(const state *of)
{
    return of->accounts_alone != NULL ? of->accounts_alone : of->accounts;
}

static bool is_nameless(const state *of, const nps_segments *accounts, size_t index)
{
    return part_of(accounts, index, of->dimensions).type == NPS_KEY_NULL;
}

static bool account_sample(const state *of, const nps_segments *accounts, size_t index, nps_sample *sample)
{
    nps_tally tally;
    nps_weighted weighted;
    require(nps_segments_tally(accounts, index, &tally), "account");
    if (of->is_weighted) require(nps_segments_weighted(accounts, index, &weighted), "account");
    return !is_nameless(of, accounts, index) && result_sample(&tally, of->is_weighted ? &weighted : NULL, sample);
}

static void take_samples(const nps_sample *samples, size_t count, const options *given, result *out)
{
    nps_accounts_result known = {.struct_size = sizeof known};
    nps_sample sample;
    int status = nps_accounts(samples, count, &known);
    if (status == NPS_ERR_EMPTY) return;
    require(status, "accounts");
    out->accounts = known.accounts;
    out->account_score = known.score;
    out->account_error = known.standard_error;
    bool takes_df = given->method == NPS_INTERVAL_T; /* by itself, so that the sample is not to allow for them too */
    status = nps_accounts_sample(samples, count, takes_df ? 0 : given->level, &sample);
    if (status == NPS_ERR_SINGULAR) return; /* one account tells nothing of others */
    require(status, "accounts");
    require(nps_interval(&sample, given->method, given->level, &out->account_lower, &out->account_upper), "accounts");
}

void accounts_take(const state *of, size_t index, const options *given, result *out)
{
    if (of->accounts == NULL) return;
    bool is_total = index == RESULT_TOTAL;
    const nps_segments *accounts = is_total ? all_accounts(of) : of->accounts;
    size_t from = is_total ? 0 : of->account_starts[index], count = 0;
    size_t end = is_total ? nps_segments_count(accounts) : of->account_starts[index + 1];
    nps_sample *samples = allocate((end - from + 1) * sizeof *samples);
    for (; from < end; from++) count += account_sample(of, accounts, from, &samples[count]);
    out->tells_accounts = true;
    take_samples(samples, count, given, out);
    free(samples);
}

void accounts_note_nameless(const state *of)
{
    if (of->accounts == NULL || of->total_hidden) return;
    const nps_segments *accounts = all_accounts(of);
    for (size_t i = 0; i < nps_segments_count(accounts); i++) {
        nps_tally tally;
        if (!is_nameless(of, accounts, i)) continue;
        require(nps_segments_tally(accounts, i, &tally), "account");
        uint64_t answers = nps_tally_responses(&tally);
        note("%" PRIu64 " %s in no account, and no part of the mean of accounts", answers,
             answers == 1 ? "answer is" : "answers are");
    }
}
