#!/usr/bin/env python3
"""Writes tests/reference/design/exact.csv and exact_expected.csv: designs in which doubles cancel, in fractions.

The definition row by row: with w the weights in units of 2^-64 and x the classes -1, 0, 1, u = w (x - mean) / sum of w;
a stratum with m PSUs of M adds (1 - m / M) m / (m - 1) times the sum of squares of its PSUs' sums of u less their
average. No formula of lib/ is used.
"""
import csv
import pathlib
import random
from fractions import Fraction

import mpmath

TARGET = pathlib.Path(__file__).resolve().parents[1] / "design"
mpmath.mp.prec = 300


def fixed(weight):
    return Fraction(round(Fraction(weight) * 2**64), 2**64)


def variance(rows, strata, clusters, fpc, domain):
    rows = [dict(row, w=fixed(row["weight"]), x=(row["answer"] >= 9) - (row["answer"] <= 6)) for row in rows]
    inside = [row for row in rows if domain in ("", row["domain"])]
    total = sum(row["w"] for row in inside)
    mean = sum(row["w"] * row["x"] for row in inside) / total
    answer = sum(row["w"] * (row["x"] - mean) ** 2 for row in inside) / total
    psus = {}
    for number, row in enumerate(rows):
        stratum = row["stratum"] if strata else 0
        psu = (row["stratum"], row["psu"]) if clusters else number
        u = row["w"] * (row["x"] - mean) / total if row in inside else 0
        members, _ = psus.setdefault(stratum, ({}, row["fpc"]))
        members[psu] = members.get(psu, 0) + u
    sum_of_strata = Fraction(0)
    for members, population in psus.values():
        m = len(members)
        average = sum(members.values()) / m
        spread = sum((z - average) ** 2 for z in members.values())
        sum_of_strata += (1 - Fraction(m, population) if fpc else 1) * Fraction(m, m - 1) * spread
    n = sum(row["w"] > 0 for row in inside)
    return mean, answer, sum_of_strata, sum_of_strata * (n - 1) / answer


def rows_of(seed, psus, people, answer, weight, domain):
    dice = random.Random(seed)
    rows = []
    for stratum, count in enumerate(psus, 1):
        for psu in range(1, count + 1):
            for _ in range(dice.randint(*people)):
                number = len(rows)
                rows.append(
                    {
                        "stratum": stratum,
                        "psu": psu,
                        "weight": weight(number, dice),
                        "fpc": count * 40,
                        "domain": domain(number),
                        "answer": answer(number, dice),
                    }
                )
    return rows


def any_answer(_, dice):
    return dice.choice([0, 3, 6, 7, 8, 9, 10, 10])


def any_domain(number):
    return "ab"[number % 3 == 0]


DATA = {
    # One person weighs more than all others together by 18 digits.
    "heavy": rows_of(1, [3, 4], (2, 4), any_answer, lambda i, dice: 1e9 if i == 3 else 1e-9 * (1 + i), any_domain),
    # All promoters but one, who weighs next to nothing.
    "ends": rows_of(2, [4, 3], (2, 5), lambda i, _: 2 if i == 5 else 10, lambda i, _: 1e-9 if i == 5 else 3e8 + i, any_domain),
    # Weights that differ in the last digits only: of three answers each, all PSUs are nearly alike.
    "alike": rows_of(3, [4, 4], (3, 3), lambda i, _: (2, 7, 10)[i % 3], lambda i, dice: 1 + dice.randrange(9) * 2.0**-48, any_domain),
    # Nearly a score of 0, from weights that nearly cancel.
    "balance": rows_of(4, [5, 3], (2, 2), lambda i, _: (0, 10)[i % 2], lambda i, dice: 7e5 + dice.randrange(9) * 2.0**-30, any_domain),
    # The smallest and the largest weights there are.
    "range": rows_of(5, [3, 3], (2, 4), any_answer, lambda i, dice: 2.0 ** dice.choice([-64, -60, -1, 30, 58]), any_domain),
}
SPECS = ["weights", "strata", "clusters", "strata+clusters", "strata+fpc", "strata+clusters+fpc"]


def number(value):
    return mpmath.nstr(mpmath.mpf(value.numerator) / value.denominator, 20) if isinstance(value, Fraction) else mpmath.nstr(value, 20)


def main():
    with open(TARGET / "exact.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["dataset", "stratum", "psu", "weight", "fpc", "domain", "answer"])
        for name, rows in DATA.items():
            for row in rows:
                out.writerow([name, *(repr(row[key]) if key == "weight" else row[key] for key in row)])
    with open(TARGET / "exact_expected.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["dataset", "spec", "domain", "score", "se", "deff", "n_eff"])
        for name, rows in DATA.items():
            for spec in SPECS:
                for domain in ("", "a"):
                    parts = spec.split("+")
                    mean, answer, found, deff = variance(rows, *(part in parts for part in ("strata", "clusters", "fpc")), domain)
                    error = 100 * mpmath.sqrt(mpmath.mpf(found.numerator) / found.denominator)
                    out.writerow([name, spec, domain, number(100 * mean), number(error), number(deff), number(answer / found)])


main()
