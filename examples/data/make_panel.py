#!/usr/bin/env python3
"""Writes panel.csv: invented customers asked in spring and again in autumn, the same ones each time.

    python3 make_panel.py > panel.csv
"""
import csv
import random
import sys

ROWS = 400
FIRST = ([3, 5, 6, 7, 8, 9, 10], [3, 5, 8, 16, 24, 22, 22])
STEPS = ([-3, -2, -1, 0, 1, 2, 3], [1, 3, 10, 52, 22, 9, 3])


def main():
    rng = random.Random(20250321)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["customer", "region", "spring", "autumn"])
    for number in range(ROWS):
        before = rng.choices(*FIRST)[0]
        after = min(10, max(0, before + rng.choices(*STEPS)[0]))
        answers = [before, after]
        for i, chance in enumerate([.04, .12]):
            if rng.random() < chance:
                answers[i] = ""
        out.writerow([10001 + number, rng.choice(["north", "south", "west"]), *answers])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
