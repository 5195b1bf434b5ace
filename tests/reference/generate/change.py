#!/usr/bin/env python3
"""Writes ../change_errors.csv: rate and mix effects with their standard errors, also of weighted and lopsided waves.

The effects are exact fractions. The standard errors of rows "multinomial" are those of the delta method done by brute
force: the covariance matrix of the shares of all cells of a wave (segment, class, weight), and the gradient of the
effect by central differences in 80 digits. It knows neither segments' variances nor effective sizes. Rows "rule" have
segments whose answers are all of one class, whose variance is that of the counts plus 3/4, 3/2, 3/4: closed form,
which must agree with the brute force in the other rows.
"""
import csv
import pathlib
import random
from fractions import Fraction

from mpmath import mp, mpf, sqrt

mp.dps = 80


def effects(totals):
    """Rate and mix, points, of totals[wave][segment] = weights of detractors, passives, promoters."""
    shares, scores, overall = [], [], []
    for wave in totals:
        whole = sum(map(sum, wave))
        shares.append([sum(cells) / whole for cells in wave])
        scores.append([100 * (cells[2] - cells[0]) / sum(cells) if any(cells) else None for cells in wave])
    for g in range(len(totals[0])):
        for t in (0, 1):
            if scores[t][g] is None:
                scores[t][g] = scores[1 - t][g] if scores[1 - t][g] is not None else 0
    for t in (0, 1):
        overall.append(sum(w * r for w, r in zip(shares[t], scores[t])))
    rate = mix = 0
    for w0, w1, r0, r1 in zip(*shares, *scores):
        rate += (w0 + w1) / 2 * (r1 - r0)
        mix += (w1 - w0) * ((r0 + r1) / 2 - (overall[0] + overall[1]) / 2)
    return rate, mix


def brute_force(waves):
    """Variances of both effects; waves[t] has cells (segment, class, weight, answers)."""
    count = 1 + max(cell[0] for wave in waves for cell in wave)
    answers = [sum(mpf(cell[3]) for cell in wave) for wave in waves]
    points = [[mpf(cell[3]) / n for cell in wave] for wave, n in zip(waves, answers)]

    def at(points):
        totals = [[[mpf(0)] * 3 for _ in range(count)] for _ in (0, 1)]
        for t in (0, 1):
            for (g, c, weight, _), share in zip(waves[t], points[t]):
                totals[t][g][c] += mpf(weight) * share
        return effects(totals)

    variances = [mpf(0), mpf(0)]
    for t in (0, 1):
        gradient = []
        for i, share in enumerate(points[t]):
            step = share * mpf(10) ** -20
            moved = [list(points[0]), list(points[1])]
            moved[t][i] = share + step
            above = at(moved)
            moved[t][i] = share - step
            below = at(moved)
            gradient.append([(a - b) / (2 * step) for a, b in zip(above, below)])
        for i, p in enumerate(points[t]):
            for j, q in enumerate(points[t]):
                covariance = ((p if i == j else 0) - p * q) / answers[t]
                for e in (0, 1):
                    variances[e] += gradient[i][e] * gradient[j][e] * covariance
    return variances


def score_variance(sample):
    counts = [mpf(count) for count in sample]
    if sum(count > 0 for count in counts) == 1:
        counts = [count + added for count, added in zip(counts, (0.75, 1.5, 0.75))]
    n = sum(counts)
    mean = (counts[2] - counts[0]) / n
    return 10000 * ((counts[2] + counts[0]) / n - mean**2) / n


