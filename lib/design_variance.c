/*
 * Linearised sums of squares from whole numbers.
 *
 * With W the sum of the weights of a domain and T that of the weights times -1, 0 or 1, the mean is T / W, and an
 * answer c of weight w counts for w (c - T / W) / W = w (c W - T) / W^2. What is subtracted below is subtracted while
 * it is whole, so that no digit is lost; doubles only add up terms that are not negative. Swapping promoters and
 * detractors swaps terms that stand as a + b, and changes no bit.
 */
#include "design_variance_internal.h"

#include <math.h>

uint64_t npsi_class_count(const npsi_class_sums *sums)
{
    return sums->count[0] + sums->count[1] + sums->count[2];
}

npsi_signed npsi_class_weight(const npsi_class_sums *sums)
{
    npsi_signed weight = {{0}, 0};
    for (int c = 0; c < NPSI_CLASSES; c++) npsi_wide_add(weight.words, sums->weight[c], 2);
    return weight;
}

npsi_signed npsi_class_balance(const npsi_class_sums *sums)
{
    npsi_signed balance = npsi_signed_from(sums->weight[2], 2), detractors = npsi_signed_from(sums->weight[0], 2);
    npsi_signed_subtract(&balance, &detractors);
    return balance;
}

npsi_design_mean npsi_design_mean_of(const npsi_class_sums *total)
{
    npsi_design_mean mean = {npsi_class_weight(total), npsi_class_balance(total), {{0}, 0}};
    mean.weight_squared = npsi_signed_product(&mean.weight, &mean.weight);
    return mean;
}

npsi_signed npsi_linearised(const npsi_design_mean *mean, const npsi_class_sums *sums)
{
    npsi_signed weight = npsi_class_weight(sums), balance = npsi_class_balance(sums);
    npsi_signed total = npsi_signed_product(&balance, &mean->weight);
    npsi_signed expected = npsi_signed_product(&weight, &mean->balance);
    npsi_signed_subtract(&total, &expected);
    return total;
}

/* The distance of a class from the mean, times the mean's weight: c W - T. */
static npsi_signed distance_of(const npsi_design_mean *mean, int class_index)
{
    npsi_signed distance = {{0}, 0};
    if (class_index != 1) distance = mean->weight;
    if (class_index == 0) distance.negative = 1;
    npsi_signed_subtract(&distance, &mean->balance);
    return distance;
}

/* Within a class only weights differ: (c - T / W)^2 (S - w^2 / n) / W^2, with w and S its weight and sum of squares. */
static double within(const npsi_design_mean *mean, const npsi_class_sums *sums, int c)
{
    npsi_signed count = npsi_signed_from(&sums->count[c], 1), weight = npsi_signed_from(sums->weight[c], 2);
    npsi_signed squares = npsi_signed_from(sums->square[c], 4);
    if (sums->count[c] == 0) return 0;
    npsi_signed spread = npsi_signed_product(&squares, &count), square = npsi_signed_product(&weight, &weight);
    npsi_signed_subtract(&spread, &square);
    npsi_signed divisor = npsi_signed_product(&mean->weight_squared, &count), distance = distance_of(mean, c);
    double away = npsi_signed_ratio(&distance, &mean->weight);
    return away * away * npsi_signed_ratio(&spread, &divisor);
}

/* A class, or the zeros outside the domain: the sum over its answers of w (c W - T). */
typedef struct group {
    uint64_t count;
    npsi_signed total;
} group;

/* n_a n_b / n times the square of the difference of the two groups' averages. */
static double between(const npsi_design_mean *mean, const group *a, const group *b, uint64_t all)
{
    if (a->count == 0 || b->count == 0) return 0;
    npsi_signed count_a = npsi_signed_from(&a->count, 1), count_b = npsi_signed_from(&b->count, 1);
    npsi_signed difference = npsi_signed_product(&a->total, &count_b), other = npsi_signed_product(&b->total, &count_a);
    npsi_signed_subtract(&difference, &other);
    npsi_signed counts = npsi_signed_product(&count_a, &count_b);
    npsi_signed divisor = npsi_signed_product(&mean->weight_squared, &counts);
    double apart = npsi_signed_ratio(&difference, &divisor);
    return npsi_wide_ratio(counts.words, npsi_signed_from(&all, 1).words) * (apart * apart);
}

double npsi_answers_deviation(const npsi_design_mean *mean, const npsi_class_sums *sums, uint64_t zeros)
{
    uint64_t all = npsi_class_count(sums) + zeros;
    group groups[NPSI_CLASSES], outside = {zeros, {{0}, 0}};
    double inside[NPSI_CLASSES], beside[NPSI_CLASSES];
    for (int c = 0; c < NPSI_CLASSES; c++) {
        npsi_signed distance = distance_of(mean, c), weight = npsi_signed_from(sums->weight[c], 2);
        groups[c] = (group){sums->count[c], npsi_signed_product(&weight, &distance)};
        inside[c] = within(mean, sums, c);
        beside[c] = between(mean, &groups[c], &outside, all);
    }
    double passives = inside[1] + beside[1] + between(mean, &groups[0], &groups[2], all);
    double ends = (inside[0] + inside[2]) + (beside[0] + beside[2]);
    double steps = between(mean, &groups[0], &groups[1], all) + between(mean, &groups[1], &groups[2], all);
    return passives + ends + steps;
}

/* With the weights d, p, r of the classes: (p (d + r) + 4 d r) / W^2. */
double npsi_answer_variance(const npsi_design_mean *mean, const npsi_class_sums *total)
{
    static const npsi_signed four = {{4}, 0};
    npsi_signed weight[NPSI_CLASSES];
    for (int c = 0; c < NPSI_CLASSES; c++) weight[c] = npsi_signed_from(total->weight[c], 2);
    npsi_signed ends = weight[0];
    npsi_signed_add(&ends, &weight[2]);
    npsi_signed sum = npsi_signed_product(&weight[1], &ends), product = npsi_signed_product(&weight[0], &weight[2]);
    product = npsi_signed_product(&product, &four);
    npsi_signed_add(&sum, &product);
    return npsi_signed_ratio(&sum, &mean->weight_squared);
}
