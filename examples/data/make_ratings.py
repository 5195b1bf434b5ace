#!/usr/bin/env python3
"""Writes ratings.csv: invented answers with ratings from 1 to 5, reasons, and what came of them.

    python3 make_ratings.py > ratings.csv
"""
import csv
import random
import sys

ROWS = 900
RATINGS = ["staff", "speed", "price", "website", "range"]
MEANS = [4.1, 3.2, 3.3, 3.9, 4.0]
EFFECTS = [.95, .9, .45, .1, .3]
REASONS = {"staff": ["rude staff", "friendly staff"], "speed": ["slow delivery", "fast delivery"],
           "price": ["too expensive", "good price"], "range": ["out of stock", "good range"]}


def rating(mean, common, rng):
    return min(5, max(1, round(mean + .55 * common + rng.gauss(0, .8))))


def main():
    rng = random.Random(20251117)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["region", "agent", "score", *RATINGS, "reasons", "renewed", "spend", "minutes"])
    for _ in range(ROWS):
        region, agent = rng.choice(["north", "south", "west"]), rng.choice(["Amir", "Bea", "Chen", "Dana"])
        common = rng.gauss(0, 1)
        given = [rating(mean - .5 * (region == "west" and name == "speed"), common, rng)
                 for name, mean in zip(RATINGS, MEANS)]
        pull = sum(effect * (value - 3.7) for effect, value in zip(EFFECTS, given))
        score = min(10, max(0, round(8.1 + pull + rng.gauss(0, 1.1))))
        reasons = [REASONS[name][value > 3] for name, value in zip(RATINGS, given)
                   if name in REASONS and value != 3 and rng.random() < .35]
        renewed = rng.random() < [.55, .78, .9][(score >= 7) + (score >= 9)]
        spend = round(rng.lognormvariate(4.2 + .08 * score, .6), 2)
        minutes = max(1, round(14 - .7 * score + rng.gauss(0, 3) + 2 * (agent == "Dana")))
        for i in range(len(given)):
            if rng.random() < .03:
                given[i] = ""
        shown = "" if rng.random() < .03 else score
        out.writerow([region, agent, shown, *given, "; ".join(reasons), "" if rng.random() < .1 else "yes" if renewed
                      else "no", spend, minutes])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
