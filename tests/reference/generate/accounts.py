#!/usr/bin/env python3
"""Writes ../accounts_extreme.csv: accounts of extreme, lopsided and fractional counts, in exact rational arithmetic.

Counts are doubles, thus fractions. Each result is one fraction, or the root of one in 60 digits, rounded once.
"""
import csv
import pathlib
import random
from fractions import Fraction

from mpmath import mp, mpf, sqrt

mp.dps = 60


def expected(accounts):
    shares = [[Fraction(count) / sum(map(Fraction, account)) for count in account] for account in accounts if any(account)]
    k = len(shares)
    d, p, r = (sum(column) / k for column in zip(*shares))
    scores = [share[2] - share[0] for share in shares]
    mean = sum(scores) / k
    spread = sum((score - mean) ** 2 for score in scores) / (k * (k - 1))
    answer = d + r - mean**2
    return {
        "count": k,
        "score": float(100 * mean).hex(),
        "se": float(100 * sqrt(mpf(spread.numerator) / spread.denominator)).hex(),
        "detractors": float(d).hex(),
        "passives": float(p).hex(),
        "promoters": float(r).hex(),
        "n_eff": float(answer / spread).hex(),
    }


def cases():
    yield "thirds and tenths", [(0.1, 0.2, 0.3), (1 / 3, 1, 2 / 3), (0.7, 0.1, 0.1)]
    yield "large", [(4e14, 1e14, 5e14), (3e14, 3e14, 3e14 + 1), (1, 0, 999999999999999)]
    yield "large and next to equal", [(333333333, 333333333, 333333333), (1e8, 1e8, 1e8 + 1), (5e7, 5e7, 5e7)]
    yield "next to all promoters", [(0, 1, 1e13), (0, 0, 7), (1, 0, 1e12), (0, 0, 3e14)]
    yield "next to all detractors", [(1e13, 1, 0), (7, 0, 0), (1e12, 0, 1), (3e14, 0, 0)]
    yield "next to all passives", [(1, 1e13, 0), (0, 7, 0), (0, 1e12, 1), (0, 3e14, 1)]
    yield "cancelling", [(1e15, 0, 0), (0, 0, 1e15), (0, 3, 0), (1e9 + 1, 0, 1e9)]
    yield "hardly there", [(1e-9, 2e-9, 5e-9), (1, 1, 1), (1e9, 3e9, 2e9)]
    yield "subnormal", [(5e-324, 0, 1e-323), (0, 1e-310, 3e-310), (1e-300, 0, 0)]
    yield "some empty", [(0, 0, 0), (1, 2, 3), (0, 0, 0), (0, 0, 1), (0, 0, 0)]
    yield "one heavy respondent", [(1e15, 0, 0)] + [(1e-3, 0, 2e-3)] * 40
    random.seed(20260102)
    for number in range(30):
        spread = random.choice((0.3, 3, 12))
        k = random.choice((2, 3, 10, 40))
        accounts = []
        for _ in range(k):
            counts = [min(3e14, random.lognormvariate(0, spread)) for _ in range(3)]
            if random.random() < 0.3:
                counts[random.randrange(3)] = 0.0
            if random.random() < 0.4:
                counts = [float(round(count)) for count in counts]
            accounts.append(counts)
        if sum(any(account) for account in accounts) > 1:
            yield f"random {number}", accounts


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "accounts_extreme.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = None
        for name, accounts in cases():
            packed = ";".join("/".join(repr(float(count)).removesuffix(".0") for count in account) for account in accounts)
            row = {"name": name, "accounts": packed, **expected(accounts)}
            if writer is None:
                writer = csv.DictWriter(file, row.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)


main()
