#!/usr/bin/env python3
"""Writes ../response.csv: response rates, bounds of the score and ends of the scale, in exact rational arithmetic.

Each result is one fraction, rounded once to the nearest double by Python, half to even. Input by kind: `rate`,
responses; `score`, a score and a rate as doubles; `tally`, the counts of all answers on the scale; `weighted`, the
weights of one answer on each level. Bounds of tallies put the people who did not answer on either side.
"""
import csv
import pathlib
import random
from fractions import Fraction

SCALES = {"0-10": (0, 10, 6, 9), "1-5": (1, 5, 3, 5), "1-7": (1, 7, 4, 6), "-5-5:1:4": (-5, 5, 1, 4)}
LIMIT = 2**63


def double(fraction):
    return float(fraction).hex()


def rate(responses, invited):
    return {"kind": "rate", "input": responses, "invited": invited, "rate": double(Fraction(responses, invited))}


def score(points, share):
    known, others = Fraction(points) * Fraction(share), 100 * (1 - Fraction(share))
    values = {"lowest": double(known - others), "highest": double(known + others)}
    return {"kind": "score", "input": f"{points.hex()} {share.hex()}", **values}


def ends(counts):
    total = sum(counts)
    return {"low_end": double(counts[0] / total), "high_end": double(counts[-1] / total)} if total else {}


def tally(scale, counts, invited):
    lowest, _, detractor_max, promoter_min = SCALES[scale]
    detractors = sum(counts[: detractor_max - lowest + 1])
    promoters = sum(counts[promoter_min - lowest :])
    silent = invited - sum(counts)
    return {
        "kind": "tally",
        "scale": scale,
        "input": " ".join(map(str, counts)),
        "invited": invited,
        "lowest": double(Fraction(100 * (promoters - detractors - silent), invited)),
        "highest": double(Fraction(100 * (promoters + silent - detractors), invited)),
        **ends([Fraction(count) for count in counts]),
    }


def weighted(scale, weights):
    fixed = [Fraction(round(Fraction(weight) * 2**64)) for weight in weights]
    return {"kind": "weighted", "scale": scale, "input": " ".join(float(w).hex() for w in weights), **ends(fixed)}


def cases():
    for responses, invited in ((0, 1), (1, 1), (1, 3), (2, 3), (412, 1200), (0, 2**64 - 1), (1, 2**64 - 1)):
        yield rate(responses, invited)
    for responses, invited in ((2**64 - 2, 2**64 - 1), (2**64 - 1, 2**64 - 1), (2**53 + 1, 2**54), (LIMIT, 2**64 - 1)):
        yield rate(responses, invited)
    random.seed(20260103)
    for _ in range(25):
        invited = random.randrange(1, 2 ** random.randrange(1, 65))
        yield rate(random.randrange(0, invited + 1), invited)

    for points in (-100.0, -33.3, -0.0, 0.0, 12.5, 100 / 3, 100.0):
        for share in (0.0, 5e-324, 1e-20, 0.1, 1 / 3, 0.5, 0.75, 1 - 2.0**-53, 1.0):
            yield score(points, share)
    for _ in range(40):
        yield score(random.uniform(-100, 100), random.random() ** random.choice((1, 8)))

    standard = (5, 0, 2, 1, 0, 3, 4, 9, 20, 31, 40)
    for invited in (115, 116, 1000, 10**9, 2**63, 2**64 - 1):
        yield tally("0-10", standard, invited)
    yield tally("0-10", (0,) * 11, 7)
    yield tally("0-10", (LIMIT - 1,) + (0,) * 10, LIMIT)
    yield tally("0-10", (0,) * 10 + (LIMIT - 1,), LIMIT)
    yield tally("0-10", (0,) * 10 + (LIMIT - 1,), LIMIT - 1)
    yield tally("0-10", (0,) * 7 + (LIMIT - 1,) + (0,) * 3, LIMIT + 1)
    yield tally("0-10", (1,) + (0,) * 9 + (LIMIT - 2,), 2**64 - 1)
    yield tally("0-10", (LIMIT // 3,) + (1,) * 9 + (LIMIT // 3,), LIMIT // 3 * 4)
    for _ in range(60):
        scale = random.choice(list(SCALES))
        lowest, highest = SCALES[scale][:2]
        bits = random.randrange(1, 60)
        counts = [random.randrange(2**bits) * (random.random() < 0.8) for _ in range(lowest, highest + 1)]
        n = sum(counts)
        yield tally(scale, counts, n + random.choice((0, 1, random.randrange(n + 2), random.randrange(9 * n + 2))) or 1)

    yield weighted("0-10", (1,) * 11)
    yield weighted("0-10", (0, 1) + (0,) * 9)
    yield weighted("0-10", (0.1,) * 11)
    yield weighted("0-10", (1e9,) + (1e-9,) * 10)
    yield weighted("1-5", (1e-9, 0, 0, 1e9, 1e15))
    yield weighted("1-5", (2.0**-64, 0, 0, 0, 2.0**-64))
    yield weighted("1-5", (2.0**63, 1, 1, 1, 2.0**62))
    yield weighted("1-5", (1, 1 / 3, 1e-10, 0, 2.0**64 - 2.0**12))
    for _ in range(30):
        scale = random.choice(list(SCALES))
        lowest, highest = SCALES[scale][:2]
        spread = random.choice((0.3, 2, 8))
        weights = [random.lognormvariate(0, spread) * (random.random() < 0.8) for _ in range(lowest, highest + 1)]
        if any(weights):
            yield weighted(scale, weights)


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "response.csv"
    columns = ("kind", "scale", "input", "invited", "rate", "lowest", "highest", "low_end", "high_end")
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cases())


main()
