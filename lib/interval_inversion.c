/* Bounds that invert a statistic of the restricted estimate: skewed and likelihood. */
#include "interval_internal.h"

#include <math.h>

#include "root_internal.h"

#define MOST_DOUBLINGS 64

typedef struct inversion {
    double (*statistic)(const npsi_shares *shares, double trial);
    const npsi_shares *shares;
    double z;
} inversion;

static double excess(double trial, const void *context)
{
    const inversion *inverted = context;
    return inverted->statistic(inverted->shares, trial) - inverted->z;
}

/* The trial score below the sample's own at which a falling statistic is z. Away from -1 both ends of the bracket have
 * finite values; the score limit gives its width. */
static double invert(const npsi_interval_request *request, double (*statistic)(const npsi_shares *, double))
{
    inversion inverted = {statistic, &request->shares, request->z};
    double score = request->shares.score, right = score;
    double width = score - npsi_score_limit(&request->shares, request->z);
    double at_right = excess(right, &inverted);
    if (at_right >= 0 || !(width > 0)) return score;
    for (int i = 0; i < MOST_DOUBLINGS; i++, width *= 2) {
        double left = score - width;
        if (left <= -1) break;
        double at_left = excess(left, &inverted);
        if (at_left > 0) return npsi_root(excess, &inverted, left, at_left, right, at_right);
        right = left, at_right = at_left;
    }
    return npsi_root(excess, &inverted, -1, INFINITY, right, at_right);
}

/* Towards t = -1 the skewed statistic rises to a limit only: beyond it there is no bound but -1 itself. */
double npsi_lower_skewed(const npsi_interval_request *request)
{
    double p = request->shares.passives, r = request->shares.promoters, n = request->shares.size;
    if (n <= 1 || (p == 0 && r == 0)) return -1;
    double limit = sqrt(1 + 6 * n * n * (p + 2 * r) * (p + 2 * r) / ((n - 1) * (p + 4 * r)));
    return request->z < limit ? invert(request, npsi_skewed_statistic) : -1;
}

double npsi_lower_likelihood(const npsi_interval_request *request)
{
    if (request->shares.passives == 0 && request->shares.promoters == 0) return -1;
    return invert(request, npsi_likelihood_statistic);
}
