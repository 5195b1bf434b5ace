/* Themes, against every answer looked at one by one, contributions as whole numbers of 1/60, and what must hold. */
#include <math.h>
#include <nps.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define ANSWERS                   300
#define THEMES                    5  /* at most 5 an answer, so that 60 shares evenly */
#define NONE                      -1 /* the answers without any */

static const char *const names[THEMES] = {"price", "delivery", "staff", "range", "app"};

typedef struct answer {
    int32_t value, region;
    int weight;
    unsigned themes; /* a bit each */
} answer;

static nps_key bytes_key(const char *text)
{
    return (nps_key){.type = NPS_KEY_BYTES, .bytes = text, .length = strlen(text)};
}

static nps_key integer_key(int64_t value)
{
    return (nps_key){.type = NPS_KEY_INTEGER, .integer = value};
}

static nps_segments *new_themes(int32_t dimensions, int32_t state, const nps_allocator *allocator)
{
    nps_segments_options options = {
        .struct_size = sizeof options, .dimensions = dimensions, .state = state, .allocator = allocator};
    nps_segments *made = NULL;
    ck_status(nps_themes_new(&options, &made), NPS_OK);
    return made;
}

static void random_answers(uint64_t *seed, answer *out)
{
    for (int i = 0; i < ANSWERS; i++) {
        uint64_t kind = test_below(seed, 20);
        out[i] = (answer){(int32_t)test_below(seed, 11), (int32_t)test_below(seed, 3), 1 + (int)test_below(seed, 4),
                          (unsigned)test_below(seed, 1 << THEMES)};
        if (kind == 0) out[i].value = NPS_MISSING;
        if (kind == 1) out[i].value = 77; /* invalid */
        if (kind < 4) out[i].themes = 0;
    }
}

/* As keys in one of two ways, some twice, or as text with blanks. */
static int put(nps_segments *to, const answer *from, uint64_t *seed, int sign)
{
    int32_t leading = nps_segments_dimensions(to) - 2;
    double weight = nps_segments_state(to) == NPS_STATE_WEIGHTED ? from->weight : 1;
    nps_key keys[3 * THEMES], region = integer_key(from->region);
    const nps_key *key = leading > 0 ? &region : NULL;
    char text[200] = " ;;";
    size_t count = 0;
    for (int i = 0; i < THEMES; i++) {
        if (!(from->themes >> i & 1)) continue;
        for (uint64_t again = 0; again <= test_below(seed, 3); again++) {
            keys[count++] = bytes_key(names[i]);
            strcat(strcat(strcat(text, "\t"), names[i]), test_below(seed, 2) ? " ;" : ";  ;");
        }
    }
    if (test_below(seed, 2))
        return sign > 0 ? nps_themes_add(to, key, keys, count, from->value, weight)
                        : nps_themes_remove(to, key, keys, count, from->value, weight);
    return sign > 0 ? nps_themes_add_text(to, key, text, strlen(text), ";", 1, from->value, weight)
                    : nps_themes_remove_text(to, key, text, strlen(text), ";", 1, from->value, weight);
}

static int mentions(const answer *of, int theme)
{
    return theme == NONE ? of->themes == 0 : (int)(of->themes >> theme & 1);
}

static int theme_count(unsigned themes)
{
    int count = 0;
    for (; themes != 0; themes >>= 1) count += (int)(themes & 1);
    return count;
}

/* What one theme must be, of the answers of a region (-1: all), by looking at each. */
typedef struct expected {
    nps_weighted with, without, all;
    int64_t sixtieths; /* of weight times class, shared */
    double promoters, detractors, squares;
} expected;

static void expect(const answer *answers, int region, int theme, int is_weighted, expected *out)
{
    memset(out, 0, sizeof *out);
    nps_weighted_init(&out->with, NULL);
    nps_weighted_init(&out->without, NULL);
    nps_weighted_init(&out->all, NULL);
    for (int i = 0; i < ANSWERS; i++) {
        const answer *one = &answers[i];
        if (region >= 0 && one->region != region) continue;
        int weight = is_weighted ? one->weight : 1, m = theme_count(one->themes);
        int32_t category = nps_classify(&out->all.scale, one->value);
        nps_weighted_add(&out->all, one->value, weight);
        nps_weighted_add(mentions(one, theme) ? &out->with : &out->without, one->value, weight);
        if (!mentions(one, theme) || (category != NPS_PROMOTER && category != NPS_DETRACTOR)) continue;
        out->sixtieths += weight * category * (m > 0 ? 60 / m : 60);
        double part = m > 0 ? 1.0 / m : 1;
        out->squares += weight * part * part;
        *(category == NPS_PROMOTER ? &out->promoters : &out->detractors) += weight * part;
    }
}

