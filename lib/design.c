#include <nps/design.h>

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "design_internal.h"
#include "names_internal.h"
#include "struct_internal.h"

_Static_assert(NPS_MAX_DOMAIN_PARTS + 2 == NPS_MAX_DIMENSIONS, "a key has the stratum, the PSU and the domain");

static const nps_key no_stratum = {.type = NPS_KEY_NULL};

static int make_containers(const nps_design_options *known, nps_design *made)
{
    nps_segments_options options = {
        .struct_size = sizeof options,
        .dimensions = 1 + known->clusters + known->domains,
        .state = NPS_STATE_WEIGHTED,
        .scale = known->scale,
        .kind = known->kind,
        .seed = known->seed,
        .allocator = known->allocator,
    };
    int status = nps_segments_new(&options, &made->segments);
    if (status != NPS_OK) return status;
    options.dimensions = 1;
    options.state = NPS_STATE_TALLY;
    return nps_segments_new(&options, &made->populations);
}

/* The design itself, once its containers are there. They are freed when this fails, or when `status` is an error. */
static int finish(int status, nps_design made, nps_design **out)
{
    nps_design *design = NULL;
    if (status == NPS_OK) {
        design = npsi_resize(&made.segments->allocator, NULL, 0, 1, sizeof *design);
        if (design == NULL) status = NPS_ERR_MEMORY;
    }
    if (status == NPS_OK) {
        *design = made;
        *out = design;
    } else {
        nps_segments_free(made.segments);
        nps_segments_free(made.populations);
    }
    return status;
}

int nps_design_new(const nps_design_options *options, nps_design **out)
{
    nps_design_options known;
    int status = npsi_struct_read(options, &known, sizeof known);
    if (status != NPS_OK || out == NULL || known.reserved != 0) return NPS_ERR_ARGUMENT;
    if (known.domains < 0 || known.domains > NPS_MAX_DOMAIN_PARTS) return NPS_ERR_ARGUMENT;
    if (known.clusters != 0 && known.clusters != 1) return NPS_ERR_ARGUMENT;
    nps_design made = {.domains = known.domains, .clusters = known.clusters, .sorted = 1};
    return finish(make_containers(&known, &made), made, out);
}

void nps_design_free(nps_design *design)
{
    if (design == NULL) return;
    nps_allocator allocator = design->segments->allocator;
    nps_segments_free(design->segments);
    nps_segments_free(design->populations);
    npsi_resize(&allocator, design, 1, 0, sizeof *design);
}

int nps_design_copy(const nps_design *design, nps_design **out)
{
    if (design == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    nps_design made = *design;
    made.segments = made.populations = NULL;
    int status = nps_segments_copy(design->segments, &made.segments);
    if (status == NPS_OK) status = nps_segments_copy(design->populations, &made.populations);
    return finish(status, made, out);
}

int32_t nps_design_domains(const nps_design *design)
{
    return design == NULL ? 0 : design->domains;
}

int32_t nps_design_clusters(const nps_design *design)
{
    return design == NULL ? 0 : design->clusters;
}

uint32_t nps_design_kind(const nps_design *design)
{
    return design == NULL ? NPS_KIND_NONE : nps_segments_kind(design->segments);
}

int nps_design_scale(const nps_design *design, nps_scale *out)
{
    return design == NULL ? NPS_ERR_ARGUMENT : nps_segments_scale(design->segments, out);
}

int nps_design_set_kind(nps_design *design, uint32_t kind)
{
    return design == NULL ? NPS_ERR_ARGUMENT : nps_segments_set_kind(design->segments, kind);
}

int nps_design_set_name(nps_design *design, int32_t part, const char *name, size_t length)
{
    if (design == NULL || part < 0 || part >= design->domains) return NPS_ERR_ARGUMENT;
    return nps_segments_set_name(design->segments, npsi_design_first(design) + part, name, length);
}

int nps_design_name(const nps_design *design, int32_t part, const char **name, size_t *length)
{
    if (design == NULL || part < 0 || part >= design->domains) return NPS_ERR_ARGUMENT;
    return nps_segments_name(design->segments, npsi_design_first(design) + part, name, length);
}

static int make_key(const nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                    nps_key *key)
{
    if (design == NULL || (domain == NULL && design->domains > 0)) return NPS_ERR_ARGUMENT;
    if ((psu != NULL) != design->clusters) return NPS_ERR_ARGUMENT;
    key[0] = stratum == NULL ? no_stratum : *stratum;
    if (psu != NULL) key[1] = *psu;
    for (int32_t part = 0; part < design->domains; part++) key[npsi_design_first(design) + part] = domain[part];
    return NPS_OK;
}

int nps_design_add(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                   int32_t answer, double weight)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    int status = make_key(design, domain, stratum, psu, key);
    if (status != NPS_OK) return status;
    size_t before = nps_segments_count(design->segments);
    status = nps_segments_add_weighted(design->segments, key, answer, weight);
    npsi_design_grown(design, before);
    return status;
}

