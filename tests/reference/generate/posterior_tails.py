#!/usr/bin/env python3
"""Writes tests/reference/posterior_tails.csv: far tails of the posterior under Dirichlet(1/2, 1/2, 1/2), both ways.

Given the share x of detractors, the score is above t >= 0 where the passives' part of the rest is below (1 - 2x - t) /
(1 - x): one integral of a beta density times a beta tail, in 60 digits of mpmath, at two degrees that must agree. The
points are the doubles that are written; below 0 the mirror image is taken.
"""
from mpmath import mp, mpf

mp.dps = 60

CASES = [
    ((8, 13, 15), (-80, -60, 0, 60, 85)),
    ((1, 300, 30), (0.1, 5, 20)),
    ((0, 999.5, 49.5), (0.15, 2, 8)),
    ((200, 300, 500), (0, 15, 45)),
    ((20, 0, 80), (10, 30, 90)),
    ((0, 0, 10), (1, 99, 99.999)),
    ((0, 0, 1e6), (99.99, 99.9999, 99.99999)),
    ((0, 0, 1e12), (99.9999999999, 99.99999999999)),
    ((0, 10, 10), (99, 99.9999)),
    ((3, 2, 400), (80, 99, 99.9)),
]


def above(shape, points, degree):
    a, b, c = shape
    t = mpf(points) / 100
    rest = (100 - mpf(points)) / 100
    size = a + b + c
    top = rest / 2
    mean, spread = a / size, mp.sqrt(a * (size - a) / size) / size
    inside = [x for x in (mean + k * spread for k in (-12, -6, -3, -1, 0, 1, 3, 6, 12)) if 0 < x < top]
    # in far tails most of the integral lies at neither
    cuts = [mpf(0)] + sorted(inside + [top * mpf(2) ** -k for k in (1, 2, 4, 8, 16)]) + [top]
    log_beta = mp.loggamma(a) + mp.loggamma(b + c) - mp.loggamma(size)

    def term(root):
        x = root * root  # no half power at 0
        if x <= 0 or x >= top:
            return mpf(0)
        part = (rest - 2 * x) / (1 - x)
        tail = mp.betainc(b, c, 0, part, regularized=True)
        return 2 * root * mp.exp((a - 1) * mp.log(x) + (b + c - 1) * mp.log1p(-x) - log_beta) * mp.re(tail)

    return mp.quad(term, [mp.sqrt(x) for x in cuts], maxdegree=degree)


def main():
    print("detractors,passives,promoters,points,below,above")
    for counts, all_points in CASES:
        shape = [mpf(x) + mpf(1) / 2 for x in counts]
        for points in all_points:
            sides = []
            for degree in (7, 8):
                high = above(shape, points, degree) if points >= 0 else 1 - above(shape[::-1], -points, degree)
                low = above(shape[::-1], -points, degree) if points < 0 else 1 - high
                sides.append((low, high))
            for first, second in zip(*sides):
                assert abs(first - second) <= mpf(10) ** -13 * abs(second), (counts, points, first, second)
            print(*counts, points, *(mp.nstr(x, 17) for x in sides[1]), sep=",", flush=True)


if __name__ == "__main__":
    main()
