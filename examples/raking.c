#include <nps/raking.h>
#include <nps/status.h>
#include <nps/weighted.h>
#include <stdio.h>

/* Ten answers. Among all customers half are men, and 40% are under 35; among those who answered, too few are. */
int main(void)
{
    const uint8_t sexes[] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1}, ages[] = {0, 1, 1, 1, 1, 1, 0, 1, 1, 1};
    const uint8_t answers[] = {6, 9, 10, 9, 7, 10, 3, 9, 6, 8};
    const nps_column sex = {.type = NPS_TYPE_U8, .length = 10, .values = sexes};
    const nps_column age = {.type = NPS_TYPE_U8, .length = 10, .values = ages};
    const nps_column score = {.type = NPS_TYPE_U8, .length = 10, .values = answers};
    const nps_key categories[] = {{.type = NPS_KEY_INTEGER, .integer = 0}, {.type = NPS_KEY_INTEGER, .integer = 1}};
    const double by_sex[] = {.5, .5}, by_age[] = {.4, .6};
    const nps_margin margins[] = {
        {.columns = &sex, .dimensions = 1, .count = 2, .keys = categories, .totals = by_sex},
        {.columns = &age, .dimensions = 1, .count = 2, .keys = categories, .totals = by_age},
    };
    const nps_rake_options options = {.struct_size = sizeof options, .total = 10};
    nps_rake_report report = {.struct_size = sizeof report};
    double weights[10], points = 0;
    const nps_column weight = {.type = NPS_TYPE_F64, .length = 10, .values = weights};
    nps_weighted weighted;

    int status = nps_rake(margins, 2, NULL, 10, &options, weights, &report);
    if (status == NPS_OK) status = nps_weighted_init(&weighted, NULL);
    if (status == NPS_OK) status = nps_weighted_add_columns(&weighted, &score, &weight, NULL);
    if (status == NPS_OK) status = nps_weighted_score(&weighted, &points);
    if (status != NPS_OK) {
        fprintf(stderr, "%s (margin %d)\n", nps_strerror(status), (int)report.margin);
        return 1;
    }
    printf("weights from %.2f to %.2f times the mean\n", report.smallest, report.largest);
    printf("worth %.1f answers, design effect %.2f\n", report.effective_size, report.design_effect);
    printf("NPS %+.1f instead of +20.0\n", points);
}