static nps_sample sample_of(const nps_weighted *of, int is_weighted)
{
    nps_sample sample;
    nps_tally tally;
    nps_weighted_tally(of, &tally);
    ck_status(is_weighted ? nps_weighted_sample(of, &sample) : nps_tally_sample(&tally, &sample), NPS_OK);
    return sample;
}

static void check_theme(const nps_theme *found, const expected *must, int is_weighted)
{
    double total = nps_weighted_total(&must->all), with, without, score,
           share = nps_weighted_total(&must->with) / total;
    nps_tally tally;
    nps_weighted_tally(&must->with, &tally);
    ck_assert_uint_eq(found->mentions, nps_tally_responses(&tally));
    ck_near(found->share, share, 1e-15);
    ck_near(found->contribution, 100 * (double)must->sixtieths / 60 / total, 1e-13);
    ck_status(nps_weighted_score(&must->all, &score), NPS_OK);
    ck_status(nps_weighted_score(&must->with, &with), NPS_OK);
    ck_status(nps_weighted_score(&must->without, &without), NPS_OK);
    ck_assert(found->with == with && found->without == without);
    ck_near(found->impact, score - without, 1e-12);
    nps_sample from = sample_of(&must->without, is_weighted), to = sample_of(&must->with, is_weighted);
    nps_difference difference = {.struct_size = sizeof difference};
    ck_status(nps_compare(&from, &to, NPS_DIFFERENCE_MOVER, 0.9, &difference), NPS_OK);
    ck_near(found->difference, with - without, 1e-12);
    ck_assert(found->lower == difference.lower && found->upper == difference.upper && found->p == difference.p);
    ck_near(found->impact_lower, share * difference.lower, 1e-12);
    ck_near(found->impact_upper, share * difference.upper, 1e-12);

    /* The interval of a sample with the same mean and the same variance of the mean. */
    double c = found->contribution / 100, p = must->promoters / total, d = must->detractors / total, lower, upper;
    double variance = must->squares / total - c * c;
    nps_sample all = sample_of(&must->all, is_weighted);
    double size = (all.detractors + all.passives + all.promoters) * (p + d - c * c) / variance;
    nps_sample like = {size * d, size * (1 - p - d), size * p, all.df};
    ck_status(nps_interval(&like, NPS_INTERVAL_SCORE, 0.9, &lower, &upper), NPS_OK);
    ck_near(found->contribution_lower, lower, 1e-9);
    ck_near(found->contribution_upper, upper, 1e-9);
}

static int theme_of(const nps_key *key)
{
    if (key->type == NPS_KEY_NULL) return NONE;
    for (int i = 0; i < THEMES; i++)
        if (key->length == strlen(names[i]) && memcmp(key->bytes, names[i], key->length) == 0) return i;
    ck_abort_msg("an unknown theme");
    return NONE;
}

static void check_adjusted(const nps_theme *themes, size_t count)
{
    double p[THEMES], adjusted[THEMES];
    size_t tested = 0;
    for (size_t i = 0; i < count; i++)
        if (themes[i].theme.type != NPS_KEY_NULL) p[tested++] = themes[i].p;
    ck_assert_uint_eq(tested, THEMES);
    ck_status(nps_adjust(p, tested, NPS_ADJUST_HOLM, NULL, adjusted), NPS_OK);
    for (size_t i = 0, next = 0; i < count; i++) {
        if (themes[i].theme.type == NPS_KEY_NULL) {
            ck_assert(isnan(themes[i].p_adjusted));
            continue;
        }
        size_t of = 0;
        while (p[of] != themes[i].p) of++;
        ck_assert(themes[i].p_adjusted == adjusted[of]);
        next++;
    }
}

