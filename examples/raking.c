/* Many young people answered, and few old ones: weights that put that right, and what they cost. */
#include <nps.h>
#include <stdio.h>

enum { ROWS = 24 };
/* Young 0, middle 1, old 2; men 0, women 1. */
static const uint8_t age[ROWS] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2};
static const uint8_t sex[ROWS] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1};
static const int32_t answers[ROWS] = {9, 10, 8, 9, 6, 10, 9, 7, 9, 10, 3, 8, 9, 5, 7, 6, 9, 8, 2, 10, 6, 7, 4, 9};
static const nps_key numbers[] = {{.type = NPS_KEY_INTEGER, .integer = 0},
                                  {.type = NPS_KEY_INTEGER, .integer = 1},
                                  {.type = NPS_KEY_INTEGER, .integer = 2}};

/* Shares of all customers. */
static const double ages[] = {0.25, 0.35, 0.4}, sexes[] = {0.5, 0.5};

static int show(const char *what, const double *weights, const nps_rake_report *report)
{
    nps_weighted sum;
    double score;
    if (nps_weighted_init(&sum, NULL) != NPS_OK) return 0;
    for (int i = 0; i < ROWS; i++)
        if (nps_weighted_add(&sum, answers[i], weights[i]) != NPS_OK) return 0;
    if (nps_weighted_score(&sum, &score) != NPS_OK) return 0;
    printf("%-11s score %5.1f, weights %.2f to %.2f, worth %.1f answers, design effect %.2f\n", what, score,
           report->smallest, report->largest, report->effective_size, report->design_effect);
    return 1;
}

int main(void)
{
    const nps_column columns[] = {{.type = NPS_TYPE_U8, .length = ROWS, .values = age},
                                  {.type = NPS_TYPE_U8, .length = ROWS, .values = sex}};
    nps_margin margins[] = {{columns, 1, 0, 3, numbers, ages}, {columns + 1, 1, 0, 2, numbers, sexes}};
    nps_rake_options options = {.struct_size = sizeof options, .total = ROWS};
    nps_rake_report report = {.struct_size = sizeof report, .smallest = 1, .largest = 1, .effective_size = ROWS};
    double weights[ROWS];
    report.design_effect = 1;
    for (int i = 0; i < ROWS; i++) weights[i] = 1;
    if (!show("as answered", weights, &report)) return 1;

    if (nps_rake(margins, 2, NULL, ROWS, &options, weights, &report) != NPS_OK) return 1;
    if (!show("raked", weights, &report)) return 1;
    options.lowest = 0.4;
    options.highest = 2.5;
    if (nps_rake(margins, 2, NULL, ROWS, &options, weights, &report) != NPS_OK) return 1;
    if (!show("held", weights, &report)) return 1;

    options.highest = 2;
    int status = nps_rake(margins, 2, NULL, ROWS, &options, weights, &report);
    printf("held to 2: %s, fault %d, margin %d, category %llu\n", nps_error_name(status), (int)report.fault,
           (int)report.margin, (unsigned long long)report.category);
    return 0;
}
