#include <nps/calendar.h>

#include <nps/status.h>

int nps_calendar_period(int32_t unit, int64_t seconds, int32_t offset, int64_t *period)
{
    (void)unit;
    (void)seconds;
    (void)offset;
    (void)period;
    return NPS_ERR_ARGUMENT;
}

int nps_calendar_start(int32_t unit, int64_t period, int32_t offset, int64_t *seconds)
{
    (void)unit;
    (void)period;
    (void)offset;
    (void)seconds;
    return NPS_ERR_ARGUMENT;
}

int nps_calendar_next(int32_t unit, int64_t period, int64_t *next)
{
    (void)unit;
    (void)period;
    (void)next;
    return NPS_ERR_ARGUMENT;
}

int nps_calendar_label(int32_t unit, int64_t period, char *label, size_t size)
{
    (void)unit;
    (void)period;
    (void)label;
    (void)size;
    return NPS_ERR_ARGUMENT;
}

int nps_calendar_read_label(const char *label, size_t length, int32_t *unit, int64_t *period)
{
    (void)label;
    (void)length;
    (void)unit;
    (void)period;
    return NPS_ERR_ARGUMENT;
}

const char *nps_calendar_unit_name(int32_t unit)
{
    (void)unit;
    return NULL;
}

int nps_calendar_unit(const char *name, size_t length, int32_t *unit)
{
    (void)name;
    (void)length;
    (void)unit;
    return NPS_ERR_ARGUMENT;
}
