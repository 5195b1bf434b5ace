#!/usr/bin/env python3
"""Writes tests/reference/special.csv: values of lib/special_*.c from mpmath, good to 20 digits.

    python3 tests/reference/generate/special.py > tests/reference/special.csv

Deterministic; takes five minutes. Arguments are doubles, taken as exact. A gamma or beta tail is computed twice, by two of
three ways (mpmath's own function, a series of positive terms in integer arithmetic, quadrature at two precisions), and
the script stops unless both agree to 1e-22. A quantile needs no solver: the exact probability of a chosen x is rounded to
a double p, and one Newton step in 60 digits moves x to the quantile of that p; the step is so short (1e-9 at most of the
scale on which the density changes) that the next term is below 1e-17.
"""
import random
import sys

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 60
RANDOM = random.Random(20240611)
FAR = mpf(10) ** -60  # what a tail leaves out, relative


def agree(first, second, what):
    if abs(first - second) > abs(second) * mpf(10) ** -22:
        sys.exit(f"oracles disagree at {what}: {mp.nstr(first, 25)} {mp.nstr(second, 25)}")
    return first


# Tails over the density of log x (gamma) or of the log odds (beta).

def series(numerator, a, x, limit=20000):
    """(1/a) sum over n of (numerator)_n / (a+1)_n x^n; numerator None: x^n alone. None when it is too long."""
    bits = 240
    fixed = lambda v: int(mp.floor(v * (1 << bits)))
    one, top, bottom, ratio = 1 << bits, 0 if numerator is None else fixed(numerator), fixed(a), fixed(x)
    term = total = one
    for n in range(limit):
        if numerator is not None:
            term = term * (top + (n << bits)) >> bits
        term = term * ratio // (bottom + ((n + 1) << bits))
        total += term
        if term < 1 << 20:
            return mpf(total) / one / a
    return None


def integral(exponent, pieces):
    """Integral over d > 0 of exp(exponent(d)), concave and 0 at 0."""
    cut = mp.log(FAR) - 20
    high = mpf(1)
    while exponent(high) < cut:
        high /= 2
    while exponent(high) > cut:
        high *= 2
    low = high / 2
    for _ in range(6):
        middle = (low + high) / 2
        low, high = (low, middle) if exponent(middle) < cut else (middle, high)
    return mp.quad(lambda d: mp.exp(exponent(d)), [high * i / pieces for i in range(pieces + 1)])


def checked_integral(exponent, what):
    first = integral(exponent, 8)
    with mp.workdps(75):
        return agree(first, integral(exponent, 13), what)


def gamma_density(x, a):
    with mp.workdps(110):
        return mp.exp(a * mp.log(x) - x - mp.loggamma(a))


def gamma_tails(x, a):
    """Lower tail, upper tail, density of log x and its logarithmic slope."""
    x, a = mpf(x), mpf(a)
    density, what = gamma_density(x, a), ("gamma", x, a)
    short = series(None, a, x) if x <= a or x < 40 and a < 2 else None
    if short is not None:
        lower = density * short
        upper = 1 - lower
        if a < 1000:
            agree(lower, mp.gammainc(a, 0, x, regularized=True), what)
        else:
            agree(short, checked_integral(lambda d: -a * d - x * mp.expm1(-d), what), what)
    elif x <= a:
        lower = density * checked_integral(lambda d: -a * d - x * mp.expm1(-d), what)
        upper = 1 - lower
    else:
        upper = density * checked_integral(lambda d: a * d - x * mp.expm1(d), what)
        lower = 1 - upper
        if a < 1000:
            agree(upper, mp.gammainc(a, x, mp.inf, regularized=True), what)
    return lower, upper, density, a - x


def beta_density(x, y, a, b):
    with mp.workdps(110):
        return mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))


def beta_tails(x, y, a, b):
    """x + y = 1. Lower tail, upper tail, density of the log odds and its logarithmic slope."""
    x, y, a, b = mpf(x), mpf(y), mpf(a), mpf(b)
    if b * x > a * y and not (a < 2 and x < 0.9 and x * (a + b) < 40):
        upper, lower, density, slope = beta_tails(y, x, b, a)
        return lower, upper, density, -slope
    density, what = beta_density(x, y, a, b), ("beta", x, a, b)
    short = series(a + b, a, x)
    if short is None:
        lower = density * checked_integral(lambda d: b * d - (a + b) * mp.log1p(y * mp.expm1(d)), what)
    else:
        lower = density * short
        if a + b < 1000:
            agree(lower, mp.betainc(a, b, 0, x, regularized=True), what)
        else:
            agree(short, checked_integral(lambda d: b * d - (a + b) * mp.log1p(y * mp.expm1(d)), what), what)
    return lower, 1 - lower, density, a * y - b * x


