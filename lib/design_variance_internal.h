/* What an estimate rests on. */
#ifndef NPSI_DESIGN_VARIANCE_INTERNAL_H
#define NPSI_DESIGN_VARIANCE_INTERNAL_H

#include <stdint.h>

#include <nps/design.h>

#include "wide_internal.h"

/* Detractors, passives, promoters. */
#define NPSI_CLASSES 3

/* Sums by class: answers, their weights, and the squares of these. */
typedef struct npsi_class_sums {
    uint64_t count[NPSI_CLASSES];
    uint64_t weight[NPSI_CLASSES][2];
    uint64_t square[NPSI_CLASSES][4];
} npsi_class_sums;

uint64_t npsi_class_count(const npsi_class_sums *sums);
/* The sum of the weights, and that of the promoters less that of the detractors. */
npsi_signed npsi_class_weight(const npsi_class_sums *sums);
npsi_signed npsi_class_balance(const npsi_class_sums *sums);

/* A domain's mean, as whole numbers: balance / weight. */
typedef struct npsi_design_mean {
    npsi_signed weight, balance, weight_squared;
} npsi_design_mean;

npsi_design_mean npsi_design_mean_of(const npsi_class_sums *total);

/* The sum of w (x - mean) of some answers, times the square of the mean's weight, which makes it a whole number. */
npsi_signed npsi_linearised(const npsi_design_mean *mean, const npsi_class_sums *sums);

/* Of answers that are a stratum's PSUs each by itself, with `zeros` PSUs more outside the domain: the sum of the
 * squared deviations of w (x - mean) / weight from the stratum's average. */
double npsi_answers_deviation(const npsi_design_mean *mean, const npsi_class_sums *sums, uint64_t zeros);

/* The variance of an answer scored -1, 0, 1. */
double npsi_answer_variance(const npsi_design_mean *mean, const npsi_class_sums *total);

#endif