/* region -1: all of them, by the key `any`. */
static void check_all(const nps_segments *segments, const answer *answers, int region, const nps_key *any)
{
    int is_weighted = nps_segments_state(segments) == NPS_STATE_WEIGHTED;
    nps_key key = integer_key(region);
    nps_themes_options options = {
        .struct_size = sizeof options, .level = 0.9, .adjust = NPS_ADJUST_HOLM, .method = NPS_DIFFERENCE_MOVER};
    nps_theme themes[THEMES + 1];
    size_t count = 0;
    double sum = 0, score;
    expected must;
    ck_status(nps_themes_estimate(segments, region < 0 ? any : &key, &options, themes, THEMES + 1, &count), NPS_OK);
    ck_assert_uint_eq(count, THEMES + 1);
    for (size_t i = 0; i < count; i++) {
        expect(answers, region, theme_of(&themes[i].theme), is_weighted, &must);
        check_theme(&themes[i], &must, is_weighted);
        if (i > 0) ck_assert(themes[i - 1].contribution <= themes[i].contribution);
        sum += themes[i].contribution;
    }
    nps_weighted_score(&must.all, &score);
    ck_near(sum, score, 1e-12);
    check_adjusted(themes, count);

    nps_tally tally, all;
    nps_weighted weighted;
    nps_weighted_tally(&must.all, &all);
    ck_status(nps_themes_tally(segments, region < 0 ? any : &key, &tally), NPS_OK);
    ck_assert(memcmp(&tally, &all, sizeof tally) == 0);
    int status = nps_themes_weighted(segments, region < 0 ? any : &key, &weighted);
    ck_status(status, is_weighted ? NPS_OK : NPS_ERR_TYPE);
    if (is_weighted) ck_assert(memcmp(&weighted, &must.all, sizeof weighted) == 0);
}

START_TEST(every_answer)
{
    uint64_t seed = 11;
    answer answers[ANSWERS];
    for (int32_t state = NPS_STATE_TALLY; state <= NPS_STATE_WEIGHTED; state++) {
        for (int32_t leading = 0; leading <= 1; leading++) {
            nps_segments *segments = new_themes(leading, state, NULL);
            const nps_key any = {.type = NPS_KEY_ALL};
            random_answers(&seed, answers);
            for (int i = 0; i < ANSWERS; i++) ck_status(put(segments, &answers[i], &seed, 1), NPS_OK);
            check_all(segments, answers, -1, NULL);
            if (leading == 0) {
                nps_segments_free(segments);
                continue;
            }
            check_all(segments, answers, -1, &any);
            for (int region = 0; region < 3; region++) check_all(segments, answers, region, NULL);
            nps_segments *rolled, *cube;
            ck_status(nps_segments_rollup(segments, 6, &rolled), NPS_OK);
            check_all(rolled, answers, -1, &any);
            ck_status(nps_segments_cube(segments, &cube), NPS_OK);
            check_all(cube, answers, -1, &any);
            check_all(cube, answers, 2, NULL);
            nps_segments_free(rolled);
            nps_segments_free(cube);
            nps_segments_free(segments);
        }
    }
}
END_TEST

static void check_same(const nps_segments *a, const nps_segments *b)
{
    size_t length, other;
    ck_status(nps_segments_encode(a, NULL, 0, &length), NPS_OK);
    ck_status(nps_segments_encode(b, NULL, 0, &other), NPS_OK);
    ck_assert_uint_eq(length, other);
    unsigned char *first = malloc(length), *second = malloc(length);
    ck_status(nps_segments_encode(a, first, length, &length), NPS_OK);
    ck_status(nps_segments_encode(b, second, length, &length), NPS_OK);
    ck_assert(memcmp(first, second, length) == 0);
    free(first);
    free(second);
}

