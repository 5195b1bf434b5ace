#!/usr/bin/env python3
"""Writes ../drivers/weights.csv, priorities.csv, collinear.csv and collinear_expected.csv.

Weights: Johnson's definition by eigenvectors in 60 digits. Their derivatives by each correlation are differences in the
same; the covariances of correlations are those of Olkin and Siotani (1976), or, hc1, sums over the rows of what each
contributes. Both are times n / (n - k - 1). Collinear: normal equations and sandwich in fractions.
"""
import csv
import pathlib
import random
from fractions import Fraction as F

from mpmath import mp, mpf

mp.dps = 60
STEP = mpf(10) ** -22
HERE = pathlib.Path(__file__).parent.parent / "drivers"


def text(x):
    return mp.nstr(x, 20, min_fixed=-5, max_fixed=20)


def read(name):
    with open(HERE / f"{name}.csv") as file:
        header, *rows = list(csv.reader(file))
    rows = [[F(float(c)) for c in row] for row in rows if "" not in row]
    if header[-1] != "weight":
        header, rows = header + ["weight"], [row + [F(1)] for row in rows]
    return header, rows


def number(x):
    return mpf(x.numerator) / x.denominator


class Moments:
    """Of columns `use` and the answer, which comes last."""

    def __init__(self, rows, use):
        columns = [1 + j for j in use] + [0]
        self.k, self.n = len(use), len(rows)
        self.w = [row[-1] for row in rows]
        total = sum(self.w)
        self.effective = number(total**2 / sum(w * w for w in self.w))
        mean = [sum(row[c] * row[-1] for row in rows) / total for c in columns]
        x = [[row[c] - m for c, m in zip(columns, mean)] for row in rows]
        size = range(len(columns))
        cross = [[sum(w * r[a] * r[b] for w, r in zip(self.w, x)) / total for b in size] for a in size]
        self.sd = [mp.sqrt(number(cross[a][a])) for a in size]
        self.mean = [number(m) for m in mean]
        self.z = [[number(v) / s for v, s in zip(row, self.sd)] for row in x]
        self.r = mp.matrix([[number(cross[a][b]) / self.sd[a] / self.sd[b] for b in size] for a in size])
        self.share = [number(w / total) for w in self.w]
        self.factor = mpf(self.n) / (self.n - self.k - 1) if self.n > self.k + 1 else None


def weights(r):
    k = r.rows - 1
    values, vectors = mp.eigsy(r[:k, :k])
    root = vectors * mp.diag([mp.sqrt(v) for v in values]) * vectors.T
    b = mp.lu_solve(root, r[:k, k])
    return [sum(root[j, l] ** 2 * b[l] ** 2 for l in range(k)) for j in range(k)]


def gradients(r):
    """Of each weight by each correlation a < b."""
    out = {}
    for b in range(r.rows):
        for a in range(b):
            sides = []
            for sign in (1, -1):
                moved = r.copy()
                moved[a, b] += sign * STEP
                moved[b, a] = moved[a, b]
                sides.append(weights(moved))
            out[a, b] = [(u - v) / (2 * STEP) for u, v in zip(*sides)]
    return out


def olkin_siotani(r, a, b, c, d):
    return (
        r[a, b] * r[c, d] * (r[a, c] ** 2 + r[a, d] ** 2 + r[b, c] ** 2 + r[b, d] ** 2) / 2
        + r[a, c] * r[b, d]
        + r[a, d] * r[b, c]
        - r[a, b] * (r[a, c] * r[a, d] + r[b, c] * r[b, d])
        - r[c, d] * (r[a, c] * r[b, c] + r[a, d] * r[b, d])
    )


def covariance(m, slopes, room_slopes, robust):
    """Of quantities with these slopes by each correlation, and by the mean of a column in deviations."""
    k, r = m.k, m.r
    if not robust:
        pairs = list(slopes)
        c = {(p, q): olkin_siotani(r, *p, *q) for p in pairs for q in pairs}
        out = [[sum(slopes[p][i] * slopes[q][j] * c[p, q] for p in pairs for q in pairs) for j in range(k)] for i in range(k)]
        for i in range(k):
            for j in range(k):
                out[i][j] = (out[i][j] + room_slopes[i] * room_slopes[j] * r[i, j]) / m.effective * m.factor
        return out
    rows = []
    for share, z in zip(m.share, m.z):
        parts = {(a, b): z[a] * z[b] - r[a, b] * (z[a] ** 2 + z[b] ** 2) / 2 for a, b in slopes}
        rows.append([share * (sum(slopes[p][i] * parts[p] for p in parts) + room_slopes[i] * z[i]) for i in range(k)])
    return [[m.factor * sum(row[i] * row[j] for row in rows) for j in range(k)] for i in range(k)]


def t_quantile(p, df):
    """Upper, by the incomplete beta function."""
    def excess(t):
        return mp.betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2 - p
    return mp.findroot(excess, (mpf(1), mpf(2)))


def interval(weight, error, margin):
    root = mp.sqrt(weight)
    half = margin * error / (2 * root)
    return max(mpf(0), root - half) ** 2, min(mpf(1), root + half) ** 2


