#!/usr/bin/env python3
"""Writes ../trend_extreme.csv: trends of extreme, lopsided and fractional counts at times of any size.

Times and counts are doubles, thus fractions. Sums over answers and waves are fractions, roots and tails have 50 digits.
Waves are packed as time:detractors/passives/promoters;...
"""
import csv
import math
import pathlib
import random
from fractions import Fraction
from itertools import combinations

from mpmath import erfc, erfinv, mp, mpf, sqrt

mp.dps = 50


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def two_sided(z):
    return erfc(abs(z) / sqrt(2))


def sign(x):
    return (x > 0) - (x < 0)


def linear(waves):
    """sqrt(N - 1) times the correlation over all answers, as a table of times and of -1, 0, 1."""
    cells = [(t, x, n) for t, counts in waves for x, n in zip((-1, 0, 1), counts)]
    size = sum(n for _, _, n in cells)
    t_mean = sum(t * n for t, _, n in cells) / size
    x_mean = sum(x * n for _, x, n in cells) / size
    tt = sum(n * (t - t_mean) ** 2 for t, _, n in cells)
    xx = sum(n * (x - x_mean) ** 2 for _, x, n in cells)
    tx = sum(n * (t - t_mean) * (x - x_mean) for t, x, n in cells)
    if xx == 0 or size <= 1:
        return {"linear": mpf(0), "linear_p": mpf(1)}
    z = sign(tx) * sqrt(real((size - 1) * tx**2 / (tt * xx)))
    return {"linear": z, "linear_p": two_sided(z)}


def variance_of_score(d, p, r):
    n = d + p + r
    return ((d + r) / n - ((r - d) / n) ** 2) / n


def slope(waves, level):
    weights, scores = [], []
    for _, (d, p, r) in waves:
        variance = variance_of_score(d, p, r)
        if variance == 0:
            variance = variance_of_score(d + Fraction(3, 4), p + Fraction(3, 2), r + Fraction(3, 4))
        weights.append(1 / variance)
        scores.append(100 * (r - d) / (d + p + r))
    times = [t for t, _ in waves]
    total = sum(weights)
    t_mean = sum(w * t for w, t in zip(weights, times)) / total
    mean = sum(w * s for w, s in zip(weights, scores)) / total
    tt = sum(w * (t - t_mean) ** 2 for w, t in zip(weights, times))
    estimate = sum(w * (t - t_mean) * (s - mean) for w, t, s in zip(weights, times, scores)) / tt
    error = 100 * sqrt(1 / real(tt))
    margin = sqrt(2) * erfinv(mpf(level)) * error
    z = real(estimate) / error
    return {
        "level": level,
        "slope": real(estimate),
        "standard_error": error,
        "lower": real(estimate) - margin,
        "upper": real(estimate) + margin,
        "slope_z": z,
        "slope_p": two_sided(z),
        "intercept": real(mean - estimate * t_mean),
    }


def orders_by_exchanges(k):
    """How many orders of k things have 0, 1, ... pairs exchanged."""
    orders = [1]
    for size in range(2, k + 1):
        orders = [sum(orders[max(0, i - size + 1) : i + 1]) for i in range(len(orders) + size - 1)]
    assert sum(orders) == math.factorial(k)
    return orders


def groups(values):
    return [values.count(value) for value in set(values)]


