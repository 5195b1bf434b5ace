/* What must hold of any two waves: the parts add up, and views of the same waves agree. test_change.c has the numbers.
 */
#include "change_problem.h"

static nps_sample mirrored(nps_sample sample)
{
    return counts(sample.promoters, sample.passives, sample.detractors);
}

/* Whole counts below `most`, or fractions; some segments absent in a wave or in both, some of one class. */
static void random_wave(uint64_t *seed, const problem *p, nps_sample *samples, double *sizes, uint64_t most)
{
    double unit = test_below(seed, 4) == 0 ? 0.1 : 1;
    for (size_t i = 0; i < p->count; i++) {
        uint64_t top = 1 + most / (1 + test_below(seed, 30));
        double cell[3];
        for (int k = 0; k < 3; k++) cell[k] = test_below(seed, 6) == 0 ? 0 : unit * (double)test_below(seed, top);
        if (i == 0) cell[1]++;
        samples[i] = counts(cell[0], cell[1], cell[2]);
        sizes[i] = size_of(samples + i) > 0 ? (double)(1 + test_below(seed, most)) / 3 : 0;
    }
}

static void random_problem(uint64_t *seed, size_t count, problem *out)
{
    static const uint64_t mosts[] = {4, 40, 1000, 1000000, 1666666666666}; /* 3 * 200 times that: 1e15 */
    uint64_t most = mosts[test_below(seed, 5)];
    out->count = count;
    out->sized = test_below(seed, 2) == 0;
    random_wave(seed, out, out->from, out->from_sizes, most);
    random_wave(seed, out, out->to, out->to_sizes, most);
}

static double largest_ulp(double a, double b, double c)
{
    return DBL_EPSILON * fmax(fabs(a), fmax(fabs(b), fabs(c)));
}

static void check_sums(const problem *p, const nps_change_segment *segments, const nps_change *all)
{
    long double rate = 0, mix = 0, shares[2] = {0, 0}, rounding = 0;
    for (size_t i = 0; i < p->count; i++) {
        const nps_change_segment *s = segments + i;
        rate += s->rate, mix += s->mix, shares[0] += s->from_share, shares[1] += s->to_share;
        rounding += DBL_EPSILON * (fabs(s->rate) + fabs(s->mix));
    }
    ck_assert(fabs((double)shares[0] - 1) < 1e-14 && fabs((double)shares[1] - 1) < 1e-14);
    ck_assert(fabs((double)rate - all->rate) <= (double)rounding + largest_ulp(all->rate, 0, 0));
    ck_assert(fabs((double)mix - all->mix) <= (double)rounding + largest_ulp(all->mix, 0, 0));
    ck_assert(fabs(all->rate + all->mix - all->change) <= 2 * largest_ulp(all->rate, all->mix, all->change));
    double promoters = all->promoters_part, detractors = all->detractors_part;
    ck_assert(fabs(promoters + detractors - all->change) <= 2 * largest_ulp(promoters, detractors, all->change));
    ck_assert(fabs(all->to - all->from - all->change) <= 2 * largest_ulp(all->from, all->to, all->change));
}

/* What each segment must be, from its shares and scores by the definition. */
static void check_segments(const problem *p, const nps_change_segment *segments, const nps_change *all)
{
    for (size_t i = 0; i < p->count; i++) {
        const nps_change_segment *s = segments + i;
        int from = size_of(p->from + i) > 0, to = size_of(p->to + i) > 0;
        ck_assert(from ? s->from_share > 0 : s->from_share == 0 && isnan(s->from_score));
        ck_assert(to ? s->to_share > 0 : s->to_share == 0 && isnan(s->to_score));
        if (!from && !to) {
            ck_assert(s->rate == 0 && s->mix == 0);
            continue;
        }
        double r0 = from ? s->from_score : s->to_score, r1 = to ? s->to_score : s->from_score, score;
        if (from && nps_sample_score(p->from + i, &score) == NPS_OK) ck_near(s->from_score, score, 5e-16);
        if (to && nps_sample_score(p->to + i, &score) == NPS_OK) ck_near(s->to_score, score, 5e-16);
        ck_assert(fabs(s->rate - (s->from_share + s->to_share) / 2 * (r1 - r0)) < 1e-13);
        double distance = (r0 + r1) / 2 - (all->from + all->to) / 2;
        ck_assert(fabs(s->mix - (s->to_share - s->from_share) * distance) < 1e-13);
        if (!from || !to) ck_assert(s->rate == 0);
    }
}

