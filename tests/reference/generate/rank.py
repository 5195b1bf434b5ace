#!/usr/bin/env python3
"""Writes tests/reference/rank_best.csv: shrunken scores, their intervals, and who is among the best.

Shrinkage in 40 digits from its definition. P(i is among the k best) is the integral of the density of i times the sum
over all sets of fewer than k others of the probability that just these exceed t: mpmath's Gauss-Legendre quadrature,
cut at every mean and at steps from it, at two degrees that must agree to 1e-16; of two segments also in closed form.
The doubles nearest to the numbers as written are taken as exact.
"""
from itertools import combinations

from mpmath import mp, mpf

mp.dps = 40

LEVEL = mpf(float("0.9"))

# detractors/passives/promoters
SAMPLES = [
    "20/30/50;60/20/20",
    "8/13/15;12/7/12;10/10/12",  # tau2 is 0
    "0/1/2;8/10/12;900/1000/1100;200000/300000/500000",
    "0/0/10;3/4/8;1/5/9;0/6/0;4/0/0",  # without variance
    "0.3/0.25/1.1;12.5/7.25/30.75;100.125/50/200.5;1e-9/2e-9/0",
    "69/118/215;33/40/90;12/9/30;41/60/77;8/8/8;30/5/3",
    "0/0/3;15/30/255;40/40/20;60/120/120;10/5/45",
    "2e9/3e9/5e9;20000/29998/50002;1/4/5;3e9/4e9/3e9",
]

# mean/standard deviation, as they come to the integral
NORMALS = [
    "10/5;12.5/5",
    "-20/10;15/1e-6",
    "40/5;40/5;40/5;40/5",
    "10/20;12/1e-6;9/15;12.000001/1e-6;12.5/0.01",
    "30/12;31/1e-9;28/12;35/3",
    "-50/1;-49/1;0/30;49/1;50/1",
    "99.99/0.001;99.9901/0.0001;99.98/0.02;90/10",
    "0/1e-5;1e-5/1e-5;-1e-5/2e-5;100/80",
]


def double(text):
    return mpf(float(text))


def unpack(text):
    return [[double(cell) for cell in item.split("/")] for item in text.split(";")]


def variance(sample):
    d, p, r = sample
    if sum(x > 0 for x in sample) == 1:
        d, p, r = d + 0.75, p + 1.5, r + 0.75
    n = d + p + r
    return ((d + r) / n - ((r - d) / n) ** 2) / n


def shrink(samples):
    scores = [(r - d) / (d + p + r) for d, p, r in samples]
    variances = [variance(s) for s in samples]
    weights = [1 / v for v in variances]
    total = sum(weights)
    pooled = sum(w * s for w, s in zip(weights, scores)) / total
    q = sum(w * (s - pooled) ** 2 for w, s in zip(weights, scores))
    tau2 = max(mpf(0), (q - (len(samples) - 1)) / (total - sum(w * w for w in weights) / total))
    weights = [1 / (v + tau2) for v in variances]
    mean = sum(w * s for w, s in zip(weights, scores)) / sum(weights)
    z = mp.sqrt(2) * mp.erfinv(LEVEL)
    rows = []
    for score, v in zip(scores, variances):
        b = v / (v + tau2)
        shrunken, se = mean + (1 - b) * (score - mean), mp.sqrt((1 - b) * v)
        margin = z * mp.sqrt((1 - b) * v + b * b / sum(weights))
        low, high = max(mpf(-1), shrunken - margin), min(mpf(1), shrunken + margin)
        rows.append([100 * x for x in (shrunken, se, low, high)])
    return rows


def above(mean, error, t):
    return mp.erfc((t - mean) / (error * mp.sqrt(2))) / 2


def fewer_than(k, chances):
    """The probability that fewer than k of these events happen, set by set."""
    total = mpf(0)
    for size in range(k):
        for chosen in combinations(range(len(chances)), size):
            term = mpf(1)
            for j, p in enumerate(chances):
                term *= p if j in chosen else 1 - p
            total += term
    return total


def among(k, i, normals, degree):
    mean, error = normals[i]
    others = normals[:i] + normals[i + 1 :]
    left, right = mean - 14 * error, mean + 14 * error
    cuts = {left, right}
    for m, s in normals:
        for step in (0, 0.5, 1, 2, 3, 4.5, 6, 8, 11, 14, 50, 1000, 30000):
            cuts |= {x for x in (m - step * s, m + step * s) if left < x < right}

    def term(t):
        density = mp.npdf(t, mean, error)
        return density * fewer_than(k, [above(m, s, t) for m, s in others])

    return mp.quad(term, sorted(cuts), method="gauss-legendre", maxdegree=degree)


def best(k, i, normals):
    if k >= len(normals):
        return mpf(1)
    if normals[i][1] == 0:
        return mpf(k) / len(normals)
    with mp.workdps(25):
        first, second = among(k, i, normals, 3), among(k, i, normals, 4)
    assert abs(first - second) < mpf(10) ** -16, (k, i, normals, first, second)
    if len(normals) == 2:
        (m, s), (n, u) = normals[i], normals[1 - i]
        assert abs(second - mp.ncdf((m - n) / mp.sqrt(s * s + u * u))) < mpf(10) ** -16
    return second


def text(x):
    return mp.nstr(x, 17)


def main():
    print("kind,items,best,index,shrunken,shrunken_se,lower,upper,probability")
    for items in SAMPLES:
        rows = shrink(unpack(items))
        normals = [row[:2] for row in rows]
        for k in (1, 2, 3):
            for i, row in enumerate(rows):
                print("samples", items, k, i, *map(text, row), text(best(k, i, normals)), sep=",", flush=True)
    for items in NORMALS:
        normals = unpack(items)
        for k in range(1, len(normals)):
            for i, row in enumerate(normals):
                print("normals", items, k, i, *map(text, row), "", "", text(best(k, i, normals)), sep=",", flush=True)


if __name__ == "__main__":
    main()
