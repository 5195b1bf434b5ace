#!/usr/bin/env python3
"""Writes tests/reference/posterior_greater.csv: probabilities that one posterior score is above another.

Three ways that share nothing with the library, which integrates along contours. For whole parameters the distribution of
a score is a polynomial on either side of 0, and the probability an exact fraction. For other small ones the density and
the tail are integrals over the shares, by double-exponential quadrature in 20 digits of mpmath; for larger ones, whose
densities are smooth, by Gauss-Legendre panels in doubles. Each is checked by another one. Counts are detractors, passives, promoters; every prior parameter is `prior`.
"""
import math
import sys
from fractions import Fraction
from math import comb, factorial

from mpmath import mp, mpf

mp.dps = 20


def times(x, y):
    out = {}
    for i, a in x.items():
        for j, b in y.items():
            out[i + j] = out.get(i + j, 0) + a * b
    return out


def power_of_sum(terms, exponent):
    """(sum of coefficient * d^i * t^j)^exponent as {(i, j): coefficient}."""
    out = {(0, 0): Fraction(1)}
    for _ in range(exponent):
        grown = {}
        for (i, j), a in out.items():
            for (k, m), b in terms.items():
                grown[i + k, j + m] = grown.get((i + k, j + m), 0) + a * b
        out = grown
    return out


def density_above_zero(a, b, c):
    """The density at t > 0 as a polynomial {power: coefficient}: over d from 0 to (1 - t) / 2, r = d + t."""
    first = power_of_sum({(1, 0): 1, (0, 1): 1}, c - 1)
    second = power_of_sum({(0, 0): 1, (1, 0): -2, (0, 1): -1}, b - 1)
    out = {}
    for (i, j), x in first.items():
        for (k, m), y in second.items():
            n = i + k + a  # d^(i + k + a - 1) integrated is upper^n / n
            for s in range(n + 1):
                p = j + m + s
                out[p] = out.get(p, 0) + x * y * Fraction(comb(n, s) * (-1) ** s, n * 2**n)
    constant = Fraction(factorial(a + b + c - 1), factorial(a - 1) * factorial(b - 1) * factorial(c - 1))
    return {p: constant * x for p, x in out.items()}


def integral(polynomial):
    return {p + 1: x / (p + 1) for p, x in polynomial.items()}


def at_one(polynomial):
    return sum(polynomial.values())


def exact(first, second):
    """P(second > first) for whole parameters. On the left of 0 a density is the mirrored one's on the right."""
    total = Fraction(0)
    for side in (1, -1):
        one, other = (first, second) if side > 0 else (first[::-1], second[::-1])
        density, mass = density_above_zero(*one), integral(density_above_zero(*other))
        # above t (side > 0), or below it in the mirror
        beyond = {p: -x for p, x in mass.items()}
        beyond[0] = beyond.get(0, 0) + at_one(mass)
        inside = at_one(integral(times(density, beyond)))
        total += inside if side > 0 else at_one(integral(density)) - inside
    return total


def density(shape, t):
    a, b, c = shape if t >= 0 else shape[::-1]
    t = abs(t)
    constant = mp.gamma(a + b + c) / (mp.gamma(a) * mp.gamma(b) * mp.gamma(c))
    return constant * mp.quad(
        lambda d: d ** (a - 1) * (d + t) ** (c - 1) * (1 - 2 * d - t) ** (b - 1), peaks(shape, t), maxdegree=8
    )


def peaks(shape, t):
    """Ends of the integral over the detractors (promoters where t < 0), cut around where most of it is."""
    a, b, c = shape
    size = sum(shape)
    top = (1 - t) / 2
    if top <= 0:
        return [0, 0]
    middle = min(a, c) / size * top / ((1 - abs(c - a) / size) / 2)
    width = 8 * mp.sqrt(min(a, c) / size / size) + mpf(2) / size
    return [0] + [x for x in (middle - width, middle, middle + width) if 0 < x < top] + [top]


def tail(shape, t):
    """P(score > t) = E of the beta tail at (1 + t / S) / 2 over the share S of promoters and detractors."""
    a, b, c = shape

    def inside(s):
        if s <= abs(t):
            return mpf(0) if t > 0 else s ** (a + c - 1) * (1 - s) ** (b - 1) / mp.beta(a + c, b)
        chance = mp.re(mp.betainc(c, a, (1 + t / s) / 2, 1, regularized=True))
        return chance * s ** (a + c - 1) * (1 - s) ** (b - 1) / mp.beta(a + c, b)

    mean, size = (a + c) / (a + b + c), a + b + c
    width = 8 * mp.sqrt(mean * (1 - mean) / size)
    cuts = sorted({x for x in (abs(t), mean - width, mean, mean + width) if 0 < x < 1} | {mpf(0), mpf(1)})
    return mp.quad(inside, cuts, maxdegree=7)


