#include <nps/trend.h>

#include <nps/status.h>

int nps_trend_linear(const double *times, const nps_sample *samples, size_t count, nps_test *out)
{
    (void)times;
    (void)samples;
    (void)count;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_trend_slope(const double *times, const nps_sample *samples, size_t count, double level, nps_slope *out)
{
    (void)times;
    (void)samples;
    (void)count;
    (void)level;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_trend_mann_kendall(const double *times, const nps_sample *samples, size_t count, const nps_allocator *allocator,
                           nps_test *out)
{
    (void)times;
    (void)samples;
    (void)count;
    (void)allocator;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_trend_rolling(const nps_tally *waves, size_t count, size_t window, nps_tally *rolling)
{
    (void)waves;
    (void)count;
    (void)window;
    (void)rolling;
    return NPS_ERR_ARGUMENT;
}

int nps_trend_rolling_weighted(const nps_weighted *waves, size_t count, size_t window, nps_weighted *rolling)
{
    (void)waves;
    (void)count;
    (void)window;
    (void)rolling;
    return NPS_ERR_ARGUMENT;
}