CASES = [
    ("simulated", range(5)), ("simulated", [1, 4]), ("swiss", range(5)), ("swiss", [2]), ("missing", range(4)),
    ("weighted", range(3)), ("weighted", [0, 2]), ("single", [0]),
]  # fmt: skip
ENDS = {"swiss": (0, 100)}


def write_weights():
    with open(HERE / "weights.csv", "w") as out, open(HERE / "priorities.csv", "w") as order:
        print("dataset,errors,use,driver,weight,standard_error,lower_90,upper_90", file=out)
        print("dataset,errors,use,driver,lowest,highest,room,priority,standard_error,rank,ahead", file=order)
        for name, use in CASES:
            header, rows = read(name)
            m = Moments(rows, use)
            found, slopes = weights(m.r), gradients(m.r)
            low, high = ENDS.get(name, (1, 5))
            good = [m.r[j, m.k] >= 0 for j in range(m.k)]
            room = [((high - m.mean[j]) if good[j] else (m.mean[j] - low)) / (high - low) for j in range(m.k)]
            priority = [w * q for w, q in zip(found, room)]
            rank = [1 + sum(p > own or (p == own and i < j) for i, p in enumerate(priority)) for j, own in enumerate(priority)]
            margin = t_quantile(mpf("0.05"), m.n - m.k - 1)
            mask = sum(1 << j for j in use)
            turned = {p: [s * q for s, q in zip(slopes[p], room)] for p in slopes}
            moves = [found[j] * (-1 if good[j] else 1) * m.sd[j] / (high - low) for j in range(m.k)]
            for errors in ("classical", "hc1"):
                spread = covariance(m, slopes, [mpf(0)] * m.k, errors == "hc1")
                both = covariance(m, turned, moves, errors == "hc1")
                for i, j in enumerate(use):
                    error = mp.sqrt(spread[i][i])
                    lower, upper = interval(found[i], error, margin)
                    print(name, errors, mask, header[1 + j], *map(text, (found[i], error, lower, upper)), sep=",", file=out)
                    ahead = []
                    for l in range(m.k):
                        if l != i:
                            gap = mp.sqrt(both[i][i] + both[l][l] - 2 * both[i][l])
                            ahead.append(text(mp.ncdf((priority[i] - priority[l]) / gap)))
                    print(
                        name, errors, mask, header[1 + j], low, high,
                        *map(text, (room[i], priority[i], mp.sqrt(both[i][i]))), rank[i], ";".join(ahead),
                        sep=",", file=order,
                    )  # fmt: skip


def solve(a):
    """Inverse in fractions."""
    n = len(a)
    a = [row[:] + [F(i == j) for j in range(n)] for i, row in enumerate(a)]
    for i in range(n):
        pivot = a[i][i]
        a[i] = [v / pivot for v in a[i]]
        for j in range(n):
            if j != i:
                a[j] = [v - a[j][i] * u for v, u in zip(a[j], a[i])]
    return [row[n:] for row in a]


def write_collinear():
    rng = random.Random(9)
    rows = []
    for _ in range(40):
        first, apart, other = rng.randint(0, 10**6), rng.randint(-50, 50), rng.randint(0, 1000)
        rows.append([first // 3 + 5 * apart + 2 * other + rng.randint(-300, 300), first, first + apart, other])
    with open(HERE / "collinear.csv", "w") as out:
        print("answer,first,second,other", file=out)
        for row in rows:
            print(*row, sep=",", file=out)
    x = [[F(1)] + [F(v) for v in row[1:]] for row in rows]
    y = [F(row[0]) for row in rows]
    n, p = len(x), 4
    inverse = solve([[sum(r[a] * r[b] for r in x) for b in range(p)] for a in range(p)])
    b = [sum(inverse[a][c] * sum(r[c] * v for r, v in zip(x, y)) for c in range(p)) for a in range(p)]
    e = [v - sum(u * c for u, c in zip(r, b)) for r, v in zip(x, y)]
    mean = sum(y) / n
    rss, tss = sum(v * v for v in e), sum((v - mean) ** 2 for v in y)
    m = Moments([[F(v) for v in row] + [F(1)] for row in rows], range(3))
    found, slopes = weights(m.r), gradients(m.r)
    names = ["", "first", "second", "other"]
    with open(HERE / "collinear_expected.csv", "w") as out:
        print("errors,driver,r_squared,coefficient,standard_error,vif,weight,weight_error", file=out)
        for errors in ("classical", "hc1"):
            spread = covariance(m, slopes, [mpf(0)] * 3, errors == "hc1")
            for a in range(p):
                if errors == "classical":
                    variance = rss / (n - p) * inverse[a][a]
                else:
                    h = [sum(i * v for i, v in zip(inverse[a], r)) for r in x]
                    variance = F(n, n - p) * sum((u * v) ** 2 for u, v in zip(h, e))
                own = ["", "", ""]
                if a > 0:
                    centre = sum(r[a] for r in x) / n
                    vif = inverse[a][a] * sum((r[a] - centre) ** 2 for r in x)
                    own = [text(number(vif)), text(found[a - 1]), text(mp.sqrt(spread[a - 1][a - 1]))]
                print(
                    errors, names[a], text(number(1 - rss / tss)), text(number(b[a])), text(mp.sqrt(number(variance))),
                    *own, sep=",", file=out,
                )  # fmt: skip


write_weights()
write_collinear()
