/* What each theme does to the score, against the reference (see tests/reference/README.md), answers kept one by one,
 * and what must hold. */
#include <math.h>
#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <nps/themes.h>
#include <stdio.h>
#include <stdlib.h>

#include "themes_answers.h"

#define MOST_THEMES 16

static nps_themes_options defaults(void)
{
    return (nps_themes_options){.struct_size = sizeof(nps_themes_options)};
}

static size_t estimates(const nps_segments *segments, const nps_key *key, const nps_themes_options *options,
                        nps_theme *themes)
{
    size_t count = 0, counted = 0;
    ck_status(nps_themes_estimate(segments, key, options, NULL, 0, &counted), NPS_OK);
    ck_assert_uint_le(counted, MOST_THEMES);
    ck_status(nps_themes_estimate(segments, key, options, themes, counted, &count), NPS_OK);
    ck_assert_uint_eq(count, counted);
    return count;
}

static const nps_theme *theme_of(const nps_theme *themes, size_t count, const nps_key *key)
{
    for (size_t i = 0; i < count; i++)
        if (model_compare_part(&themes[i].theme, key) == 0) return themes + i;
    return NULL;
}

/* "price|staff:10:1;..." */
static nps_segments *unpack(const char *text)
{
    nps_segments *segments = new_themes(0, NPS_STATE_WEIGHTED, NULL);
    for (char *end; *text != '\0'; text = end + (*end == ';')) {
        size_t length = strcspn(text, ":");
        long answer = strtol(text + length + 1, &end, 10);
        double weight = strtod(end + 1, &end);
        ck_status(nps_themes_add_text(segments, NULL, text, length, "|", 1, (int32_t)answer, weight), NPS_OK);
    }
    return segments;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("themes.csv");
    static const char *columns[] = {"share",
                                    "with",
                                    "without",
                                    "difference",
                                    "lower",
                                    "upper",
                                    "impact",
                                    "impact_lower",
                                    "impact_upper",
                                    "contribution",
                                    "contribution_lower",
                                    "contribution_upper"};
    ck_assert_uint_eq(csv->rows, 200);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_segments *segments = unpack(test_csv_cell(csv, row, "answers"));
        nps_themes_options options = defaults();
        nps_theme themes[MOST_THEMES];
        const char *name = test_csv_cell(csv, row, "theme");
        nps_key key = *name == '\0' ? KEY_NULL : KEY_BYTES(name, strlen(name));
        size_t count = estimates(segments, NULL, &options, themes), alike = 0;
        const nps_theme *theme = theme_of(themes, count, &key);
        ck_assert_ptr_nonnull(theme);
        const double found[] = {theme->share,
                                theme->with,
                                theme->without,
                                theme->difference,
                                theme->lower,
                                theme->upper,
                                theme->impact,
                                theme->impact_lower,
                                theme->impact_upper,
                                theme->contribution,
                                theme->contribution_lower,
                                theme->contribution_upper};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            double expected = test_csv_number(csv, row, columns[i]);
            ck_assert_msg(test_near(found[i], expected, 2e-13), "row %zu: %s is %.17g, not %.17g", row, columns[i],
                          found[i], expected);
        }
        ck_assert_uint_eq(theme->mentions, (uint64_t)test_csv_number(csv, row, "mentions"));
        for (size_t i = 0; i < csv->rows; i++)
            alike += strcmp(test_csv_cell(csv, i, "name"), test_csv_cell(csv, row, "name")) == 0;
        ck_assert_uint_eq(count, alike);
        double together = 0;
        for (size_t i = 0; i < count; i++) together += themes[i].contribution;
        ck_near(together / 100, test_csv_number(csv, row, "score") / 100, 1e-15);
        nps_segments_free(segments);
    }
    test_csv_free(csv);
}
END_TEST

static int sample_of(int32_t state, const nps_weighted *weighted, nps_sample *out)
{
    nps_tally tally;
    if (state == NPS_STATE_WEIGHTED) return nps_weighted_sample(weighted, out);
    ck_status(nps_weighted_tally(weighted, &tally), NPS_OK);
    return nps_tally_sample(&tally, out);
}

/* An answer's part of the score that goes to a theme, or to none. */
static long double part_of(const answered *row, const nps_key *theme)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    int side = nps_classify(&scale, row->answer), count = different_themes(row);
    if (side == NPS_OFF_SCALE || !mentions_theme(row, theme)) return 0;
    return (long double)side / (count == 0 ? 1 : count);
}

