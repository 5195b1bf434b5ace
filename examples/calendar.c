/* Answers of a shop in India, by month and by week. */
#include <nps.h>
#include <stdio.h>

/* In Unix seconds, the earliest first. */
static const struct {
    int64_t time;
    int32_t answer;
} answers[] = {
    {1608523200, 9}, {1608726900, 6}, {1609133400, 10}, {1609326900, 3}, {1609441800, 10}, {1609698300, 9},
    {1609698900, 2}, {1609919400, 7}, {1610080800, 10}, {1611023400, 9}, {1611136800, 8},  {1611509400, 4},
};
#define ANSWERS (sizeof answers / sizeof *answers)

/* A line for every period from the first answer to the last, those without answers too. */
static int print(const nps_segments *segments, int64_t first, int64_t last, int32_t unit)
{
    char label[NPS_CALENDAR_LABEL_SIZE];
    for (nps_key key = {.type = NPS_KEY_INTEGER, .integer = first}; key.integer <= last; key.integer++) {
        nps_tally tally;
        size_t index;
        double score;
        int status = nps_calendar_label(unit, key.integer, label, sizeof label);
        if (status != NPS_OK) return status;
        if (nps_segments_find(segments, &key, &index) == NPS_OK &&
            nps_segments_tally(segments, index, &tally) == NPS_OK && nps_score(&tally, &score) == NPS_OK)
            printf("%-9s%6.1f%3llu answers\n", label, score, (unsigned long long)nps_tally_responses(&tally));
        else
            printf("%-9s%9s answers\n", label, "no");
    }
    return NPS_OK;
}

static int by(int32_t unit, int32_t offset)
{
    const nps_segments_options options = {.struct_size = sizeof options, .dimensions = 1};
    nps_segments *segments = NULL;
    int64_t first = 0, last = 0;
    int status = nps_segments_new(&options, &segments);
    if (status == NPS_OK) status = nps_calendar_period(unit, answers[0].time, offset, &first);
    if (status == NPS_OK) status = nps_calendar_period(unit, answers[ANSWERS - 1].time, offset, &last);
    for (size_t i = 0; status == NPS_OK && i < ANSWERS; i++) {
        nps_key key = {.type = NPS_KEY_INTEGER};
        status = nps_calendar_period(unit, answers[i].time, offset, &key.integer);
        if (status == NPS_OK) status = nps_segments_add(segments, &key, answers[i].answer, 1);
    }
    if (status == NPS_OK) status = print(segments, first, last, unit);
    nps_segments_free(segments);
    return status;
}

int main(void)
{
    const int32_t india = 5 * 3600 + 30 * 60;
    if (by(NPS_CALENDAR_MONTH, india) != NPS_OK) return 1;
    printf("\nwith the days of UTC:\n");
    if (by(NPS_CALENDAR_MONTH, 0) != NPS_OK) return 1;
    printf("\n");
    return by(NPS_CALENDAR_WEEK, india) != NPS_OK;
}