START_TEST(split_and_taken_back)
{
    uint64_t seed = 12;
    answer answers[ANSWERS];
    random_answers(&seed, answers);
    for (int32_t state = NPS_STATE_TALLY; state <= NPS_STATE_WEIGHTED; state++) {
        nps_segments *whole = new_themes(1, state, NULL), *a = new_themes(1, state, NULL),
                     *b = new_themes(1, state, NULL);
        for (int i = 0; i < ANSWERS; i++) {
            ck_status(put(whole, &answers[i], &seed, 1), NPS_OK);
            ck_status(put(test_below(&seed, 2) ? a : b, &answers[i], &seed, 1), NPS_OK);
        }
        ck_status(nps_segments_merge(a, b), NPS_OK);
        check_same(a, whole);
        ck_status(nps_segments_subtract(a, b), NPS_OK);
        ck_status(nps_segments_merge(a, b), NPS_OK);
        check_same(a, whole);
        answer more = {9, 1, 2, 13};
        ck_status(put(a, &more, &seed, 1), NPS_OK);
        ck_status(put(a, &more, &seed, -1), NPS_OK);
        check_same(a, whole);
        more.themes = 0;
        more.value = 0;
        for (int i = 0; i <= ANSWERS; i++) {
            int status = put(a, &more, &seed, -1);
            if (status == NPS_OK) continue;
            ck_assert(status == NPS_ERR_UNDERFLOW || status == NPS_ERR_NOT_FOUND);
            break;
        }
        nps_segments_free(whole);
        nps_segments_free(a);
        nps_segments_free(b);
    }
}
END_TEST

/* One theme an answer: the contribution is the mean of 1, 0, -1 over all, whose interval is the score's. */
START_TEST(one_theme_is_a_score)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    const int counts[2][3] = {{7, 5, 9}, {3, 11, 2}};
    const int32_t values[3] = {2, 8, 10};
    for (int t = 0; t < 2; t++)
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < counts[t][c]; i++) {
                nps_key theme = integer_key(t);
                ck_status(nps_themes_add(segments, NULL, &theme, 1, values[c], 1), NPS_OK);
            }
    nps_theme themes[2];
    size_t count;
    ck_status(nps_themes_estimate(segments, NULL, NULL, themes, 2, &count), NPS_OK);
    for (int i = 0; i < 2; i++) {
        const int *of = counts[themes[i].theme.integer];
        nps_sample sample;
        double lower, upper;
        ck_status(nps_sample_from_counts(of[0], 37 - of[0] - of[2], of[2], &sample), NPS_OK);
        ck_status(nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper), NPS_OK);
        ck_near(themes[i].contribution, 100.0 * (of[2] - of[0]) / 37, 1e-13);
        ck_near(themes[i].contribution_lower, lower, 1e-10);
        ck_near(themes[i].contribution_upper, upper, 1e-10);
        ck_near(themes[i].p_adjusted, themes[i].p, 0);
    }
    nps_segments_free(segments);
}
END_TEST

/* What cannot be compared is undefined, and everything else is there. */
START_TEST(everybody_or_nobody)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    nps_theme themes[3];
    size_t count = 77;
    ck_status(nps_themes_estimate(segments, NULL, NULL, themes, 3, &count), NPS_ERR_NOT_FOUND);
    ck_status(nps_themes_add_text(segments, NULL, "a,b", 3, ",", 1, NPS_MISSING, 1), NPS_OK);
    ck_status(nps_themes_estimate(segments, NULL, NULL, themes, 3, &count), NPS_ERR_EMPTY);
    ck_assert_uint_eq(count, 77);
    ck_status(nps_themes_add_text(segments, NULL, "a", 1, ",", 1, 10, 1), NPS_OK);
    ck_status(nps_themes_estimate(segments, NULL, NULL, themes, 3, &count), NPS_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert(themes[0].theme.length == 1 && themes[0].theme.bytes[0] == 'b');
    ck_assert(themes[0].mentions == 0 && isnan(themes[0].with) && themes[0].without == 100 &&
              themes[0].contribution == 0);
    ck_assert(isnan(themes[0].impact) && isnan(themes[0].p) && isnan(themes[0].p_adjusted));
    ck_assert(themes[1].mentions == 1 && themes[1].with == 100 && isnan(themes[1].without) &&
              isnan(themes[1].difference));
    ck_near(themes[1].contribution, 100, 0);
    ck_near(themes[1].contribution_upper, 100, 0);
    ck_assert(themes[1].contribution_lower < 0); /* of one answer nothing is known */
    nps_segments_free(segments);
}
END_TEST

static void check_text(const char *text, size_t length, const char *separator, const char *const *must, size_t count)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    ck_status(nps_themes_add_text(segments, NULL, text, length, separator, strlen(separator), 9, 1), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), count > 0 ? count : 1);
    for (size_t i = 0; i < count; i++) {
        nps_key key[2] = {bytes_key(must[i]), integer_key((int64_t)count)};
        size_t index;
        ck_status(nps_segments_find(segments, key, &index), NPS_OK);
    }
    nps_segments_free(segments);
}

