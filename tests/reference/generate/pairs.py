#!/usr/bin/env python3
"""Writes pairs_extreme.csv: paired comparisons and tests of margins for extreme, lopsided and fractional counts.

Oracles, all from the definitions: for the score construction bisection in 60 digits, lambda within each trial change and
the trial change around that; closed forms in 60 digits; Student's t by the incomplete beta function; for Stuart and
Bhapkar elimination in exact fractions, Bhapkar from its own covariance. tol is relative. Needs mpmath.
Usage: pairs.py > ../pairs_extreme.csv
"""
from fractions import Fraction

from mpmath import betainc, erfc, erfinv, findroot, gammainc, mp, mpf, nstr, sqrt

mp.dps = 60
LEVELS = ["0.5", "0.95", "0.9999"]
CHANGES = [-2, -1, 0, 1, 2]

TABLES = """
1e15 0 0 0 0 0 0 0 0
0 0 1e15 0 0 0 0 0 0
0 0 0 0 0 0 1 0 0
0 1 0 0 0 0 0 0 0
3e14 1e14 1e14 1e14 1e14 1e14 1e14 1e14 0
2e14 1 0 0 3e14 0 0 0 1e14
2e14 0 1 0 3e14 0 0 0 1e14
1 0 0 0 0 0 0 1 999999999999998
0 0 0 0 1 0 1 0 999999999999998
0 5e14 0 0 0 0 0 4e14 0
0 1 0 0 0 0 1e12 0 0
0 0 0 1e9 0 0 1 0 0
1 1 1 1 1 1 1 1 1
0 3 0 2 0 7 0 1 0
0 0 4 0 0 0 3 0 0
0 0 6 0 0 0 0 0 5
0 8 0 0 0 9 0 0 0
0 8 0 0 2 0 0 9 0
0 8 3 0 0 0 0 1 0
0 40 0 1 0 0 0 0 0
0 40 0 0 1 0 0 0 0
0 123456 3 2 5 7 1 0 0
0 0 1e6 1 0 0 0 0 0
0 0 1e6 0 0 0 0 1e6 0
0.5 0.25 0 0.125 0 0.0625 0 0.03125 0.25
1e-9 2e-9 0 0 1e-9 3e-9 1e-9 0 0
1e-9 9e14 1e-6 0 1 1e3 1e-3 7 1e-9
17.25 3.5 1.75 2.125 30.0625 9.5 0.875 4.25 41.3
250 31 12 25 610 88 9 60 1207
0 0 0 0 1e4 1 0 0 0
0 0 0 1 1e4 0 0 0 0
0 0 2 0 1e4 0 1 0 0
1e8 12345 678 12346 2e8 91011 677 91012 3e8
7 0 0 0 0 2 0 3 0
0 7 0 1 0 2 0 0 0
""".strip().splitlines()


def normal_deviate(level):
    return sqrt(2) * erfinv(mpf(float(level)))  # the level that a double holds


def two_sided(z):
    return erfc(abs(z) / sqrt(2))


class Changes:
    def __init__(self, cells, sign=1):
        self.people = [sum(cells[3 * i + j] for i in range(3) for j in range(3) if j - i == sign * e) for e in CHANGES]
        self.n = sum(self.people)
        self.mean = sum(e * x for e, x in zip(CHANGES, self.people)) / self.n
        self.square = sum(e * e * x for e, x in zip(CHANGES, self.people)) / self.n
        self.variance = self.square - self.mean**2

    def tilted(self, t):
        """The likeliest shares when the mean is t, below the sample's; only lambda above 0 is needed."""
        low, high = mpf(0), 1 / (2 + t)

        def slope(value):
            return sum(x * (e - t) / (1 + value * (e - t)) for e, x in zip(CHANGES, self.people) if x)

        if not self.people[0] and slope(high) > 0:
            at = high
        else:
            for _ in range(230):
                middle = (low + high) / 2
                if slope(middle) > 0:
                    low = middle
                else:
                    high = middle
            at = (low + high) / 2
        shares = [x / (self.n * (1 + at * (e - t))) if x else mpf(0) for e, x in zip(CHANGES, self.people)]
        if not self.people[0]:
            shares[0] = 1 - sum(shares)
        return shares

    def statistic(self, t):
        variance = sum(share * (e - t) ** 2 for e, share in zip(CHANGES, self.tilted(t)))
        return (self.mean - t) / sqrt(variance / self.n)

    def limit(self, z):
        low, high = mpf(-2), self.mean
        if low == high:
            return low
        at_low, at_high, side = None, -z, 0
        for step in range(400):
            if high - low <= mpf(10) ** -48 * (self.mean - low):
                break
            middle = (low + high) / 2
            if at_low is not None and step % 3:
                middle = (low * at_high - high * at_low) / (at_high - at_low)  # false position, every third step halves
            value = self.statistic(middle) - z
            if value > 0:
                low, at_low = middle, value
                if side == 1:
                    at_high /= 2
                side = 1
            else:
                high, at_high = middle, value
                if side == -1 and at_low is not None:
                    at_low /= 2
                side = -1
        return (low + high) / 2


