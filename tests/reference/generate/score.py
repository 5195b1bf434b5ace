#!/usr/bin/env python3
"""Writes score.csv: scores as exact fractions, rounded once, for counts of any size.

float(Fraction) is correctly rounded. Shares are found by trying every one."""
import csv
import random
import sys
from fractions import Fraction

MOST = 2**63 - 1


def rounded(value, even):
    floor = value.numerator // value.denominator
    rest = value - floor
    if rest != Fraction(1, 2):
        return floor + (rest > Fraction(1, 2))
    if even:
        return floor + floor % 2
    return floor + (value > 0)


def shares(d, p, r, score):
    n = d + p + r
    def squares(x):
        return sum((n * whole - 100 * count) ** 2 for whole, count in zip((x, 100 - 2 * x - score, x + score), (d, p, r)))
    possible = [x for x in range(101) if x + score >= 0 and 100 - 2 * x - score >= 0]
    best = min(possible, key=lambda x: (squares(x), x))
    return best, 100 - 2 * best - score, best + score


def triples():
    random.seed(1)
    for bits in list(range(8, 64, 3)) + [53, 54, 57, 58, 62, 63, 63, 63, 63]:
        for _ in range(6):
            n = random.randrange(2 ** (bits - 1), 2**bits)
            r = random.randrange(n + 1)
            d = random.choice([random.randrange(n - r + 1), min(n - r, max(0, r + random.randrange(-9, 10)))])
            yield d, n - d - r, r
    # Exact halves and their neighbours: 100 (r - d) / n = k + 1/2 with n a multiple of 200.
    for unit in (1, 10**3, 10**9, 10**16, MOST // 200):
        for k in (-100, -51, -13, -2, -1, 0, 1, 12, 50, 98, 99):
            for away in (-1, 0, 1):
                n, difference = 200 * unit, (2 * k + 1) * unit + away
                if abs(difference) > n:
                    continue
                d = random.randrange((n - abs(difference)) // 2 + 1) + max(0, -difference)
                yield d, n - 2 * d - difference, d + difference
    yield 1, MOST - 1, 0
    yield 0, MOST - 1, 1
    yield MOST, 0, 0
    yield 0, MOST, 0
    yield 0, 0, MOST
    yield MOST // 2, 1, MOST // 2
    yield 0, 1, MOST - 1
    yield MOST // 2, 0, MOST // 2 + 1


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow("id detractors passives promoters score rounded_away rounded_even away_detractors away_passives "
             "away_promoters even_detractors even_passives even_promoters".split())
for number, (d, p, r) in enumerate(triples(), 1):
    score = Fraction(100 * (r - d), d + p + r)
    away, even = rounded(score, False), rounded(score, True)
    out.writerow([number, d, p, r, float(score).hex(), away, even, *shares(d, p, r, away), *shares(d, p, r, even)])
