#!/usr/bin/env python3
"""Writes permutation.csv: exact permutation p of large, lopsided and far apart samples, in integers.

The pooled answers can be dealt out to two samples of the given sizes in C(N, n) ways, all as likely. p is the number of
those with |n1 S2 - n2 S1| at least what was seen, S promoters less detractors of a sample, over C(N, n).
Usage: permutation.py > ../permutation.csv
"""
from decimal import Decimal, getcontext
from math import comb

getcontext().prec = 25
SAMPLES = [
    # as large as it gets: nearly the same, slightly apart, far apart, one sample as the other but for an answer
    ((660, 660, 680), (660, 670, 670)),
    ((600, 700, 700), (660, 700, 640)),
    ((660, 660, 680), (860, 670, 470)),
    ((667, 667, 666), (667, 666, 667)),
    ((400, 600, 1000), (1000, 600, 400)),
    ((200, 1000, 800), (800, 1000, 200)),
    # next to no passives, or none: every other difference only
    ((1000, 0, 1000), (900, 0, 1100)),
    ((1000, 1, 999), (901, 0, 1099)),
    ((999, 0, 1001), (950, 2, 1048)),
    ((1000, 0, 1000), (1200, 0, 799)),
    # one class rules
    ((1, 1998, 1), (5, 1990, 5)),
    ((0, 1990, 10), (3, 1997, 0)),
    ((3, 7, 1990), (1, 2, 1997)),
    ((0, 0, 2000), (12, 3, 1985)),
    ((2000, 0, 0), (1900, 90, 10)),
    ((0, 2000, 0), (1, 1998, 1)),
    # a large and a small sample
    ((700, 600, 700), (1, 0, 0)),
    ((700, 600, 700), (0, 1, 0)),
    ((1300, 500, 200), (0, 1, 9)),
    ((900, 500, 600), (20, 17, 60)),
    ((2, 3, 1995), (7, 0, 0)),
    ((2000, 0, 0), (0, 0, 30)),
    ((100, 1800, 100), (0, 0, 50)),
    # far tails, two of one answer each
    ((500, 0, 0), (0, 0, 499)),
    ((0, 480, 0), (0, 0, 520)),
    ((0, 900, 100), (600, 400, 0)),
    ((150, 350, 500), (700, 300, 0)),
    ((1, 0, 0), (0, 0, 1)),
    ((0, 0, 1), (0, 1, 0)),
]


def permutation(first, second):
    d, p, r = (x + y for x, y in zip(first, second))
    n1, n2 = sum(first), sum(second)
    total = r - d
    seen = abs((n1 + n2) * (second[2] - second[0]) - n2 * total)
    of_promoters, of_passives = [comb(r, x) for x in range(r + 1)], [comb(p, x) for x in range(p + 1)]
    ways = 0
    for a in range(min(d, n2) + 1):
        ways += comb(d, a) * sum(of_promoters[b] * of_passives[n2 - a - b]
                                 for b in range(max(0, n2 - a - p), min(r, n2 - a) + 1)
                                 if abs((n1 + n2) * (b - a) - n2 * total) >= seen)
    return Decimal(ways) / Decimal(comb(n1 + n2, n2))


print("from_detractors,from_passives,from_promoters,to_detractors,to_passives,to_promoters,p,tol,source")
for first, second in SAMPLES:
    cells = [*first, *second, f"{permutation(first, second):.20g}", "1e-13", "exact integer enumeration"]
    print(*cells, sep=",", flush=True)