def quadratic_form(matrix, vector):
    """d' S^+ d of a singular S whose range holds d, and the rank: by elimination, whatever is free put to 0."""
    size = len(vector)
    rows = [list(row) + [right] for row, right in zip(matrix, vector)]
    solution, pivots = [Fraction(0)] * size, []
    for column in range(size):
        pivot = next((i for i in range(len(pivots), size) if rows[i][column]), None)
        if pivot is None:
            continue
        here = len(pivots)
        rows[here], rows[pivot] = rows[pivot], rows[here]
        rows[here] = [x / rows[here][column] for x in rows[here]]
        for i in range(size):
            if i != here and rows[i][column]:
                rows[i] = [x - rows[i][column] * y for x, y in zip(rows[i], rows[here])]
        pivots.append(column)
    if any(row[size] for row in rows[len(pivots):]):
        return None, len(pivots)  # d is not in the range
    for i, column in enumerate(pivots):
        solution[column] = rows[i][size]
    return sum(x * y for x, y in zip(solution, vector)), len(pivots)


def margins(cells):
    n = sum(cells)
    row = [sum(cells[3 * i: 3 * i + 3]) for i in range(3)]
    column = [sum(cells[i::3]) for i in range(3)]
    d = [x - y for x, y in zip(row, column)]
    s = [[(row[i] + column[i]) * (i == j) - cells[3 * i + j] - cells[3 * j + i] for j in range(3)] for i in range(3)]
    stuart, rank = quadratic_form(s, d)
    if rank == 0:
        bhapkar = Fraction(0)
    else:
        bhapkar, _ = quadratic_form([[s[i][j] - d[i] * d[j] / n for j in range(3)] for i in range(3)], d)
        if stuart < n:
            assert bhapkar == stuart / (1 - stuart / n)
    pairs = [(cells[3 * i + j], cells[3 * j + i]) for i in range(3) for j in range(i)]
    bowker = sum((x - y) ** 2 / (x + y) for x, y in pairs if x + y)
    return (stuart, rank), (bhapkar if stuart != n else None, rank), (bowker, sum(x + y > 0 for x, y in pairs))


def chi_square_tail(statistic, df):
    return gammainc(mpf(df) / 2, mpf(statistic.numerator) / statistic.denominator / 2, regularized=True) if df else mpf(1)


def t_tail(t, df):
    return betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def show(value):
    return "" if value is None else nstr(mpf(value), 20, min_fixed=-5, max_fixed=18)


def main():
    print("n11,n12,n13,n21,n22,n23,n31,n32,n33,method,level,estimate,lower,upper,statistic,df,p,tol,source")

    def row(text, method, level, values, tol, source):
        print(",".join([*text.split(), method, level, *map(show, values), tol, source]))

    for text in TABLES:
        exact = [Fraction(float(x)) for x in text.split()]
        cells = [mpf(x.numerator) / x.denominator for x in exact]
        change, back = Changes(cells), Changes(cells, -1)
        size = 100 * change.mean
        if change.mean == 0:
            z = mpf(0)
        else:
            z = change.statistic(mpf(0)) if change.mean > 0 else -back.statistic(mpf(0))
        for level in LEVELS:
            deviate = normal_deviate(level)
            bounds = (100 * change.limit(deviate), -100 * back.limit(deviate))
            row(text, "score", level, [size, *bounds, z, None, two_sided(z)], "1e-11", "bisection in 60 digits")
            if change.variance > 0:
                error = sqrt(change.variance / change.n)
                ends = [max(-200, 100 * (change.mean - deviate * error)), min(200, 100 * (change.mean + deviate * error))]
                row(text, "wald", level, [size, *ends, change.mean / error, None, two_sided(change.mean / error)],
                    "1e-11", "closed form in 60 digits")
            if change.variance > 0 and 2 <= change.n < 1e5:
                df = change.n - 1
                error = sqrt(change.variance / df)
                tail = 1 - mpf(float(level))
                t = findroot(lambda x: t_tail(x, df) - tail, deviate, tol=1e-90)
                ends = [max(-200, 100 * (change.mean - t * error)), min(200, 100 * (change.mean + t * error))]
                row(text, "t", level, [size, *ends, change.mean / error, df, t_tail(change.mean / error, df)], "1e-11",
                    "closed form in 60 digits")
        z = change.mean * sqrt(change.n / change.square) if change.square else mpf(0)
        row(text, "null-variance", "", [size, None, None, z, None, two_sided(z)], "1e-11", "closed form in 60 digits")
        for name, (statistic, df) in zip(("stuart", "bhapkar", "bowker"), margins(exact)):
            p = mpf(0) if statistic is None else chi_square_tail(statistic, df)
            value = None if statistic is None else mpf(statistic.numerator) / statistic.denominator
            row(text, name, "", [None, None, None, value, df, p], "1e-11", "elimination in exact fractions")


main()
