#!/usr/bin/env python3
"""Unicode's numeric characters, from Python's unicodedata.

    unicode_numbers.py > tests/reference/unicode_numbers.csv   what the tests compare with
    unicode_numbers.py --tables                                the two tables of lib/unicode.c

A row of the CSV is a run of code points of one general category: Nd (decimal digits, the run begins with a zero and
counts up to nine again and again), Nl or No (other numbers).
"""
import sys
import unicodedata

NUMBERS = ("Nd", "Nl", "No")


def runs():
    found = []
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        if category not in NUMBERS:
            continue
        if found and found[-1][1] == code - 1 and found[-1][2] == category:
            found[-1][1] = code
        else:
            found.append([code, code, category])
    return found


def check(first, last):
    for code in range(first, last + 1):
        assert unicodedata.digit(chr(code)) == (code - first) % 10, hex(code)


def table(declaration, cells):
    print(declaration + " = {")
    line = "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 120:
            print(line)
            line = "   "
        line += " " + cell + ","
    print(line + "\n};")


found = runs()
for first, last, category in found:
    if category == "Nd":
        check(first, last)

if "--tables" in sys.argv:
    zeros = [zero for first, last, category in found if category == "Nd" for zero in range(first, last + 1, 10)]
    others = [(first, last) for first, last, category in found if category != "Nd"]
    merged = []
    for first, last in others:
        if merged and merged[-1][1] == first - 1:
            merged[-1][1] = last
        else:
            merged.append([first, last])
    print(f"/* Unicode {unicodedata.unidata_version} */")
    table("static const int32_t zeros[]", [f"0x{zero:X}" for zero in zeros])
    table("static const range other_numbers[]", [f"{{0x{first:X}, 0x{last:X}}}" for first, last in merged])
else:
    print("first,last,category")
    for first, last, category in found:
        print(f"{first:04X},{last:04X},{category}")
