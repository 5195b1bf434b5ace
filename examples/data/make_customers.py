#!/usr/bin/env python3
"""Writes customers.csv: invented customers who answer one to six times in 18 months, the same ones each time.

    python3 make_customers.py > customers.csv

Of the large ones many lose patience in the last quarter. Some rows come late, some twice, and some customers give two
answers at one time.
"""
import csv
import datetime
import random
import sys

CUSTOMERS = 170
FIRST_DAY = datetime.date(2024, 7, 1)
DAYS = 549
PATIENCE_ENDS = datetime.date(2025, 9, 20)

# Name, how many customers, and how satisfied they are in the mean.
SEGMENTS = [("small", 24, 8.3), ("medium", 22, 8.5), ("large", 36, 8.8), ("دانشگاه", 9, 8.6), ("制造业", 9, 8.1)]
CHANNELS = [("email", 60), ("chat", 25), ("phone", 15)]
ANSWERS = [1, 2, 3, 4, 5, 6]
CHANCES = [12, 18, 24, 22, 14, 10]
ZONES = ["Z", "+03:30", "+08:00", "-05:00"]


def written(rng, day):
    """A date for most; for some the time too, with a zone, or without."""
    draw = rng.random()
    if draw < .85:
        return day.isoformat()
    clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
    if draw < .88:
        return f"{day} {clock}:{rng.randrange(60):02d}"
    return f"{day}T{clock}{rng.choice(ZONES)}"


def answers_of(rng, number):
    customer = f"K-{1001 + number}"
    segment, _, mean = rng.choices(SEGMENTS, [s[1] for s in SEGMENTS])[0]
    usual = rng.gauss(mean, 1.3)
    leaves = segment == "large" and rng.random() < .8
    for offset in sorted(rng.sample(range(DAYS), rng.choices(ANSWERS, CHANCES)[0])):
        day = FIRST_DAY + datetime.timedelta(days=offset)
        mood = rng.gauss(usual, .9)
        if leaves and day >= PATIENCE_ENDS:
            mood -= rng.uniform(3, 6)
        score = min(10, max(0, round(mood)))
        channel = rng.choices([c[0] for c in CHANNELS], [c[1] for c in CHANNELS])[0]
        yield day, [written(rng, day), customer, segment, channel, score]


def main():
    rng = random.Random(20240701)
    dated = [answer for number in range(CUSTOMERS) for answer in answers_of(rng, number)]
    dated.sort(key=lambda answer: answer[0])
    rows = [row for _, row in dated]
    for place in rng.sample(range(len(rows)), 8):
        rows[place][4] = ""
    for place in rng.sample(range(len(rows)), 2):
        rows[place][1] = ""
    rows[350][4] = "12"
    for place in rng.sample(range(len(rows)), 4):  # the same customer at the same time, and not of one mind
        other = list(rows[place])
        other[4] = {"": 7, 10: 8}.get(other[4], 10)
        rows.insert(place + 1, other)
    for place in rng.sample(range(len(rows)), 10):  # sent twice
        rows.insert(min(len(rows), place + rng.randrange(1, 40)), list(rows[place]))
    for place in rng.sample(range(len(rows) // 2), 25):  # come late
        rows.insert(min(len(rows), place + rng.randrange(20, 200)), rows.pop(place))
    rows.insert(rng.randrange(len(rows)), ["", rows[5][1], rows[5][2], "phone", 8])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["date", "customer", "segment", "channel", "score"])
    out.writerows(rows)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
