#!/usr/bin/env python3
"""Writes tests/golden/0.1.0/*.nps: an encoder of its own, from docs/formats.md alone.

tests/test_codec.c builds the same states and compares byte for byte. Files of a released version are never changed.
"""
import pathlib
import struct
from fractions import Fraction

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden" / "0.1.0"
STANDARD = (0, 10, 6, 9)
TALLY, WEIGHTED, SEGMENTS, PAIRS, DESIGN, PANEL, OUTCOMES, DRIVERS = 1, 2, 3, 4, 5, 6, 7, 8
STATE_OUTCOMES, STATE_DRIVERS = 3, 4
ALL, OTHER = "all", "other"


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def frame(kind, payload):
    head = b"\x89NPS\r\n\x1a\n" + struct.pack("<HHIQ", kind, 1, 0, len(payload)) + payload
    return head + struct.pack("<I", crc32c(head))


def varint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def begin(scale, kind):
    return struct.pack("<4bII", *scale, kind, scale[1] - scale[0] + 1)


def tally(scale, kind, levels, missing, invalid):
    assert len(levels) == scale[1] - scale[0] + 1
    counts = [*levels, missing, invalid, sum(levels) + missing + invalid]
    return frame(TALLY, begin(scale, kind) + b"".join(struct.pack("<Q", count) for count in counts))


def pairs(scale, kind, people, missing, invalid):
    """people: (before, after) -> count; None for no answer at that time."""
    answers = range(scale[0], scale[1] + 1)
    assert all(a is None or a in answers for pair in people for a in pair)
    counts = [people.get((before, after), 0) for before in answers for after in answers]
    counts += [people.get((before, None), 0) for before in answers]
    counts += [people.get((None, after), 0) for after in answers]
    counts += [missing, invalid]
    counts.append(sum(counts))
    return frame(PAIRS, begin(scale, kind) + b"".join(struct.pack("<Q", count) for count in counts))


class Weighted:
    """Rows are (answer, weight); None is a missing answer."""

    def __init__(self, scale, rows):
        lowest, highest = scale[:2]
        self.levels = [[0, 0, 0] for _ in range(lowest, highest + 1)]
        self.zero = self.missing = self.invalid = 0
        for answer, weight in rows:
            if answer is None:
                self.missing += 1
            elif not lowest <= answer <= highest:
                self.invalid += 1
            else:
                fixed = round(Fraction(weight) * 2**64)
                level = self.levels[answer - lowest]
                level[0] += 1
                level[1] += fixed
                level[2] += fixed**2
                self.zero += fixed == 0

    def count(self):
        return sum(level[0] for level in self.levels) + self.missing + self.invalid

    def weight(self):
        return sum(level[1] for level in self.levels)

    def encode(self, scale, kind):
        out = begin(scale, kind)
        for n, weight, square in self.levels:
            out += struct.pack("<Q", n) + weight.to_bytes(16, "little") + square.to_bytes(32, "little")
        out += struct.pack("<QQQQ", self.zero, self.missing, self.invalid, self.count())
        return frame(WEIGHTED, out + self.weight().to_bytes(16, "little"))

    def in_segment(self):
        out = b""
        for n, weight, square in self.levels:
            out += varint(n)
            if n > 0:
                out += weight.to_bytes(16, "little") + square.to_bytes(32, "little")
        return out + varint(self.zero) + varint(self.missing) + varint(self.invalid)


def pair(total):
    """A sum as two doubles: the nearest one, and the rest, which must be one."""
    high = float(total)
    low = float(total - Fraction(high))
    assert Fraction(high) + Fraction(low) == total
    return struct.pack("<dd", high, low)