def closed_form(samples, sizes):
    w, r, n, v = ([], []), ([], []), ([], []), ([], [])
    for t in (0, 1):
        whole = sum(map(mpf, sizes[t]))
        for sample, size in zip(samples[t], sizes[t]):
            n[t].append(sum(map(mpf, sample)))
            w[t].append(mpf(size) / whole)
            r[t].append(100 * (mpf(sample[2]) - mpf(sample[0])) / n[t][-1] if any(sample) else None)
            v[t].append(score_variance(sample) if any(sample) else 0)
    segments = range(len(samples[0]))
    score = [[next((x for x in (r[t][g], r[1 - t][g]) if x is not None), 0) for g in segments] for t in (0, 1)]
    variances = []
    for sign in (-1, 1):
        worth = [(score[1][g] + sign * score[0][g]) / 2 for g in segments]
        variance = mpf(0)
        for t in (0, 1):
            mean = sum(w[t][g] * worth[g] for g in segments)
            variance += sum(w[t][g] ** 2 / n[t][g] * (worth[g] - mean) ** 2 for g in segments if n[t][g])
        for g in segments:
            both = n[0][g] and n[1][g]
            if sign < 0:
                slope = (w[0][g] + w[1][g]) / 2 if both else 0
            else:
                slope = (w[1][g] - w[0][g]) / (2 if both else 1)
            variance += slope**2 * (v[0][g] + v[1][g])
        variances.append(variance)
    return variances


def plain(wave):
    return [(g, c, 1, n) for g, cells in enumerate(wave) for c, n in enumerate(cells) if n]


def summary(wave, count):
    """Effective counts and sums of weights of segments with cells (segment, class, weight, answers)."""
    samples, sizes = [], []
    for g in range(count):
        cells = [cell for cell in wave if cell[0] == g]
        total = sum(Fraction(weight) * n for _, _, weight, n in cells)
        squares = sum(Fraction(weight) ** 2 * n for _, _, weight, n in cells)
        by_class = [sum(Fraction(weight) * n for _, c, weight, n in cells if c == k) for k in range(3)]
        samples.append([float(total / squares * x) if squares else 0.0 for x in by_class])
        sizes.append(float(total))
    return samples, sizes


def row(name, samples, sizes, waves):
    """sizes None: the samples' own; waves None: the rule."""
    given = sizes or [[float(sum(map(Fraction, sample))) for sample in wave] for wave in samples]
    parts = [[[Fraction(x) / sum(map(Fraction, sample)) * Fraction(size) if size else Fraction(0) for x in sample]
              for sample, size in zip(*wave)] for wave in zip(samples, given)]
    rate, mix = effects(parts)
    shares = [[sum(cells[c] for cells in wave) / sum(map(sum, wave)) for c in (0, 2)] for wave in parts]
    formula = closed_form(samples, given)
    one_class = any(sum(x > 0 for x in sample) == 1 for wave in samples for sample in wave)
    assert one_class == (waves is None)
    variances = formula if waves is None else brute_force(waves)
    for a, b in zip(formula, variances):
        assert abs(a - b) <= mpf(10) ** -14 * b + mpf(10) ** -30, (name, a, b)
    pack = lambda wave: ";".join("/".join(repr(float(x)).removesuffix(".0") for x in sample) for sample in wave)
    pack_sizes = lambda wave: ";".join(repr(float(x)).removesuffix(".0") for x in wave)
    points = lambda x: float(100 * x).hex()
    return {
        "name": name,
        "source": "rule" if waves is None else "multinomial",
        "from": pack(samples[0]),
        "to": pack(samples[1]),
        "from_sizes": pack_sizes(sizes[0]) if sizes else "",
        "to_sizes": pack_sizes(sizes[1]) if sizes else "",
        "from_nps": points(shares[0][1] - shares[0][0]),
        "to_nps": points(shares[1][1] - shares[1][0]),
        "change": points(shares[1][1] - shares[1][0] - shares[0][1] + shares[0][0]),
        "promoters_part": points(shares[1][1] - shares[0][1]),
        "detractors_part": points(shares[0][0] - shares[1][0]),
        "rate": float(rate).hex(),
        "rate_error": float(sqrt(variances[0])).hex(),
        "mix": float(mix).hex(),
        "mix_error": float(sqrt(variances[1])).hex(),
    }


def counted(name, *waves):
    return row(name, waves, None, [plain(wave) for wave in waves])


def weighted(name, count, *waves):
    (from_samples, from_sizes), (to_samples, to_sizes) = (summary(wave, count) for wave in waves)
    return row(name, (from_samples, to_samples), (from_sizes, to_sizes), waves)


