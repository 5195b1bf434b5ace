/* The latest answers as of several times. */
#include "platform.h"

#include <stdio.h>

#include <nps/status.h>

#include "message.h"
#include "panel.h"
#include "rounded.h"
#include "times.h"

static void add_point(panel_report *to, const char *label, nps_panel_window window)
{
    nps_tally latest;
    panel_point *added = &to->points[to->point_count++];
    *added = (panel_point){.window = window};
    if (label != NULL) snprintf(added->label, sizeof added->label, "%s", label);
    require(nps_panel_tally(to->panel, &window, &latest), "panel");
    result_from(&latest, NULL, to->given, &added->of);
    added->at_risk = panel_find_risks(to, &window, NULL);
}

static int64_t first_second(const panel_report *of, int64_t period)
{
    int64_t seconds;
    int status = nps_calendar_start(of->given->every, period, of->given->utc_offset, &seconds);
    if (status == NPS_ERR_RANGE) return period < 0 ? INT64_MIN : INT64_MAX;
    require(status, "calendar");
    return seconds;
}

static int64_t period_of(const panel_report *of, int64_t seconds)
{
    int64_t period;
    require(nps_calendar_period(of->given->every, seconds, of->given->utc_offset, &period), "calendar");
    return period;
}

/* The answers that count as of the end of a period: of the last --rolling ones, or all. */
static nps_panel_window window_of(const panel_report *of, int64_t period)
{
    nps_panel_window window = of->window;
    int64_t end = first_second(of, period + 1), start = INT64_MIN;
    if (of->given->rolling > 0 && of->given->rolling <= PERIODS_MOST) {
        start = first_second(of, period + 1 - (int64_t)of->given->rolling);
    }
    if (start > window.since) window.since = start;
    if (end != INT64_MAX && end - 1 < window.until) window.until = end - 1;
    return window;
}

/* The periods of the answers in the window, those between them included. */
static void find_periods(panel_report *of)
{
    int64_t first = of->first > of->window.since ? of->first : of->window.since;
    int64_t last = of->last < of->window.until ? of->last : of->window.until;
    if (!panel_has_answers(of) || first > last) return;
    int64_t from = period_of(of, first), to = period_of(of, last);
    if (to - from >= PERIODS_MOST) {
        char earliest[TIMES_SIZE], latest[TIMES_SIZE], most[ROUNDED_SIZE];
        fail(STATUS_FAILED, "%s to %s: more than %s %ss: mend the times that are wrong, or take a longer --every",
             times_text(of->given, first, earliest), times_text(of->given, last, latest),
             rounded_count(PERIODS_MOST, most), nps_calendar_unit_name(of->given->every));
    }
    of->points = allocate((size_t)(to - from + 1) * sizeof *of->points);
    for (int64_t period = from; period <= to; period++) {
        char label[NPS_CALENDAR_LABEL_SIZE];
        require(nps_calendar_label(of->given->every, period, label, sizeof label), "calendar");
        add_point(of, label, window_of(of, period));
    }
}

void panel_find_points(panel_report *of)
{
    if (of->given->every >= 0) {
        find_periods(of);
        return;
    }
    of->points = allocate(2 * sizeof *of->points);
    if (of->has_pairs) add_point(of, NULL, (nps_panel_window){of->window.since, of->before});
    add_point(of, NULL, of->window);
}