class Outcomes:
    """Rows are (answer, outcome, weight); None is a missing answer, or an outcome that is not known."""

    def __init__(self, scale, rows):
        lowest, highest = scale[:2]
        self.levels = [dict(n=0, binary=0, zero=0, missing=0, sums=[Fraction(0)] * 6) for _ in range(lowest, highest + 1)]
        self.missing = self.invalid = 0
        for answer, outcome, weight in rows:
            if answer is None:
                self.missing += 1
                continue
            if not lowest <= answer <= highest:
                self.invalid += 1
                continue
            level = self.levels[answer - lowest]
            if outcome is None:
                level["missing"] += 1
            elif weight == 0:
                level["zero"] += 1
            else:
                w, y = Fraction(weight), Fraction(outcome)
                assert (w * 2**64).denominator == 1
                level["n"] += 1
                level["binary"] += y in (0, 1)
                terms = (w, w * w, w * y, w * y * y, w * w * y, w * w * y * y)
                level["sums"] = [a + b for a, b in zip(level["sums"], terms)]

    def count(self):
        return sum(level["n"] + level["zero"] + level["missing"] for level in self.levels) + self.missing + self.invalid

    def content(self):
        out = b""
        for level in self.levels:
            out += varint(level["n"]) + varint(level["zero"]) + varint(level["missing"])
            if level["n"] > 0:
                out += varint(level["binary"]) + b"".join(map(pair, level["sums"]))
        return out + varint(self.missing) + varint(self.invalid)

    def encode(self, scale, kind):
        return frame(OUTCOMES, begin(scale, kind) + self.content() + struct.pack("<Q", self.count()))


class Shape:
    def __init__(self, scale, ratings, by_class=0, pairwise=0, robust=0, limits=()):
        self.scale, self.ratings, self.limits = scale, ratings, limits
        self.by_class, self.pairwise, self.robust = by_class, pairwise, robust
        assert len(limits) in (0, ratings)

    def encode(self):
        out = bytes([self.ratings, self.by_class, self.pairwise, self.robust, len(self.limits) > 0])
        return out + b"".join(struct.pack("<dd", *ends) for ends in self.limits)

    def columns(self, ratings):
        if not self.limits:
            return ratings
        both = [[None] * 2 if x is None else [x <= low, x >= high] for x, (low, high) in zip(ratings, self.limits)]
        return [column for pair in both for column in pair]

    def explained(self, answer):
        if answer is None or not self.by_class:
            return answer
        return (answer >= self.scale[3]) - (answer <= self.scale[2])


class Drivers:
    """Rows are (answer, ratings, weight); None is one that is missing."""

    def __init__(self, shape, rows):
        self.shape = shape
        self.rows = [0] * 4
        self.codes, self.missing, self.square = [0] * 13, [0] * shape.ratings, Fraction(0)
        members = []
        for answer, ratings, weight in rows:
            assert len(ratings) == shape.ratings
            w = Fraction(round(Fraction(weight) * 2**64), 2**64)
            whole = None not in ratings
            kind = 2 if answer is None else 3 if w == 0 else 0 if whole else 1
            self.rows[kind] += 1
            if kind == 1:
                self.missing = [n + (x is None) for n, x in zip(self.missing, ratings)]
            z = [None if x is None else Fraction(x) for x in [1, *shape.columns(ratings), shape.explained(answer)]]
            part = w > 0 and sum(x is not None for x in z) > 2 if shape.pairwise else kind == 0
            part = part or (shape.pairwise and w > 0 and answer is not None)
            if not part:
                continue
            members.append((w, z))
            if answer is not None:
                on_scale = answer == int(answer) and shape.scale[0] <= answer <= shape.scale[1]
                self.codes[int(answer) - shape.scale[0] if on_scale else 12] += 1
            if not shape.pairwise:
                self.square += w * w
        self.real = any(x is not None and x.denominator > 1 for _, z in members for x in z)
        last = 1 + len(shape.columns([None] * shape.ratings))
        blocks = [list(range(last + 1))]
        if shape.pairwise:
            blocks = [[0, x, y] for y in range(1, last + 1) for x in range(1, y)] + [[0, last, last]]
        self.blocks = []
        for block in blocks:
            chosen = [(w, [z[i] for i in block]) for w, z in members if all(z[i] is not None for i in block)]
            sums = [sum(w * z[a] * z[b] for w, z in chosen) for a in range(len(block)) for b in range(a + 1)]
            self.blocks.append((len(chosen), sums))
        orders = range(last + 1 if shape.robust else 0)
        order = [(a, b, c, d) for d in orders for c in range(d + 1) for b in range(c + 1) for a in range(b + 1)]
        self.fourth = [sum((w * w * z[a] * z[b] * z[c] * z[d] for w, z in members), Fraction(0)) for a, b, c, d in order]

    def count(self):
        return sum(self.rows)

    def number(self, total):
        if self.real:
            return pair(Fraction(total))
        units = total * 2**64
        assert units.denominator == 1
        high, low = divmod(int(units), 2**64)
        return varint(low) + varint(2 * high if high >= 0 else -2 * high - 1)

    def content(self):
        square = self.square * 2**128
        assert square.denominator == 1
        words = [int(square) >> 64 * i & 2**64 - 1 for i in range(5)]
        out = b"".join(map(varint, [self.real, *self.rows, *self.codes, *words, *self.missing]))
        for rows, sums in self.blocks:
            out += varint(rows) + b"".join(map(self.number, sums))
        return out + b"".join(map(pair, self.fourth))

    def encode(self):
        out = begin(self.shape.scale, 0) + self.shape.encode() + self.content()
        return frame(DRIVERS, out + struct.pack("<Q", self.count()))