static void check_contribution(const answers *all, const nps_key *key, double level, const nps_theme *found)
{
    long double weight = 0, above = 0, below = 0, squares = 0;
    nps_weighted sum = weigh_answers(all, key, NULL, 0);
    nps_sample sample;
    double size, lower, upper;
    nps_scale scale;
    nps_scale_standard(&scale);
    for (const answered *row = all->row; row < all->row + all->count; row++) {
        if (!is_under(all, row, key) || nps_classify(&scale, row->answer) == NPS_OFF_SCALE) continue;
        long double x = part_of(row, &found->theme);
        weight += row->weight;
        above += x > 0 ? row->weight * x : 0;
        below += x < 0 ? row->weight * -x : 0;
        squares += row->weight * x * x;
    }
    ck_status(sample_of(all->state, &sum, &sample), NPS_OK);
    ck_status(nps_sample_size(&sample, &size), NPS_OK);
    long double wider = squares > 0 ? (above + below) / squares : 1;
    ck_near(found->contribution / 100, (double)((above - below) / weight), 1e-15);
    sample.promoters = (double)(size * wider * above / weight);
    sample.detractors = (double)(size * wider * below / weight);
    sample.passives = fmax(0, size - sample.promoters - sample.detractors);
    ck_status(nps_interval(&sample, NPS_INTERVAL_SCORE, level, &lower, &upper), NPS_OK);
    ck_near(found->contribution_lower, lower / (double)wider, 1e-12);
    ck_near(found->contribution_upper, upper / (double)wider, 1e-12);
    ck_assert(found->contribution_lower <= found->contribution && found->contribution <= found->contribution_upper);
}

