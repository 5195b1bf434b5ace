/* From states to what is told: all of it from the library. */
#include "platform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "drivers.h"
#include "message.h"

static const nps_driver no_driver = {0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
static const nps_driver_weight no_weight = {NAN, NAN, NAN, NAN};
static const nps_driver_priority no_priority = {0, 0, NAN, NAN, NAN};
static const nps_drivers_fit no_fit = {
    sizeof(nps_drivers_fit), 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

static void start_group(const driver_report *of, size_t segment, driver_group *to)
{
    size_t count = of->count;
    *to = (driver_group){.segment = segment, .fit = no_fit, .rows = {.struct_size = sizeof to->rows}};
    to->faults = allocate(count * sizeof *to->faults);
    to->drivers = allocate(count * sizeof *to->drivers);
    to->weights = allocate(count * sizeof *to->weights);
    to->shapley = allocate(count * sizeof *to->shapley);
    to->priorities = allocate(count * sizeof *to->priorities);
    to->missing = allocate(count * sizeof *to->missing);
    to->ahead = allocate(count * count * sizeof *to->ahead);
    to->order = allocate(count * sizeof *to->order);
    for (size_t i = 0; i < count; i++) {
        to->faults[i] = NPS_DRIVER_FINE;
        to->drivers[i] = no_driver;
        to->weights[i] = no_weight;
        to->shapley[i] = NAN;
        to->priorities[i] = no_priority;
        to->order[i] = i;
    }
    for (size_t i = 0; i < count * count; i++) to->ahead[i] = NAN;
}

static void free_group(driver_group *freed)
{
    free(freed->faults);
    free(freed->drivers);
    free(freed->weights);
    free(freed->shapley);
    free(freed->priorities);
    free(freed->missing);
    free(freed->ahead);
    free(freed->order);
    free(freed->contrast_faults);
    free(freed->contrasts);
}

/* Whether there is something to explain. */
static bool answers_differ(const options *given, const nps_tally *counts)
{
    int kinds = 0;
    if (given->explains == NPS_DRIVERS_CLASS) {
        kinds =
            (nps_tally_promoters(counts) > 0) + (nps_tally_passives(counts) > 0) + (nps_tally_detractors(counts) > 0);
    } else {
        for (int i = 0; i <= counts->scale.highest - counts->scale.lowest; i++) kinds += counts->level[i] > 0;
    }
    return kinds > 1;
}

static bool have_fault(const int32_t *faults, size_t count, int32_t fault)
{
    size_t i = 0;
    while (i < count && faults[i] != fault) i++;
    return i < count;
}

/* Which columns can take part, and why there is no fit. faults[count] are those of the columns; where it is the rows
 * that are too few, the columns are not to blame. */
static enum driver_trouble find_trouble(const options *given, const nps_drivers *counted, const driver_group *of,
                                        int32_t *faults, size_t count, uint64_t *use)
{
    uint64_t rows = of->rows.complete + (given->pairwise ? of->rows.incomplete : 0), used = 0;
    *use = 0;
    if (rows == 0) return DRIVERS_NOBODY;
    int status = nps_drivers_faults(counted, 0, faults);
    if (status == NPS_ERR_EMPTY) return DRIVERS_TOO_FEW;
    require(status, "ratings");
    for (size_t i = 0; i < count; i++) {
        if (faults[i] == NPS_DRIVER_CONSTANT) continue;
        *use |= UINT64_C(1) << i;
        used++;
    }
    if (used == 0) return rows == 1 ? DRIVERS_TOO_FEW : DRIVERS_CONSTANT_RATINGS;
    if (rows <= used + 1) {
        for (size_t i = 0; i < count; i++) faults[i] = faults[i] == NPS_DRIVER_CONSTANT && rows > 1 ? faults[i] : 0;
        return DRIVERS_TOO_FEW;
    }
    if (have_fault(faults, count, NPS_DRIVER_COLLINEAR)) return DRIVERS_COLLINEAR;
    return answers_differ(given, &of->told.counts) ? DRIVERS_FINE : DRIVERS_CONSTANT_ANSWERS;
}

static nps_drivers_model model_of(const options *given, uint64_t use, bool robust)
{
    return (nps_drivers_model){
        .struct_size = sizeof(nps_drivers_model),
        .use = use,
        .level = given->level,
        .errors = robust ? NPS_ERRORS_HC1 : NPS_ERRORS_CLASSICAL,
    };
}

/* The library gives the regression or a reason why not. */
static enum driver_trouble take_regression(const nps_drivers *counted, const nps_drivers_model *model,
                                           nps_drivers_fit *fit, nps_driver *columns)
{
    fit->struct_size = sizeof *fit;
    int status = nps_drivers_regression(counted, model, fit, columns);
    if (status == NPS_ERR_EMPTY) return DRIVERS_TOO_FEW;
    if (status == NPS_ERR_SINGULAR) return DRIVERS_INCONSISTENT;
    require(status, "regression");
    return DRIVERS_FINE;
}

/* Means and correlations, where there is no fit of all: a fit of one rating has them of all. */
static void describe(const driver_report *of, const nps_drivers *counted, driver_group *to)
{
    nps_drivers_fit fit = no_fit;
    for (size_t i = 0; i < of->count; i++) {
        if (to->faults[i] == NPS_DRIVER_CONSTANT) continue;
        nps_drivers_model model = model_of(of->given, UINT64_C(1) << i, false);
        if (take_regression(counted, &model, &fit, to->drivers) != DRIVERS_FINE) continue;
        nps_driver *told = &to->drivers[i];
        told->coefficient = told->standard_error = told->t = told->p = NAN;
        told->lower = told->upper = told->standardised = told->vif = NAN;
        return;
    }
}

static void take_order(const driver_report *of, driver_group *to)
{
    for (size_t i = 0; i < of->count; i++) {
        int32_t rank = to->priorities[i].rank;
        if (rank <= 0) continue;
        to->order[rank - 1] = i;
        to->ranked++;
    }
    for (size_t i = 0, next = to->ranked; i < of->count; i++) {
        if (to->priorities[i].rank <= 0) to->order[next++] = i;
    }
}

static void take_fit(const driver_report *of, const nps_drivers *counted, uint64_t use, driver_group *to)
{
    const options *given = of->given;
    nps_drivers_model model = model_of(given, use, given->robust);
    to->trouble = take_regression(counted, &model, &to->fit, to->drivers);
    if (to->trouble != DRIVERS_FINE) return;
    to->has_fit = true;
    require(nps_drivers_relative_weights(counted, &model, to->weights), "relative weights");
    int status = nps_drivers_shapley(counted, &model, to->shapley);
    if (status != NPS_ERR_LIMIT) require(status, "Shapley values");
    require(nps_drivers_priorities(counted, &model, of->lowest, of->highest, to->priorities, to->ahead), "priorities");
    take_order(of, to);
}

static void take_contrasts(const driver_report *of, const nps_drivers *counted, bool robust, driver_group *to)
{
    size_t count = 2 * of->count;
    uint64_t use;
    nps_drivers_fit fit = no_fit;
    to->contrasts = allocate(count * sizeof *to->contrasts);
    to->contrast_faults = allocate(count * sizeof *to->contrast_faults);
    for (size_t i = 0; i < count; i++) {
        to->contrasts[i] = no_driver;
        to->contrast_faults[i] = NPS_DRIVER_FINE;
    }
    to->contrast_trouble = find_trouble(of->given, counted, to, to->contrast_faults, count, &use);
    if (to->contrast_trouble != DRIVERS_FINE) return;
    nps_drivers_model model = model_of(of->given, use, robust);
    to->contrast_trouble = take_regression(counted, &model, &fit, to->contrasts);
    to->has_contrasts = to->contrast_trouble == DRIVERS_FINE;
}

/* contrasts: NULL where they were not asked for. */
static void find_group(const driver_report *of, const nps_drivers *plain, const nps_drivers *contrasts, bool robust,
                       size_t segment, driver_group *to)
{
    uint64_t use;
    start_group(of, segment, to);
    require(nps_drivers_count(plain, &to->rows), "ratings");
    for (size_t i = 0; i < of->count; i++) {
        require(nps_drivers_missing(plain, (int32_t)i, &to->missing[i]), "ratings");
    }
    if (segment == RESULT_TOTAL) {
        result_total(&of->taken, of->given, &to->told);
    } else {
        result_segment(&of->taken, segment, of->given, &to->told);
    }
    to->told.counts.missing = 0;
    to->trouble = find_trouble(of->given, plain, to, to->faults, of->count, &use);
    for (size_t i = 0; i < of->count; i++) to->used += (size_t)(use >> i & 1);
    if (to->trouble == DRIVERS_FINE) take_fit(of, plain, use, to);
    if (!to->has_fit) describe(of, plain, to);
    if (contrasts != NULL) take_contrasts(of, contrasts, robust, to);
}

static nps_drivers *segment_state(const nps_segments *segments, size_t index)
{
    nps_drivers *counted = NULL;
    if (segments != NULL) require(nps_segments_drivers(segments, index, &counted), "segments");
    return counted;
}

/* The sum of all segments; of none, an empty one. */
static nps_drivers *total_state(const options *given, const nps_segments *segments)
{
    nps_segments *total;
    nps_drivers *counted;
    require(nps_segments_rollup(segments, 0, &total), "total");
    if (nps_segments_count(total) > 0) {
        counted = segment_state(total, 0);
    } else {
        nps_drivers_options wanted = {
            .struct_size = sizeof wanted, .ratings = (int32_t)given->driver_count, .scale = &given->scale};
        require(nps_drivers_new(&wanted, &counted), "ratings");
    }
    nps_segments_free(total);
    return counted;
}

static void find_groups(driver_report *of, const driver_states *states)
{
    of->group_count = nps_segments_count(states->segments);
    of->groups = allocate((of->group_count + 1) * sizeof *of->groups);
    for (size_t i = 0; i < of->group_count; i++) {
        nps_drivers *plain = segment_state(states->segments, i), *contrasts = segment_state(states->contrasts, i);
        find_group(of, plain, contrasts, states->robust_contrasts, i, &of->groups[i]);
        nps_drivers_free(plain);
        nps_drivers_free(contrasts);
    }
}

void drivers_find(const options *given, driver_report *out)
{
    driver_states states;
    *out = (driver_report){.given = given, .names = given->drivers, .count = given->driver_count};
    drivers_read(out, &states);
    if (states.segments != NULL) {
        states.all = total_state(given, states.segments);
        if (states.contrasts != NULL) states.all_contrasts = total_state(given, states.contrasts);
    }
    find_group(out, states.all, states.all_contrasts, states.robust_contrasts, RESULT_TOTAL, &out->total);
    if (states.segments != NULL) find_groups(out, &states);
    nps_drivers_free(states.all);
    nps_drivers_free(states.all_contrasts);
    nps_segments_free(states.segments);
    nps_segments_free(states.contrasts);
}

void drivers_free(driver_report *freed)
{
    free_group(&freed->total);
    for (size_t i = 0; i < freed->group_count; i++) free_group(&freed->groups[i]);
    free(freed->groups);
    state_free(&freed->taken);
}

double drivers_unit(const options *given)
{
    return given->explains == NPS_DRIVERS_CLASS ? 100 : 1;
}

uint64_t drivers_size(const driver_report *of, const driver_group *about)
{
    return of->given->pairwise && about->has_fit ? about->fit.n : about->rows.complete;
}

bool drivers_have_order(const options *given, const driver_group *of)
{
    return of->has_fit && (isnan(of->fit.f_p) || of->fit.f_p < 1 - given->level);
}

bool drivers_is_hygiene(const driver_group *of, size_t rating)
{
    if (!of->has_contrasts) return false;
    const nps_driver *penalty = &of->contrasts[2 * rating], *reward = penalty + 1;
    return penalty->upper < 0 && reward->lower <= 0;
}
