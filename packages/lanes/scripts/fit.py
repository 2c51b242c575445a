"""Fits polynomials and fractions with mpmath in 40 digits, and writes them as TypeScript. Chebyshev interpolation, turned into
powers; each fit's error is measured and printed into the comment above its coefficients.
"""
from mpmath import cos, lu_solve, matrix, mp, mpf, nstr, pi, polyval

mp.dps = 40


def chebyshev(f, degree):
    nodes = [cos(pi * (k + mpf(1) / 2) / (degree + 1)) for k in range(degree + 1)]
    values = [f(t) for t in nodes]
    return [
        (2 if j else 1) * sum(v * cos(j * pi * (k + mpf(1) / 2) / (degree + 1)) for k, v in enumerate(values)) / (degree + 1)
        for j in range(degree + 1)
    ]


def powers(coefficients):
    """Chebyshev coefficients to those of t^0, t^1, ..."""
    before, current = [mpf(1)], [mpf(0), mpf(1)]
    total = [mpf(0)] * len(coefficients)
    for j, c in enumerate(coefficients):
        basis = before if j == 0 else current
        for i, b in enumerate(basis):
            total[i] += c * b
        if j > 0:
            following = [mpf(0)] + [2 * b for b in current]
            for i, b in enumerate(before):
                following[i] -= b
            before, current = current, following
    return total


def fit(f, degree):
    c = powers(chebyshev(f, degree))
    error = max(abs(polyval(c[::-1], t) / f(t) - 1) for t in [mpf(k) / 500 - 1 for k in range(1000)])
    return [float(v) for v in c], error


def fit_on(f, low, high, degree):
    """Coefficients in x itself, and the largest error against what `weight` makes of it."""
    low, high = mpf(low), mpf(high)
    in_t = powers(chebyshev(lambda t: f((low + high) / 2 + t * (high - low) / 2), degree))
    # t = (2x - low - high)/(high - low) = a + b x
    a, b = -(low + high) / (high - low), 2 / (high - low)
    total = [mpf(0)] * (degree + 1)
    power = [mpf(1)]
    for c in in_t:
        for i, v in enumerate(power):
            total[i] += c * v
        power = [a * x + b * y for x, y in zip(power + [mpf(0)], [mpf(0)] + power)]
    error = max(abs(polyval(total[::-1], x) / f(x) - 1) for x in [low + (high - low) * k / 500 for k in range(1, 500)])
    return [float(v) for v in total], error


def fit_rational(f, high, k, p_degree, q_degree, weight):
    """P/Q for 0 ≤ x ≤ high, Q's leading coefficient 1, by interpolation where t = (x - k)/(x + k) has Chebyshev's nodes."""
    size = p_degree + q_degree + 1
    top = (high - k) / (high + k)
    ts = [(top - 1) / 2 + (top + 1) / 2 * cos(pi * (i + mpf(1) / 2) / size) for i in range(size)]
    rows = [(x, f(x)) for x in (k * (1 + t) / (1 - t) for t in ts)]
    system = matrix([[x**j for j in range(p_degree + 1)] + [-y * x**j for j in range(1, q_degree + 1)] for x, y in rows])
    solved = list(lu_solve(system, matrix([y for _, y in rows])))
    p, q = solved[: p_degree + 1], [mpf(1)] + solved[p_degree + 1 :]
    p, q = [v / q[-1] for v in p], [v / q[-1] for v in q]
    error = max(
        abs((polyval(p[::-1], x) / polyval(q[::-1], x) - f(x)) * weight(x)) for x in [high * i / 1000 for i in range(1001)]
    )
    return [float(v) for v in p], [float(v) for v in q], error


def show(name, comment, coefficients, error):
    body = ",\n".join(f"  {c!r}" for c in coefficients)
    return f"/** {comment} Relative error of the fit: {nstr(error, 2)}. */\nexport const {name}: readonly number[] = [\n{body},\n];\n"