def beta_at(x, a, b):
    return beta_tails(mpf(x), 1 - mpf(x), a, b)


def odds_at(odds, a, b):
    return beta_tails(odds / (1 + odds), 1 / (1 + odds), a, b)


def t_at(t, df):
    return odds_at(mpf(t) ** 2 / mpf(df), mpf(1) / 2, mpf(df) / 2)


def f_at(x, df1, df2):
    return odds_at(mpf(x) * mpf(df1) / mpf(df2), mpf(df1) / 2, mpf(df2) / 2)


# Rows.

def row(function, value, x, a="", b=""):
    if value != 0 and (abs(value) < mpf(10) ** -300 or abs(value) > mpf(10) ** 300):
        return
    cells = [repr(float(cell)) if cell != "" else "" for cell in (x, a, b)]
    print(function, *cells, mp.nstr(value, 20, min_fixed=-5, max_fixed=17), sep=",")


def quantile_row(function, tails, upper, move, a="", b=""):
    """`move` gives the quantile from a step in log x or in the log odds."""
    lower, above, density, slope = tails
    exact = above if upper else lower
    p = float(exact)
    if not 1e-300 < p < 1:
        return
    step = (mpf(p) - exact) / density * (-1 if upper else 1)
    if abs(step) * (1 + abs(slope) + density / min(lower, above)) < mpf(10) ** -9:
        row(function, move(step), p, a, b)


def shape():
    """A shape from the whole range in use: algorithms change at 1.5, 10 and 15; counts give halves."""
    kind = RANDOM.randrange(8)
    if kind == 0:
        return 10 ** RANDOM.uniform(-3, 0.5)
    if kind == 1:
        return 10 ** RANDOM.uniform(-3, 10)
    if kind == 2:
        return RANDOM.choice([0.001, 0.5, 1.0, 1.4999, 1.5, 1.5001, 2.0, 9.9999, 10.0, 14.9999, 15.0, 15.0001, 1e10])
    if kind in (3, 4):
        return RANDOM.randrange(60) + 0.5
    if kind == 5:
        return int(10 ** RANDOM.uniform(1, 10)) + 0.5
    if kind == 6:
        return RANDOM.uniform(1, 30)
    return 10 ** RANDOM.uniform(10, 15)


def gamma_point():
    a = shape()
    draw = RANDOM.random()
    if draw < 0.6:
        z = RANDOM.gauss(0, 1) * RANDOM.choice([1, 3, 8, 20]) / a ** 0.5
        return float(a * mp.exp(max(min(z, 5), -300))), a
    if draw < 0.8:
        return a, a
    return RANDOM.choice([1.4999, 1.5, 1.5001, 0.1, 3.0, 40.0, 650.0, 10 ** RANDOM.uniform(-290, 1)]), a


def log_odds(a, b):
    """The mean plus some standard deviations, far tails included."""
    return mp.log(mpf(a) / b) + RANDOM.gauss(0, 1) * RANDOM.choice([0, 1, 3, 8, 20]) * mp.sqrt(1 / mpf(a) + 1 / mpf(b))


def beta_point():
    while True:
        a, b = shape(), shape()
        x = float(1 / (1 + mp.exp(-log_odds(a, b)))) if RANDOM.random() < 0.8 else RANDOM.random()
        if 1e-290 < x < 1:
            return x, a, b


def degrees():
    return RANDOM.choice([1.0, 2.0, 3.0, 0.002, 30.0, 2 * shape(), RANDOM.randrange(1, 2000), 2 * shape()])


def t_point():
    df = degrees()
    draw = RANDOM.random()
    if draw < 0.7:
        return RANDOM.gauss(0, 1) * RANDOM.choice([1, 3, 10, 30]), df
    return RANDOM.choice([-1, 1]) * 10 ** RANDOM.uniform(-20, 8 if draw < 0.9 else 290), df


