#!/usr/bin/env python3
"""Writes mean.csv: mean answers as exact fractions, rounded once. float(Fraction) is correctly rounded."""
import csv
import random
import sys
from fractions import Fraction

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["id", "lowest", *(f"level{i}" for i in range(11)), "mean"])
random.seed(2)
for number in range(1, 61):
    lowest = random.randrange(-10, 11)
    scale = 2 ** random.randrange(3, 60)
    levels = [random.choice([0, random.randrange(scale)]) for _ in range(11)]
    if number % 10 == 0:  # close to 0, from both sides
        lowest, levels = -5, levels[:5] + [1] + levels[:5][::-1]
        levels[number // 10 % 2 * 2 + 4] += 1
    if sum(levels) == 0:
        levels[0] = 1
    mean = Fraction(sum((lowest + i) * count for i, count in enumerate(levels)), sum(levels))
    out.writerow([number, lowest, *levels, float(mean).hex()])