static int is_double(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Returns p where it counts for the adjustment, else NaN. */
static double check_theme(const answers *all, const nps_key *key, const nps_themes_options *options,
                          const nps_theme *found)
{
    nps_weighted all_of_them = weigh_answers(all, key, NULL, 0);
    nps_weighted with = weigh_answers(all, key, &found->theme, 1), rest = weigh_answers(all, key, &found->theme, 0);
    double level = options->level == 0 ? 0.95 : options->level, score_all, score_with = NAN, score_without = NAN;
    nps_sample who = {0}, others = {0};
    nps_difference gap = {sizeof gap, NAN, NAN, NAN, NAN, NAN, NAN};
    nps_tally counts;
    ck_status(nps_weighted_tally(&with, &counts), NPS_OK);
    ck_assert_uint_eq(found->mentions, nps_tally_responses(&counts));
    ck_near(found->share, nps_weighted_total(&with) / nps_weighted_total(&all_of_them), 1e-15);
    (void)nps_weighted_score(&with, &score_with);
    (void)nps_weighted_score(&rest, &score_without);
    ck_near(found->with, score_with, 1e-14);
    ck_near(found->without, score_without, 1e-14);
    ck_status(nps_weighted_score(&all_of_them, &score_all), NPS_OK);
    int is_defined = sample_of(all->state, &with, &who) == NPS_OK && sample_of(all->state, &rest, &others) == NPS_OK;
    if (is_defined) {
        int status = nps_compare(&others, &who, options->method, level, &gap);
        ck_assert(status == NPS_OK || status == NPS_ERR_SINGULAR);
    }
    ck_assert(is_double(found->difference, gap.estimate) && is_double(found->lower, gap.lower));
    ck_assert(is_double(found->upper, gap.upper) && is_double(found->statistic, gap.statistic));
    ck_assert(is_double(found->df, gap.df) && is_double(found->p, gap.p));
    ck_near(found->impact, isnan(gap.p) ? NAN : score_all - score_without, 2e-13);
    ck_assert(is_double(found->impact_lower, found->share * gap.lower));
    ck_assert(is_double(found->impact_upper, found->share * gap.upper));
    check_contribution(all, key, level, found);
    return found->theme.type == NPS_KEY_NULL ? NAN : gap.p;
}

/* In the order of contributions, equal ones by key; these add up to the score; p is adjusted among themselves. */
static void check_list(const answers *all, const nps_key *key, const nps_themes_options *options,
                       const nps_theme *themes, size_t count)
{
    double p[MOST_THEMES], adjusted[MOST_THEMES], together = 0, score;
    nps_weighted sum = weigh_answers(all, key, NULL, 0);
    size_t there = 0;
    for (size_t t = 0; t <= THEMES; t++) {
        nps_key theme = t < THEMES ? theme_key(t) : KEY_NULL;
        int is_mentioned = 0;
        for (const answered *row = all->row; row < all->row + all->count; row++)
            is_mentioned |= is_under(all, row, key) && mentions_theme(row, &theme);
        there += (size_t)is_mentioned;
        ck_assert_int_eq(is_mentioned, theme_of(themes, count, &theme) != NULL);
    }
    ck_assert_uint_eq(there, count);
    for (size_t i = 0; i < count; i++) {
        p[i] = check_theme(all, key, options, themes + i);
        together += themes[i].contribution;
        if (i == 0) continue;
        ck_assert(themes[i].contribution >= themes[i - 1].contribution);
        if (themes[i].contribution == themes[i - 1].contribution)
            ck_assert_int_gt(model_compare_part(&themes[i].theme, &themes[i - 1].theme), 0);
    }
    ck_status(nps_weighted_score(&sum, &score), NPS_OK);
    ck_near(together / 100, score / 100, 3e-15);
    ck_status(nps_adjust(p, count, options->adjust, NULL, adjusted), NPS_OK);
    for (size_t i = 0; i < count; i++) ck_assert(is_double(themes[i].p_adjusted, adjusted[i]));
}

START_TEST(answer_by_answer)
{
    uint64_t seed = (uint64_t)_i;
    static const size_t sizes[] = {1, 2, 5, 20, 60, MOST_ANSWERS};
    static const int32_t methods[] = {NPS_DIFFERENCE_MOVER, NPS_DIFFERENCE_SCORE, NPS_DIFFERENCE_ADJUSTED_WALD,
                                      NPS_DIFFERENCE_WELCH};
    answers all = random_answers(&seed, _i / 2 % 3, _i % 2 ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY, sizes[_i % 6]);
    nps_segments *segments = segments_of(&all);
    const nps_key parts[] = {KEY_ALL, KEY_INTEGER(1)};
    for (int pick = 0; pick < 4; pick++) {
        const nps_key key[2] = {parts[pick & 1], parts[pick >> 1]};
        nps_themes_options options = defaults();
        nps_theme themes[MOST_THEMES];
        nps_weighted sum = weigh_answers(&all, key, NULL, 0);
        options.method = methods[test_below(&seed, 4)];
        options.adjust = (int32_t)test_below(&seed, NPS_ADJUST_COUNT);
        options.level = test_below(&seed, 2) ? 0.8 : 0;
        if (nps_weighted_total(&sum) == 0) {
            size_t count = 99;
            nps_tally there;
            int status = nps_themes_tally(segments, key, &there) == NPS_OK ? NPS_ERR_EMPTY : NPS_ERR_NOT_FOUND;
            ck_status(nps_themes_estimate(segments, key, &options, NULL, 0, &count), status);
            ck_assert_uint_eq(count, 99);
            continue;
        }
        size_t count = estimates(segments, key, &options, themes);
        check_list(&all, key, &options, themes, count);
    }
    nps_segments_free(segments);
}
END_TEST

/* With one theme an answer a contribution is the score of the theme's promoters and detractors among all answers. */
START_TEST(single_themes)
{
    static const char *names[] = {"a", "b", "c", ""};
    uint64_t seed = (uint64_t)_i;
    int32_t state = _i % 2 ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY;
    nps_segments *segments = new_themes(0, state, NULL);
    nps_weighted sums[4], all;
    nps_themes_options options = defaults();
    nps_theme themes[MOST_THEMES];
    ck_status(nps_weighted_init(&all, NULL), NPS_OK);
    for (int i = 0; i < 4; i++) ck_status(nps_weighted_init(sums + i, NULL), NPS_OK);
    for (uint64_t i = 0; i < 3 + 10 * (uint64_t)_i; i++) {
        size_t name = (size_t)test_below(&seed, 4);
        int32_t answer = (int32_t)test_below(&seed, 11);
        double weight = state == NPS_STATE_TALLY ? 1 : 0.25 + any_weight(&seed);
        ck_status(nps_themes_add_text(segments, NULL, names[name], strlen(names[name]), ";", 1, answer, weight),
                  NPS_OK);
        for (size_t t = 0; t < 4; t++) ck_status(nps_weighted_add(sums + t, t == name ? answer : 7, weight), NPS_OK);
        ck_status(nps_weighted_add(&all, answer, weight), NPS_OK);
    }
    size_t count = estimates(segments, NULL, &options, themes);
    for (size_t t = 0; t < 4; t++) {
        nps_sample sample;
        double lower, upper, score;
        const nps_key key = t == 3 ? KEY_NULL : KEY_BYTES(names[t], 1);
        const nps_theme *found = theme_of(themes, count, &key);
        if (found == NULL) continue;
        ck_status(sample_of(state, sums + t, &sample), NPS_OK);
        ck_status(nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper), NPS_OK);
        ck_status(nps_sample_score(&sample, &score), NPS_OK);
        ck_near(found->contribution, score, state == NPS_STATE_TALLY ? 0 : 1e-14);
        ck_near(found->contribution_lower, lower, state == NPS_STATE_TALLY ? 0 : 1e-13);
        ck_near(found->contribution_upper, upper, state == NPS_STATE_TALLY ? 0 : 1e-13);
        ck_near(found->contribution, found->share * found->with, 1e-13);
    }
    nps_segments_free(segments);
}
END_TEST

