#!/usr/bin/env python3
"""Writes ../calendar.csv: times and the day, ISO week, month, quarter and year that they fall in, by Python's datetime.

datetime knows the years 1 to 9999 only. The Gregorian calendar repeats after 400 years, which are 146097 days or 20871
weeks, so that a date before them is taken some cycles later and its years are counted back. Of each unit there are the
number of the period, its first second and its label. The times are seconds of days: 1 to 4 January and 28 to 31
December of years of all 14 kinds (leap or not, from what weekday) in each of several spans, of 2009 to 2021 and of both
ends of the range; the ends of Februaries with and without a leap day; and random ones.
"""
import csv
import datetime
import pathlib
import random

CYCLE_DAYS = 146097
DAY = 86400
EPOCH = datetime.date(1970, 1, 1).toordinal()
OFFSETS = (0, 3600, -18000, 12600, 20700, 50400, -43200, 86399, -86399)
SPANS = ((-9999, -9600), (-801, -402), (-399, 0), (1, 400), (1601, 2000), (1970, 2369), (9600, 9999))
UNITS = ("day", "week", "month", "quarter", "year")


def number(year, month, day):
    """Days from 1970-01-01."""
    cycles = -((year - 1) // 400)
    return datetime.date(year + 400 * cycles, month, day).toordinal() - EPOCH - cycles * CYCLE_DAYS


def shifted(days):
    """A date that datetime knows, and by how many cycles it is later."""
    cycles = max(0, -((days + EPOCH - 1) // CYCLE_DAYS))
    return datetime.date.fromordinal(days + EPOCH + cycles * CYCLE_DAYS), cycles


def written(year):
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def periods(days):
    """Number, first day and label of each unit."""
    date, cycles = shifted(days)
    year, week, weekday = date.isocalendar()
    iso_year, year = year - 400 * cycles, date.year - 400 * cycles
    quarter = (date.month - 1) // 3
    label, monday = written(year), days - weekday + 1
    months = 12 * (year - 1970) + date.month - 1
    return {
        "day": (days, days, f"{label}-{date.month:02}-{date.day:02}"),
        "week": ((monday - number(1969, 12, 29)) // 7, monday, f"{written(iso_year)}-W{week:02}"),
        "month": (months, number(year, date.month, 1), f"{label}-{date.month:02}"),
        "quarter": (4 * (year - 1970) + quarter, number(year, 3 * quarter + 1, 1), f"{label}-Q{quarter + 1}"),
        "year": (year - 1970, number(year, 1, 1), label),
    }


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def turns_of_years():
    """The years at hand, and the first of each kind in each span."""
    yield from (-9999, *range(2009, 2022), 9999)
    for first, last in SPANS:
        seen = set()
        for year in range(first, last + 1):
            kind = (leap(year), number(year, 1, 1) % 7)
            if kind in seen:
                continue
            seen.add(kind)
            yield year
        assert len(seen) == 14


def days():
    for year in sorted(set(turns_of_years())):
        yield from range(number(year, 1, 1), number(year, 1, 4) + 1)
        yield from range(number(year, 12, 28), number(year, 12, 31) + 1)
    for year in (-9996, -8000, -500, -400, -100, -4, -1, 0, 4, 100, 400, 1582, 1900, 1970, 2000, 2018, 2024, 2100, 9996):
        last = number(year, 2, 29 if leap(year) else 28)
        yield from (last - 1, last, last + 1)
    generator = random.Random(20180305)
    for _ in range(200):
        yield generator.randint(number(-9999, 1, 1), number(9999, 12, 31))


def rows():
    generator = random.Random(42)
    for i, day in enumerate(days()):
        offset = OFFSETS[i % len(OFFSETS)]
        second = (0, DAY - 1, generator.randrange(DAY))[generator.randrange(3)]
        row = [day * DAY + second - offset, offset]
        for period, start, label in (periods(day)[unit] for unit in UNITS):
            row += [period, start * DAY - offset, label]
        yield row


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "calendar.csv"
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["seconds", "offset"] + [unit + part for unit in UNITS for part in ("", "_start", "_label")])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
