#include <nps/monitor.h>

#include <nps/status.h>

int nps_monitor_waves(const nps_sample *baseline, const nps_sample *waves, size_t count,
                      const nps_monitor_options *options, nps_monitored *monitored)
{
    (void)baseline;
    (void)waves;
    (void)count;
    (void)options;
    (void)monitored;
    return NPS_ERR_ARGUMENT;
}

int nps_monitor_rule(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample, nps_alert *out)
{
    (void)rule;
    (void)baseline;
    (void)sample;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

const char *nps_monitor_rule_name(int32_t rule)
{
    (void)rule;
    return NULL;
}

int nps_monitor_rule_number(const char *name, size_t length, int32_t *rule)
{
    (void)name;
    (void)length;
    (void)rule;
    return NPS_ERR_ARGUMENT;
}
