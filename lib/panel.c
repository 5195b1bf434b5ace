#include <nps/panel.h>

#include <nps/status.h>

int nps_panel_new(const nps_scale *scale, uint64_t seed, const nps_allocator *allocator, nps_panel **out)
{
    (void)scale;
    (void)seed;
    (void)allocator;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

void nps_panel_free(nps_panel *panel)
{
    (void)panel;
}

int nps_panel_add(nps_panel *panel, const nps_key *respondent, int64_t time, int32_t answer)
{
    (void)panel;
    (void)respondent;
    (void)time;
    (void)answer;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_add_columns(nps_panel *panel, const nps_column *respondents, const nps_column *times,
                          const nps_column *answers, nps_panel_skipped *skipped)
{
    (void)panel;
    (void)respondents;
    (void)times;
    (void)answers;
    (void)skipped;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_remove(nps_panel *panel, const nps_key *respondent, int64_t time)
{
    (void)panel;
    (void)respondent;
    (void)time;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_merge(nps_panel *into, const nps_panel *from)
{
    (void)into;
    (void)from;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_scale(const nps_panel *panel, nps_scale *out)
{
    (void)panel;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

uint64_t nps_panel_respondents(const nps_panel *panel)
{
    (void)panel;
    return 0;
}

uint64_t nps_panel_answers(const nps_panel *panel)
{
    (void)panel;
    return 0;
}

int nps_panel_answer(const nps_panel *panel, const nps_key *respondent, const nps_panel_window *window, int32_t *answer,
                     int64_t *time)
{
    (void)panel;
    (void)respondent;
    (void)window;
    (void)answer;
    (void)time;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_tally(const nps_panel *panel, const nps_panel_window *window, nps_tally *out)
{
    (void)panel;
    (void)window;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_pairs(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                    nps_pairs *out)
{
    (void)panel;
    (void)before;
    (void)after;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_movers(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                     uint32_t from, uint32_t to, nps_panel_person *people, size_t size, size_t *count)
{
    (void)panel;
    (void)before;
    (void)after;
    (void)from;
    (void)to;
    (void)people;
    (void)size;
    (void)count;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_at_risk(const nps_panel *panel, const nps_panel_window *window, int32_t fall, nps_panel_person *people,
                      size_t size, size_t *count)
{
    (void)panel;
    (void)window;
    (void)fall;
    (void)people;
    (void)size;
    (void)count;
    return NPS_ERR_ARGUMENT;
}
