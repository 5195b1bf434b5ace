/* Who answered what, when: the score then and now, who moved, and whom to call. */
#include <nps.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *customer;
    int64_t day; /* any whole number that grows */
    int32_t answer;
} answers[] = {
    {"Ada", 20, 9},  {"Ben", 21, 10}, {"Cleo", 25, 6},  {"Dan", 31, 8}, {"Eve", 33, 9},  {"Fay", 36, 10},
    {"Ben", 110, 4}, {"Ada", 112, 9}, {"Cleo", 115, 9}, {"Dan", 90, 7}, {"Dan", 130, 5}, {"Gus", 140, 2},
    {"Eve", 141, 7}, {"Ben", 110, 4}, {"Ada", 60, 10}, /* one that came twice, and one that came late */
};
#define ANSWERS (sizeof answers / sizeof *answers)

static void print_score(const nps_panel *panel, const char *name, const nps_panel_window *window)
{
    nps_tally tally;
    double score;
    if (nps_panel_tally(panel, window, &tally) != NPS_OK || nps_score(&tally, &score) != NPS_OK) return;
    printf("%-18s %6.1f of %llu people\n", name, score, (unsigned long long)nps_tally_responses(&tally));
}

static void print_people(const nps_panel_person *people, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const nps_panel_person *one = people + i;
        printf("  %-5.*s", (int)one->respondent.length, one->respondent.bytes);
        if (one->before != NPS_MISSING) printf("%2d on day %3lld, ", one->before, (long long)one->before_time);
        printf("%2d on day %lld", one->answer, (long long)one->time);
        if (one->risks & NPS_RISK_DETRACTOR) printf(", detractor");
        if (one->risks & NPS_RISK_CLASS) printf(", class lost");
        if (one->risks & NPS_RISK_FALL) printf(", fell");
        printf("\n");
    }
}

int main(void)
{
    const nps_panel_window until_100 = {INT64_MIN, 100}, since_101 = {101, INT64_MAX}, last_90 = {61, 150};
    nps_panel *panel;
    nps_panel_person people[ANSWERS];
    size_t count;
    if (nps_panel_new(NULL, 0, NULL, &panel) != NPS_OK) return 1;
    for (size_t i = 0; i < ANSWERS; i++) {
        const nps_key customer = {
            .type = NPS_KEY_BYTES, .bytes = answers[i].customer, .length = strlen(answers[i].customer)};
        if (nps_panel_add(panel, &customer, answers[i].day, answers[i].answer) != NPS_OK) return 1;
    }
    print_score(panel, "as of day 100", &until_100);
    print_score(panel, "as of today", NULL);
    print_score(panel, "the last 90 days", &last_90);

    printf("\nchanged class since day 100:\n");
    if (nps_panel_movers(panel, &until_100, &since_101, NPS_PANEL_ANY, NPS_PANEL_ANY, people, ANSWERS, &count) ==
        NPS_OK)
        print_people(people, count);
    printf("\nat risk:\n");
    if (nps_panel_at_risk(panel, &last_90, 3, people, ANSWERS, &count) == NPS_OK) print_people(people, count);
    nps_panel_free(panel);
    return 0;
}
