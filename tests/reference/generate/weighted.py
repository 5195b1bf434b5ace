#!/usr/bin/env python3
"""Writes ../weighted.csv: weighted states and what follows from them, in exact rational arithmetic.

A weight is a double, thus a fraction; it is rounded once to a multiple of 2^-64, half to even, as weighted.h says. All
sums are integers. Each result is one fraction, rounded once to the nearest double by Python, half to even.
"""
import csv
import pathlib
import random
from fractions import Fraction

UNIT = 1 << 64
SCALES = {"0-10": (0, 10, 6, 9), "1-5": (1, 5, 3, 5), "-5-5:1:4": (-5, 5, 1, 4), "-9--3:-7:-4": (-9, -3, -7, -4)}


def double(fraction):
    return float(fraction).hex()


def expected(scale, rows):
    lowest, highest, detractor_max, promoter_min = SCALES[scale]
    level, weight, square = [0] * 11, [0] * 11, [0] * 11
    zero = missing = invalid = 0
    for answer, value in rows:
        if answer == "missing":
            missing += 1
        elif not lowest <= answer <= highest:
            invalid += 1
        else:
            fixed = round(Fraction(value) * UNIT)  # half to even
            level[answer - lowest] += 1
            weight[answer - lowest] += fixed
            square[answer - lowest] += fixed * fixed
            zero += fixed == 0
    total = sum(weight)
    assert total < 1 << 128
    results = dict.fromkeys(("mean", "score", "effective_size", "design_effect"), "")
    if total > 0:
        answers = range(lowest, lowest + 11)
        score = sum((a >= promoter_min) * w - (a <= detractor_max) * w for a, w in zip(answers, weight))
        results["mean"] = double(Fraction(sum(a * w for a, w in zip(answers, weight)), total))
        results["score"] = double(Fraction(100 * score, total))
        results["effective_size"] = double(Fraction(total * total, sum(square)))
        results["design_effect"] = double(Fraction(sum(level) * sum(square), total * total))
    return {
        "level": " ".join(map(str, level)),
        "weight": " ".join(f"{w:032x}" for w in weight),
        "square": " ".join(f"{s:064x}" for s in square),
        "zero": zero,
        "missing": missing,
        "invalid": invalid,
        "total": double(Fraction(total, UNIT)),
        **results,
    }


def cases():
    yield "nobody", "0-10", []
    yield "nobody who answers", "0-10", [("missing", 1.0), (11, 1.0), (-1, 2.0)]
    yield "zero weights only", "0-10", [(9, 0.0), (3, -0.0)]
    yield "one", "0-10", [(10, 1.0)]
    yield "equal weights", "0-10", [(a, 1.0) for a in (0, 3, 6, 7, 8, 9, 10, 10, 9, 10)]
    yield "tenths", "0-10", [(a, 0.1) for a in (0, 3, 6, 7, 8, 9, 10, 10, 9, 10)]
    yield "score of zero", "0-10", [(10, 0.3), (0, 0.3), (8, 1.0)]
    yield "very unequal", "0-10", [(0, 0.0), (6, 1e-9), (7, 1e9), (9, 2.0**-64), (10, 3.0)]
    yield "halves of the last place", "0-10", [(a, m * 2.0**-65) for a, m in ((0, 3), (1, 5), (2, 7), (3, 9), (4, 2))]
    yield "just off the halves", "0-10", [(0, (3 + 2**-50) * 2.0**-65), (1, (5 - 2**-50) * 2.0**-65)]
    yield "largest weight", "0-10", [(9, float(2**64 - 2**11)), (0, 2.0**-64)]
    yield "one heavy respondent", "0-10", [(2, 1e15)] + [(10, 1e-3)] * 100
    yield "squares that carry", "0-10", [(9, 2.0**32 - 0.5), (9, 2.0**17), (8, 2.0**17), (8, 2.0**32 - 0.5)]
    yield "all bits set", "0-10", [(k % 11, (2**53 - 1) * 2.0**k) for k in range(-62, 9) for _ in range(2)]
    yield "all bits set on one", "0-10", [(7, (2**53 - 1) * 2.0**k) for k in range(-62, 9) for _ in range(2)]
    yield "below zero", "-5-5:1:4", [(-5, 0.7), (-4, 1.1), (-1, 0.3), (5, 0.2)]
    yield "above zero", "-5-5:1:4", [(-5, 0.7), (4, 1.1), (5, 3.3)]
    yield "all below zero", "-9--3:-7:-4", [(-9, 0.7), (-3, 1.1), (-5, 1 / 3), (-2, 1.0), (-10, 1.0)]
    random.seed(20260101)
    for number in range(40):
        scale = random.choice(list(SCALES))
        lowest, highest = SCALES[scale][:2]
        spread = random.choice((0.3, 2.0, 10.0))
        rows = []
        for _ in range(random.choice((2, 5, 60))):
            answer = random.choice(("missing", highest + 1)) if random.random() < 0.1 else random.randint(lowest, highest)
            rows.append((answer, 0.0 if random.random() < 0.05 else random.lognormvariate(0, spread)))
        yield f"random {number}", scale, rows


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "weighted.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = None
        for name, scale, rows in cases():
            text = " ".join(f"{answer}*{float(weight).hex()}" for answer, weight in rows)
            row = {"name": name, "scale": scale, "rows": text, **expected(scale, rows)}
            if writer is None:
                writer = csv.DictWriter(file, row.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)


main()
