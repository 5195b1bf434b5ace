#!/usr/bin/env python3
"""Writes sequential_extreme.csv: confidence sequences and e-values of extreme, lopsided and fractional counts.

Oracle: the wealth as one integral over the logit of x, by the trapezoid rule in 45 digits from the defining formula, at
two steps that must agree to 18 digits; where all counts are whole and not too many answers are passive it must also
agree with the closed-form sum of beta functions. Ends of the scale by the closed form. Needs mpmath.
Usage: sequential.py > ../sequential_extreme.csv
"""
from multiprocessing import Pool

from mpmath import beta, exp, fabs, findroot, inf, log, mp, mpf, nstr, pi, sqrt

mp.dps = 45

# detractors, passives, promoters
SAMPLES = [
    (0, 0, 2), (0, 0, 1000), (0, 0, 10**9), (0, 0, 10**15),
    (0, 1, 0), (0, 300, 0), (0, 10**9, 0), (0, 10**15, 0),
    (1, 0, 0), (1, 1, 1), (0, 1, 1), (0, 2, 98), (1, 0, 2000), (3, 2000, 5), (0, 2000, 1), (700, 1500, 40),
    (200000, 300000, 500000), (10**6 - 100, 100, 0), (1, 10, 10**6), (0, 1, 10**6), (40, 10**6, 0),
    (2 * 10**8, 3 * 10**8, 5 * 10**8), (500000, 999 * 10**6, 500000), (0, 3, 10**9), (5 * 10**8, 0, 5 * 10**8),
    (2 * 10**11, 3 * 10**11, 5 * 10**11), (10**11, 1, 9 * 10**11), (1, 0, 10**12), (3, 10**12, 5), (0, 10**6, 10**12),
    (10**9, 10**12, 2 * 10**9), (5 * 10**11, 0, 5 * 10**11), (7, 10**10, 10**12),
    (2 * 10**14, 3 * 10**14, 5 * 10**14), (10**5, 10**9, 9 * 10**14), (10**14, 8 * 10**14, 10**14),
    ("0.3", "0.2", "0.5"), ("1.5", 0, "1000.25"), (0, "0.4", "7.7"), ("12.25", "3.125", "0.001"), ("0.4", 0, 0),
    ("1234567.75", "0.125", "7654321.5"),
]  # fmt: skip
LEVELS = ["0.5", "0.9999"]


def log_sum(d, p, r, y):
    """The middle factor expanded by the binomial theorem: p + 1 beta functions."""
    term = total = beta(r + mpf(1) / 2, d + p + mpf(1) / 2) * (2 * (1 - y)) ** -p
    for j in range(int(p)):
        term *= (p - j) / (j + 1) * (r + j + mpf(1) / 2) / (d + p - j - mpf(1) / 2) * (1 - y) / y
        total += term
    return log(total / pi) - r * log(y) - d * log(1 - y)


def log_quadrature(d, p, r, y):
    """The integral over s, x = exp(s) / (1 + exp(s))."""

    def height(s, e):
        return (r + mpf(1) / 2) * s + p * log(e / (2 * y) + 1 / (2 * (1 - y))) - (d + p + r + 1) * log(1 + e)

    def slope(s):
        e = exp(s)
        return r + mpf(1) / 2 + p / (1 + y / (1 - y) / e) - (d + p + r + 1) / (1 + 1 / e)

    low, high = mpf(-100), mpf(100)  # the slope falls through 0 once
    for _ in range(150):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    peak, unit = middle, mpf(10) ** -20
    top = height(peak, exp(peak))
    width = sqrt(-2 * unit / (slope(peak + unit) - slope(peak - unit)))

    def sum_at(step):
        total = mpf(1)
        for side in (-1, 1):
            term, s, e, factor = mpf(1), peak, exp(peak), exp(side * step)
            while term > mpf(10) ** -22 * total:
                s, e = s + side * step, e * factor
                term = exp(height(s, e) - top)
                total += term
        return total * step

    step = min(mpf(1) / 8, width / 4)
    coarse, fine = sum_at(step), sum_at(step / mpf("1.1"))
    assert fabs(coarse / fine - 1) < mpf(10) ** -18, (d, p, r, nstr(y), nstr(coarse / fine - 1))
    return log(fine / pi) + top - r * log(y) - d * log(1 - y)


def log_wealth(d, p, r, m):
    if fabs(m) == 1:
        impossible = d + p > 0 if m == 1 else r + p > 0
        return inf if impossible else log(beta(d + r + mpf(1) / 2, mpf(1) / 2) / pi)
    y = (1 + m) / 2
    value = log_quadrature(d, p, r, y)
    if p <= 2000 and all(count == int(count) for count in (d, p, r)):
        assert fabs(log_sum(d, p, r, y) - value) < mpf(10) ** -18 * max(1, fabs(value)), (d, p, r, nstr(m))
    return value


def lower(d, p, r, threshold):
    """The m below the score where log W is the threshold."""
    n = d + p + r
    if d == n:
        return mpf(-1)
    score = (r - d) / n
    right, at_right = score, log_wealth(d, p, r, score) - threshold
    width = 3 * sqrt(((r + d) / n - score**2) / n) + 3 / n
    while True:
        left = max(score - width, (right - 1) / 2)
        at_left = log_wealth(d, p, r, left) - threshold
        if at_left > 0:
            break
        right, at_right, width = left, at_left, 2 * width
    excess = lambda v: log_wealth(d, p, r, exp(v) - 1) - threshold
    bracket, tol = (log(1 + left), log(1 + right)), width * mpf(10) ** -20
    root = findroot(excess, bracket, solver="anderson", tol=tol, maxsteps=200, verify=False)
    assert fabs(excess(root)) < mpf(10) ** -12, (d, p, r, nstr(root))
    return exp(root) - 1


def text_of(number):
    return "inf" if number == inf else nstr(number, 17)


def rows(sample):
    d, p, r = (mpf(float(count)) for count in sample)
    text = ",".join(str(count) for count in sample)
    benchmarks, lines = {-100.0, 100.0, 0.0, 99.99}, []
    for level in LEVELS:
        threshold = -log(1 - mpf(float(level)))
        low, high = lower(d, p, r, threshold), -lower(r, p, d, threshold)
        bound = float(nstr(100 * (low if level == LEVELS[0] else high), 16))
        if fabs(bound) < 99.999:  # beyond it a benchmark's last place is too coarse
            benchmarks.add(bound)
        lines.append(f"{text},interval,{level},{text_of(100 * low)},{text_of(100 * high)},,")
    for benchmark in sorted(benchmarks):
        lines.append(f"{text},e-value,,,,{benchmark!r},{text_of(log_wealth(d, p, r, mpf(benchmark) / 100))}")
    return lines


print("detractors,passives,promoters,kind,level,lower,upper,benchmark,log_e_value")
with Pool(2) as pool:
    for lines in pool.imap(rows, SAMPLES):
        print("\n".join(lines), flush=True)
