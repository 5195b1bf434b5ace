/* Which reasons cost us most? */
#include <nps.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *themes;
    int32_t answer;
    int people;
} answers[] = {
    {"staff", 10, 40},
    {"staff; price", 9, 22},
    {"price", 8, 18},
    {"price; delivery", 4, 14},
    {"delivery; price", 6, 17},
    {"delivery", 3, 9},
    {"delivery", 9, 12},
    {"staff; delivery", 8, 8},
    {"app", 2, 6},
    {"app; delivery", 1, 5},
    {"", 9, 30},
    {"", 7, 25},
    {"", 5, 11},
};

int main(void)
{
    nps_segments_options made = {.struct_size = sizeof made};
    nps_themes_options options = {.struct_size = sizeof options};
    nps_segments *segments;
    nps_theme themes[10];
    nps_tally all;
    size_t count;
    double score;
    if (nps_themes_new(&made, &segments) != NPS_OK) return 1;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        for (int person = 0; person < answers[i].people; person++)
            if (nps_themes_add_text(segments, NULL, answers[i].themes, strlen(answers[i].themes), ";", 1,
                                    answers[i].answer, 1) != NPS_OK)
                return 1;
    if (nps_themes_tally(segments, NULL, &all) != NPS_OK || nps_score(&all, &score) != NPS_OK) return 1;
    if (nps_themes_estimate(segments, NULL, &options, themes, 10, &count) != NPS_OK) return 1;

    printf("%d answers, score %.1f\n\n", (int)nps_tally_responses(&all), score);
    printf("          people  with  without  impact       95%%       contribution      95%%\n");
    for (const nps_theme *t = themes; t < themes + count; t++) {
        if (t->theme.type == NPS_KEY_NULL)
            printf("(none)  ");
        else
            printf("%-8.*s", (int)t->theme.length, t->theme.bytes);
        printf("  %6d  %+4.0f  %+7.0f  %+6.1f  %+4.0f to %+4.0f  %+12.1f  %+5.1f to %+5.1f\n", (int)t->mentions,
               t->with, t->without, t->impact, t->impact_lower, t->impact_upper, t->contribution, t->contribution_lower,
               t->contribution_upper);
    }
    nps_segments_free(segments);
    return 0;
}
