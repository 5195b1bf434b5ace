#!/usr/bin/env python3
"""Writes differences_extreme.csv: differences of extreme, lopsided and fractional counts, and of the margins 1e-6 and 10.

Oracle, straight from the definitions and in 100 digits. MOVER: score limits by bisection of Tango's (1998) statistic.
Profile score: the greatest joint likelihood by bisection on the sign of its difference over a step of 1e-60; bounds,
and the deviate at which a MOVER limit is a given difference, by the method of Anderson and Bjorck to 30 digits.
Needs mpmath. Usage: difference.py > ../differences_extreme.csv
"""
from mpmath import erfc, erfinv, inf, log, mp, mpf, nstr, sqrt

mp.dps = 100
STEP = mpf(10) ** -60
TABLES = [
    ("0,0,1e15", "0,5,999999999999995"),
    ("0,1e15,0", "1,999999999999999,0"),
    ("1e14,2e14,3e14", "100000000000007,2e14,3e14"),
    ("0,0,1e9", "0,0,3"),
    ("0,0,3", "1,999999,0"),
    ("1e-3,2e-3,5e-4", "0.25,0.5,1e6"),
    ("1,1e6,1", "1e6,1,1"),
    ("0,1,1e12", "1,0,1e12"),
    ("2.5,0,0", "0,1e4,1e-6"),
    ("0,17,2", "5,40,0"),
    ("0,6,0", "0,9,0"),
    ("0,5,0", "0,0,1"),
    ("3,0,3", "0,8,0"),
    ("1,2,3e5", "40,1e3,1e6"),
]
LEVELS = ["0.5", "0.95", "0.9999"]


def shares(s, t):
    """Of greatest likelihood when the score is t: the quadratic of Tango (1998)."""
    d, p, r = s
    n = d + p + r
    a, b, c = 2 * n, -(d + r) + (2 * n - r + d) * t, -d * t * (1 - t)
    root = sqrt(max(0, b * b - 4 * a * c))
    q = -2 * c / (b + root) if b > 0 else (root - b) / (2 * a)
    q = min(max(q, 0, -t), (1 - t) / 2)
    return q, 1 - 2 * q - t, q + t


def variance(s, t):
    q, _, r = shares(s, t)
    return max(0, q + r - t * t) / sum(s)


def score(s):
    return (s[2] - s[0]) / sum(s)


def log_likelihood(s, t):
    terms = [(x, share) for x, share in zip(s, shares(s, t)) if x > 0]
    return -inf if any(share <= 0 for _, share in terms) else sum(x * log(share) for x, share in terms)


def root(f, a, b):
    """Anderson and Bjorck (1973): f(a) and f(b) differ in sign."""
    fa, fb = f(a), f(b)
    for i in range(300):
        if fa == 0 or fb == 0 or abs(b - a) <= mpf(10) ** -32 * abs(b) or abs(b - a) < mpf(10) ** -50:
            break
        c = b - fb * (b - a) / (fb - fa)
        if not min(a, b) < c < max(a, b) or i % 8 == 7:
            c = (a + b) / 2
        fc = f(c)
        if (fc > 0) != (fb > 0):
            a, fa = b, fb
        else:
            m = 1 - fc / fb
            fa *= m if m > 0 else mpf(1) / 2
        b, fb = c, fc
    return b if abs(fb) <= abs(fa) else a


def profile_statistic(s1, s2, difference):
    estimate = score(s2) - score(s1)
    if estimate == difference:
        return mpf(0)
    low, high = max(mpf(-1), -1 - difference), min(mpf(1), 1 - difference)

    def joint(t):
        return log_likelihood(s1, t) + log_likelihood(s2, t + difference)

    while high - low > 4 * STEP:
        t = (low + high) / 2
        if joint(t + STEP) > joint(t - STEP):
            low = t
        else:
            high = t
    v = variance(s1, low) + variance(s2, low + difference)
    return (estimate - difference) / sqrt(v) if v > 0 else mpf(10) ** 30


def profile_bound(s1, s2, z, end):
    """The bound towards end, where the statistic is z."""
    estimate = score(s2) - score(s1)
    if estimate == end:
        return end

    def excess(distance):
        x = profile_statistic(s1, s2, estimate + distance * (1 if end > 0 else -1))
        return min(abs(x), mpf(10) ** 20) - z

    longest = abs(end - estimate)
    right = longest
    while right > mpf(10) ** -25 * longest and excess(right / 4) > 0:
        right /= 4
    if right == longest:
        right *= 1 - mpf(10) ** -20
    return estimate + (1 if end > 0 else -1) * root(excess, right / 4, right)


def limit(s, z):
    """Tango's lower limit, as a distance from the score."""
    if s[1] == 0 and s[2] == 0:
        return mpf(0)
    low, high = mpf(0), 1 + score(s)
    for _ in range(170):
        middle = (low + high) / 2
        v = variance(s, score(s) - middle)
        if v <= 0 or middle / sqrt(v) > z:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def mirrored(s):
    return s[::-1]


def mover_distance(s1, s2, z):
    """How far below the estimate the lower limit lies."""
    return sqrt(limit(mirrored(s1), z) ** 2 + limit(s2, z) ** 2)


def mover_statistic(s1, s2, difference):
    gap = score(s2) - score(s1) - difference
    if gap == 0:
        return mpf(0)
    if gap < 0:
        return -mover_statistic(mirrored(s1), mirrored(s2), -difference)
    right = gap / sqrt(variance(s1, score(s1)) + variance(s2, score(s2)) + gap / sum(s1) + gap / sum(s2))
    for _ in range(100):
        if mover_distance(s1, s2, right) >= gap:
            left = right
            while mover_distance(s1, s2, left) >= gap:
                left /= 2
            return root(lambda z: mover_distance(s1, s2, z) - gap, left, right)
        right *= 2
    return inf


def bounds(method, s1, s2, z):
    if method == "score":
        return profile_bound(s1, s2, z, mpf(-2)), profile_bound(s1, s2, z, mpf(2))
    estimate = score(s2) - score(s1)
    return estimate - mover_distance(s1, s2, z), estimate + mover_distance(mirrored(s1), mirrored(s2), z)


def number(x):
    return nstr(x, 17, min_fixed=-4, max_fixed=17)


print("from_detractors,from_passives,from_promoters,to_detractors,to_passives,to_promoters,method,level,estimate,lower,"
      "upper,statistic,p,margin,statistic_lower,statistic_upper")
for one, other in TABLES:
    s1, s2 = ([mpf(x) for x in s.split(",")] for s in (one, other))
    for method in ("mover", "score"):
        statistic_at = mover_statistic if method == "mover" else profile_statistic
        statistic = statistic_at(s1, s2, mpf(0))
        for level, margin in zip(LEVELS, ("1e-6", "10", "190")):
            low, high = bounds(method, s1, s2, sqrt(2) * erfinv(mpf(level)))
            at = mpf(margin) / 100
            row = [100 * (score(s2) - score(s1)), 100 * low, 100 * high, statistic, erfc(abs(statistic) / sqrt(2)), None,
                   statistic_at(s1, s2, -at), statistic_at(s1, s2, at)]
            cells = [margin if x is None else number(x) for x in row]
            print(",".join([one, other, method, level] + cells), flush=True)
