"""Two special functions that every queue here comes down to, without overflow and without cancellation.

With x = agents x patience / handle time and y = arrivals x patience, all that happens to those who wait follows from
    A(x, y) = 1F1(1; x + 1; y) = 1 + y/(x+1) + y^2/((x+1)(x+2)) + ... = P(x, y) / poisson(x, y)
where P is the regularised incomplete gamma function (Palm 1957; Mandelbaum and Zeltyn 2007). Far from x = y both P and
the density underflow; there A is the integral of exp(y (1 - e^-s - s)) against an exponential, and 24 Gauss-Laguerre
nodes give it to 14 digits.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.laguerre.laggauss(24)
#: From here on (in squared standard deviations between x and y) the integral is exact to 14 digits, and needed.
FAR = 60.0
#: Below this y the series is shorter than anything else.
_SMALL = 0.5
#: Values worked on at once, so that the nodes of a large array fit the processor's cache.
_BLOCK = 4096


def poisson(x: Array, y: Array) -> Array:
    """e^-y y^x / Gamma(x + 1), for any x >= 0: by deviance, since the plain logarithms cancel for large x."""
    with np.errstate(divide="ignore", invalid="ignore", under="ignore", over="ignore"):
        drift = (y - x) / x
        deviance = np.where(np.abs(drift) < 0.02, _log1p_less(drift), np.log1p(drift) - drift)
        large = np.exp(x * deviance - _stirling_rest(x)) / np.sqrt(2 * np.pi * x)
        small = np.exp(special.xlogy(x, y) - y - special.gammaln(x + 1))
    return np.where(x < 10, small, large)


def _log1p_less(d: Array) -> Array:
    """log(1 + d) - d for small d, by its series."""
    total = np.zeros_like(d)
    for power in range(12, 1, -1):
        total = total * d + (-1.0) ** (power + 1) / power
    return total * d * d


def _stirling_rest(x: Array) -> Array:
    """What Stirling's formula leaves out of log(x!), for x >= 10."""
    r = 1 / (x * x)
    return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188))))) / x


def renewal(x: Array, y: Array) -> tuple[Array, Array]:
    """1 / A(x, y), and 1 - x A(x+1, y) / ((x+1) A(x, y)): the share of those who wait that hangs up."""
    x, y = np.broadcast_arrays(x, y)
    shape, x, y = x.shape, np.ravel(x), np.ravel(y)
    inverse, leaves = np.empty_like(x), np.empty_like(x)
    small = y < _SMALL
    # Squared, distances of more digits than a number holds are without end: far, too.
    with np.errstate(over="ignore"):
        far = ~small & (x > y) & ((x - y) ** 2 > FAR * x)
    near = ~(small | far)
    for chosen, formula in ((small, _by_series), (far, _by_integral), (near, _by_gamma)):
        if chosen.any():
            inverse[chosen], leaves[chosen] = formula(x[chosen], y[chosen])
    return inverse.reshape(shape), leaves.reshape(shape)


def _by_series(x: Array, y: Array) -> tuple[Array, Array]:
    """A = 1 + y/(x+1) (1 + y/(x+2) (...)), whose bracket is A(x+1); the differences are taken by hand for large x."""
    inner = np.ones_like(x)
    for step in range(16, 2, -1):
        inner = 1 + y / (x + step) * inner
    following = 1 + y / (x + 2) * inner
    whole = 1 + y / (x + 1) * following
    return 1 / whole, (1 + y * (following - x / (x + 2) * inner)) / ((x + 1) * whole)


def _by_gamma(x: Array, y: Array) -> tuple[Array, Array]:
    inverse = poisson(x, y) / special.gammainc(x, y)
    return inverse, 1 - x / y * (1 - inverse)


def _by_integral(x: Array, y: Array) -> tuple[Array, Array]:
    inverse, leaves = np.empty_like(x), np.empty_like(x)
    for start in range(0, len(x), _BLOCK):
        part = slice(start, start + _BLOCK)
        gap = (x[part] - y[part])[:, None]
        step = _NODES / gap
        falls = -np.expm1(-step)
        weights = _WEIGHTS * np.exp(y[part][:, None] * (falls - step))
        total = weights.sum(axis=1)
        inverse[part] = gap[:, 0] / x[part] / total
        leaves[part] = (weights * falls).sum(axis=1) / total
    return inverse, leaves


def blocking(agents: Array, load: Array) -> Array:
    """Erlang B: poisson(n; a) / cdf(n; a), and for loads far above n, where both underflow, an integral."""
    agents, load = np.broadcast_arrays(agents, load)
    shape, n, a = agents.shape, np.ravel(agents), np.ravel(load)
    found = np.empty_like(n)
    with np.errstate(over="ignore"):
        far = (a > n) & ((a - n) ** 2 > FAR * a)
    if far.any():
        found[far] = _blocking_far(n[far], a[far])
    near = ~far
    with np.errstate(under="ignore"):
        found[near] = poisson(n[near], a[near]) / special.gammaincc(n[near] + 1, a[near])
    return np.where(n > 0, np.minimum(found, 1), 1).reshape(shape)


def _blocking_far(n: Array, a: Array) -> Array:
    """1/B is the integral of e^-t (1 + t/a)^n, which is close to an exponential with rate 1 - n/a."""
    found = np.empty_like(n)
    for start in range(0, len(n), _BLOCK):
        part = slice(start, start + _BLOCK)
        gap = (a[part] - n[part])[:, None]
        step = _NODES / gap
        weights = _WEIGHTS * np.exp(n[part][:, None] * (np.log1p(step) - step))
        found[part] = gap[:, 0] / a[part] / weights.sum(axis=1)
    return found
