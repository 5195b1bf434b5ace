/* How a design lies in memory, and what its files share. */
#ifndef NPSI_DESIGN_INTERNAL_H
#define NPSI_DESIGN_INTERNAL_H

#include <string.h>

#include <nps/design.h>

#include "segments_internal.h"

/*
 * The weighted states of a container whose keys are the stratum, the PSU where there are clusters, and the parts of the
 * domain. Populations are found through a container of their own, by stratum: in place of a tally's counts it has an
 * npsi_population. None of its functions look at the counts but copying, which adds them to zeros: the bits of a
 * positive double are a count below 2^63.
 */
struct nps_design {
    nps_segments *segments, *populations;
    int32_t domains, clusters;
    int sorted; /* the segments are in the order of their keys */
};

typedef struct npsi_population {
    double size;   /* 0: none, left by one that was dropped */
    uint64_t mark; /* 0 but within nps_design_subtract */
} npsi_population;

/* The parts of a key before those of the domain. */
static inline int32_t npsi_design_first(const nps_design *design)
{
    return 1 + design->clusters;
}

static inline npsi_population npsi_population_at(const nps_segments *populations, size_t index)
{
    npsi_population population;
    memcpy(&population, npsi_segments_at(populations, index), sizeof population);
    return population;
}

static inline void npsi_population_put(nps_segments *populations, size_t index, npsi_population population)
{
    memcpy(npsi_segments_at(populations, index), &population, sizeof population);
}

/* A stratum's population, 0: none. */
double npsi_design_population(const nps_design *design, const nps_key *stratum);

/* Whether populations can be this large. */
int npsi_population_possible(double size);

/* Whether two designs can be merged, by what they were made with: NPS_ERR_ARGUMENT, NPS_ERR_TYPE, NPS_ERR_SCALE. */
int npsi_design_check_pair(const nps_design *a, const nps_design *b);

/* NPS_ERR_ARGUMENT, NPS_ERR_LIMIT: a domain that cannot be. */
int npsi_design_check_domain(const nps_design *design, const nps_key *domain);

/* Whether the domain, NULL for everything, has a key of the design's segments. */
int npsi_design_in_domain(const nps_design *design, const nps_key *domain, const nps_key *key);

/* Tells that segments may have come in after the first `before`. */
static inline void npsi_design_grown(nps_design *design, size_t before)
{
    if (nps_segments_count(design->segments) > before) design->sorted = 0;
}

#endif
