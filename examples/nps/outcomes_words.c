/* Numbers of outcomes as people are told them. What they are in is the caller's: minutes, or money. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare_words.h"
#include "outcomes.h"
#include "rounded.h"

#define DECIMALS_MOST 9
#define PLAIN_MOST    1e15 /* larger numbers have an exponent, and so have those that would take more decimals */

static double unit(const outcome_report *of)
{
    return of->is_rate ? 100 : 1;
}

/* A digit of half a standard error of the mean of all, so that the rows of a table are alike. */
int outcomes_decimals(const outcome_report *of)
{
    const nps_outcome_estimate *all = &of->total.all;
    double size = all->standard_error > 0 ? all->standard_error : fabs(all->mean) / 10;
    double decimals = size > 0 ? ceil(-log10(unit(of) * size / 2)) : 0;
    return (int)fmin(fmax(decimals, of->is_rate ? 1 : 0), DECIMALS_MOST + 1);
}

static char *print(double number, int decimals, char buffer[40])
{
    if (isnan(number)) {
        strcpy(buffer, "n/a");
    } else if (decimals > DECIMALS_MOST || fabs(number) >= PLAIN_MOST) {
        snprintf(buffer, 40, "%.6g", number);
    } else {
        rounded_number(number, NAN, decimals, buffer);
    }
    return buffer;
}

/* The interval keeps its width; a rate is none or all only where it is. */
static bool is_true_to(const outcome_report *of, const nps_outcome_estimate *told, int decimals)
{
    const double numbers[] = {told->mean, told->lower, told->upper};
    char lower[40], upper[40];
    for (int i = 0; i < 3 && of->is_rate; i++) {
        if (!rounded_is_true(100 * numbers[i], 0, decimals) || !rounded_is_true(100 * numbers[i], 100, decimals)) {
            return false;
        }
    }
    print(unit(of) * told->lower, decimals, lower);
    print(unit(of) * told->upper, decimals, upper);
    return !(told->lower < told->upper) || strcmp(lower, upper) != 0;
}

void outcomes_estimate_words(const outcome_report *of, const nps_outcome_estimate *told, outcome_figures *out)
{
    int decimals = outcomes_decimals(of);
    *out = (outcome_figures){.estimate = "n/a"};
    if (told->n == 0) return;
    while (decimals < DECIMALS_MOST && !is_true_to(of, told, decimals)) decimals++;
    print(unit(of) * told->mean, decimals, out->estimate);
    if (of->is_rate) strcat(out->estimate, "%");
    print(unit(of) * told->lower, decimals, out->lower);
    if (!isnan(told->upper)) print(unit(of) * told->upper, decimals, out->upper);
    print(of->is_rate ? (double)NAN : sqrt(told->variance), decimals, out->deviation);
}

static void take_figures(const nps_difference *told, int decimals, double margin, outcome_figures *out)
{
    figures numbers;
    words_figures(told, decimals, margin, &numbers);
    strcpy(out->estimate, numbers.estimate);
    strcpy(out->lower, numbers.lower);
    strcpy(out->upper, numbers.upper);
}

void outcomes_difference_words(const outcome_report *of, const nps_outcome_difference *told, outcome_figures *out)
{
    int decimals = outcomes_decimals(of);
    nps_difference difference = {
        .estimate = unit(of) * told->difference, .lower = unit(of) * told->lower, .upper = unit(of) * told->upper};
    double largest = fmax(fabs(difference.estimate), fmax(fabs(difference.lower), fabs(difference.upper)));
    *out = (outcome_figures){.estimate = "n/a"};
    if (isnan(told->difference)) return;
    if (decimals <= DECIMALS_MOST && largest < PLAIN_MOST) {
        take_figures(&difference, decimals, 0, out);
        return;
    }
    snprintf(out->estimate, sizeof out->estimate, "%+.6g", difference.estimate);
    snprintf(out->lower, sizeof out->lower, isnan(told->lower) ? "n/a" : "%+.6g", difference.lower);
    if (!isnan(told->upper)) snprintf(out->upper, sizeof out->upper, "%+.6g", difference.upper);
}

void outcomes_correlation_words(const nps_correlation_result *told, outcome_figures *out)
{
    nps_difference correlation = {.estimate = told->correlation, .lower = told->lower, .upper = told->upper};
    *out = (outcome_figures){.estimate = "n/a"};
    if (!isnan(told->correlation)) take_figures(&correlation, 2, 1, out);
}
