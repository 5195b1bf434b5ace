#!/usr/bin/env python3
"""Writes intervals_extreme.csv: intervals of extreme, lopsided and fractional counts.

Oracles: bisection in 60 digits of the defining equations of the score, skewed and likelihood intervals; closed forms;
for the Jeffreys interval quadrature of the beta mixture in 30 digits, and for large counts the Cornish-Fisher expansion
from the exact moments of the Dirichlet distribution (next term below 1e-12 points). Needs mpmath.
Usage: interval.py > ../intervals_extreme.csv
"""
from mpmath import asin, beta, betainc, cos, erfinv, fabs, inf, log, mp, mpf, ncdf, nstr, pi, quad, rf, sin, sqrt

mp.dps = 60
LEVELS = ["0.5", "0.9", "0.9999"]


def deviate(level):
    return sqrt(2) * erfinv(mpf(level))


def restricted(d, p, r, t):
    """P(detractor) of greatest likelihood when the score is t: the quadratic of Tango (1998)."""
    n = d + p + r
    a, b, c = 2 * n, -(d + r) + (2 * n - r + d) * t, -d * t * (1 - t)
    q = (-b + sqrt(b * b - 4 * a * c)) / (2 * a)
    return min(max(q, 0, -t), (1 - t) / 2)


def score_statistic(d, p, r, t):
    n = d + p + r
    v = (2 * restricted(d, p, r, t) + t - t * t) / n
    return ((r - d) / n - t) / sqrt(v)


def skewed_statistic(d, p, r, t):
    n = d + p + r
    s = 2 * restricted(d, p, r, t) + t
    v = (s - t * t) / (n - 1)
    third = t - 3 * t * s + 2 * t ** 3
    k = third / (6 * n * n * v * sqrt(v))
    z = ((r - d) / n - t) / sqrt(v)
    root = 1 + 4 * k * (z + k)
    return inf if root < 0 else 2 * (z + k) / (1 + sqrt(root))


def likelihood_statistic(d, p, r, t):
    n = d + p + r
    q = restricted(d, p, r, t)
    terms = [(d, q), (p, 1 - 2 * q - t), (r, q + t)]
    if any(share <= 0 for x, share in terms if x > 0):
        return inf  # below 1e-60
    gain = sum(x * log(x / n / share) for x, share in terms if x > 0)
    return sqrt(max(0, 2 * gain))


def lower(statistic, d, p, r, z):
    """The t below the score where the statistic, which falls with t, is z."""
    n = d + p + r
    if d == n or (statistic is skewed_statistic and n <= 1):
        return mpf(-1)
    low, high = mpf(-1), (r - d) / n
    for _ in range(190):
        middle = (low + high) / 2
        if statistic(d, p, r, middle) > z:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def inverted(statistic):
    return lambda d, p, r, z: (lower(statistic, d, p, r, z), -lower(statistic, r, p, d, z))


def closed_score(d, p, r, z):
    """All promoters, all passives, as many promoters as detractors."""
    n = d + p + r
    if r == n:
        return (n - z * z) / (n + z * z), mpf(1)
    if p == n:
        return -z * z / (n + z * z), z * z / (n + z * z)
    if d == r:
        return -z * sqrt(2 * d + z * z) / (n + z * z), z * sqrt(2 * d + z * z) / (n + z * z)
    return None


def wald(outer, passives):
    def interval(d, p, r, z):
        d, p, r = d + outer, p + passives, r + outer
        n = d + p + r
        score, v = (r - d) / n, (r + d) / n - ((r - d) / n) ** 2
        return max(-1, score - z * sqrt(v / n)), min(1, score + z * sqrt(v / n))
    return interval


def posterior_cdf(a, t):
    """E I_x(a3, a1), x = (1 + t / S) / 2, S = sin^2 of the angle that is integrated over, S ~ Beta(a1 + a3, a2)."""
    def weight(angle):
        s = sin(angle) ** 2
        x = (1 + t / s) / 2
        share = betainc(a[2], a[0], 0, x, regularized=True) if 0 < x < 1 else mpf(x >= 1)
        return share * 2 * sin(angle) ** (2 * (a[0] + a[2]) - 1) * cos(angle) ** (2 * a[1] - 1)
    corner = asin(sqrt(fabs(t)))
    return quad(weight, sorted({mpf(0), corner, (corner + pi / 2) / 2, pi / 2})) / beta(a[0] + a[2], a[1])