int nps_design_remove(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                      int32_t answer, double weight)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    int status = make_key(design, domain, stratum, psu, key);
    return status == NPS_OK ? nps_segments_remove_weighted(design->segments, key, answer, weight) : status;
}

int npsi_population_possible(double size)
{
    return size >= 1 && isfinite(size);
}

double npsi_design_population(const nps_design *design, const nps_key *stratum)
{
    const nps_segments *populations = design->populations;
    size_t index = npsi_segments_lookup(populations, stratum, npsi_key_hash(populations->hash_key, stratum, 1));
    return index == NPSI_NO_SEGMENT ? 0 : npsi_population_at(populations, index).size;
}

int nps_design_set_population(nps_design *design, const nps_key *stratum, double population)
{
    if (design == NULL) return NPS_ERR_ARGUMENT;
    if (stratum == NULL) stratum = &no_stratum;
    int status = npsi_key_check(stratum, 1, 0);
    if (status != NPS_OK) return status;
    if (!npsi_population_possible(population)) return NPS_ERR_RANGE;
    size_t index;
    status = npsi_segments_place(design->populations, stratum, &index);
    if (status != NPS_OK) return status;
    double known = npsi_population_at(design->populations, index).size;
    if (known != 0 && known != population) return NPS_ERR_SCALE;
    npsi_population_put(design->populations, index, (npsi_population){population, 0});
    return NPS_OK;
}

int nps_design_population(const nps_design *design, const nps_key *stratum, double *population)
{
    if (design == NULL || population == NULL) return NPS_ERR_ARGUMENT;
    if (stratum == NULL) stratum = &no_stratum;
    int status = npsi_key_check(stratum, 1, 0);
    if (status != NPS_OK) return status;
    double known = npsi_design_population(design, stratum);
    if (known == 0) return NPS_ERR_NOT_FOUND;
    *population = known;
    return NPS_OK;
}

int nps_design_sort(nps_design *design)
{
    if (design == NULL) return NPS_ERR_ARGUMENT;
    int status = design->sorted ? NPS_OK : nps_segments_sort(design->segments);
    if (status == NPS_OK) design->sorted = 1;
    return status;
}

static const char *const lonely_names[NPS_LONELY_COUNT] = {
    [NPS_LONELY_FAIL] = "fail",     [NPS_LONELY_REMOVE] = "remove",   [NPS_LONELY_CERTAINTY] = "certainty",
    [NPS_LONELY_ADJUST] = "adjust", [NPS_LONELY_AVERAGE] = "average",
};

const char *nps_lonely_name(int32_t lonely)
{
    return lonely < 0 || lonely >= NPS_LONELY_COUNT ? NULL : lonely_names[lonely];
}

int nps_lonely(const char *name, size_t length, int32_t *lonely)
{
    return npsi_find_name(nps_lonely_name, NPS_LONELY_COUNT, name, length, lonely);
}
