/* nps watch: looks after every answer, and may do so without being misled by the looking. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include <nps/sequential.h>
#include <nps/status.h>

#include "answers.h"
#include "commands.h"
#include "message.h"
#include "progress.h"
#include "state.h"
#include "watch.h"
#include "watch_rules.h"

typedef struct watcher {
    answers cells;
    size_t score; /* place among the wanted columns */
    watch seen;
} watcher;

/* 1, 2, 5, 10, 20, 50, ... */
static uint64_t line_after(uint64_t line)
{
    uint64_t unit = 1;
    while (line / unit >= 10) unit *= 10;
    return line / unit == 2 ? 5 * unit : 2 * line;
}

const char *watch_side(const watch *of)
{
    double difference = 100 * (of->sample.promoters - of->sample.detractors);
    double benchmark = of->given->benchmark * (double)of->responses;
    return difference < benchmark ? "below" : difference > benchmark ? "above" : NULL;
}

bool watch_wants(const watch *of, const char *side)
{
    enum alert_side wanted = of->given->alert;
    if (side == NULL) return false;
    return wanted == ALERT_EITHER || (wanted == ALERT_BELOW) == (*side == 'b');
}

/*
 * Exactly as if it looked after every answer: no answer can raise the e-value by more than a factor of exp(step), so
 * that for a while after a look there is nothing to see; nor is there while the score is on the other side.
 */
static bool raises_alert(watch *of)
{
    double evidence;
    const char *side = watch_side(of);
    if ((double)of->responses < of->next_look || !watch_wants(of, side)) return false;
    require(nps_sequential_test(&of->sample, of->given->benchmark, &evidence, NULL), "e-value");
    of->next_look = (double)of->responses + fmax(1, floor((of->threshold - evidence) / of->step));
    if (evidence >= of->threshold) of->alert = side;
    return of->alert != NULL;
}

static int end_watch(watcher *ended)
{
    watch *seen = &ended->seen;
    const options *given = seen->given;
    answers_end(&ended->cells, &seen->counted);
    if (seen->responses == 0) note("there is no answer, and so no score");
    watch_end(seen);
    int status = answers_check_invalid(given, NULL, seen->responses, seen->counted.invalid);
    return status == STATUS_DONE && seen->alert != NULL ? STATUS_GATE : status;
}

static void count(watch *to, int32_t answer)
{
    double *const classes[] = {&to->sample.detractors, &to->sample.passives, &to->sample.promoters};
    *classes[nps_classify(&to->given->scale, answer) - NPS_DETRACTOR] += 1;
    to->responses++;
}

static void take_row(void *user, const row *from)
{
    watcher *to = user;
    watch *seen = &to->seen;
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    require(nps_tally_add(&seen->counted, answer, 1), from->file);
    if (answer == NPS_MISSING || answer == NPS_INVALID) return;
    count(seen, answer);
    seen->file = from->file;
    seen->row = from->number;
    if (raises_alert(seen)) exit(end_watch(to)); /* what stands behind this row must not matter */
    if (seen->responses < seen->next_line) return;
    seen->next_line = line_after(seen->next_line);
    progress_clear();
    watch_line(seen);
}

static void start_watch(watcher *started, const options *given)
{
    double middle = (1 + given->benchmark / 100) / 2;
    uint64_t size = source_total_size(given->files, given->file_count);
    *started = (watcher){.seen = {.given = given, .next_line = 1}};
    started->seen.threshold = -log1p(-given->level);
    started->seen.step = -log(fmin(middle, 1 - middle));
    require(nps_tally_init(&started->seen.counted, &given->scale), "tally");
    answers_start(&started->cells, given);
    started->cells.grow = true;
    started->score = columns_want(&started->cells.wanted, given->score);
    if (size > 0) progress_start(size);
}

int run_watch(const options *given)
{
    watcher watching;
    if (given->rules != NULL) return run_watch_rules(given);
    options_need_files(given);
    if (!given->has_benchmark) fail(STATUS_USAGE, "no score to hold: give one with --benchmark, or --rules");
    if (given->against != NULL || given->baseline > 0 || given->time != NULL || given->every >= 0 ||
        given->time_format != NULL || given->utc_offset != 0) {
        fail(STATUS_USAGE, "--time and what goes with it, --every, --baseline and --against go with --rules");
    }
    start_watch(&watching, given);
    answers_read_files(&watching.cells, take_row, &watching);
    return end_watch(&watching);
}
