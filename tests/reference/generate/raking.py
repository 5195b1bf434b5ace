#!/usr/bin/env python3
"""Writes ../raking.csv: raked weights, with and without bounds, by Newton's method on the dual in 50 digits.

The weights w between lower and upper bounds that meet the totals T of all categories and are nearest to the base
weights b, in the sense of the least sum of w log(w / b) - w + b, are clamp(b exp(sum of l_k over the row's categories
k)), where l maximises the concave dual D(l) = sum T_k l_k - sum_i phi_i(eta_i), phi' = clamp(b exp(eta)) (Deville and
Sarndal 1992). All l are moved at once, by damped Newton steps with a line search. Then it is checked that each total is
met to 1e-30, so that the weights are a solution whatever led to them. raking.R checks those without bounds against R
survey.

A line has the rows as "key,key*base ...", a key being a number or n for none; the margins as
"column;column=key/key:total ...", with | between them; what the totals are scaled to, where `total` is not empty; and the
weights.
"""
import csv
import pathlib
import random

from mpmath import exp, log, lu_solve, matrix, mp, mpf

mp.dps = 50


def base_of(row):
    return mpf(row[-1])


def category(row, columns):
    return tuple(row[c] for c in columns)


class Problem:
    def __init__(self, rows, margins, total=None, lowest=0, highest=0):
        self.rows, self.total, self.lowest, self.highest = rows, total, lowest, highest
        self.margins = margins
        self.live = [r for r in rows if r[-1] > 0]
        self.totals, self.member = [], []
        numbers = []
        for columns, targets in margins:
            scale = mpf(total) / sum(map(mpf, targets.values())) if total else mpf(1)
            number = {}
            for key, target in targets.items():
                number[key] = len(self.totals)
                self.totals.append(mpf(target) * scale)
            numbers.append(number)
        for row in self.live:
            self.member.append([number[category(row, columns)] for (columns, _), number in zip(margins, numbers)])
        # The first category of each further margin has factor 1: factors are unique only up to that.
        self.fixed = {min(number.values()) for number in numbers[1:]}
        whole = sum(self.totals[k] for k in numbers[0].values())
        mean = whole / len(self.live)
        self.low = mpf(lowest) * mean
        self.high = mpf(highest) * mean if highest else mpf("1e400")

    def weight(self, row, eta):
        return min(max(base_of(row) * exp(eta), self.low), self.high)

    def phi(self, row, eta):
        raw = base_of(row) * exp(eta)
        if raw < self.low:
            return self.low * (1 + eta - log(self.low / base_of(row)))
        if raw > self.high:
            return self.high * (1 + eta - log(self.high / base_of(row)))
        return raw

    def etas(self, l):
        return [sum(l[k] for k in member) for member in self.member]

    def dual(self, l):
        whole = sum(t * x for t, x in zip(self.totals, l))
        return whole - sum(self.phi(r, e) for r, e in zip(self.live, self.etas(l)))

    def gradient(self, l):
        g = list(self.totals)
        for row, member, eta in zip(self.live, self.member, self.etas(l)):
            for k in member:
                g[k] -= self.weight(row, eta)
        return g

    def step(self, l, g, damping):
        free = [k for k in range(len(l)) if k not in self.fixed]
        place = {k: i for i, k in enumerate(free)}
        h = matrix(len(free), len(free))
        for row, member, eta in zip(self.live, self.member, self.etas(l)):
            raw = base_of(row) * exp(eta)
            if self.low <= raw <= self.high:
                for a in member:
                    for b in member:
                        if a in place and b in place:
                            h[place[a], place[b]] += raw
        for k in free:
            h[place[k], place[k]] += damping * self.totals[k]
        found = lu_solve(h, matrix([g[k] for k in free]))
        return [found[place[k]] if k in place else mpf(0) for k in range(len(l))]

    def solve(self):
        l = [mpf(0)] * len(self.totals)
        if not self.lowest and not self.highest:
            first = len(self.margins[0][1])
            l[:first] = [log(self.totals[k] / sum(map(base_of, self.live))) for k in range(first)]
        for _ in range(500):
            g = self.gradient(l)
            distance = max(abs(x) / t for x, t in zip(g, self.totals))
            if distance < mpf("1e-35"):
                break
            move = self.step(l, g, min(mpf("1e-3"), distance * mpf("1e-3")))
            size, here = mpf(1), self.dual(l)
            largest = max(map(abs, move))
            if largest > 3:
                size = 3 / largest
            slope = sum(a * b for a, b in zip(g, move))
            while size > mpf("1e-12"):
                if self.dual([a + size * b for a, b in zip(l, move)]) >= here + slope * size / 10000:
                    break
                size /= 2
            l = [a + size * b for a, b in zip(l, move)]
        g = self.gradient(l)
        assert max(abs(x) / t for x, t in zip(g, self.totals)) < mpf("1e-30"), "no solution found"
        weights = iter([self.weight(r, e) for r, e in zip(self.live, self.etas(l))])
        return [next(weights) if r[-1] > 0 else mpf(0) for r in self.rows]


