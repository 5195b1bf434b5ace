/* What some options have told beside the score, as cells for people. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report.h"
#include "rounded.h"

size_t report_extra_titles(const report *printed, const char *between, char titles[EXTRAS_MOST][EXTRA_SIZE])
{
    size_t count = 0;
    if (printed->total.tells_invited) {
        snprintf(titles[count++], EXTRA_SIZE, "rate");
        snprintf(titles[count++], EXTRA_SIZE, "worst%sbest", between);
    }
    if (printed->total.tells_accounts) {
        snprintf(titles[count++], EXTRA_SIZE, "accounts");
        snprintf(titles[count++], EXTRA_SIZE, "mean of accounts");
    }
    return count;
}

/* Never 0% or 100% of what is not. */
static void print_rate(double rate, char cell[EXTRA_SIZE])
{
    char number[ROUNDED_SIZE];
    strcpy(cell, "n/a");
    if (!isnan(rate)) snprintf(cell, EXTRA_SIZE, "%s%%", rounded_number(100 * rate, rate > 0.5 ? 100 : 0, 1, number));
}

static void print_interval(double lower, double upper, const char *between, char cell[EXTRA_SIZE])
{
    char from[ROUNDED_SIZE], to[ROUNDED_SIZE];
    rounded_bounds(lower, upper, NAN, from, to);
    snprintf(cell, EXTRA_SIZE, "%s%s%s", from, isnan(lower) ? "" : between, to);
}

static void print_account_mean(const result *of, const char *between, char cell[EXTRA_SIZE])
{
    char score[ROUNDED_SIZE], interval[EXTRA_SIZE];
    strcpy(cell, "n/a");
    if (of->accounts == 0) return;
    print_interval(of->account_lower, of->account_upper, between, interval);
    snprintf(cell, EXTRA_SIZE, "%s (%.60s)", rounded_points(of->account_score, NAN, 0, score), interval);
}

void report_extra_cells(const result *of, const char *between, char cells[EXTRAS_MOST][EXTRA_SIZE])
{
    size_t count = 0;
    if (of->tells_invited) {
        print_rate(of->response_rate, cells[count++]);
        print_interval(of->worst_case, of->best_case, between, cells[count++]);
        for (size_t i = 0; !of->knows_invited && i < count; i++) cells[i][0] = '\0';
    }
    if (!of->tells_accounts) return;
    rounded_count(of->accounts, cells[count++]);
    print_account_mean(of, between, cells[count]);
}