static void check_effect(double estimate, double error, double lower, double upper)
{
    ck_assert(error >= 0 && error <= DBL_MAX);
    ck_assert(lower >= -200 && lower <= estimate && estimate <= upper && upper <= 200);
    ck_near(lower, fmax(-200, estimate - Z95 * error), 1e-12);
    ck_near(upper, fmin(200, estimate + Z95 * error), 1e-12);
}

static void check_effects(const nps_change *all)
{
    check_effect(all->rate, all->rate_error, all->rate_lower, all->rate_upper);
    check_effect(all->mix, all->mix_error, all->mix_lower, all->mix_upper);
}

START_TEST(adds_up)
{
    static problem p;
    uint64_t seed = 31;
    for (int trial = 0; trial < 4000; trial++) {
        nps_change_segment segments[MOST];
        random_problem(&seed, 1 + test_below(&seed, trial % 2 == 0 ? 6 : MOST), &p);
        nps_change all = change_of(&p, segments);
        check_sums(&p, segments, &all);
        check_segments(&p, segments, &all);
        check_effects(&all);
    }
}
END_TEST

/* The totals are the scores of all answers together, counted in integers. */
START_TEST(totals)
{
    static problem p;
    uint64_t seed = 32;
    for (int trial = 0; trial < 2000; trial++) {
        uint64_t sum[2][3] = {{0}};
        p.count = 1 + test_below(&seed, MOST);
        uint64_t most = test_below(&seed, 2) == 0 ? 1666666666666 : 50;
        for (size_t i = 0; i < p.count; i++) {
            for (int t = 0; t < 2; t++) {
                uint64_t cell[3];
                for (int k = 0; k < 3; k++) sum[t][k] += cell[k] = test_below(&seed, most);
                (t == 0 ? p.from : p.to)[i] = counts((double)cell[0], (double)cell[1], (double)cell[2]);
            }
        }
        double share[2][3];
        for (int t = 0; t < 2; t++)
            for (int k = 0; k < 3; k++)
                share[t][k] = 100 * (double)sum[t][k] / (double)(sum[t][0] + sum[t][1] + sum[t][2]);
        if (isnan(share[0][0]) || isnan(share[1][0])) continue;
        nps_change all = change_of(&p, NULL);
        ck_assert(fabs(all.from - (share[0][2] - share[0][0])) < 1e-13);
        ck_assert(fabs(all.to - (share[1][2] - share[1][0])) < 1e-13);
        ck_assert(fabs(all.promoters_part - (share[1][2] - share[0][2])) < 1e-13);
        ck_assert(fabs(all.detractors_part - (share[0][0] - share[1][0])) < 1e-13);
        ck_assert(fabs(all.rate + all.mix - all.change) < 1e-13);
        ck_assert(fabs(all.change - (share[1][2] - share[1][0] - share[0][2] + share[0][0])) < 1e-13);
    }
}
END_TEST

/* All signs the other way round, to the bit; -0 and 0 are one. */
static void check_negated(const nps_change *a, const nps_change *b)
{
    ck_assert(a->change == -b->change && a->rate == -b->rate && a->mix == -b->mix);
    ck_assert(a->rate_error == b->rate_error && a->mix_error == b->mix_error);
    ck_assert(a->rate_lower == -b->rate_upper && a->rate_upper == -b->rate_lower);
    ck_assert(a->mix_lower == -b->mix_upper && a->mix_upper == -b->mix_lower);
}

static int same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(mirror)
{
    static problem p, other;
    uint64_t seed = 33;
    for (int trial = 0; trial < 2000; trial++) {
        nps_change_segment segments[MOST], back[MOST];
        random_problem(&seed, 1 + test_below(&seed, 40), &p);
        other = p;
        for (size_t i = 0; i < p.count; i++) other.from[i] = mirrored(p.from[i]), other.to[i] = mirrored(p.to[i]);
        nps_change a = change_of(&p, segments), b = change_of(&other, back);
        check_negated(&a, &b);
        ck_assert(a.from == -b.from && a.to == -b.to);
        ck_assert(a.promoters_part == -b.detractors_part && a.detractors_part == -b.promoters_part);
        for (size_t i = 0; i < p.count; i++) {
            const nps_change_segment *s = segments + i, *m = back + i;
            ck_assert(s->from_share == m->from_share && s->to_share == m->to_share);
            ck_assert(same(s->from_score, -m->from_score) && same(s->to_score, -m->to_score));
            ck_assert(s->rate == -m->rate && s->mix == -m->mix);
        }
    }
}
END_TEST

