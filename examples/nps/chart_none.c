/* Stands for chart/ where there is nothing to draw with. chart_check() keeps everyone from calling this. */
#include "platform.h"

#include <stdlib.h>

#include "chart.h"

const bool chart_is_built = false;

void chart_score(const report *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_rank(const leaderboard *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_trend(const trend *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_explain(const explained *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_drivers(const driver_report *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_themes(const theme_report *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}

void chart_outcomes(const outcome_report *drawn, chart_target to)
{
    (void)drawn;
    (void)to;
    abort();
}
