#include <nps.h>
#include <stdio.h>

static void show(const char *name, const nps_tally *tally)
{
    double score;
    int32_t shown, detractors, passives, promoters;
    char text[5];
    if (nps_score(tally, &score) != NPS_OK) return;
    nps_score_rounded(tally, NPS_HALF_AWAY, &shown);
    nps_shares_rounded(tally, NPS_HALF_AWAY, &detractors, &passives, &promoters);
    nps_score_format(shown, NPS_PLUS_SIGN, text, sizeof text);
    printf("%-10s %s (%.2f) from %llu responses: %d%% promoters, %d%% passives, %d%% detractors\n", name, text, score,
           (unsigned long long)nps_tally_responses(tally), (int)promoters, (int)passives, (int)detractors);
}

int main(void)
{
    const uint8_t monday[] = {10, 9, 9, 7, 3, 255, 10, 8}, tuesday[] = {10, 2, 9, 77, 6};
    nps_tally week, late;
    nps_tally_init(&week, NULL);
    nps_tally_init(&late, NULL);
    if (nps_tally_add_u8(&week, monday, sizeof monday) != NPS_OK) return 1;
    if (nps_tally_add_u8(&late, tuesday, sizeof tuesday) != NPS_OK) return 1;
    if (nps_tally_add(&late, 10, 20) != NPS_OK) return 1; /* 20 promoters, as SQL counted them */
    show("monday", &week);
    if (nps_tally_merge(&week, &late) != NPS_OK) return 1;
    show("both", &week);
    if (nps_tally_remove(&week, 3, 1) != NPS_OK) return 1; /* that answer was withdrawn */
    show("corrected", &week);
    if (nps_tally_subtract(&week, &late) != NPS_OK) return 1;
    show("monday", &week); /* without the withdrawn answer */
    printf("missing %llu, invalid %llu\n", (unsigned long long)late.missing + week.missing,
           (unsigned long long)late.invalid + week.invalid);
}
