/* Domains: parts of the answers, whatever their strata and PSUs. */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "design_internal.h"

int npsi_design_check_domain(const nps_design *design, const nps_key *domain)
{
    return domain == NULL ? NPS_OK : npsi_key_check(domain, design->domains, 1);
}

int npsi_design_in_domain(const nps_design *design, const nps_key *domain, const nps_key *key)
{
    const nps_key *parts = key + npsi_design_first(design);
    for (int32_t part = 0; domain != NULL && part < design->domains; part++)
        if (domain[part].type != NPS_KEY_ALL && npsi_key_compare(domain + part, parts + part, 1) != 0) return 0;
    return 1;
}

/* Whether the domain is everything, which is there even when nothing is in it. */
static int is_everything(const nps_design *design, const nps_key *domain)
{
    for (int32_t part = 0; domain != NULL && part < design->domains; part++)
        if (domain[part].type != NPS_KEY_ALL) return 0;
    return 1;
}

int nps_design_weighted(const nps_design *design, const nps_key *domain, nps_weighted *out)
{
    if (design == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    const nps_segments *segments = design->segments;
    nps_weighted sum;
    int status = npsi_design_check_domain(design, domain), found = is_everything(design, domain);
    if (status == NPS_OK) status = nps_weighted_init(&sum, &segments->scale);
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, i, key);
        if (!npsi_design_in_domain(design, domain, key)) continue;
        found = 1;
        status = nps_weighted_merge(&sum, npsi_segments_at(segments, i));
    }
    if (status != NPS_OK) return status;
    if (!found) return NPS_ERR_NOT_FOUND;
    sum.kind = segments->kind;
    *out = sum;
    return NPS_OK;
}

/* An empty container for the domains, with their names. */
static int new_domains(const nps_design *design, nps_segments **out)
{
    const nps_segments *segments = design->segments;
    const nps_segments_options options = {
        .struct_size = sizeof options,
        .dimensions = design->domains,
        .state = NPS_STATE_WEIGHTED,
        .scale = &segments->scale,
        .kind = segments->kind,
        .allocator = &segments->allocator,
    };
    nps_segments *made = NULL;
    int status = nps_segments_new(&options, &made);
    if (status == NPS_OK) memcpy(made->hash_key, segments->hash_key, sizeof made->hash_key);
    for (int32_t part = 0; status == NPS_OK && part < design->domains; part++) {
        const npsi_name *name = segments->name + npsi_design_first(design) + part;
        status = nps_segments_set_name(made, part, name->bytes, name->length);
    }
    if (status == NPS_OK)
        *out = made;
    else
        nps_segments_free(made);
    return status;
}

int nps_design_segments(const nps_design *design, nps_segments **out)
{
    nps_segments *made;
    if (design == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (design->domains == 0) return NPS_ERR_TYPE;
    int status = new_domains(design, &made);
    if (status != NPS_OK) return status;
    for (size_t i = 0; status == NPS_OK && i < design->segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(design->segments, i, key);
        status =
            npsi_segments_merge_state(made, key + npsi_design_first(design), npsi_segments_at(design->segments, i));
    }
    if (status == NPS_OK) status = nps_segments_sort(made);
    if (status == NPS_OK)
        *out = made;
    else
        nps_segments_free(made);
    return status;
}