START_TEST(mirrored)
{
    uint64_t seed = (uint64_t)_i;
    answers all = random_answers(&seed, 0, _i % 2 ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY, 4 + 6 * (size_t)_i), turned;
    for (size_t i = 0; i < all.count; i++)
        all.row[i].answer = (int32_t)(test_below(&seed, 3) * 5), all.row[i].weight += 1;
    for (size_t i = 0; i < all.count && all.state == NPS_STATE_TALLY; i++) all.row[i].weight = 1;
    for (size_t i = 0; i < all.count; i++) all.row[i].answer = all.row[i].answer == 5 ? 8 : all.row[i].answer;
    turned = all;
    for (size_t i = 0; i < all.count; i++) turned.row[i].answer = all.row[i].answer == 8 ? 8 : 10 - all.row[i].answer;
    nps_segments *segments = segments_of(&all), *mirror = segments_of(&turned);
    nps_themes_options options = defaults();
    nps_theme themes[MOST_THEMES], others[MOST_THEMES];
    options.method = _i % 3;
    size_t count = estimates(segments, NULL, &options, themes);
    ck_assert_uint_eq(estimates(mirror, NULL, &options, others), count);
    for (size_t i = 0; i < count; i++) {
        const nps_theme *a = themes + i, *b = theme_of(others, count, &a->theme);
        ck_assert(is_double(a->share, b->share) && is_double(a->p, b->p) && is_double(a->df, b->df));
        ck_assert(is_double(a->with, -b->with) && is_double(a->without, -b->without));
        ck_assert(is_double(a->difference, -b->difference) && is_double(a->statistic, -b->statistic));
        ck_assert(is_double(a->lower, -b->upper) && is_double(a->upper, -b->lower));
        ck_assert(is_double(a->impact, -b->impact) && is_double(a->impact_lower, -b->impact_upper));
        ck_assert(is_double(a->contribution, -b->contribution));
        ck_assert(is_double(a->contribution_lower, -b->contribution_upper));
        ck_assert(is_double(a->contribution_upper, -b->contribution_lower));
    }
    nps_segments_free(segments);
    nps_segments_free(mirror);
}
END_TEST

/* So many answers of each of the themes a and b, which all have both, and of c alone. */
static nps_segments *counted(uint64_t both, int32_t answer, uint64_t alone, int32_t other)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    ck_status(nps_segments_add(segments, (nps_key[]){KEY_BYTES("a", 1), KEY_INTEGER(2)}, answer, both), NPS_OK);
    ck_status(nps_segments_add(segments, (nps_key[]){KEY_BYTES("b", 1), KEY_INTEGER(2)}, answer, both), NPS_OK);
    ck_status(nps_segments_add(segments, (nps_key[]){KEY_BYTES("c", 1), KEY_INTEGER(1)}, other, alone), NPS_OK);
    return segments;
}

