/*
 * Usage: coverage SIZE... Prints the tables of docs/coverage.md for samples of these sizes: how often each interval is
 * right, over two fixed grids of populations.
 */
#include <nps/audit.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>

/* Shares in thousandths, from lowest to highest. */
typedef struct steps {
    int lowest, highest, step;
} steps;

typedef struct summary {
    double populations, coverage, least, width, miss_below, miss_above;
} summary;

static void add(summary *all, int detractors, int passives, int promoters, uint64_t size, int32_t method, double level)
{
    const double shares[3] = {detractors / 1000.0, passives / 1000.0, promoters / 1000.0};
    nps_audit_result one = {.struct_size = sizeof one};
    int status = nps_audit(shares, size, method, level, &one);
    if (status != NPS_OK) {
        fprintf(stderr, "coverage: %s\n", nps_strerror(status));
        exit(EXIT_FAILURE);
    }
    all->populations++;
    all->coverage += one.coverage;
    if (one.coverage < all->least) all->least = one.coverage;
    all->width += one.width;
    all->miss_below += one.miss_below;
    all->miss_above += one.miss_above;
}

/* Those without detractors are left out. */
static summary realistic(uint64_t size, int32_t method, double level)
{
    const steps promoters = {150, 850, 50}, passives = {100, 450, 35};
    summary all = {.least = 1};
    for (int r = promoters.lowest; r <= promoters.highest; r += promoters.step)
        for (int p = passives.lowest; p <= passives.highest; p += passives.step)
            if (r + p < 1000) add(&all, 1000 - r - p, p, r, size, method, level);
    return all;
}

static summary extreme(uint64_t size, int32_t method, double level)
{
    const steps detractors = {5, 50, 5}, passives = {20, 250, 23};
    summary all = {.least = 1};
    for (int d = detractors.lowest; d <= detractors.highest; d += detractors.step)
        for (int p = passives.lowest; p <= passives.highest; p += passives.step)
            add(&all, d, p, 1000 - d - p, size, method, level);
    return all;
}

/* A probability as ".950". */
static void print_probability(double probability, int digits, const char *after)
{
    char text[32];
    snprintf(text, sizeof text, "%.*f", digits, probability);
    printf("%s%s", text[0] == '0' ? text + 1 : text, after);
}

static void print_summary(const summary *all)
{
    print_probability(all->coverage / all->populations, 3, " / ");
    print_probability(all->least, 3, " | ");
    printf("%.1f | ", all->width / all->populations);
    print_probability(all->miss_below / all->populations, 4, " / ");
    print_probability(all->miss_above / all->populations, 4, " |");
}

static void print_row(uint64_t size, int32_t method, double level)
{
    summary usual = realistic(size, method, level), rare = extreme(size, method, level);
    printf("| %s | ", nps_interval_method_name(method));
    print_probability(level, 2, " | ");
    print_summary(&usual);
    printf(" ");
    print_summary(&rare);
    printf("\n");
}

static void print_table(uint64_t size)
{
    static const struct {
        int32_t method;
        double level;
    } others[] = {{NPS_INTERVAL_SCORE, 0.8},
                  {NPS_INTERVAL_ADJUSTED_WALD, 0.8},
                  {NPS_INTERVAL_SCORE, 0.99},
                  {NPS_INTERVAL_ADJUSTED_WALD, 0.99}};
    printf("### n = %llu\n\n", (unsigned long long)size);
    printf("| method | level | realistic | width | misses | extreme | width | misses |\n");
    printf("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (int32_t method = 0; method < NPS_INTERVAL_COUNT; method++) print_row(size, method, 0.95);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) print_row(size, others[i].method, others[i].level);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (i > 1) printf("\n");
        print_table(strtoull(argv[i], NULL, 10));
    }
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