def jeffreys_lower(d, p, r, z):
    a = [d + mpf(1) / 2, p + mpf(1) / 2, r + mpf(1) / 2]
    target = ncdf(-z)
    low, high = mpf(-1), mpf(1)
    f_low, f_high = -target, 1 - target
    for i in range(60):  # Illinois
        middle = (low * f_high - high * f_low) / (f_high - f_low) if i > 3 else (low + high) / 2
        f = posterior_cdf(a, middle) - target
        if f > 0:
            high, f_high, f_low = middle, f, f_low / 2
        else:
            low, f_low, f_high = middle, f, f_high / 2
        if fabs(f) < mpf(10) ** -16 * target:
            break
    return middle


def cornish_fisher_lower(d, p, r, z):
    """Third order in 1 / sqrt(n), from the exact mean and central moments of promoters' share less detractors'."""
    a = [d + mpf(1) / 2, p + mpf(1) / 2, r + mpf(1) / 2]
    total = sum(a)
    raw = [sum((-1) ** i * mp.binomial(k, i) * rf(a[0], i) * rf(a[2], k - i) for i in range(k + 1)) / rf(total, k)
           for k in range(5)]
    mean, variance = raw[1], raw[2] - raw[1] ** 2
    third = raw[3] - 3 * mean * raw[2] + 2 * mean ** 3
    fourth = raw[4] - 4 * mean * raw[3] + 6 * mean ** 2 * raw[2] - 3 * mean ** 4
    skew, kurtosis = third / variance ** 1.5, fourth / variance ** 2 - 3
    x = -z
    x = x + (x * x - 1) * skew / 6 + (x ** 3 - 3 * x) * kurtosis / 24 - (2 * x ** 3 - 5 * x) * skew ** 2 / 36
    return mean + sqrt(variance) * x


def both(one):
    return lambda d, p, r, z: (one(d, p, r, z), -one(r, p, d, z))


LARGE = ["0 0 1e15", "0 1e15 0", "5e14 0 5e14", "1 999999999999998 1", "1 0 999999999999999", "0 1 999999999999999",
         "3 99999999999996 1", "999999999999998 1 1", "1e12 2e12 3e12", "2e14 5e14 3e14", "7 1e9 12", "1e9 3 2"]
SMALL = ["0 0 1e-6", "0 1e-6 0", "3e-7 4e-7 3e-7", "0.25 0.5 0.25", "0.2 0.1 0.9", "1.5 0.2 0.3", "0 0.001 5",
         "0.001 0 7.5", "1e-6 3 40", "2.5 0.125 11.375", "0 0.5 0.75"]

print("detractors,passives,promoters,method,level,lower,upper,tol,source")


def rows(counts, level, method, function, tol, source):
    result = function(*[mpf(x) for x in counts], deviate(level))
    if result is not None:
        bounds = [nstr(100 * x, 17, strip_zeros=False, min_fixed=-30, max_fixed=30) for x in result]
        print(",".join(counts + [method, level] + bounds + [tol, source]))


for text in LARGE + SMALL:
    counts = text.split()
    for level in LEVELS:
        bisection = "bisection in 60 digits"
        rows(counts, level, "score", inverted(score_statistic), "1e-11", bisection)
        rows(counts, level, "score", closed_score, "1e-11", "closed form in 60 digits")
        rows(counts, level, "skewed", inverted(skewed_statistic), "1e-9", bisection)
        rows(counts, level, "likelihood", inverted(likelihood_statistic), "1e-9", bisection)
        for name, add in [("adjusted-wald", ("0.75", "1.5")), ("agresti-min", ("0.5", "1")), ("bonett-price", (1, 0)),
                          ("wald", (0, 0))]:
            rows(counts, level, name, wald(*map(mpf, add)), "1e-11", "closed form in 60 digits")
for text in ["1e12 2e12 3e12", "2e14 5e14 3e14", "3e8 1e9 2e8", "1e9 3e7 4e8"]:
    for level in LEVELS:
        rows(text.split(), level, "jeffreys", both(cornish_fisher_lower), "1e-10", "Cornish-Fisher from exact moments")
mp.dps = 30
for text in ["0 0 1e-6", "0.2 0.1 0.9", "1.5 0.2 0.3", "0 0.001 5", "2.5 0.125 11.375"]:
    for level in LEVELS:
        rows(text.split(), level, "jeffreys", both(jeffreys_lower), "1e-10", "quadrature in 30 digits")