def targets_of(rows, columns, weights):
    targets = {}
    for row, weight in zip(rows, weights):
        if row[-1] > 0:
            targets[category(row, columns)] = targets.get(category(row, columns), 0) + weight
    return dict(sorted(targets.items(), key=str))


def made(rows, margin_columns, weights, lowest=0, highest=0, total=None):
    """Totals that the given weights meet, so that there is a solution."""
    margins = [(columns, targets_of(rows, columns, weights)) for columns in margin_columns]
    return Problem(rows, margins, total, lowest, highest)


def random_rows(count, sizes, base, zeros=0.0, missing=0.0):
    rows = []
    for i in range(count):
        keys = [random.randrange(size) if i >= size else i for size in sizes]
        keys = ["n" if random.random() < missing else key for key in keys]
        rows.append((*keys, 0.0 if random.random() < zeros else base()))
    return rows


def wild():
    return float("%.4g" % (10 ** random.uniform(-9, 9)))


def tame():
    return float("%.4g" % random.lognormvariate(0, 0.5))


def one():
    return 1.0


def cases():
    random.seed(20260201)
    rows = [(0, 0, 1.0), (0, 1, 1.0), (1, 0, 1.0), (1, 1, 2.0), (1, 1, 0.5)]
    yield "one margin", Problem(rows, [((0,), {(0,): 30.0, (1,): 20.0})])
    yield "cells of two columns", Problem(rows, [((0, 1), {(0, 0): 30, (0, 1): 20, (1, 0): 10, (1, 1): 40})])
    yield "two margins", Problem(rows, [((0,), {(0,): 30.0, (1,): 20.0}), ((1,), {(0,): 21.0, (1,): 29.0})])
    yield "shares", Problem(rows, [((0,), {(0,): 0.6, (1,): 0.4}), ((1,), {(0,): 42.0, (1,): 58.0})], total=5)
    # All of category 0 on the upper bound exactly: 2 rows, 2 x 1.5 x mean.
    yield "a total on the bound", Problem(rows, [((0,), {(0,): 6.0, (1,): 4.0})], highest=1.5)
    yield "all alike", Problem(rows, [((0,), {(0,): 4.0, (1,): 6.0})], lowest=1)
    shapes = [((0,), (1,)), ((0,), (1,), (2,)), ((0, 1), (2,)), ((0,), (0, 1), (1, 2)), ((2,), (1,), (0,), (3,))]
    for number in range(30):
        base = (one, tame, wild)[number % 3]
        columns = shapes[number % len(shapes)]
        sizes = [random.randint(2, 4) for _ in range(4)]
        zeros, missing = random.choice((0, 0.1)), random.choice((0, 0.1))
        rows = random_rows(random.choice((12, 30)), sizes, base, zeros, missing)
        spread = random.choice((0.3, 0.8))
        # Whole 1024ths add up without rounding: margins that imply one another then agree exactly.
        true = [(1 + int(1024 * random.lognormvariate(2, spread))) / 1024 for _ in rows]
        live = [w for w, r in zip(true, rows) if r[-1] > 0]
        mean = sum(live) / len(live)
        lowest = min(live) / mean * random.choice((0.5, 0.98))
        highest = max(live) / mean * random.choice((1.02, 1.5))
        kind = (number // 3) % 4
        total = random.choice((None, 1.0, 12345.0))
        if kind == 0:
            yield f"random {number}", made(rows, columns, true, total=total)
        elif kind == 1:
            yield f"random {number} from below", made(rows, columns, true, lowest, 0, total)
        elif kind == 2:
            yield f"random {number} from above", made(rows, columns, true, 0, highest, total)
        else:
            yield f"random {number} both ways", made(rows, columns, true, lowest, highest, total)


def text(problem, name):
    rows = " ".join(f"{','.join(map(str, r[:-1]))}*{r[-1]!r}" for r in problem.rows)
    margins = []
    for columns, targets in problem.margins:
        cells = " ".join(f"{'/'.join(map(str, key))}:{float(target)!r}" for key, target in targets.items())
        margins.append(";".join(map(str, columns)) + "=" + cells)
    return {
        "name": name,
        "rows": rows,
        "margins": "|".join(margins),
        "total": problem.total or "",
        "lowest": repr(float(problem.lowest)),
        "highest": repr(float(problem.highest)),
        "weights": " ".join(repr(float(w)) for w in problem.solve()),
    }


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "raking.csv"
    lines = [text(problem, name) for name, problem in cases()]
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.DictWriter(file, lines[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


main()
