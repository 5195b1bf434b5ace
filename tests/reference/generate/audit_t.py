#!/usr/bin/env python3
"""Writes audit_t.csv: coverage and width of t intervals over all samples, in 40 digits.

The populations are those of audit.csv, whose t quantiles are right to 10 digits only."""
from mpmath import betainc, factorial, findroot, mp, mpf, nstr, sqrt

mp.dps = 40

CASES = [
    (10, ".2", ".3", ".5", ".9"),
    (10, ".2", ".3", ".5", ".95"),
    (20, ".03", ".11", ".86", ".95"),
    (20, ".03", ".11", ".86", ".99"),
    (50, ".35", ".25", ".4", ".95"),
    (5, ".21", ".37", ".42", ".95"),
    (30, ".13", ".35", ".52", ".95"),
]


def t_deviate(level, df):
    """The t that |T| exceeds with probability 1 - level: the tail is I_x(df/2, 1/2), x = df / (df + t^2)."""
    def excess(t):
        return betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) - (1 - level)
    return findroot(excess, (mpf(1), mpf(4)), solver="anderson", tol=1e-36)


def audit(n, detractors, passives, promoters, level):
    t = t_deviate(level, n - 1)
    truth = promoters - detractors
    coverage = width = below = above = mpf(0)
    for d in range(n + 1):
        for r in range(n - d + 1):
            p = n - d - r
            ways = factorial(n) / (factorial(d) * factorial(p) * factorial(r))
            probability = ways * detractors**d * passives**p * promoters**r
            score = mpf(r - d) / n
            margin = t * sqrt((mpf(r + d) / n - score**2) / (n - 1))
            lower, upper = max(score - margin, mpf(-1)), min(score + margin, mpf(1))
            width += probability * 100 * (upper - lower)
            if truth < lower - mpf("1e-12"):
                below += probability
            elif truth > upper + mpf("1e-12"):
                above += probability
            else:
                coverage += probability
    return coverage, width, below, above


print("n,detractors,passives,promoters,level,coverage,width,miss_below,miss_above")
for n, detractors, passives, promoters, level in CASES:
    results = audit(n, mpf(detractors), mpf(passives), mpf(promoters), mpf(level))
    print(",".join([str(n), detractors, passives, promoters, level] + [nstr(x, 20) for x in results]))