START_TEST(bounds_are_finite)
{
    static const uint64_t sizes[] = {0, 1, 3, 1000, 333333333333333, 999999999999999};
    static const int32_t sides[] = {0, 8, 10};
    nps_themes_options options = defaults();
    for (size_t i = 0; i < 54; i++) {
        uint64_t both = sizes[i % 6], alone = sizes[5] - both < 1000 ? 1 : sizes[(i / 6) % 3];
        nps_segments *segments = counted(both, sides[i / 18], alone, sides[(i / 6 + i) % 3]);
        nps_theme themes[MOST_THEMES];
        size_t count = 0;
        int status = nps_themes_estimate(segments, NULL, &options, themes, MOST_THEMES, &count);
        ck_status(status, both + alone == 0 ? NPS_ERR_EMPTY : NPS_OK);
        ck_assert_uint_eq(count, (both > 0 ? 2u : 0u) + (alone > 0));
        for (size_t t = 0; t < count; t++) {
            ck_assert(-100 <= themes[t].contribution_lower && themes[t].contribution_upper <= 100);
            ck_assert(themes[t].contribution_lower <= themes[t].contribution);
            ck_assert(themes[t].contribution <= themes[t].contribution_upper);
            ck_assert(both == 0 || alone == 0 || (isfinite(themes[t].impact_lower) && isfinite(themes[t].upper)));
        }
        nps_segments_free(segments);
    }
    nps_segments *segments = counted(1000000000000000, 10, 1, 0);
    size_t count = 99;
    ck_status(nps_themes_estimate(segments, NULL, &options, NULL, 0, &count), NPS_ERR_RANGE);
    ck_assert_uint_eq(count, 99);
    nps_segments_free(segments);
}
END_TEST

/* All answers of one side, all with as many themes: whatever the rounding, no bound leaves the scale or passes by the
 * contribution. */
START_TEST(one_side)
{
    nps_themes_options options = defaults();
    int32_t answer = _i == 0 ? 0 : 10;
    double side = _i == 0 ? -1 : 1;
    for (int64_t themes = 1; themes <= 12; themes++) {
        for (uint64_t count = 1; count < 400; count += 1 + count / 40) {
            nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
            nps_theme found[MOST_THEMES];
            nps_sample sample = {0, 0, (double)count, 0};
            double lower, upper;
            for (int64_t i = 0; i < themes; i++)
                ck_status(nps_segments_add(segments, (nps_key[]){KEY_INTEGER(i), KEY_INTEGER(themes)}, answer, count),
                          NPS_OK);
            ck_assert_uint_eq(estimates(segments, NULL, &options, found), (size_t)themes);
            ck_status(nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper), NPS_OK);
            double inner = _i == 0 ? found->contribution_upper : found->contribution_lower;
            double outer = _i == 0 ? found->contribution_lower : found->contribution_upper;
            ck_near(found->contribution * (double)themes, side * 100, 1e-14);
            ck_near(inner * (double)themes, side * lower, 1e-12);
            ck_near(outer * (double)themes, side * 100, 1e-14);
            ck_assert(side * outer >= side * found->contribution && side * found->contribution >= side * inner);
            nps_segments_free(segments);
        }
    }
}
END_TEST

/* Bytes are those of the caller's container. What was taken back leaves no trace. */
START_TEST(taken_back)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    nps_themes_options options = defaults();
    nps_theme before[MOST_THEMES], after[MOST_THEMES];
    ck_status(nps_themes_add_text(segments, NULL, "price;staff", 11, ";", 1, 10, 1), NPS_OK);
    ck_status(nps_themes_add_text(segments, NULL, "price", 5, ";", 1, 2, 1), NPS_OK);
    size_t count = estimates(segments, NULL, &options, before);
    for (size_t i = 0; i < count; i++) {
        int is_there = 0;
        for (size_t at = 0; at < nps_segments_count(segments); at++) {
            nps_key key;
            ck_status(nps_segments_key(segments, at, 0, &key), NPS_OK);
            is_there |= key.bytes == before[i].theme.bytes;
        }
        ck_assert_int_eq(is_there, 1);
    }
    ck_status(nps_themes_add_text(segments, NULL, "queue; price; fit", 17, ";", 1, 0, 1), NPS_OK);
    ck_status(nps_themes_add_text(segments, NULL, "", 0, ";", 1, 0, 1), NPS_OK);
    ck_assert_uint_eq(estimates(segments, NULL, &options, after), 5);
    ck_status(nps_themes_remove_text(segments, NULL, "", 0, ";", 1, 0, 1), NPS_OK);
    ck_status(nps_themes_remove_text(segments, NULL, "queue;price;fit", 15, ";", 1, 0, 1), NPS_OK);
    ck_assert_uint_eq(estimates(segments, NULL, &options, after), count);
    for (size_t i = 0; i < count; i++) before[i].theme = after[i].theme;
    for (size_t i = 0; i < count; i++) ck_assert_mem_eq(before + i, after + i, sizeof *before);
    nps_segments_free(segments);
}
END_TEST

