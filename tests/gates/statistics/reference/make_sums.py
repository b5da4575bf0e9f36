#!/usr/bin/python3
"""Writes sums.txt: sums by Python's math.fsum that gates/statistics/exact_sum must give to the last bit.

    /usr/bin/python3 tests/gates/statistics/reference/make_sums.py > tests/gates/statistics/reference/sums.txt

A line is the sum and then the numbers, in hexadecimal. Random numbers are seeded.
"""
import math
import random
import sys

random.seed(20261125)
largest, smallest, least_normal = sys.float_info.max, 5e-324, sys.float_info.min


def any_double():
    return math.ldexp(random.uniform(-1, 1), random.randint(-1080, 1000))


cases = [
    [], [0.0], [-0.0], [1.5], [-2.75], [1.0, 1e100, 1.0, -1e100], [0.1] * 10, [1e16, 1.0, 1e-16], [1e308, 1.0, -1e308],
    [smallest], [smallest] * 3, [-smallest, least_normal], [least_normal, -smallest, -least_normal], [largest],
    [largest, -largest, smallest], [1.0, 2.0 ** -53], [1.0, 2.0 ** -53, 2.0 ** -106], [1.0, 2.0 ** -53, -2.0 ** -106],
    [1.0 + 2.0 ** -52, 2.0 ** -53], [1.0, -2.0 ** -54], [1.0, -2.0 ** -54, -2.0 ** -1074], [2.0 ** 53, 1.0],
    [2.0 ** 53, 1.0, smallest], [2.0 ** 53 + 2, 1.0], [-(2.0 ** 53), -1.0, -smallest], [2.0 ** 32, -1.0], [2.0 ** -1043] * 2,
    [2.0 ** 31, 2.0 ** 31, -(2.0 ** 32)], [largest, 2.0 ** 969], [-largest, -(2.0 ** 969)], [4.5e307] * 3 + [-1e308],
]
for count in (2, 3, 10, 100):
    for _ in range(12):
        cases.append([any_double() for _ in range(count)])
        cases.append([random.gauss(0, 1) for _ in range(count)])
        values = [any_double() for _ in range(count)]
        cases.append(values + [-v for v in values] + [random.gauss(0, 1e-30)])  # all but the last cancels
for values in cases:
    random.shuffle(values)
    print(math.fsum(values).hex(), *(v.hex() for v in values))