START_TEST(waves_swapped)
{
    static problem p, other;
    uint64_t seed = 34;
    for (int trial = 0; trial < 2000; trial++) {
        nps_change_segment segments[MOST], back[MOST];
        random_problem(&seed, 1 + test_below(&seed, 40), &p);
        other = p;
        memcpy(other.from, p.to, sizeof p.to);
        memcpy(other.to, p.from, sizeof p.from);
        memcpy(other.from_sizes, p.to_sizes, sizeof p.to_sizes);
        memcpy(other.to_sizes, p.from_sizes, sizeof p.from_sizes);
        nps_change a = change_of(&p, segments), b = change_of(&other, back);
        check_negated(&a, &b);
        ck_assert(a.from == b.to && a.to == b.from);
        ck_assert(a.promoters_part == -b.promoters_part && a.detractors_part == -b.detractors_part);
        for (size_t i = 0; i < p.count; i++) {
            const nps_change_segment *s = segments + i, *m = back + i;
            ck_assert(s->from_share == m->to_share && s->to_share == m->from_share);
            ck_assert(same(s->from_score, m->to_score) && same(s->to_score, m->from_score));
            ck_assert(s->rate == -m->rate && s->mix == -m->mix);
        }
    }
}
END_TEST

static void check_like(const nps_change *a, const nps_change *b, double errors_times)
{
    ck_near(a->change, b->change, 1e-14);
    ck_near(a->rate, b->rate, 1e-14);
    ck_near(a->mix, b->mix, 1e-14);
    ck_near(a->rate_error, b->rate_error * errors_times, 1e-13);
    ck_near(a->mix_error, b->mix_error * errors_times, 1e-13);
}

static nps_sample times(nps_sample sample, double factor)
{
    return counts(sample.detractors * factor, sample.passives * factor, sample.promoters * factor);
}

/* Segments in another order; one that nobody answered in; one cut into three alike, as no one-class sample can be. */
START_TEST(order_and_splits)
{
    static problem p, other;
    uint64_t seed = 35;
    for (int trial = 0; trial < 1000; trial++) {
        random_problem(&seed, 1 + test_below(&seed, 60), &p);
        other = p;
        size_t n = p.count;
        for (size_t i = 0; i < n; i++) {
            other.from[n - 1 - i] = p.from[i], other.to[n - 1 - i] = p.to[i];
            other.from_sizes[n - 1 - i] = p.from_sizes[i], other.to_sizes[n - 1 - i] = p.to_sizes[i];
        }
        other.from[n] = other.to[n] = counts(0, 0, 0);
        other.from_sizes[n] = other.to_sizes[n] = 0;
        other.count++;
        nps_change a = change_of(&p, NULL), b = change_of(&other, NULL);
        check_like(&b, &a, 1);
        for (size_t i = 0; i < n; i++) {
            p.from[i] = size_of(p.from + i) > 0 ? counts(p.from[i].detractors + 1, 2, p.from[i].promoters) : p.from[i];
            p.to[i] = size_of(p.to + i) > 0 ? counts(p.to[i].detractors + 1, 2, p.to[i].promoters) : p.to[i];
            for (size_t part = 0; part < 3; part++) {
                double factor = part == 2 ? 0.5 : 0.25;
                other.from[3 * i + part] = times(p.from[i], factor), other.to[3 * i + part] = times(p.to[i], factor);
                other.from_sizes[3 * i + part] = p.from_sizes[i] * factor;
                other.to_sizes[3 * i + part] = p.to_sizes[i] * factor;
            }
        }
        other.count = 3 * n;
        a = change_of(&p, NULL), b = change_of(&other, NULL);
        check_like(&b, &a, 1);
    }
}
END_TEST

/* Sizes times anything; the samples' own sizes, given; more answers of the same shares, which are surer. */
START_TEST(scale)
{
    static problem p, other;
    uint64_t seed = 36;
    for (int trial = 0; trial < 1000; trial++) {
        random_problem(&seed, 1 + test_below(&seed, 60), &p);
        other = p;
        for (size_t i = 0; i < p.count; i++) other.from_sizes[i] *= 0.125, other.to_sizes[i] *= 0.25;
        nps_change a = change_of(&p, NULL), b = change_of(&other, NULL);
        ck_assert_mem_eq(&a, &b, sizeof a); /* sizes are shares: to the bit */
        for (size_t i = 0; i < p.count; i++) {
            other.from_sizes[i] = size_of(p.from + i), other.to_sizes[i] = size_of(p.to + i);
            if (size_of(p.from + i) > 0) p.from[i].detractors++, p.from[i].promoters++;
            if (size_of(p.to + i) > 0) p.to[i].detractors++, p.to[i].promoters++;
            other.from[i] = times(p.from[i], 0.25), other.to[i] = times(p.to[i], 0.25);
            other.from_sizes[i] = size_of(p.from + i), other.to_sizes[i] = size_of(p.to + i);
        }
        p.sized = 0;
        other.sized = 1;
        a = change_of(&p, NULL), b = change_of(&other, NULL);
        check_like(&b, &a, 2);
    }
}
END_TEST

