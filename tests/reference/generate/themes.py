#!/usr/bin/env python3
"""Writes ../themes.csv: what each theme does to the score, from the answers one by one.

Shares, scores, contributions and impacts are fractions, rounded once. Bounds: bisection of Tango's (1998) score
statistic in 50 digits, of differences from the two intervals (MOVER), of contributions from the mean and the variance
of an answer's part x: the trinomial sample of that many answers whose -1, 0 and 1, divided by the sum of |x| over that
of x^2, have them; that they do is asserted. With weights the number of answers is Kish's. Needs mpmath.
"""
import random
from fractions import Fraction

from mpmath import erfinv, mp, mpf, sqrt

mp.dps = 50
Z = sqrt(2) * erfinv(mpf("0.95"))


def exact(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def statistic(d, p, r, t):
    n = d + p + r
    a, b, c = 2 * n, -(d + r) + (2 * n - r + d) * t, -d * t * (1 - t)
    q = (-b + sqrt(b * b - 4 * a * c)) / (2 * a)
    q = min(max(q, 0, -t), (1 - t) / 2)
    return ((r - d) / n - t) / sqrt((2 * q + t - t * t) / n)


def lower(d, p, r):
    if p == r == 0:
        return mpf(-1)
    low, high = mpf(-1), (r - d) / (d + p + r)
    for _ in range(160):
        middle = (low + high) / 2
        if statistic(d, p, r, middle) > Z:
            low = middle
        else:
            high = middle
    return low


def interval(counts):
    d, p, r = map(exact, counts)
    return lower(d, p, r), -lower(r, p, d)


def side(answer):
    return -1 if answer <= 6 else 1 if answer >= 9 else 0


def sample(rows):
    """Total weight, and counts that add up to Kish's size; None without weight."""
    total = sum(weight for _, _, weight in rows)
    if total == 0:
        return total, None
    size = total**2 / sum(weight**2 for _, _, weight in rows)
    return total, [size * sum(w for _, a, w in rows if side(a) == s) / total for s in (-1, 0, 1)]


def score(counts):
    return (counts[2] - counts[0]) / sum(counts)


def contribution(rows, theme, total, size):
    parts = [(Fraction(side(answer), len(themes)) if theme in themes else Fraction(0), weight)
             for themes, answer, weight in rows]
    mean = sum(weight * x for x, weight in parts) / total
    squares = sum(weight * x * x for x, weight in parts) / total
    scale = sum(weight * abs(x) for x, weight in parts) / total / squares if squares else 1
    r, d = (sum(weight * abs(x) for x, weight in parts if x * sign > 0) * scale / total for sign in (1, -1))
    assert 0 <= r + d <= 1 and (r - d) / scale == mean
    assert not squares or (r + d - (r - d) ** 2) / scale**2 == squares - mean**2
    low, high = interval([size * d, size * (1 - r - d), size * r])
    return mean, low / exact(Fraction(scale)), high / exact(Fraction(scale))


def difference(with_, without):
    to, from_ = exact(score(with_)), exact(score(without))
    (l_to, u_to), (l_from, u_from) = interval(with_), interval(without)
    return (to - from_ - sqrt((to - l_to) ** 2 + (u_from - from_) ** 2),
            to - from_ + sqrt((u_to - to) ** 2 + (from_ - l_from) ** 2))


def points(value):
    return float(100 * value).hex()


def estimate(name, answers):
    rows = [(set(themes) or {""}, answer, Fraction(weight)) for themes, answer, weight in answers]
    total, counts = sample(rows)
    together = Fraction(0)
    lines = []
    for theme in sorted({theme for themes, _, _ in rows for theme in themes}):
        mention = [row for row in rows if theme in row[0]]
        weight, with_ = sample(mention)
        without = sample([row for row in rows if theme not in row[0]])[1]
        share = weight / total
        mean, low, high = contribution(rows, theme, total, sum(counts))
        together += mean
        cells = [theme, str(len(mention)), float(share).hex(), points(score(with_)) if with_ else "",
                 points(score(without)) if without else ""]
        if with_ and without:
            gap, bounds = score(with_) - score(without), difference(with_, without)
            impact = share * gap
            assert impact == score(counts) - score(without)
            cells += [points(gap), *map(points, bounds), points(impact), *(points(exact(share) * b) for b in bounds)]
        else:
            cells += [""] * 6
        lines.append(cells + [points(mean), points(low), points(high)])
    assert together == score(counts)
    text = ";".join("|".join(themes) + f":{answer}:{weight!r}" for themes, answer, weight in answers)
    for cells in lines:
        print(",".join([name, text, points(score(counts)), *cells]))


def cases():
    one = ["price"]
    yield "one theme each", [(one, 2, 1)] * 5 + [(one, 8, 1)] * 3 + [(["staff"], 10, 1)] * 9 + [([], 7, 1)] * 2
    yield "two themes each", [(["price", "staff"], 10, 1)] * 5
    yield "two of three", [(["a", "b"], 9, 1)] * 4 + [(["b", "c"], 3, 1)] * 3 + [(["c", "a"], 7, 1)] * 2
    yield "nobody takes sides", [(one, 7, 1), (["staff"], 8, 1), ([], 7, 1)]
    yield "everybody", [(["price", "staff"], 10, 1), (one, 3, 1), (["price", "c", "d"], 8, 1)]
    yield "no themes", [([], 10, 1), ([], 1, 1), ([], 9, 1)]
    yield "one answer", [(["a", "b", "c"], 0, 1)]
    yield "weight nought", [(["a"], 0, 0.0), (["a", "b"], 10, 0.0), (["b"], 10, 1.5), ([], 3, 0.25)]
    yield "heavy", [(["a", "b"], 10, 1e6), (["a"], 2, 1e-3), (["b", "c"], 5, 1.0), ([], 9, 7.0)] * 3
    random.seed(20260107)
    for number in range(24):
        weighted = number % 2
        answers = []
        for _ in range(random.choice((6, 20, 90))):
            themes = [random.choice("abcdefg") for _ in range(random.choice((0, 1, 1, 2, 3, 5)))]
            answers.append((themes, random.randrange(11), random.choice((0.5, 1.0, 1 / 3, 2.75)) if weighted else 1))
        yield f"random {number}", answers


print("name,answers,score,theme,mentions,share,with,without,difference,lower,upper,impact,impact_lower,impact_upper,"
      "contribution,contribution_lower,contribution_upper")
for case in cases():
    estimate(*case)
