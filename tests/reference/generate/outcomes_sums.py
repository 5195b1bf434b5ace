#!/usr/bin/env python3
"""Writes ../outcomes_sums.csv: the counts and sums of outcomes.h of rows with one answer, in exact rational arithmetic.

A weight is rounded once to a multiple of 2^-64, half to even, as weighted.h says. Each sum is one fraction, told as
the nearest double and the nearest double of the rest. whole: every term and every sum is a whole number below 2^104.
"""
import csv
import math
import pathlib
import random
from fractions import Fraction

UNIT = 1 << 64
SUMS = ("weight", "squared", "sum", "squares", "heavy_sum", "heavy_squares")


def pair(fraction):
    high = float(fraction)
    return f"{high.hex()} {float(fraction - Fraction(high)).hex()}"


def expected(rows):
    counts = dict.fromkeys(("n", "binary", "zero", "missing"), 0)
    sums, sizes = [Fraction(0)] * 6, [Fraction(0)] * 6
    for outcome, weight in rows:
        if math.isnan(outcome):
            counts["missing"] += 1
            continue
        w, y = Fraction(round(Fraction(weight) * UNIT), UNIT), Fraction(outcome)
        if w == 0:
            counts["zero"] += 1
            continue
        counts["n"] += 1
        counts["binary"] += y in (0, 1)
        for i, term in enumerate((w, w * w, w * y, w * y * y, w * w * y, w * w * y * y)):
            sums[i] += term
            sizes[i] += abs(term)
    whole = all(size.denominator == 1 and size < 1 << 104 for size in sizes)
    return {**counts, "whole": int(whole), **dict(zip(SUMS, map(pair, sums)))}


def cases():
    yield "nobody", []
    yield "not known", [(math.nan, 1.0), (math.nan, 0.0)]
    yield "no weight", [(3.5, 0.0), (1.0, -0.0)]
    yield "one", [(7.0, 1.0)]
    yield "zero", [(0.0, 1.0)]
    yield "minus zero", [(-0.0, 1.0), (-0.0, 3.0)]
    yield "yes and no", [(1.0, 1.0)] * 7 + [(0.0, 1.0)] * 5
    yield "yes and no, weighted", [(1.0, 0.3)] * 7 + [(0.0, 1.7)] * 5 + [(math.nan, 2.0)]
    yield "tenths", [(0.1, 1.0)] * 10
    yield "tenths weighted", [(k / 10, k / 7) for k in range(1, 30)]
    yield "money", [(1999.99, 1.0), (-0.01, 1.0), (12345678.9, 1.0)]
    yield "whole numbers with whole weights", [(12345.0, 3.0), (-77.0, 1000.0), (1.0, 9.0)]
    yield "sums of more digits than a double has", [(2.0**30 + 1, 2.0**20 + 1), (2.0**31 - 1, 2.0**19 - 1), (1.0, 1.0)]
    yield "whole numbers that cancel", [(2.0**45 + 3, 1.0), (-(2.0**45) - 1, 1.0), (5.0, 1.0)]
    yield "halves", [(0.5, 1.0), (1.5, 0.5), (-2.5, 0.25)]
    yield "largest", [(1e100, float(2**64 - 2**11)), (-1e100, 2.0**-64)]
    yield "smallest", [(5e-324, 1.0), (1e-200, 2.0**-64), (1e-160, 0.5)]
    yield "weights that are rounded", [(3.0, m * 2.0**-65) for m in (3, 5, 7, 9)] + [(2.0, (3 + 2**-50) * 2.0**-65)]
    yield "one large among small", [(1e15, 1.0)] + [(1e-3, 1.0)] * 50
    random.seed(20260102)
    for number in range(30):
        size = random.choice((1, 2, 7, 60))
        if number % 2:
            rows = [(float(random.randint(-(10**9), 10**9)), float(random.randint(0, 1000))) for _ in range(size)]
        else:
            rows = [(random.gauss(0, 1) * 10 ** random.uniform(-9, 9), random.lognormvariate(0, 3)) for _ in range(size)]
        yield f"random {number}", rows


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "outcomes_sums.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = None
        for name, rows in cases():
            text = " ".join(f"{outcome.hex()}*{weight.hex()}" for outcome, weight in rows)
            row = {"name": name, "rows": text, **expected(rows)}
            if writer is None:
                writer = csv.DictWriter(file, row.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)


main()