/* The same shares in both waves are no change at all, whatever the counts' rounding says: no -0.0 in a report. */
START_TEST(nothing_changes)
{
    static problem p;
    uint64_t seed = 37;
    for (int trial = 0; trial < 1000; trial++) {
        nps_change_segment segments[MOST];
        random_problem(&seed, 1 + test_below(&seed, 60), &p);
        double factor = (double)(1 + test_below(&seed, 30));
        for (size_t i = 0; i < p.count; i++) {
            nps_sample *s = p.from + i;
            *s = counts(floor(s->detractors), floor(s->passives), floor(s->promoters));
            p.to[i] = times(*s, factor);
            p.from_sizes[i] = size_of(s), p.to_sizes[i] = size_of(p.to + i);
        }
        p.sized = p.sized && size_of(p.to) < 1e12;
        nps_change all = {.struct_size = sizeof all};
        int status = explain(&p, 0.95, segments, &all);
        if (status == NPS_ERR_RANGE) continue; /* above 1e15 in sum */
        ck_status(status, NPS_OK);
        ck_assert(all.from == all.to && all.change == 0 && all.rate == 0 && all.mix == 0);
        ck_assert(all.promoters_part == 0 && all.detractors_part == 0);
        ck_assert(!signbit(all.change) && !signbit(all.rate) && !signbit(all.mix));
        ck_assert(!signbit(all.promoters_part) && !signbit(all.detractors_part));
        for (size_t i = 0; i < p.count; i++) ck_assert(segments[i].rate == 0 && segments[i].mix == 0);
        ck_assert(all.rate_error > 0 && all.rate_lower == -all.rate_upper && all.mix_lower == -all.mix_upper);
    }
}
END_TEST

/* Counts of any magnitude, all answers in one class, weights that have nothing to do with them: numbers come out. */
START_TEST(extremes)
{
    static const double sizes[] = {5e-324, 1e-310, 1e-300, 1e-9, 1, 1e9, 1e14};
    static const double shares[][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.25, 0.25, 0.5}, {1e-12, 0, 1}, {0, 0, 0}};
    static problem p;
    uint64_t seed = 39;
    for (int trial = 0; trial < 20000; trial++) {
        p.count = 1 + test_below(&seed, 4);
        p.sized = test_below(&seed, 2) == 0;
        for (size_t i = 0; i < p.count; i++) {
            for (int t = 0; t < 2; t++) {
                const double *x = shares[i == 0 ? test_below(&seed, 4) : test_below(&seed, 6)];
                double size = sizes[test_below(&seed, 7)];
                nps_sample *s = (t == 0 ? p.from : p.to) + i;
                *s = counts(size * x[0], size * x[1], size * x[2]);
                if (i == 0 && size_of(s) == 0) s->passives = size;
                (t == 0 ? p.from_sizes : p.to_sizes)[i] = size_of(s) > 0 ? sizes[test_below(&seed, 7)] : 0;
            }
        }
        nps_change_segment segments[MOST];
        nps_change all = change_of(&p, segments);
        check_effects(&all);
        ck_assert(fabs(all.from) <= 100 && fabs(all.to) <= 100 && fabs(all.change) <= 200);
        ck_assert(fabs(all.promoters_part) <= 100 && fabs(all.detractors_part) <= 100);
        for (size_t i = 0; i < p.count; i++)
            ck_assert(fabs(segments[i].rate) <= 200 && fabs(segments[i].mix) <= 200 && segments[i].from_share <= 1);
        double last = 2 * largest_ulp(all.rate, all.mix, all.change);
        ck_assert(fabs(all.rate + all.mix - all.change) <= last + 1e-22); /* below 1e-23 points all is 0 */
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, adds_up);
    tcase_add_test(tcase, totals);
    tcase_add_test(tcase, mirror);
    tcase_add_test(tcase, waves_swapped);
    tcase_add_test(tcase, order_and_splits);
    tcase_add_test(tcase, scale);
    tcase_add_test(tcase, nothing_changes);
    tcase_add_test(tcase, extremes);
}

int main(void)
{
    return test_main("change_properties", add);
}
