/*
 * Usage: peeking STREAMS ANSWERS. Looks at many streams of answers after every single answer, and counts the streams in
 * which an interval ever leaves out the true score: the interval for one look, which is not made for this, and the
 * confidence sequence, which promises to do so in at most 1 - level of them. Exit 1 when that promise is broken by more
 * than three standard errors. Seeded: the same numbers everywhere but for the last places of libm.
 */
#include <math.h>
#include <nps/interval.h>
#include <nps/sequential.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

typedef struct population {
    double detractors, promoters; /* shares */
} population;

static const population populations[] = {{0.2, 0.5}, {0.5, 0.5}, {0.02, 0.9}, {0.03, 0.01}};
static const double levels[] = {0.95, 0.8};

typedef struct stream {
    uint64_t random;
    nps_sample sample;
} stream;

static void must(int status)
{
    if (status == NPS_OK) return;
    fprintf(stderr, "peeking: %s\n", nps_strerror(status));
    exit(EXIT_FAILURE);
}

static void answer(stream *one, const population *from)
{
    double u = (double)(test_random(&one->random) >> 11) * 0x1p-53;
    if (u < from->detractors)
        one->sample.detractors++;
    else if (u < from->detractors + from->promoters)
        one->sample.promoters++;
    else
        one->sample.passives++;
    one->sample.df = one->sample.detractors + one->sample.passives + one->sample.promoters - 1;
}

static int fixed_excludes(const nps_sample *sample, double truth, double level)
{
    double lower, upper;
    must(nps_interval(sample, NPS_INTERVAL_SCORE, level, &lower, &upper));
    return truth < lower || truth > upper;
}

static int ever_fixed(stream one, const population *from, double truth, double level, long answers)
{
    for (long n = 0; n < answers; n++) {
        answer(&one, from);
        if (fixed_excludes(&one.sample, truth, level)) return 1;
    }
    return 0;
}

/* An answer multiplies the e-value by at most 2 / (1 - |truth|), so that looks may be left out for as long as it cannot
 * have got to 1 / (1 - level). */
static int ever_sequential(stream one, const population *from, double truth, double level, long answers)
{
    double threshold = -log1p(-level), most = log(2 / (1 - fabs(truth) / 100));
    long next = 1;
    for (long n = 1; n <= answers; n++) {
        answer(&one, from);
        if (n < next) continue;
        double log_e_value;
        must(nps_sequential_test(&one.sample, truth, &log_e_value, NULL));
        if (log_e_value >= threshold) return 1;
        next = n + (long)fmax(1, floor((threshold - log_e_value) / most));
    }
    return 0;
}

/* Whether the promise held. */
static int simulate(const population *from, double level, long streams, long answers)
{
    double truth = 100 * (from->promoters - from->detractors), alpha = 1 - level;
    long last = 0, fixed = 0, sequential = 0;
    for (long i = 0; i < streams; i++) {
        stream one = {.random = (uint64_t)i << 32};
        fixed += ever_fixed(one, from, truth, level, answers);
        sequential += ever_sequential(one, from, truth, level, answers);
        for (long n = 0; n < answers; n++) answer(&one, from);
        last += fixed_excludes(&one.sample, truth, level);
    }
    double count = (double)streams, most = alpha + 3 * sqrt(alpha * level / count);
    int held = (double)sequential <= most * count;
    printf("%6.1f %8.0f%% %11.1f%% %13.1f%% %13.1f%%   %s\n", truth, 100 * alpha, 100 * (double)last / count,
           100 * (double)fixed / count, 100 * (double)sequential / count, held ? "PASS" : "FAIL");
    return held;
}

int main(int argc, char **argv)
{
    long streams = argc == 3 ? strtol(argv[1], NULL, 10) : 0, answers = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (streams < 1 || answers < 1) {
        fprintf(stderr, "usage: peeking STREAMS ANSWERS\n");
        return EXIT_FAILURE;
    }
    printf("Of %ld streams of %ld answers, the share in which the true score was left out\n\n", streams, answers);
    printf("                 score interval, looking    confidence sequence,\n");
    printf(" score  allowed    at the end     every time    every time\n");
    int held = 1;
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++)
        for (size_t j = 0; j < sizeof levels / sizeof *levels; j++)
            held &= simulate(&populations[i], levels[j], streams, answers);
    printf("%s: the confidence sequence %s its promise\n", held ? "PASS" : "FAIL", held ? "kept" : "broke");
    return held ? EXIT_SUCCESS : EXIT_FAILURE;
}