START_TEST(refused)
{
    nps_segments *segments = counted(3, 10, 2, 0), *weighted = new_themes(0, NPS_STATE_WEIGHTED, NULL), *made;
    nps_segments *flat = new_segments(1, NPS_STATE_TALLY, NULL);
    nps_themes_options options = defaults();
    nps_theme themes[MOST_THEMES], untouched[MOST_THEMES];
    size_t count = 99;
    memset(themes, 0x5a, sizeof themes);
    memset(untouched, 0x5a, sizeof untouched);
#define REFUSED(call, expected)                             \
    do {                                                    \
        ck_status(call, expected);                          \
        ck_assert_uint_eq(count, 99);                       \
        ck_assert_mem_eq(themes, untouched, sizeof themes); \
    } while (0)
    REFUSED(nps_themes_estimate(NULL, NULL, &options, themes, 9, &count), NPS_ERR_ARGUMENT);
    REFUSED(nps_themes_estimate(segments, NULL, NULL, themes, 9, &count), NPS_ERR_ARGUMENT);
    REFUSED(nps_themes_estimate(segments, NULL, &options, NULL, 9, &count), NPS_ERR_ARGUMENT);
    REFUSED(nps_themes_estimate(segments, NULL, &options, themes, 9, NULL), NPS_ERR_ARGUMENT);
    const nps_themes_options bad[] = {
        {.struct_size = 0},
        {.struct_size = sizeof options, .level = 1},
        {.struct_size = sizeof options, .level = -0.5},
        {.struct_size = sizeof options, .level = NAN},
        {.struct_size = sizeof options, .method = -1},
        {.struct_size = sizeof options, .method = NPS_DIFFERENCE_COUNT},
        {.struct_size = sizeof options, .adjust = -1},
        {.struct_size = sizeof options, .adjust = NPS_ADJUST_COUNT},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        REFUSED(nps_themes_estimate(segments, NULL, bad + i, themes, 9, &count), NPS_ERR_ARGUMENT);
    struct {
        nps_themes_options known;
        uint64_t later;
    } larger = {.known = {.struct_size = sizeof larger}, .later = 1};
    REFUSED(nps_themes_estimate(segments, NULL, &larger.known, themes, 9, &count), NPS_ERR_ARGUMENT);
    REFUSED(nps_themes_estimate(flat, NULL, &options, themes, 9, &count), NPS_ERR_TYPE);
    REFUSED(nps_themes_estimate(weighted, NULL, &options, themes, 9, &count), NPS_ERR_EMPTY);
    ck_status(nps_themes_add_text(weighted, NULL, "a", 1, ";", 1, 10, 0), NPS_OK);
    ck_status(nps_themes_add_text(weighted, NULL, "a", 1, ";", 1, NPS_MISSING, 1), NPS_OK);
    REFUSED(nps_themes_estimate(weighted, NULL, &options, themes, 9, &count), NPS_ERR_EMPTY);
    ck_status(nps_segments_fold(segments, 3, 1, &made), NPS_OK);
    REFUSED(nps_themes_estimate(made, NULL, &options, themes, 9, &count), NPS_ERR_TYPE);
    REFUSED(nps_themes_estimate(made, NULL, &options, NULL, 0, &count), NPS_ERR_TYPE);
    ck_status(nps_themes_add_text(weighted, NULL, "a;b", 3, ";", 1, 10, 1. / 3), NPS_OK);
    ck_status(nps_themes_add_text(weighted, NULL, "", 0, ";", 1, 0, 1. / 3), NPS_OK);
    ck_status(nps_themes_add_text(weighted, NULL, "", 0, ";", 1, 0, 1. / 7), NPS_OK);
    options.method = NPS_DIFFERENCE_PERMUTATION;
    REFUSED(nps_themes_estimate(weighted, NULL, &options, themes, 9, &count), NPS_ERR_RANGE);
    nps_segments_free(made);
    made = counted(2001, 10, 2, 0);
    REFUSED(nps_themes_estimate(made, NULL, &options, themes, 9, &count), NPS_ERR_LIMIT);

    ck_status(nps_themes_estimate(segments, NULL, &options, themes, 2, &count), NPS_ERR_BUFFER);
    ck_assert_uint_eq(count, 3);
    ck_assert_mem_eq(themes, untouched, sizeof themes);
    count = 99;
    ck_status(nps_themes_estimate(segments, NULL, &options, themes, 0, &count), NPS_ERR_BUFFER);
    ck_assert_uint_eq(count, 3);
    larger.later = 0;
    ck_status(nps_themes_estimate(segments, NULL, &larger.known, themes, 9, &count), NPS_OK);
    ck_assert_mem_eq(themes + 3, untouched, sizeof *themes);
    options.struct_size = offsetof(nps_themes_options, method); /* a shorter one */
    options.level = 0.95;
    ck_status(nps_themes_estimate(segments, NULL, &options, untouched, 9, &count), NPS_OK);
    ck_assert_mem_eq(themes, untouched, 3 * sizeof *themes);
    nps_segments_free(segments);
    nps_segments_free(weighted);
    nps_segments_free(flat);
    nps_segments_free(made);
}
END_TEST

START_TEST(permutation)
{
    nps_segments *segments = counted(6, 10, 5, 0);
    nps_themes_options options = defaults();
    nps_theme themes[MOST_THEMES];
    options.method = NPS_DIFFERENCE_PERMUTATION;
    options.adjust = NPS_ADJUST_HOLM;
    ck_assert_uint_eq(estimates(segments, NULL, &options, themes), 3);
    for (size_t i = 0; i < 3; i++) {
        /* Of the 11! / (6! 5!) = 462 ways to deal the answers none but this one is so far from even. */
        ck_near(themes[i].p, 1. / 462, 1e-15);
        ck_near(themes[i].p_adjusted, 3. / 462, 1e-15);
        ck_assert(isnan(themes[i].lower) && isnan(themes[i].impact_upper) && isnan(themes[i].statistic));
        ck_near(themes[i].impact, i == 0 ? 100. / 11 - 100 : 100. / 11 + 100, 1e-13);
        ck_near(themes[i].contribution, i == 0 ? -500. / 11 : 300. / 11, 1e-14);
    }
    nps_segments_free(segments);
}
END_TEST

START_TEST(memory)
{
    test_memory counting;
    nps_allocator allocator;
    nps_themes_options options = defaults();
    nps_theme themes[MOST_THEMES], untouched[MOST_THEMES];
    size_t count = 99;
    options.adjust = NPS_ADJUST_HOLM;
    memset(themes, 0x5a, sizeof themes);
    memset(untouched, 0x5a, sizeof untouched);
    test_memory_start(&counting, -1, &allocator);
    nps_segments *segments = new_themes(0, _i ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY, &allocator);
    for (int32_t i = 0; i < 30; i++) {
        char text[40];
        int length = snprintf(text, sizeof text, "theme %d;theme %d;theme %d", (int)i % 7, (int)i % 3, (int)i % 5);
        ck_status(nps_themes_add_text(segments, NULL, text, (size_t)length, ";", 1, i % 11, 1), NPS_OK);
    }
    uint64_t blocks = counting.blocks;
    int status = NPS_ERR_MEMORY;
    int64_t n = 0;
    for (; status != NPS_OK; n++) {
        ck_assert_mem_eq(themes, untouched, sizeof themes);
        ck_assert_uint_eq(count, 99);
        counting.requests = 0;
        counting.fail_at = n;
        status = nps_themes_estimate(segments, NULL, &options, themes, MOST_THEMES, &count);
        ck_assert(status == NPS_OK || status == NPS_ERR_MEMORY);
        ck_assert_uint_eq(counting.blocks, blocks);
    }
    ck_assert_int_gt(n, 10);
    ck_assert_uint_eq(count, 7);
    counting.fail_at = -1;
    nps_segments_free(segments);
    ck_assert(counting.blocks == 0 && counting.bytes == 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_loop_test(tcase, answer_by_answer, 0, 180);
    tcase_add_loop_test(tcase, single_themes, 0, 12);
    tcase_add_loop_test(tcase, mirrored, 0, 24);
    tcase_add_test(tcase, bounds_are_finite);
    tcase_add_loop_test(tcase, one_side, 0, 2);
    tcase_add_test(tcase, taken_back);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, permutation);
    tcase_add_loop_test(tcase, memory, 0, 2);
}

int main(void)
{
    return test_main("themes_estimate", add);
}