def random_counts(most, lopsided):
    top = most if not lopsided else max(3, most // 10 ** random.randrange(4))
    return [random.randrange(1, top + 1) for _ in range(3)]


def weighted_wave(count, absent):
    """Each class of a segment has the same mixture of weights, which is what an effective size takes for granted."""
    cells = []
    for g in range(count):
        if g in absent:
            continue
        weights = [random.choice((0.25, 0.5, 1.0, 3.0, 7.5)) for _ in range(random.randrange(1, 4))]
        levels = [(weight, random.randrange(1, 4)) for weight in weights]
        for c, n in enumerate(random_counts(60, False)):
            cells += [(g, c, weight, n * times) for weight, times in levels]
    return cells


def rows():
    random.seed(20260303)
    yield counted(
        "three regions",
        [(50, 200, 250), (90, 90, 120), (80, 80, 40)],
        [(40, 140, 220), (85, 115, 100), (110, 110, 80)],
    )
    yield counted("all mix", [(10, 20, 70), (300, 300, 300)], [(30, 60, 210), (30, 30, 30)])
    yield counted("new and vanished", [(5, 5, 5), (10, 20, 30), (0, 0, 0)], [(0, 0, 0), (12, 18, 30), (3, 4, 8)])
    yield counted("one segment", [(20, 30, 50)], [(25, 30, 65)])
    yield counted("nobody stays", [(20, 30, 50), (9, 3, 1), (0, 0, 0)], [(0, 0, 0), (0, 0, 0), (7, 9, 11)])
    yield counted("absent in both", [(2, 3, 5), (0, 0, 0), (4, 4, 4)], [(3, 3, 3), (0, 0, 0), (1, 5, 9)])
    yield counted("two classes each", [(2, 0, 5), (0, 9, 4)], [(3, 3, 0), (1, 0, 9)])
    giant = (3 * 10**14, 10**14, 5 * 10**14)
    yield counted("giant and dwarf", [giant, (1, 1, 1)], [(2, 1, 3), (10**14, 10**14, 10**14)])
    yield counted("next to one class", [(1, 1, 10**9), (10**9, 1, 1)], [(1, 10**9, 1), (10**9, 2, 1)])
    for number in range(12):
        count, most, lopsided = random.choice((2, 4, 7)), random.choice((5, 50, 10**4)), number % 3 == 0
        waves = [[random_counts(most, lopsided) for _ in range(count)] for _ in (0, 1)]
        if number % 4 == 3:
            waves[0][0] = waves[1][1] = (0, 0, 0)
        yield counted(f"random {number}", *waves)
    for number in range(10):
        count = random.choice((2, 3, 5))
        absent = [(0,), (1,)] if number % 3 == 2 else [(), ()]
        yield weighted(f"weighted {number}", count, *(weighted_wave(count, gone) for gone in absent))
    yield row("all promoters once", ([(3, 4, 5), (0, 0, 8)], [(4, 4, 4), (1, 2, 9)]), None, None)
    yield row("all promoters twice", ([(3, 4, 5), (0, 0, 8)], [(4, 4, 4), (0, 0, 12)]), None, None)
    ones = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    yield row("single answers", (ones, ones[::-1]), None, None)
    yield row("new ones all passive", ([(3, 4, 5), (0, 0, 0)], [(6, 4, 4), (0, 30, 0)]), None, None)
    yield row("vanished detractors", ([(3, 4, 5), (700, 0, 0)], [(6, 4, 4), (0, 0, 0)]), None, None)
    fractional = [(0.3, 0.4, 0.5), (0, 0, 2.5)], [(4.25, 4, 4), (0, 7.5, 0)]
    yield row("one class, sizes", fractional, ([3.5, 1e9], [1e9, 40.0]), None)
    yield row("nothing but promoters", ([(0, 0, 3), (0, 0, 10**14)], [(0, 0, 10**14), (0, 0, 3)]), None, None)


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "change_errors.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = None
        for cells in rows():
            if writer is None:
                writer = csv.DictWriter(file, cells.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(cells)


main()