def write_normal():
    for x in [0.0, 1.0, -1.0, 37.0, 1.959963984540054] + [RANDOM.uniform(-38, 38) for _ in range(90)] + \
            [10 ** RANDOM.uniform(-20, 1) for _ in range(20)]:
        row("normal_sf", mp.erfc(mpf(x) / mp.sqrt(2)) / 2, x)
        row("normal_cdf", mp.erfc(-mpf(x) / mp.sqrt(2)) / 2, x)
        lower, upper = (mp.erfc(s * mpf(x) / mp.sqrt(2)) / 2 for s in (-1, 1))
        density = mp.npdf(mpf(x))
        for name, exact, sign in (("normal_quantile", lower, 1), ("normal_upper_quantile", upper, -1)):
            p = float(exact)
            step = sign * (mpf(p) - exact) / density
            if 1e-307 < p < 1 and p != 0.5 and abs(step) * (1 + abs(x)) < mpf(10) ** -9:
                # The next term is x step^2 / 2: not negligible beside an x near 0 if left out.
                row(name, x + step + x * step ** 2 / 2, p)


def write_log_gamma():
    near = [c + s * 10 ** RANDOM.uniform(-15, -0.4) for c in (1, 2) for s in (-1, 1) for _ in range(20)]
    for x in near + [10 ** RANDOM.uniform(-5, 15) for _ in range(60)] + [RANDOM.uniform(0, 12) for _ in range(60)]:
        row("log_gamma", mp.loggamma(mpf(x)), x)
    for _ in range(120):
        a, b = shape(), shape()
        with mp.workdps(110):
            row("log_beta", mp.loggamma(mpf(a)) + mp.loggamma(mpf(b)) - mp.loggamma(mpf(a) + mpf(b)), a, b)


def write_gamma():
    for _ in range(220):
        x, a = gamma_point()
        tails = gamma_tails(x, a)
        row("gamma_cdf", tails[0], x, a)
        row("gamma_sf", tails[1], x, a)
        quantile_row("chi2_quantile", tails, False, lambda d: 2 * mpf(x) * mp.exp(d), 2 * a)
        quantile_row("chi2_upper_quantile", tails, True, lambda d: 2 * mpf(x) * mp.exp(d), 2 * a)
    for _ in range(60):
        x, a = gamma_point()
        df = RANDOM.randrange(1, 100)
        tails = gamma_tails(mpf(x) / 2, mpf(df) / 2)
        row("chi2_cdf", tails[0], x, df)
        row("chi2_sf", tails[1], x, df)


def write_beta():
    for _ in range(380):
        x, a, b = beta_point()
        tails = beta_at(x, a, b)
        row("beta_cdf", tails[0], x, a, b)
        row("beta_sf", tails[1], x, a, b)
        row("beta_pdf", tails[2] / mpf(x) / (1 - mpf(x)), x, a, b)
        odds = mpf(x) / (1 - mpf(x))
        quantile_row("beta_quantile", tails, False, lambda d: 1 / (1 + mp.exp(-d) / odds), a, b)


def write_t():
    for _ in range(260):
        t, df = t_point()
        lower, upper, density, slope = t_at(t, df)
        tails = [upper / 2, (1 + lower) / 2]
        row("t_sf", tails[t < 0], t, df)
        row("t_cdf", tails[t > 0], t, df)
        # As a function of log |t|, the tail beyond |t| is upper / 2 and the density of the log odds, twice as long, halves.
        p = float(tails[t > 0])
        exact = tails[t > 0]
        step = (mpf(p) - exact) / density * (1 if t > 0 else -1)
        if 1e-300 < p < 1 and abs(step) * (1 + 2 * abs(slope) + density / min(lower, upper)) < mpf(10) ** -9:
            row("t_quantile", mpf(t) * mp.exp(step), p, df)


def write_f():
    for _ in range(140):
        df1, df2 = degrees(), degrees()
        x = float(mp.exp(log_odds(df1 / 2, df2 / 2)) * mpf(df2) / mpf(df1))
        if not 1e-290 < x < 1e290:
            continue
        tails = f_at(x, df1, df2)
        row("f_cdf", tails[0], x, df1, df2)
        row("f_sf", tails[1], x, df1, df2)
        quantile_row("f_quantile", tails, False, lambda d: mpf(x) * mp.exp(d), df1, df2)


print("function,x,a,b,value")
for write in (write_normal, write_log_gamma, write_gamma, write_beta, write_t, write_f):
    write()