def mann_kendall(waves):
    k = len(waves)
    points = [(t, (r - d) / (d + p + r)) for t, (d, p, r) in waves]
    s = sum(sign(b[0] - a[0]) * sign(b[1] - a[1]) for a, b in combinations(points, 2))
    times, scores = groups([t for t, _ in points]), groups([x for _, x in points])
    if s == 0:
        p = mpf(1)
    elif max(times + scores) == 1 and k < 50:
        orders = orders_by_exchanges(k)
        tail = sum(n for i, n in enumerate(orders) if k * (k - 1) // 2 - 2 * i >= abs(s))
        p = real(min(Fraction(1), Fraction(2 * tail, math.factorial(k))))
    else:
        # Kendall (1970), chapter 4, with ties in both.
        plain = [sum(g * (g - 1) * (2 * g + 5) for g in sizes) for sizes in ([k], times, scores)]
        triples = [sum(g * (g - 1) * (g - 2) for g in sizes) for sizes in (times, scores)]
        pairs = [sum(g * (g - 1) for g in sizes) for sizes in (times, scores)]
        variance = (
            Fraction(plain[0] - plain[1] - plain[2], 18)
            + Fraction(triples[0] * triples[1], 9 * k * (k - 1) * (k - 2))
            + Fraction(pairs[0] * pairs[1], 2 * k * (k - 1))
        )
        p = two_sided((abs(s) - 1) / sqrt(real(variance)))
    return {"kendall": mpf(s), "kendall_p": p}


def taken(times, *waves):
    return [(float(t), tuple(map(float, counts))) for t, counts in zip(times, waves)]


def cases():
    quarters = [(t, (30.0 - t, 40.0, 30.0 + 2 * t)) for t in range(8)]
    yield "unix seconds", [(1.5e9 + 7776000 * t, c) for t, c in quarters]
    yield "unix seconds one apart", [(1.5e9 + t, c) for t, c in quarters]
    yield "as near as doubles get", [(1.5e9 + t * 2.0**-22, c) for t, c in quarters]
    yield "the largest times", [(-1.7e308, (5.0, 2.0, 3.0)), (0.0, (4.0, 2.0, 4.0)), (1.7e308, (1.0, 2.0, 9.0))]
    yield "huge times", [(1e300 * t, c) for t, c in quarters]
    yield "tiny times", [(1e-280 * t, c) for t, c in quarters]
    yield "a far first wave", [(-1e12, (5.0, 5.0, 5.0))] + quarters
    yield "thirds", taken((1 / 3, 2 / 3, 1, 1.1), (0.1, 0.2, 0.3), (1 / 3, 1.0, 2 / 3), (0.7, 0.1, 0.1), (0.5, 0, 3.3))
    yield "ten to the fifteen", taken((1, 2, 3.5), (4e14, 1e14, 5e14), (3e14, 3e14, 3e14 + 1), (0, 1, 999999999999999))
    third = 333333333333333
    near = [tuple(third + (place == more) for place in range(3)) for more in (2, 0, 1)]
    near.append((third - 1, third + 1, third + 1))
    yield "scores next to equal", taken(range(4), *near)
    promoted = (0, 1, 1e13), (0, 0, 7), (1, 0, 1e12), (0, 0, 3e14)
    yield "next to all promoters", taken(range(4), *promoted)
    yield "next to all detractors", taken(range(4), *[counts[::-1] for counts in promoted])
    yield "next to all passives", taken(range(4), (1, 1e13, 0), (0, 7, 0), (0, 1e12, 1), (0, 3e14, 1))
    yield "one giant", taken(range(4), (1, 1, 2), (2e14, 3e14, 5e14), (0, 1, 3), (0, 0, 4))
    yield "one answer each", taken((0, 1, 5), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    yield "one class each", taken((0, 1, 5, 6), (9, 0, 0), (0, 4, 0), (0, 0, 2), (0, 0, 2))
    yield "all promoters", taken((0, 1, 5), (0, 0, 9), (0, 0, 4), (0, 0, 2))
    yield "detractors and then promoters", taken((0, 1), (1e15, 0, 0), (0, 0, 1e15))
    yield "less than one answer", taken((0, 1, 2), (0.1, 0.1, 0.1), (0, 0.1, 0.1), (0, 0, 0.2))
    yield "just above one answer", taken((0, 1), (0.5, 0, 0.25), (0, 0, 0.25 + 2.0**-40))
    hardly = (1e-30, 2e-30, 3e-30), (1e3, 2e3, 3e3), (2e-30, 2e-30, 1e-30), (5, 0, 7)
    yield "hardly there", taken(range(4), *hardly)
    lone = (1e-20, 0, 1e15), (3e-20, 0, 1e15), (2e-20, 1e-20, 5e14)
    yield "next to nobody else", taken(range(3), *lone)
    yield "next to nobody but detractors", taken(range(3), *[counts[::-1] for counts in lone])
    yield "tied times", [(t // 2, c) for t, c in quarters]
    yield "tied scores", [(t, (10.0 + t // 3, 10.0, 20.0 + t // 3)) for t in range(9)]
    random.seed(20260301)
    for number in range(50):
        k = random.choice((2, 3, 5, 8, 13, 30, 49, 50, 60))
        whole, spread, trend = random.random() < 0.6, random.choice((0.3, 1, 4, 10)), random.choice((0, 0, 0.02, 0.3))
        step, start = random.choice((1.0, 0.1, 86400.0, 1e-7)), random.choice((0.0, 1.0, 1.6e9, -40.0))
        waves = []
        for i in range(k):
            counts = [min(3e14, random.lognormvariate(3, spread)) for _ in range(3)]
            counts[2] *= math.exp(min(trend * i, 3))
            if random.random() < 0.15:
                counts[random.randrange(3)] = 0.0
            if whole:
                counts = [float(round(count)) for count in counts]
            if random.random() < 0.1 or sum(counts) == 0:
                counts = [0.0, 0.0, float(random.randrange(1, 9))]
            at = random.randrange(k // 2 + 1) if number % 5 == 0 else i + random.choice((0, 0.25))
            waves.append((start + step * at, tuple(counts)))
        if len({t for t, _ in waves}) > 1:
            random.shuffle(waves)
            yield f"random {number}", waves


def short(x):
    return repr(float(x)).removesuffix(".0")


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "trend_extreme.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = None
        for number, (name, waves) in enumerate(cases()):
            text = ";".join(":".join((short(t), "/".join(map(short, counts)))) for t, counts in waves)
            exact = [(Fraction(t), tuple(map(Fraction, counts))) for t, counts in waves]
            numbers = {**linear(exact), **slope(exact, (0.95, 0.8, 0.999)[number % 3]), **mann_kendall(exact)}
            row = {"name": name, "waves": text} | {key: repr(float(value)) for key, value in numbers.items()}
            if writer is None:
                writer = csv.DictWriter(file, row.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)


main()
