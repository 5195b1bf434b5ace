#!/usr/bin/env python3
"""Writes ../monitor.csv, waves beside a baseline: control limits, distances and the CUSUM; ../monitor_run_lengths.csv,
average run lengths of normal waves that lie so many standard errors from the centre; and ../monitor_alarms.csv, how
often waves of few answers lie outside of limits of 3 standard errors although nothing changed.

Waves: the definitions in Python's fractions, roots in 60 digits. No score may lie next to a limit, and no sum next to
the decision, unless it is exactly there. Run lengths: Page's (1954) integral equation of one side of the CUSUM, solved
at Gauss-Legendre nodes, at two numbers of nodes that must agree, the sides put together as 1 / (1 / low + 1 / high)
(Kemp 1961); of limits, 1 over the probability that a wave lies outside. Alarms: the distribution of promoters less
detractors by exact convolution, in integers.
"""
import csv
import pathlib
import random
from fractions import Fraction

from mpmath import erfc, exp, legendre, lu_solve, matrix, mp, mpf, pi, polyroots, sqrt, taylor

mp.dps = 60
HERE = pathlib.Path(__file__).resolve().parent.parent


def real(number):
    return mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else number


def score_and_variance(counts):
    d, p, r = map(Fraction, counts)
    n = d + p + r
    return (r - d) / n, (d + r) / n - ((r - d) / n) ** 2


def apart(a, b):
    """Whether a > b, which doubles must be able to tell."""
    assert a == b or abs(a - b) > mpf(10) ** -12 * max(1, abs(b)), (a, b)
    return a > b


def rows(baseline, waves, sigmas, allowance, decision):
    centre, variance = score_and_variance(baseline)
    if variance == 0:
        more = (Fraction(3, 4), Fraction(3, 2), Fraction(3, 4))
        _, variance = score_and_variance([Fraction(count) + added for count, added in zip(baseline, more)])
    low = high = mpf(0)
    low_since = high_since = 0
    for index, wave in enumerate(waves):
        row = {"score": "", "lower": "", "upper": "", "distance": "", "limit": 0, "cusum": 0, "since": 0}
        if any(wave):
            score, _ = score_and_variance(wave)
            size = sum(map(Fraction, wave))
            error = sqrt(real(variance / size))
            if score == centre:
                distance = mpf(0)
            else:
                distance = real(score - centre) / error
            lower, upper = (100 * (real(centre) + side * real(Fraction(sigmas)) * error) for side in (-1, 1))
            points = 100 * real(score)
            row["limit"] = int(apart(points, upper)) - int(apart(lower, points))
            low = max(mpf(0), low - distance - real(Fraction(allowance)))
            high = max(mpf(0), high + distance - real(Fraction(allowance)))
            row |= {"score": points, "distance": distance}
            row |= {"lower": max(mpf(-100), lower), "upper": min(mpf(100), upper)}
        low_since = index + 1 if low == 0 else low_since
        high_since = index + 1 if high == 0 else high_since
        if any(wave):
            low_signals, high_signals = (apart(side, real(Fraction(decision))) for side in (low, high))
            if low_signals and (not high_signals or not apart(high, low)):
                row |= {"cusum": -1, "since": low_since}
            elif high_signals:
                row |= {"cusum": 1, "since": high_since}
        row |= {"cusum_low": low, "cusum_high": high}
        yield {key: float(value).hex() if isinstance(value, mpf) else value for key, value in row.items()}


def walk(baseline, sizes, shifts, unit=1):
    """Waves drawn from the baseline's shares, with so many points taken from promoters."""
    d, p, r = (Fraction(c) / sum(map(Fraction, baseline)) for c in baseline)
    for size, shift in zip(sizes, shifts):
        counts = [0, 0, 0]
        bounds = float(d) + shift, float(d + p) + shift
        for _ in range(size):
            u = random.random()
            counts[0 if u < bounds[0] else 1 if u < bounds[1] else 2] += 1
        yield tuple(unit * count for count in counts)


