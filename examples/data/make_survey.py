#!/usr/bin/env python3
"""Writes survey.csv: an invented survey of an invented firm, the same one each time.

    python3 make_survey.py > survey.csv
"""
import csv
import datetime
import random
import sys

ROWS = 800
FIRST_DAY = datetime.date(2025, 1, 2)

# Name, how many customers, and the chances of a detractor and of a promoter.
REGIONS = [
    ("Berlin", 20, .16, .46),
    ("São Paulo", 14, .12, .58),
    ("تهران", 18, .14, .55),
    ("اصفهان", 8, .20, .45),
    ("上海", 18, .22, .40),
    ("北京", 12, .18, .47),
    ("Nairobi", 8, .10, .62),
    ("", 2, .25, .40),
]
CHANNELS = [("email", 50, 0), ("chat", 25, .04), ("sms", 15, .02), ("phone", 10, -.05)]
AGENTS = ["Amira", "Bo", "Chidi", "Darya", "Elif", "Farhad"]
COMMENTS = {
    "detractor": ["Waited three days, then got a form letter.", 'They said "tomorrow" twice.',
                  "Too expensive, too slow", "خیلی دیر جواب دادند", "太慢了，而且很贵"],
    "passive": ["It works.", "Good, but the invoice is hard to read", "还可以", "معمولی بود"],
    "promoter": ["Quick, kind, solved.", 'Called it "the easy one" to my sister,\nand meant it.',
                 "عالی بود", "非常满意", "Ótimo atendimento!"],
}
DETRACTOR_ANSWERS = ([0, 1, 2, 3, 4, 5, 6], [2, 1, 2, 3, 4, 9, 10])
DIGITS = ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"]


def answer(rng, detractor, promoter):
    draw = rng.random()
    if draw < detractor:
        return "detractor", rng.choices(*DETRACTOR_ANSWERS)[0]
    if draw < 1 - promoter:
        return "passive", rng.choices([7, 8], [2, 3])[0]
    return "promoter", rng.choices([9, 10], [2, 3])[0]


def written(rng, region, score):
    """The answer as it was typed: some in other digits, some not at all."""
    draw = rng.random()
    if draw < .05:
        return ""
    if draw < .06:
        return "NA"
    text = str(score)
    if region in ("تهران", "اصفهان") and draw < .16:
        return text.translate(str.maketrans("0123456789", DIGITS[rng.randrange(2)]))
    if region in ("上海", "北京") and draw < .10:
        return text.translate(str.maketrans("0123456789", DIGITS[2]))
    return text


def main():
    rng = random.Random(20250102)
    rows = []
    for number in range(ROWS):
        region, _, detractor, promoter = rng.choices(REGIONS, [r[1] for r in REGIONS])[0]
        channel, _, shift = rng.choices(CHANNELS, [c[1] for c in CHANNELS])[0]
        kind = "transactional" if channel in ("chat", "phone") else "relational"
        category, score = answer(rng, max(.02, detractor - shift), promoter + shift)
        comment = rng.choice(COMMENTS[category]) if rng.random() < .3 else ""
        day = FIRST_DAY + datetime.timedelta(days=number * 180 // ROWS)
        rows.append([day.isoformat(), 10001 + number, channel, region, rng.choice(AGENTS),
                     written(rng, region, score), f"{rng.choice([.6, .8, 1, 1.2, 1.5]):.1f}", kind, comment])
    rows[411][5] = "11"
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["date", "respondent", "channel", "region", "agent", "score", "weight", "kind", "comment"])
    out.writerows(rows)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
