#ifndef NPSI_RANK_INTERNAL_H
#define NPSI_RANK_INTERNAL_H

#include <stddef.h>

#include <nps/allocator.h>
#include <nps/rank.h>

/*
 * Sets `best` of each: the probability of being among the `best` highest, 1 to count - 1, of independent normal true
 * scores with means `shrunken` and standard deviations `shrunken_se`, all above 0. Errors below 1e-11. NPS_ERR_MEMORY.
 */
int npsi_rank_best(const nps_allocator *memory, nps_ranked *ranked, size_t count, size_t best);

#endif