def cases():
    random.seed(1954)
    usual = (3, 0.5, 5)
    yield "drop", (2000, 3000, 5000), list(walk((2, 3, 5), [200] * 24, [0] * 12 + [0.05] * 12)), usual
    yield "rise", (5000, 3000, 2000), list(walk((5, 3, 2), [200] * 24, [0] * 12 + [-0.05] * 12)), usual
    yield "still", (200, 300, 500), list(walk((2, 3, 5), range(20, 420, 20), [0] * 20)), usual
    yield "quick", (200, 300, 500), list(walk((2, 3, 5), [40] * 30, [0.02] * 30)), (2, 0.25, 2)
    waves = [(5, 0, 95), (2, 0, 98), (90, 0, 10), (99, 0, 1), (99, 0, 1), (0, 0, 0), (0, 0, 7)]
    yield "both ways", (1, 0, 1), waves, (1, 0.125, 4)
    yield "a tie of two sums", (0.5, 0, 0.5), [(0, 0, 16), (7, 9, 0), (1, 0, 0)], (3, 0.5, 0.5)
    waves = [(0, 0, 0), (20, 3, 2), (0, 0, 0), (0, 0, 0), (20, 3, 2), (0, 0, 0), (9, 9, 12)]
    yield "some empty", (30, 30, 40), waves, usual
    yield "only empty", (30, 30, 40), [(0, 0, 0)] * 3, usual
    yield "no variance", (0, 0, 50), [(0, 0, 10), (1, 0, 9), (0, 3, 7), (10, 0, 0), (0, 0, 3)], usual
    yield "only passives", (0, 7, 0), [(0, 10, 0), (1, 8, 0), (0, 8, 1), (0, 0, 9), (3, 3, 0)], (2, 0.5, 3)
    yield "one detractor", (1, 0, 0), [(1, 0, 0), (0, 0, 1), (3, 5, 1)], usual
    waves = [(0.1, 0.2, 0.3), (7.75, 0.1, 0.01), (1e-3, 2e-3, 1e-4), (100.5, 99.5, 0.25)]
    yield "fractions", (0.125, 0.3, 0.7), waves, usual
    waves = [(2e13, 3e13, 5e13), (2e13 + 9e6, 3e13, 5e13 - 9e6), (4e13 - 12345678, 6e13, 1e14 + 12345678)]
    yield "large", (2e14, 3e14, 5e14), waves, usual
    yield "next to one class", (1, 2, 1e12), [(0, 0, 1e10), (3, 0, 1e12), (0, 1, 1e9), (0, 0, 1)], usual
    yield "at the centre", (20, 30, 50), [(2, 3, 5), (200, 300, 500), (0, 7, 3), (1, 1, 2)], (0.5, 0.01, 0.1)
    waves = [(1e-300, 0, 0), (5e-324, 0, 1e-323), (1e-310, 2e-310, 0), (0, 0, 4)]
    yield "hardly there", (1e-9, 2e-9, 5e-9), waves, usual
    for number in range(24):
        spread = random.choice((1, 3, 8))
        baseline = [min(3e14, random.lognormvariate(4, spread)) for _ in range(3)]
        if random.random() < 0.3:
            baseline[random.randrange(3)] = 0.0
        shift = random.choice((0, 0.02, -0.1))
        share = sum(baseline)
        near = [(baseline[0] / share + shift, baseline[1] / share, baseline[2] / share - shift) for _ in range(15)]
        size = [random.lognormvariate(4, spread / 2) for _ in range(15)]
        waves = [tuple(max(0.0, n * random.gauss(s, 0.4 * n**-0.5)) for s in shares) for n, shares in zip(size, near)]
        if number % 2:
            waves = [tuple(float(round(c)) for c in wave) for wave in waves]
        options = random.choice((1, 2, 3)), random.choice((0.25, 0.5, 1)), random.choice((1, 4, 5))
        yield f"random {number}", tuple(baseline), waves, options


def write(name, lines):
    with (HERE / name).open("w", newline="", encoding="ascii") as file:
        writer = None
        for line in lines:
            if writer is None:
                writer = csv.DictWriter(file, line.keys(), lineterminator="\n")
                writer.writeheader()
            writer.writerow(line)


