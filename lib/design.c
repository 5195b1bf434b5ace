#include <nps/design.h>

#include <stddef.h>

#include <nps/status.h>

int nps_design_new(const nps_design_options *options, nps_design **out)
{
    (void)options;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

void nps_design_free(nps_design *design)
{
    (void)design;
}

int nps_design_copy(const nps_design *design, nps_design **out)
{
    (void)design;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int32_t nps_design_domains(const nps_design *design)
{
    (void)design;
    return 0;
}

int32_t nps_design_clusters(const nps_design *design)
{
    (void)design;
    return 0;
}

uint32_t nps_design_kind(const nps_design *design)
{
    (void)design;
    return 0;
}

int nps_design_scale(const nps_design *design, nps_scale *out)
{
    (void)design;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_design_set_kind(nps_design *design, uint32_t kind)
{
    (void)design;
    (void)kind;
    return NPS_ERR_ARGUMENT;
}

int nps_design_set_name(nps_design *design, int32_t part, const char *name, size_t length)
{
    (void)design;
    (void)part;
    (void)name;
    (void)length;
    return NPS_ERR_ARGUMENT;
}

int nps_design_name(const nps_design *design, int32_t part, const char **name, size_t *length)
{
    (void)design;
    (void)part;
    (void)name;
    (void)length;
    return NPS_ERR_ARGUMENT;
}

int nps_design_add(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                   int32_t answer, double weight)
{
    (void)design;
    (void)domain;
    (void)stratum;
    (void)psu;
    (void)answer;
    (void)weight;
    return NPS_ERR_ARGUMENT;
}

int nps_design_remove(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                      int32_t answer, double weight)
{
    (void)design;
    (void)domain;
    (void)stratum;
    (void)psu;
    (void)answer;
    (void)weight;
    return NPS_ERR_ARGUMENT;
}

int nps_design_set_population(nps_design *design, const nps_key *stratum, double population)
{
    (void)design;
    (void)stratum;
    (void)population;
    return NPS_ERR_ARGUMENT;
}

int nps_design_population(const nps_design *design, const nps_key *stratum, double *population)
{
    (void)design;
    (void)stratum;
    (void)population;
    return NPS_ERR_ARGUMENT;
}

int nps_design_add_columns(nps_design *design, const nps_design_columns *columns, uint64_t *row)
{
    (void)design;
    (void)columns;
    (void)row;
    return NPS_ERR_ARGUMENT;
}

int nps_design_merge(nps_design *into, const nps_design *from)
{
    (void)into;
    (void)from;
    return NPS_ERR_ARGUMENT;
}

int nps_design_subtract(nps_design *from, const nps_design *taken)
{
    (void)from;
    (void)taken;
    return NPS_ERR_ARGUMENT;
}

int nps_design_sort(nps_design *design)
{
    (void)design;
    return NPS_ERR_ARGUMENT;
}

int nps_design_weighted(const nps_design *design, const nps_key *domain, nps_weighted *out)
{
    (void)design;
    (void)domain;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_design_segments(const nps_design *design, nps_segments **out)
{
    (void)design;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

const char *nps_lonely_name(int32_t lonely)
{
    (void)lonely;
    return NULL;
}

int nps_lonely(const char *name, size_t length, int32_t *lonely)
{
    (void)name;
    (void)length;
    (void)lonely;
    return NPS_ERR_ARGUMENT;
}

int nps_design_estimate(const nps_design *design, const nps_key *domain, int32_t lonely, nps_design_result *out)
{
    (void)design;
    (void)domain;
    (void)lonely;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_design_sample(const nps_design *design, const nps_key *domain, int32_t lonely, double level, nps_sample *out)
{
    (void)design;
    (void)domain;
    (void)lonely;
    (void)level;
    (void)out;
    return NPS_ERR_ARGUMENT;
}
