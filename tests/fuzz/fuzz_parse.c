/* All that reads text: answers, scales, tallies as lines, and labels of periods. */
#include <nps.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void parse_answer(const char *text, size_t length, uint32_t flags)
{
    static const nps_scale scales[] = {{0, 10, 6, 9}, {-5, 5, 1, 4}, {1, 5, 3, 5}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        int32_t answer, plain;
        MUST(nps_parse_answer(&scales[i], text, length, flags, &answer) == NPS_OK);
        int on_scale = answer >= scales[i].lowest && answer <= scales[i].highest;
        MUST(on_scale || answer == NPS_MISSING || answer == NPS_INVALID);
        /* Whatever is an answer without labels is the same answer with them. */
        MUST(nps_parse_answer(&scales[i], text, length, 0, &plain) == NPS_OK);
        MUST(plain == NPS_INVALID || plain == answer);
    }
}

static void parse_scale(const char *text, size_t length)
{
    nps_scale scale;
    if (nps_scale_parse(text, length, &scale) == NPS_OK) MUST(nps_scale_check(&scale) == NPS_OK);
}

static void parse_tally(const char *text, size_t length)
{
    nps_tally tally, again;
    char line[512];
    size_t written;
    if (nps_tally_from_text(text, length, &tally) != NPS_OK) return;
    MUST(nps_tally_check(&tally) == NPS_OK);
    MUST(nps_tally_to_text(&tally, line, sizeof line, &written) == NPS_OK && written <= length);
    MUST(nps_tally_from_text(line, written, &again) == NPS_OK && memcmp(&tally, &again, sizeof tally) == 0);
}

/* A label is the only one of its period. */
static void parse_label(const char *text, size_t length)
{
    char line[NPS_CALENDAR_LABEL_SIZE];
    int32_t unit;
    int64_t period;
    if (nps_calendar_read_label(text, length, &unit, &period) != NPS_OK) return;
    MUST(nps_calendar_label(unit, period, line, sizeof line) == NPS_OK);
    MUST(strlen(line) == length && memcmp(line, text, length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size > 0 ? size : 1);
    if (text == NULL) return 0;
    if (size > 0) memcpy(text, data, size);
    parse_answer(text, size, 0);
    parse_answer(text, size, NPS_PARSE_LABELS);
    parse_scale(text, size);
    parse_tally(text, size);
    parse_label(text, size);
    free(text);
    return 0;
}