def part(value):
    if value is ALL:
        return b"\x01"
    if value is None:
        return b"\x02"
    if value is OTHER:
        return b"\x05"
    if isinstance(value, int):
        return b"\x03" + struct.pack("<q", value)
    return b"\x04" + varint(len(value)) + value


def order(key):
    def rank(value):
        if value is ALL:
            return (1, 0)
        if value is None:
            return (2, 0)
        if value is OTHER:
            return (5, 0)
        return (3, value) if isinstance(value, int) else (4, value)

    return [rank(value) for value in key]


def container(scale, kind, state, names, table):
    out = begin(scale, kind) + struct.pack("<IIQ", state, len(names), len(table))
    if state == STATE_DRIVERS:
        out += next(iter(table.values())).shape.encode()
    for name in names:
        out += varint(len(name)) + name
    total, total_weight = 0, 0
    for key in sorted(table, key=order):
        content = table[key]
        out += b"".join(map(part, key))
        if state == WEIGHTED:
            out += content.in_segment()
            total += content.count()
            total_weight += content.weight()
        elif state in (STATE_OUTCOMES, STATE_DRIVERS):
            out += content.content()
            total += content.count()
        else:
            out += b"".join(map(varint, content))
            total += sum(content)
    out += struct.pack("<Q", total % 2**64)
    if state == WEIGHTED:
        out += (total_weight % 2**128).to_bytes(16, "little")
    return out


def segments(*content):
    return frame(SEGMENTS, container(*content))


def design(scale, kind, clusters, names, table, populations):
    """table: (stratum, psu where there are clusters, *domain) -> rows; populations: stratum -> size."""
    states = {key: Weighted(scale, rows) for key, rows in table.items()}
    out = container(scale, kind, WEIGHTED, [b""] * (1 + clusters) + names, states)
    out += struct.pack("<IQ", clusters, len(populations))
    for stratum in sorted(populations, key=lambda value: order([value])):
        out += part(stratum) + struct.pack("<d", populations[stratum])
    return frame(DESIGN, out)


def panel(scale, rows):
    """rows: (respondent, time, answer); of two answers at one time the lower one counts."""
    people = {}
    for respondent, time, answer in rows:
        assert scale[0] <= answer <= scale[1]
        answers = people.setdefault(respondent, {})
        answers[time] = min(answer, answers.get(time, answer))
    out = begin(scale, 0) + struct.pack("<Q", len(people))
    for respondent in sorted(people, key=lambda value: order([value])):
        times = sorted(people[respondent], reverse=True)
        out += part(respondent) + struct.pack("<q", times[0])
        for time, older in zip(times, [*times[1:], None]):
            out += bytes([people[respondent][time] - scale[0]]) + varint(0 if older is None else time - older)
    return frame(PANEL, out + struct.pack("<Q", sum(map(len, people.values()))))


