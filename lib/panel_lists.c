/* What is read over all respondents. */
#include <nps/status.h>

#include "column_internal.h"
#include "panel_internal.h"

int nps_panel_tally(const nps_panel *panel, const nps_panel_window *window, nps_tally *out)
{
    if (panel == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    nps_panel_window chosen = npsi_window_or_all(window);
    nps_tally tally = {.scale = panel->people.scale};
    for (size_t i = 0; i < panel->people.store.count; i++) {
        const npsi_panel_node *node = npsi_panel_within(panel, i, chosen);
        if (node != NULL) tally.level[npsi_node_code(node)]++;
    }
    *out = tally;
    return NPS_OK;
}

int nps_panel_pairs(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                    nps_pairs *out)
{
    if (panel == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    nps_panel_window first = npsi_window_or_all(before), second = npsi_window_or_all(after);
    nps_pairs pairs = {.scale = panel->people.scale};
    for (size_t i = 0; i < panel->people.store.count; i++) {
        const npsi_panel_node *a = npsi_panel_within(panel, i, first), *b = npsi_panel_within(panel, i, second);
        if (a != NULL && b != NULL)
            pairs.count[npsi_node_code(a)][npsi_node_code(b)]++;
        else if (a != NULL)
            pairs.only_before[npsi_node_code(a)]++;
        else if (b != NULL)
            pairs.only_after[npsi_node_code(b)]++;
    }
    *out = pairs;
    return NPS_OK;
}

/* Whom a list is to have. */
typedef struct selection {
    const nps_panel *panel;
    int at_risk; /* else movers */
    nps_panel_window before, window;
    uint32_t from, to;
    int32_t fall;
} selection;

/* A bit of NPS_PANEL_*. */
static uint32_t class_of(const selection *chosen, int32_t answer)
{
    return 1u << (nps_classify(&chosen->panel->people.scale, answer) - NPS_DETRACTOR);
}

static int has_moved(const selection *chosen, const nps_panel_person *person)
{
    uint32_t before = class_of(chosen, person->before), after = class_of(chosen, person->answer);
    if (chosen->from == NPS_PANEL_ANY && chosen->to == NPS_PANEL_ANY) return before != after;
    return (chosen->from & before) != 0 && (chosen->to & after) != 0;
}

static uint32_t risks_of(const selection *chosen, const nps_panel_person *person)
{
    uint32_t now = class_of(chosen, person->answer), risks = now == NPS_PANEL_DETRACTORS ? NPS_RISK_DETRACTOR : 0;
    if (person->before == NPS_MISSING) return risks;
    if (class_of(chosen, person->before) > now) risks |= NPS_RISK_CLASS;
    if (chosen->fall > 0 && person->before - person->answer >= chosen->fall) risks |= NPS_RISK_FALL;
    return risks;
}

/* Whether respondent `index` is on the list, and as whom. */
static int choose(const selection *chosen, size_t index, nps_panel_person *out)
{
    const nps_panel *panel = chosen->panel;
    const npsi_panel_node *before, *node = npsi_panel_within(panel, index, chosen->window);
    if (node == NULL) return 0;
    before =
        chosen->at_risk ? npsi_panel_before(panel, index, node->time) : npsi_panel_within(panel, index, chosen->before);
    if (before == NULL && !chosen->at_risk) return 0;
    int32_t lowest = panel->people.scale.lowest;
    *out = (nps_panel_person){.before = NPS_MISSING, .time = node->time, .answer = lowest + npsi_node_code(node)};
    if (before != NULL) {
        out->before = lowest + npsi_node_code(before);
        out->before_time = before->time;
    }
    if (!chosen->at_risk) return has_moved(chosen, out);
    out->risks = risks_of(chosen, out);
    return out->risks != 0;
}

static int32_t fall_of(const nps_panel_person *person)
{
    return person->before == NPS_MISSING ? 0 : person->before - person->answer;
}

static int compare_people(const nps_panel_person *a, const nps_panel_person *b)
{
    if (a->answer != b->answer) return a->answer < b->answer ? -1 : 1;
    if (fall_of(a) != fall_of(b)) return fall_of(a) > fall_of(b) ? -1 : 1;
    if (a->time != b->time) return a->time > b->time ? -1 : 1;
    return npsi_key_compare(&a->respondent, &b->respondent, 1);
}

/* Moves the person at the top of a heap of `count` down to where that one belongs; the last in order comes first. */
static void sift(nps_panel_person *people, size_t top, size_t count)
{
    const nps_panel_person moved = people[top];
    for (size_t below; (below = 2 * top + 1) < count; top = below) {
        if (below + 1 < count && compare_people(people + below, people + below + 1) < 0) below++;
        if (compare_people(&moved, people + below) >= 0) break;
        people[top] = people[below];
    }
    people[top] = moved;
}

/* Heapsort, which takes no memory. */
static void sort_people(nps_panel_person *people, size_t count)
{
    for (size_t top = count / 2; top-- > 0;) sift(people, top, count);
    for (size_t left = count; left-- > 1;) {
        nps_panel_person last = people[0];
        people[0] = people[left];
        people[left] = last;
        sift(people, 0, left);
    }
}

static int list(const selection *chosen, nps_panel_person *people, size_t size, size_t *count)
{
    const nps_segments *respondents = &chosen->panel->people;
    nps_panel_person person;
    size_t found = 0, filled = 0;
    for (size_t i = 0; i < respondents->store.count; i++) found += (size_t)choose(chosen, i, &person);
    *count = found;
    if (people == NULL) return NPS_OK;
    if (found > size) return NPS_ERR_BUFFER;
    for (size_t i = 0; i < respondents->store.count; i++) {
        if (!choose(chosen, i, &person)) continue;
        npsi_segments_read_key(respondents, i, &person.respondent);
        people[filled++] = person;
    }
    sort_people(people, filled);
    return NPS_OK;
}

static int is_class(uint32_t classes)
{
    return classes != 0 && (classes & ~NPS_PANEL_ANY) == 0;
}

int nps_panel_movers(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                     uint32_t from, uint32_t to, nps_panel_person *people, size_t size, size_t *count)
{
    if (panel == NULL || count == NULL || (people == NULL && size > 0)) return NPS_ERR_ARGUMENT;
    if (!is_class(from) || !is_class(to)) return NPS_ERR_ARGUMENT;
    selection chosen = {.panel = panel, .from = from, .to = to};
    chosen.before = npsi_window_or_all(before);
    chosen.window = npsi_window_or_all(after);
    return list(&chosen, people, size, count);
}

int nps_panel_at_risk(const nps_panel *panel, const nps_panel_window *window, int32_t fall, nps_panel_person *people,
                      size_t size, size_t *count)
{
    if (panel == NULL || count == NULL || (people == NULL && size > 0) || fall < 0) return NPS_ERR_ARGUMENT;
    selection chosen = {.panel = panel, .at_risk = 1, .window = npsi_window_or_all(window), .fall = fall};
    return list(&chosen, people, size, count);
}