def by_quadrature(first, second):
    size = sum(first)
    mean = (first[2] - first[0]) / size
    width = 9 * mp.sqrt(((first[2] + first[0]) / size - mean**2) / size)
    cuts = sorted({max(mpf(-1), mean - width), mean, min(mpf(1), mean + width)} | ({mpf(0)} if abs(mean) < width else set()))
    return mp.quad(lambda t: density(first, t) * tail(second, t), cuts, maxdegree=6)


def gauss(count):
    """Nodes and weights on 0 to 1."""
    nodes = []
    for i in range(count):
        x = mp.cos(mp.pi * (i + mpf(3) / 4) / (count + mpf(1) / 2))
        for _ in range(8):
            slope = count * (x * mp.legendre(count, x) - mp.legendre(count - 1, x)) / (x * x - 1)
            x -= mp.legendre(count, x) / slope
        nodes.append((float((1 + x) / 2), float(1 / ((1 - x * x) * slope**2))))
    return nodes


def by_panels(first, second):
    nodes, panels = gauss(20), 24

    def integrate(function, left, right):
        return (right - left) * math.fsum(w * function(left + (right - left) * x) for x, w in nodes)

    def density_of(shape):
        a, b, c = shape
        size = a + b + c
        constant = math.lgamma(size) - math.lgamma(a) - math.lgamma(b) - math.lgamma(c)
        spread = math.sqrt(a * (size - a) / size / size / size)

        def inner(t):
            low, high = max(0, -t, a / size - 10 * spread), min((1 - t) / 2, a / size + 10 * spread)
            if high <= low:
                return 0
            step = (high - low) / 8

            def at(d):
                return math.exp(
                    constant + (a - 1) * math.log(d) + (c - 1) * math.log(d + t) + (b - 1) * math.log(1 - 2 * d - t)
                )

            return math.fsum(integrate(at, low + i * step, low + (i + 1) * step) for i in range(8))

        return inner

    one, other = density_of(first), density_of(second)
    ends = []
    for a, b, c in (first, second):
        size = a + b + c
        width = 9 * math.sqrt(((a + c) / size - ((c - a) / size) ** 2) / size)
        ends += [(c - a) / size - width, (c - a) / size + width]
    left, right = max(-1, min(ends)), min(1, max(ends))
    step, above, total = (right - left) / panels, 0, 0
    for i in reversed(range(panels)):  # `above`: what the second has beyond this panel
        start, end = left + i * step, left + (i + 1) * step
        total += integrate(lambda t: one(t) * (above + integrate(other, t, end)), start, end)
        above += integrate(other, start, end)
    assert abs(above - 1) < 1e-12
    return total


QUADRATURE = [((0, 4, 1), (0, 5, 0))]
PANELS = [
    ((12, 7, 12), (8, 13, 15)),
    ((35, 40, 45), (20, 30, 50)),
    ((20, 30, 50), (20, 30, 50)),
    ((190, 310, 500), (200, 300, 500)),
]
EXACT = [
    ((0, 0, 0), (0, 0, 0)),
    ((0, 0, 0), (0, 0, 3)),
    ((0, 0, 1), (1, 0, 0)),
    ((1, 2, 3), (3, 2, 1)),
    ((2, 0, 5), (0, 9, 0)),
    ((0, 6, 0), (1, 3, 2)),
    ((8, 3, 4), (5, 5, 9)),
    ((0, 0, 20), (0, 1, 15)),
    ((10, 0, 10), (4, 12, 6)),
]


def main():
    print("detractors,passives,promoters,to_detractors,to_passives,to_promoters,prior,value,source")
    for first, second in EXACT:
        value = exact([x + 1 for x in first], [x + 1 for x in second])
        print(*first, *second, 1, mp.nstr(mpf(value.numerator) / value.denominator, 17), "exact fraction", sep=",")
    for first, second in PANELS:
        value = by_panels(*([x + 0.5 for x in one] for one in (first, second)))
        print(*first, *second, 0.5, f"{value:.14g}", "Gauss-Legendre panels over shares", sep=",")
    sys.stdout.flush()
    for first, second in QUADRATURE:
        value = mp.re(by_quadrature(*([x + mpf(0.5) for x in one] for one in (first, second))))
        print(*first, *second, 0.5, mp.nstr(value, 15), "quadrature over shares in 20 digits", sep=",")
        sys.stdout.flush()
    whole = [2, 3, 4], [4, 3, 2]
    value = exact(*whole)
    assert abs(by_quadrature(*([mpf(x) for x in one] for one in whole)) - mpf(value.numerator) / value.denominator) < 1e-15
    whole = [15, 12, 15], [12, 14, 18]
    assert abs(by_panels(*whole) - float(exact(*whole))) < 1e-12


if __name__ == "__main__":
    main()