def main():
    by_class = Shape((1, 5, 3, 5), 2, by_class=1)
    plain = Shape(STANDARD, 3)
    robust = Shape(STANDARD, 1, robust=1)
    pairwise = Shape((-2, 2, -1, 1), 2, pairwise=1, limits=[(2, 4), (-0.5, 9.25)])
    files = {
        "tally_empty": tally(STANDARD, 0, [0] * 11, 0, 0),
        "tally": tally(STANDARD, 1, [5, 0, 1, 0, 2, 9, 4, 30, 41, 77, 120], 17, 3),
        "tally_large": tally((-5, 5, 1, 4), 0xFFFFFFFF, [2**62, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2**61], 2**61 - 3, 1),
        "weighted": Weighted(
            (1, 5, 3, 5), [(1, 0.1), (5, 2.5), (5, 1e9), (4, 2.0**-64), (3, 0.0), (None, 1), (9, 1), (2, 1 / 3)]
        ).encode((1, 5, 3, 5), 2),
        "pairs_empty": pairs(STANDARD, 0, {}, 0, 0),
        "pairs": pairs(
            STANDARD,
            2,
            {
                (0, 0): 3,
                (3, 9): 12,
                (9, 3): 5,
                (10, 10): 120,
                (10, 0): 1,
                (0, 10): 2,
                (7, 8): 300,
                (None, 10): 41,
                (None, 0): 6,
                (8, None): 17,
                (10, None): 9,
            },
            4,
            2,
        ),
        "pairs_large": pairs(
            (-2, 2, -1, 1),
            0xFFFFFFFF,
            {(-2, 2): 2**62, (2, -2): 2**61, (0, None): 2**60, (None, 1): 2**59, (1, -1): 7},
            2**59 - 9,
            1,
        ),
        "segments_none": segments(STANDARD, 0, TALLY, [b""], {}),
        "segments": segments(
            STANDARD,
            1,
            TALLY,
            ["نام".encode(), b"month"],
            {
                (b"", 202401): [0] * 10 + [1, 0, 0],
                (None, 202401): [0] * 9 + [127, 128, 16383, 16384],
                (b"a", -(2**63)): [1] * 11 + [0, 0],
                (b"a", 2**63 - 1): [0] * 13,
                (b"a\x00", -1): [2**62] + [0] * 12,
                (ALL, ALL): [0] * 6 + [3] + [0] * 6,
                ("上海".encode(), None): [0] * 8 + [7, 0, 300, 1, 2],
                (12, ALL): [9] + [0] * 12,
            },
        ),
        "segments_other": segments(
            STANDARD,
            0,
            TALLY,
            [b"region", b"agent"],
            {
                (b"north", 7): [0] * 10 + [12, 1, 0],
                (b"north", OTHER): [0] * 8 + [5, 0, 0, 0, 0],
                (OTHER, OTHER): [3] + [0] * 12,
                (OTHER, ALL): [3] + [0] * 12,
                (b"\xff\xff", OTHER): [0] * 13,
            },
        ),
        "segments_weighted": segments(
            (1, 7, 4, 6),
            7,
            WEIGHTED,
            [b"g"],
            {
                (b"x",): Weighted((1, 7, 4, 6), [(7, 0.3), (7, 0.7), (1, 12.5), (None, 1), (8, 1)]),
                (b"y" * 200,): Weighted((1, 7, 4, 6), [(4, 0.0), (6, 1e12)]),
                (None,): Weighted((1, 7, 4, 6), []),
            },
        ),
        "segments_outcomes": segments(
            (1, 7, 4, 6),
            7,
            STATE_OUTCOMES,
            [b"agent", b""],
            {
                (b"x", 3): Outcomes((1, 7, 4, 6), [(7, 12.5, 1), (7, 3, 2.25), (1, -1e15, 0.5), (None, 1, 1), (8, 1, 1)]),
                (b"x", ALL): Outcomes((1, 7, 4, 6), [(7, 12.5, 1), (6, 1, 1), (6, 0, 1), (6, None, 1), (6, 4, 0)]),
                (OTHER, None): Outcomes((1, 7, 4, 6), []),
            },
        ),
        "outcomes_empty": Outcomes(STANDARD, []).encode(STANDARD, 0),
        "outcomes": Outcomes(
            (-2, 2, -1, 1),
            [
                (-2, 2**31 + 1, 3),
                (-2, 2**30 - 1, 2**20 + 1),
                (-2, -(2**44) - 0.5, 1),
                (-1, 1, 0.25),
                (-1, 0, 3.5),
                (-1, 1, 2.0**-64),
                (-1, None, 1),
                (0, 7, 0),
                (1, 999.75, 1),
                (1, None, 0),
                (2, 2.0**332, 2.0**63),
                (None, 1, 1),
                (3, 1, 1),
                (3, 1, 1),
            ],
        ).encode((-2, 2, -1, 1), 0xFFFFFFFF),
        "segments_drivers": segments(
            (1, 5, 3, 5),
            2,
            STATE_DRIVERS,
            [b"shop"],
            {
                (None,): Drivers(by_class, []),
                (12,): Drivers(by_class, [(5, [1, 7], 0.3), (1, [-4, 2], 2), (4, [None, 1], 1), (None, [1, 1], 1)]),
                (OTHER,): Drivers(by_class, [(5, [0.5, 1], 1), (3, [1, 1.25], 8)]),
            },
        ),
        "drivers_none": Drivers(plain, []).encode(),
        "drivers": Drivers(
            plain,
            [
                (9, [5, 4, 3], 1),
                (0, [1, -(2**20), 2], 1 / 3),
                (10, [5, 5, 5], 0.1),
                (7, [2, 3, 4], 0),
                (8, [None, 3, None], 2),
                (8, [2, None, None], 1e9),
                (3, [2, 2, 7], 2.0**20),
                (11, [1, 2, 3], 2),
                (None, [1, 2, 3], 1),
                (None, [1, 2, 3], 1),
            ],
        ).encode(),
        "drivers_robust": Drivers(robust, [(9, [4.5], 1), (2.25, [-1], 0.5), (7, [3], 2.0**40), (1, [None], 1)]).encode(),
        "drivers_pairwise": Drivers(
            pairwise,
            [
                (2, [1, 10], 1),
                (-2, [5, None], 3),
                (None, [4, -1], 0.75),
                (1, [None, None], 2),
                (None, [None, None], 1),
                (0, [3, 3], 0),
                (2, [None, 9.25], 1),
            ],
        ).encode(),
        "design_none": design(STANDARD, 0, 0, [], {}, {}),
        "design": design(
            (1, 7, 4, 6),
            3,
            1,
            [b"age", "città".encode()],
            {
                (b"north", 1, b"18-34", None): [(7, 1.5), (1, 0.1), (None, 1)],
                (b"north", 1, b"35+", b"Roma"): [(6, 2.0**40)],
                (b"north", 12, b"35+", None): [(5, 0.0), (5, 3.25), (8, 1)],
                (7, b"x", None, -3): [(2, 2.0**-64)],
                (None, None, None, None): [(7, 1), (7, 1), (7, 1)],
            },
            {b"north": 120, None: 1e9 + 0.5, 7: 1, b"south": 41},
        ),
        "design_plain": design(STANDARD, 1, 0, [], {(None,): [(10, 1), (9, 1), (3, 1)]}, {None: 3}),
        "panel_none": panel((1, 7, 4, 6), []),
        "panel": panel(
            (-5, 5, 1, 4),
            [
                (b"", 0, -5),
                (b"\x00", 1700000000, 5),
                (b"ann", 1700000000, 3),
                (b"ann", 1700000000 - 86400, 4),
                (b"ann", 1700000000 - 2 * 86400, -1),
                (b"ann", 1700000000, 2),
                (b"anna", -1, 0),
                (b"1", 7, 1),
                (1, 7, -2),
                (-(2**63), -(2**63), 5),
                (2**63 - 1, 2**63 - 1, 4),
                (2**63 - 1, -(2**63), -5),
                (2**63 - 1, 0, 0),
                ("大".encode(), 3, 3),
                (b"y" * 130, 3, 3),
                (b"y" * 130, 4, 4),
            ],
        ),
    }
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (GOLDEN / f"{name}.nps").write_bytes(content)


main()
