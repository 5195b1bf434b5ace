/*
 * Usage: alerts STREAMS. The figures of docs/monitor.md that no theorem gives: how often a rule fires although nothing
 * changed, when it is looked at every day; and how many waves control limits and CUSUM together take to a false alarm.
 * Exit 1 when a rule that may be looked at any time fires in more than 1 - level of the streams by three standard
 * errors, or when the two together are not quicker than each alone (370 and 465 waves: tests/reference). Seeded.
 */
#include <math.h>
#include <nps/monitor.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

#define DAYS  365
#define A_DAY 20   /* answers */
#define LEVEL 0.95 /* of the rule */
#define WAVES 4000 /* most that a run is followed for */

static const long marks[] = {1, 30, 90, DAYS};
#define MARKS (sizeof marks / sizeof *marks)

static void must(int status)
{
    if (status == NPS_OK) return;
    fprintf(stderr, "alerts: %s\n", nps_strerror(status));
    exit(EXIT_FAILURE);
}

static double uniform(uint64_t *random)
{
    return ((double)(test_random(random) >> 11) + 0.5) * 0x1p-53;
}

static int fires(const nps_sample *sample, int anytime)
{
    nps_rule rule = {.struct_size = sizeof rule, .rule = NPS_RULE_BELOW, .points = 30, .level = LEVEL};
    nps_alert alert = {.struct_size = sizeof alert};
    rule.anytime = anytime;
    must(nps_monitor_rule(&rule, NULL, sample, &alert));
    return alert.outcome == NPS_ALERT_FIRED;
}

/* The first day on which each form of the rule fired, at shares of .2, .3, .5: the score is 30, and not below. */
static void watch_stream(uint64_t random, long first[2])
{
    nps_sample sample = {0, 0, 0, 0};
    first[0] = first[1] = DAYS + 1;
    for (long day = 1; day <= DAYS; day++) {
        for (int i = 0; i < A_DAY; i++) {
            double u = uniform(&random);
            *(u < 0.2 ? &sample.detractors : u < 0.5 ? &sample.passives : &sample.promoters) += 1;
        }
        sample.df = (double)(day * A_DAY) - 1;
        for (int anytime = 0; anytime < 2; anytime++)
            if (first[anytime] > DAYS && fires(&sample, anytime)) first[anytime] = day;
    }
}

static int look_every_day(long streams)
{
    long fired[2][MARKS] = {{0}};
    for (long i = 0; i < streams; i++) {
        long first[2];
        watch_stream((uint64_t)i << 32, first);
        for (size_t j = 0; j < MARKS; j++)
            for (int anytime = 0; anytime < 2; anytime++) fired[anytime][j] += first[anytime] <= marks[j];
    }
    double count = (double)streams;
    printf("Of %ld streams of %d answers a day, the share in which a rule fired for nothing\n\n", streams, A_DAY);
    printf("days   for one look   anytime\n");
    for (size_t j = 0; j < MARKS; j++)
        printf("%4ld %13.1f%% %8.1f%%\n", marks[j], 100 * (double)fired[0][j] / count,
               100 * (double)fired[1][j] / count);
    return (double)fired[1][MARKS - 1] <= count * (1 - LEVEL) + 3 * sqrt(count * LEVEL * (1 - LEVEL));
}

/* A wave whose distance from a baseline of .25, .5, .25 is normal (Box and Muller 1958). */
static nps_sample normal_wave(uint64_t *random)
{
    double radius = sqrt(-2 * log(uniform(random))), angle = 6.283185307179586 * uniform(random);
    double shift = radius * cos(angle) * sqrt(0.5 / 1e6) / 2;
    return (nps_sample){1e6 * (0.25 - shift), 5e5, 1e6 * (0.25 + shift), 1e6 - 1};
}

static long run_length(uint64_t random, const nps_monitor_options *options)
{
    static nps_sample waves[WAVES];
    static nps_monitored found[WAVES];
    const nps_sample baseline = {1e9, 2e9, 1e9, 4e9};
    for (long i = 0; i < WAVES; i++) waves[i] = normal_wave(&random);
    must(nps_monitor_waves(&baseline, waves, WAVES, options, found));
    for (long i = 0; i < WAVES; i++)
        if (found[i].limit != 0 || found[i].cusum != 0) return i + 1;
    return WAVES;
}

static double both(long runs, double sigmas, double decision)
{
    const nps_monitor_options options = {sizeof options, sigmas, 0, decision};
    double sum = 0, squares = 0;
    for (long i = 0; i < runs; i++) {
        double length = (double)run_length(((uint64_t)i << 32) + 1, &options);
        sum += length;
        squares += length * length;
    }
    double mean = sum / (double)runs, error = sqrt((squares / (double)runs - mean * mean) / (double)runs);
    printf("limits %.1f, CUSUM %.0f: a false alarm every %.0f waves (standard error %.0f)\n", sigmas, decision, mean,
           error);
    return mean - 3 * error;
}

int main(int argc, char **argv)
{
    long streams = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (streams < 1) {
        fprintf(stderr, "usage: alerts STREAMS\n");
        return EXIT_FAILURE;
    }
    int held = look_every_day(streams);
    putchar('\n');
    held &= both(streams, 3, 5) < 370;
    both(streams, 3.5, 6);
    printf("%s\n", held ? "PASS" : "FAIL");
    return held ? EXIT_SUCCESS : EXIT_FAILURE;
}