START_TEST(texts)
{
    check_text("a; b ;a", 7, ";", (const char *const[]){"a", "b"}, 2);
    check_text(" ; ;;\t", 6, ";", NULL, 0);
    check_text(NULL, 0, ";", NULL, 0);
    check_text("one||two|three||", 16, "||", (const char *const[]){"one", "two|three"}, 2);
    check_text("|||", 3, "||", (const char *const[]){"|"}, 1);
    check_text("a b", 3, ";", (const char *const[]){"a b"}, 1);
    check_text("قیمت،خدمات", strlen("قیمت،خدمات"), "،", (const char *const[]){"قیمت", "خدمات"}, 2);
}
END_TEST

START_TEST(refused)
{
    nps_segments_options options = {.struct_size = sizeof options, .dimensions = NPS_MAX_DIMENSIONS - 1};
    nps_segments *segments = NULL, *plain;
    nps_key theme = bytes_key("x"), all = {.type = NPS_KEY_ALL}, null = {.type = NPS_KEY_NULL};
    ck_status(nps_themes_new(&options, &segments), NPS_ERR_ARGUMENT);
    options.dimensions = 0;
    options.state = NPS_STATE_OUTCOMES;
    ck_status(nps_themes_new(&options, &segments), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_new(NULL, &segments), NPS_ERR_ARGUMENT);
    options.state = NPS_STATE_TALLY;
    ck_status(nps_themes_new(&options, NULL), NPS_ERR_ARGUMENT);
    ck_assert_ptr_null(segments);
    segments = new_themes(1, NPS_STATE_TALLY, NULL);
    const char *name;
    size_t length;
    ck_status(nps_segments_name(segments, 1, &name, &length), NPS_OK);
    ck_assert(length == 5 && memcmp(name, "theme", 5) == 0);

    nps_key region = integer_key(1);
    ck_status(nps_themes_add(NULL, &region, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, NULL, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &region, NULL, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &region, &all, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &region, &null, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &all, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &region, &theme, 1, 9, 2), NPS_ERR_RANGE);
    ck_status(nps_themes_add_text(segments, &region, NULL, 1, ";", 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, &region, "x", 1, ";", 0, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, &region, "x", 1, NULL, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_remove(segments, &region, &theme, 1, 9, 1), NPS_ERR_NOT_FOUND);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    nps_key many[NPS_MAX_THEMES + 1];
    for (int i = 0; i <= NPS_MAX_THEMES; i++) many[i] = integer_key(i);
    ck_status(nps_themes_add(segments, &region, many, NPS_MAX_THEMES + 1, 9, 1), NPS_ERR_LIMIT);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    ck_status(nps_themes_add(segments, &region, many, NPS_MAX_THEMES, 9, 1), NPS_OK);
    nps_tally tally;
    ck_status(nps_themes_tally(segments, &region, &tally), NPS_OK);
    ck_assert_uint_eq(nps_tally_responses(&tally), 1);

    nps_theme themes[2];
    size_t count = 5;
    nps_themes_options wanted = {.struct_size = sizeof wanted, .level = 1};
    ck_status(nps_themes_estimate(segments, &region, &wanted, themes, 2, &count), NPS_ERR_ARGUMENT);
    wanted.level = 0.5;
    wanted.method = 99;
    ck_status(nps_themes_estimate(segments, &region, &wanted, themes, 2, &count), NPS_ERR_ARGUMENT);
    wanted.method = 0;
    wanted.adjust = 99;
    ck_status(nps_themes_estimate(segments, &region, &wanted, themes, 2, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_estimate(NULL, &region, NULL, themes, 2, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_estimate(segments, &region, NULL, NULL, 2, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_estimate(segments, &region, NULL, themes, 2, NULL), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(count, 5);
    ck_status(nps_themes_estimate(segments, &region, NULL, themes, 2, &count), NPS_ERR_BUFFER);
    ck_assert_uint_eq(count, NPS_MAX_THEMES);
    region = integer_key(2);
    ck_status(nps_themes_tally(segments, &region, &tally), NPS_ERR_NOT_FOUND);

    /* Folded themes would count an answer twice; other containers are no themes. */
    nps_segments *folded;
    ck_status(nps_segments_fold(segments, 10, 2, &folded), NPS_OK);
    ck_status(nps_themes_tally(folded, NULL, &tally), NPS_ERR_TYPE);
    nps_segments_free(folded);
    options = (nps_segments_options){.struct_size = sizeof options, .dimensions = 1};
    ck_status(nps_segments_new(&options, &plain), NPS_OK);
    ck_status(nps_themes_add(plain, NULL, &theme, 1, 9, 1), NPS_ERR_TYPE);
    ck_status(nps_themes_tally(plain, NULL, &tally), NPS_ERR_TYPE);
    nps_segments_free(plain);

    /* Counts that no answers have: three for two themes each. */
    nps_key wrong[3] = {integer_key(2), theme, integer_key(2)};
    for (int i = 0; i < 3; i++) ck_status(nps_segments_add(segments, wrong, 9, 1), NPS_OK);
    ck_status(nps_themes_tally(segments, &region, &tally), NPS_ERR_FORMAT);
    wrong[2] = integer_key(-1);
    ck_status(nps_segments_add(segments, wrong, 9, 1), NPS_OK);
    ck_status(nps_themes_tally(segments, &region, &tally), NPS_ERR_FORMAT);
    nps_segments_free(segments);
}
END_TEST

/* An overflow in the second theme takes the first one back. */
START_TEST(all_or_nothing)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    nps_key full[2] = {bytes_key("b"), integer_key(2)};
    ck_status(nps_segments_add(segments, full, 9, INT64_MAX), NPS_OK);
    ck_status(nps_themes_add_text(segments, NULL, "a;b", 3, ";", 1, 9, 1), NPS_ERR_OVERFLOW);
    ck_assert_uint_eq(nps_segments_count(segments), 1);
    nps_segments_free(segments);
}
END_TEST

START_TEST(out_of_memory)
{
    test_memory held_by;
    nps_allocator allocator;
    int64_t n;
    test_memory_start(&held_by, -1, &allocator);
    nps_segments *segments = new_themes(0, NPS_STATE_WEIGHTED, &allocator);
    uint64_t seed = 14;
    answer answers[ANSWERS];
    random_answers(&seed, answers);
    for (int i = 0; i < ANSWERS; i++) {
        size_t before = nps_segments_count(segments);
        int status = NPS_ERR_MEMORY;
        uint64_t same = seed;
        for (n = 0; status == NPS_ERR_MEMORY; n++) {
            seed = same;
            held_by.requests = 0;
            held_by.fail_at = n;
            status = put(segments, &answers[i], &seed, 1);
            ck_assert(status == NPS_OK || nps_segments_count(segments) == before);
        }
        ck_status(status, NPS_OK);
    }
    held_by.fail_at = -1;
    check_all(segments, answers, -1, NULL);
    uint64_t held = held_by.bytes;
    nps_theme themes[THEMES + 1];
    int status = NPS_ERR_MEMORY;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        size_t count = 99;
        held_by.requests = 0;
        held_by.fail_at = n;
        status = nps_themes_estimate(segments, NULL, NULL, themes, THEMES + 1, &count);
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && count == 99));
        ck_assert_uint_eq(held_by.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(n, 3);
    nps_segments_free(segments);
    ck_assert_uint_eq(held_by.blocks, 0);
    status = NPS_ERR_MEMORY;
    nps_segments_options options = {.struct_size = sizeof options, .allocator = &allocator};
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        segments = NULL;
        held_by.requests = 0;
        held_by.fail_at = n;
        status = nps_themes_new(&options, &segments);
        ck_assert(status == NPS_OK || (segments == NULL && held_by.blocks == 0));
    }
    nps_segments_free(segments);
    ck_assert_uint_eq(held_by.blocks, 0);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, every_answer);
    tcase_add_test(tests, split_and_taken_back);
    tcase_add_test(tests, one_theme_is_a_score);
    tcase_add_test(tests, everybody_or_nobody);
    tcase_add_test(tests, texts);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, all_or_nothing);
    tcase_add_test(tests, out_of_memory);
}

int main(void)
{
    return test_main("themes", add);
}
