/* A weighted score, from two batches in any order; then one answer is taken back. */
#include <nps.h>
#include <stdio.h>
#include <string.h>

static const int32_t answers[] = {10, 9, 9, 8, 6, 3, 10, 7};
static const double weights[] = {0.4, 0.9, 1.7, 1.1, 2.3, 0.8, 0.4, 1.0};

int main(void)
{
    nps_weighted all, first, second;
    double score, size, effect;
    if (nps_weighted_init(&all, NULL) != NPS_OK) return 1;
    first = second = all;
    for (size_t i = 0; i < 8; i++) {
        nps_weighted *half = i % 3 == 0 ? &first : &second;
        if (nps_weighted_add(&all, answers[i], weights[i]) != NPS_OK) return 1;
        if (nps_weighted_add(half, answers[i], weights[i]) != NPS_OK) return 1;
    }
    if (nps_weighted_merge(&second, &first) != NPS_OK) return 1;
    printf("the same to the bit: %s\n", memcmp(&all, &second, sizeof all) == 0 ? "yes" : "no");

    if (nps_weighted_score(&all, &score) != NPS_OK) return 1;
    if (nps_weighted_effective_size(&all, &size) != NPS_OK) return 1;
    if (nps_weighted_design_effect(&all, &effect) != NPS_OK) return 1;
    printf("score %.2f from weights of %.1f\n", score, nps_weighted_total(&all));
    printf("8 answers are worth %.2f, design effect %.3f\n", size, effect);

    if (nps_weighted_remove(&all, 3, 0.8) != NPS_OK || nps_weighted_score(&all, &score) != NPS_OK) return 1;
    printf("without the 3: %.2f\n", score);
    printf("once more: %s\n", nps_strerror(nps_weighted_remove(&all, 3, 0.8)));
    return 0;
}
