/*
 * accounts.h: the score of accounts, beside that of the people in them.
 *
 * Where customers are firms, the pool of all answers speaks for the firms with the most users. The mean of the
 * accounts' scores gives each firm one voice: it is the score of a sample of accounts in which every answer has the
 * weight 1 / answers of its account, and its variance is that between accounts (see docs/methods.md).
 *
 * The accounts are taken as drawn with replacement from many. Scores that differ by no more than 1e-13 points are
 * taken as equal: fractional counts are not known better.
 *
 * Any thread at any time; nothing is allocated. NPS_ERR_ARGUMENT: a null pointer, no struct_size, a level outside [0,
 * 1). NPS_ERR_RANGE: a sample; see sample.h.
 */
#ifndef NPS_ACCOUNTS_H
#define NPS_ACCOUNTS_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

typedef struct nps_accounts_result {
    size_t struct_size;                                    /* sizeof(nps_accounts_result) */
    uint64_t accounts;                                     /* with answers */
    double score;                                          /* mean of the accounts' scores, points */
    double standard_error;                                 /* standard deviation between accounts / sqrt(accounts);
                                                              NaN for one account */
    double detractor_share, passive_share, promoter_share; /* means of the accounts' shares */
    double effective_size; /* variance of an answer over that of the score; NaN where either is 0 or undefined */
} nps_accounts_result;

/* From one sample for each account; accounts whose counts are all 0 are passed over. The result does not depend on
 * their order but for the last bits. NPS_ERR_EMPTY: no account with answers. Since: 0.1.0 */
NPS_API int nps_accounts(const nps_sample *accounts, size_t count, nps_accounts_result *out);

/* The same as what every estimate takes: the mean shares times the effective size, df = accounts - 1. level as in
 * nps_design_sample, the confidence level it will be used at, or 0; n there is the sum of all sizes. Where the
 * effective size is undefined but there are two accounts or more, it is Kish's of the weights, (accounts)^2 / sum of 1
 * / size. In both an account has no less than one answer, whatever fractional counts say. The size is at most 9e14.
 * NPS_ERR_SINGULAR: one account. NPS_ERR_EMPTY. Since: 0.1.0 */
NPS_API int nps_accounts_sample(const nps_sample *accounts, size_t count, double level, nps_sample *out);

NPS_END_DECLS

#endif