def monitor_lines():
    text = lambda counts: "/".join(repr(float(count)).removesuffix(".0") for count in counts)
    for name, baseline, waves, (sigmas, allowance, decision) in cases():
        for wave, row in zip(waves, rows(baseline, waves, sigmas, allowance, decision)):
            known = {"sigmas": sigmas, "allowance": allowance, "decision": decision}
            yield {"name": name, "baseline": text(baseline), "wave": text(wave), **known, **row}


def upper_tail(x):
    return erfc(x / sqrt(mpf(2))) / 2


def nodes_of(count):
    mp.dps = 60
    polynomial = taylor(lambda x: legendre(count, x), 0, count)
    roots = sorted(polyroots(polynomial[::-1], maxsteps=500, extraprec=400))
    weights = [2 * (1 - x * x) / (count * legendre(count - 1, x)) ** 2 for x in roots]
    mp.dps = 30
    return roots, weights


def one_side(shift, allowance, decision, rule):
    """L(s) = 1 + L(0) P(s + X - k <= 0) + integral of L(y) phi(y + k - s - shift) over 0 to h, at s = 0."""
    points = [mpf(0)] + [decision / 2 * (x + 1) for x in rule[0]]
    weights = [decision / 2 * w for w in rule[1]]
    size = len(points)
    equations, ones = matrix(size, size), matrix(size, 1)
    for i, s in enumerate(points):
        ones[i] = 1
        equations[i, 0] = -upper_tail(s + shift - allowance)
        for j in range(1, size):
            equations[i, j] = -weights[j - 1] * exp(-((points[j] + allowance - s - shift) ** 2) / 2) / sqrt(2 * pi)
        equations[i, i] += 1
    return lu_solve(equations, ones)[0]


def run_length_lines():
    rules = [nodes_of(20), nodes_of(26)]
    for shift in ("0", "0.25", "0.5", "0.75", "1", "1.5", "2", "3"):
        line = {"shift": shift}
        for name, decision in (("cusum_5", 5), ("cusum_4", 4)):
            found = []
            for rule in rules:
                low, high = (one_side(side * mpf(shift), mpf(1) / 2, mpf(decision), rule) for side in (-1, 1))
                found.append(1 / (1 / low + 1 / high))
            assert abs(found[0] / found[1] - 1) < mpf(10) ** -10, (shift, found)
            line[name] = mp.nstr(found[1], 10)
        for name, sigmas in (("limits_3", 3), ("limits_2", 2)):
            line[name] = mp.nstr(1 / (upper_tail(sigmas - mpf(shift)) + upper_tail(sigmas + mpf(shift))), 10)
        yield line


def alarm_lines():
    for tenths in ((2, 3, 5), (1, 2, 7), (0.25, 0.75, 9)):
        shares = [Fraction(tenth) / 10 for tenth in tenths]
        baseline = [1000 * Fraction(tenth) for tenth in tenths]
        centre, variance = score_and_variance(baseline)
        ways, done = {0: 1}, 0  # of promoters less detractors, times 400 ^ answers
        for size in (5, 10, 20, 30, 50, 100, 200):
            for _ in range(done, size):
                grown = {}
                for net, way in ways.items():
                    for step, share in zip((-1, 0, 1), shares):
                        grown[net + step] = grown.get(net + step, 0) + way * int(400 * share)
                ways = grown
            done, margin = size, 3 * sqrt(real(variance / size))
            below, above = (
                sum(way for net, way in ways.items() if apart(side * real(Fraction(net, size) - centre), margin))
                for side in (-1, 1)
            )
            line = {"baseline": "/".join(str(float(count)).removesuffix(".0") for count in baseline), "answers": size}
            shares_of = {"below": Fraction(below, 400**size), "above": Fraction(above, 400**size)}
            yield line | {name: repr(float(share)) for name, share in shares_of.items()}


write("monitor.csv", monitor_lines())
write("monitor_run_lengths.csv", run_length_lines())
write("monitor_alarms.csv", alarm_lines())
