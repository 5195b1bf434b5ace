/*
 * Usage: leaderboards LISTS. Draws that many lists of segments for each row that it prints, 4000 for the table in
 * docs/rank.md: true scores from a normal distribution around 30, answers from these. Counts how often the interval
 * around the shrunken score holds the true one, what the `best` of rank 1 says, and how often it is truly the best.
 * Exit 1 when lists of 50 segments of 300 answers, where nothing is short, miss the level by more than .02.
 * Seeded: the same numbers everywhere but for the last places of libm.
 */
#include <math.h>
#include <nps/rank.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

#define MOST     50
#define PASSIVES 0.3
#define MEAN     30.0
#define FARTHEST 68.0 /* a score with so many passives is within 70 */
#define LEVEL    0.95

static void must(int status)
{
    if (status == NPS_OK) return;
    fprintf(stderr, "leaderboards: %s\n", nps_strerror(status));
    exit(EXIT_FAILURE);
}

static double uniform(uint64_t *random)
{
    return ((double)(test_random(random) >> 11) + 0.5) * 0x1p-53;
}

static double true_score(uint64_t *random, double deviation)
{
    for (;;) {
        double normal = sqrt(-2 * log(uniform(random))) * cos(2 * acos(-1) * uniform(random));
        if (fabs(MEAN + deviation * normal) < FARTHEST) return MEAN + deviation * normal;
    }
}

static nps_sample answers(uint64_t *random, double score, int size)
{
    double promoters = (1 - PASSIVES + score / 100) / 2, count[3] = {0, 0, 0};
    for (int i = 0; i < size; i++) {
        double u = uniform(random);
        count[u < promoters ? 2 : u < promoters + PASSIVES ? 1 : 0]++;
    }
    nps_sample sample;
    must(nps_sample_from_counts(count[0], count[1], count[2], &sample));
    return sample;
}

/* Returns the share of the intervals that hold the true score. */
static double row(double deviation, size_t count, int size, long lists)
{
    uint64_t random = 1;
    long covered = 0, right = 0;
    double claimed = 0;
    for (long list = 0; list < lists; list++) {
        double truth[MOST];
        nps_sample samples[MOST];
        nps_ranked ranked[MOST];
        nps_rank_options options = {.struct_size = sizeof options, .level = LEVEL};
        size_t best = 0;
        for (size_t i = 0; i < count; i++) {
            truth[i] = true_score(&random, deviation);
            samples[i] = answers(&random, truth[i], size);
            if (truth[i] > truth[best]) best = i;
        }
        must(nps_rank(samples, count, &options, ranked, NULL));
        for (size_t i = 0; i < count; i++) {
            covered += ranked[i].lower <= truth[i] && truth[i] <= ranked[i].upper;
            if (ranked[i].rank == 1) claimed += ranked[i].best;
        }
        right += ranked[best].rank == 1;
    }
    double all = (double)lists, coverage = (double)covered / all / (double)count;
    printf("| %g | %zu | %d | %.2f | %.2f | %.2f |\n", deviation, count, size, coverage, claimed / all,
           (double)right / all);
    return coverage;
}

int main(int argc, char **argv)
{
    static const double deviations[] = {10, 20};
    static const size_t counts[] = {5, 20, 50};
    static const int sizes[] = {10, 30, 100, 300};
    long lists = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    double coverage = 0;
    if (lists <= 0) return EXIT_FAILURE;
    for (size_t d = 0; d < 2; d++)
        for (size_t c = 0; c < 3; c++)
            for (size_t s = 0; s < 4; s++) coverage = row(deviations[d], counts[c], sizes[s], lists);
    return fabs(coverage - LEVEL) <= 0.02 ? EXIT_SUCCESS : EXIT_FAILURE; /* of the last row */
}
