/* Scores of accounts are double-doubles: sums of many do not depend on their order, and the distances of scores close
 * to one another keep their digits. In fractions, not points. */
#include <nps/accounts.h>

#include <math.h>

#include <nps/status.h>

#include "double_double_internal.h"
#include "heterogeneity_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* Scores with less than this mean square between them are equal: fractional counts are not known better. */
#define LEAST_SQUARE 1e-30

/* As good as no sampling error, and a sample still. */
#define LARGEST_SIZE 9e14

/* A lower level has the same ratio of quantiles. */
#define LEAST_LEVEL 1e-8

typedef struct summary {
    uint64_t accounts;
    npsi_dd first, score;  /* score: of the distances from the first account's */
    npsi_dd share[3];      /* detractors, passives, promoters */
    npsi_dd size, inverse; /* sums of n and of 1 / n */
    double answer, mean;   /* variance of an answer, and of the mean score: NaN for one account */
} summary;

static void add_account(summary *all, const nps_sample *account)
{
    const double counts[3] = {account->detractors, account->passives, account->promoters};
    npsi_dd size = npsi_sample_size(account), score = npsi_sample_score(account);
    double answers = fmax(1, size.high); /* no account has less, whatever fractional counts say */
    if (all->accounts++ == 0) all->first = score;
    all->score = npsi_dd_add(all->score, npsi_dd_subtract(score, all->first));
    for (int i = 0; i < 3; i++)
        all->share[i] = npsi_dd_add(all->share[i], npsi_dd_divide(npsi_dd_from(counts[i]), size));
    all->size = npsi_dd_add(all->size, npsi_dd_from(answers));
    all->inverse = npsi_dd_add(all->inverse, npsi_dd_from(1 / answers));
}

/* The second pass: sum (s - mean)^2 / (k (k - 1)). */
static double variance_of_mean(const summary *all, const nps_sample *accounts, size_t count)
{
    npsi_dd squares = {0, 0};
    double k = (double)all->accounts;
    for (size_t i = 0; i < count; i++) {
        if (nps_sample_check(accounts + i) != NPS_OK) continue;
        double distance = npsi_dd_subtract(npsi_sample_score(accounts + i), all->score).high;
        squares = npsi_dd_add(squares, npsi_dd_product(distance, distance));
    }
    if (all->accounts == 1) return NAN;
    return squares.high < k * LEAST_SQUARE ? 0 : squares.high / (k * (k - 1));
}

static int summarise(const nps_sample *accounts, size_t count, summary *out)
{
    summary all = {0};
    if (accounts == NULL && count > 0) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        int status = nps_sample_check(accounts + i);
        if (status == NPS_OK) add_account(&all, accounts + i);
        if (status != NPS_OK && status != NPS_ERR_EMPTY) return status;
    }
    if (all.accounts == 0) return NPS_ERR_EMPTY;
    npsi_dd k = npsi_dd_from((double)all.accounts);
    all.score = npsi_dd_add(all.first, npsi_dd_divide(all.score, k));
    for (int i = 0; i < 3; i++) all.share[i] = npsi_dd_divide(all.share[i], k);
    double d = all.share[0].high, p = all.share[1].high, r = all.share[2].high;
    all.answer = p * (d + r) + 4 * d * r; /* d + r - (r - d)^2 without the difference */
    all.mean = variance_of_mean(&all, accounts, count);
    *out = all;
    return NPS_OK;
}

/* NaN where it is undefined: for one account, and where the accounts do not differ. */
static double effective_size(const summary *all)
{
    return all->mean > 0 ? all->answer / all->mean : NAN;
}

int nps_accounts(const nps_sample *accounts, size_t count, nps_accounts_result *out)
{
    summary all;
    int status = npsi_struct_takes(out) ? summarise(accounts, count, &all) : NPS_ERR_ARGUMENT;
    if (status != NPS_OK) return status;
    nps_accounts_result result = {
        .accounts = all.accounts,
        .score = npsi_dd_scale(all.score, 100).high,
        .standard_error = 100 * sqrt(all.mean),
        .detractor_share = all.share[0].high,
        .passive_share = all.share[1].high,
        .promoter_share = all.share[2].high,
        .effective_size = effective_size(&all),
    };
    npsi_struct_write(out, &result, sizeof result);
    return NPS_OK;
}

/* How much less accounts tell than answers drawn one by one would (Korn and Graubard 1998): (t(n - 1) / t(df))^2,
 * at most 1. */
static double fewness(double n, double df, double level)
{
    double tail = (1 - fmax(level, LEAST_LEVEL)) / 2;
    double ratio = npsi_t_quantile(tail, n - 1) / npsi_t_quantile(tail, df);
    return ratio * ratio;
}

int nps_accounts_sample(const nps_sample *accounts, size_t count, double level, nps_sample *out)
{
    summary all;
    if (out == NULL || !(level >= 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = summarise(accounts, count, &all);
    if (status != NPS_OK) return status;
    if (all.accounts == 1) return NPS_ERR_SINGULAR;
    double k = (double)all.accounts, size = effective_size(&all);
    if (isnan(size)) size = k / all.inverse.high * k;
    if (level > 0) size *= fewness(all.size.high, k - 1, level);
    size = fmin(size, LARGEST_SIZE);
    nps_sample sample = {all.share[0].high * size, all.share[1].high * size, all.share[2].high * size, k - 1};
    status = nps_sample_check(&sample);
    if (status == NPS_OK) *out = sample;
    return status;
}
