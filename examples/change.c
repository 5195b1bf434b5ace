/* Every channel that stayed scores better than in spring, and the total is worse. */
#include <math.h>
#include <nps.h>
#include <stdio.h>

/* Detractors, passives, promoters. Letters are no longer taken, chat is new. */
static const struct {
    const char *name;
    double spring[3], autumn[3];
} channels[] = {
    {"shop", {80, 170, 250}, {44, 106, 180}},  {"app", {60, 120, 120}, {55, 115, 130}},
    {"hotline", {90, 60, 30}, {150, 110, 70}}, {"letter", {4, 8, 8}, {0, 0, 0}},
    {"chat", {0, 0, 0}, {8, 14, 18}},
};
enum { COUNT = sizeof channels / sizeof *channels };

static void print_score(double score)
{
    if (isnan(score))
        printf("%7s", "-");
    else
        printf("%+7.1f", score);
}

int main(void)
{
    nps_sample spring[COUNT] = {{0, 0, 0, 0}}, autumn[COUNT] = {{0, 0, 0, 0}}; /* zeros: absent */
    nps_change_segment parts[COUNT];
    nps_change all = {.struct_size = sizeof all};
    for (int i = 0; i < COUNT; i++) {
        const double *a = channels[i].spring, *b = channels[i].autumn;
        int first = nps_sample_from_counts(a[0], a[1], a[2], &spring[i]);
        int second = nps_sample_from_counts(b[0], b[1], b[2], &autumn[i]);
        if ((first != NPS_OK && first != NPS_ERR_EMPTY) || (second != NPS_OK && second != NPS_ERR_EMPTY)) return 1;
    }
    int status = nps_change_explain(spring, NULL, autumn, NULL, COUNT, 0.95, parts, &all);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }

    puts("          share of answers      score         rate    mix");
    for (int i = 0; i < COUNT; i++) {
        printf("%-8s %7.1f%% %7.1f%%", channels[i].name, 100 * parts[i].from_share, 100 * parts[i].to_share);
        print_score(parts[i].from_score);
        print_score(parts[i].to_score);
        printf("  %+7.2f%+7.2f\n", parts[i].rate, parts[i].mix);
    }
    printf("%-26s%+7.1f%+7.1f  %+7.2f%+7.2f\n\n", "all", all.from, all.to, all.rate, all.mix);
    printf("change  %+5.2f\n", all.change);
    printf("  rate  %+5.2f, 95%% interval %+6.2f to %+6.2f\n", all.rate, all.rate_lower, all.rate_upper);
    printf("  mix   %+5.2f, 95%% interval %+6.2f to %+6.2f\n", all.mix, all.mix_lower, all.mix_upper);
    printf("by promoters %+.2f, by detractors %+.2f\n", all.promoters_part, all.detractors_part);
    return 0;
}
