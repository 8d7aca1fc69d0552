"""Demand that travels: contacts at one service become referrals, and open cases, at the next, each by its own clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, Whole, first_wrong
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, said


class ReferralsRefused(OutOfRange):
    """A referral matrix that cannot be planned with; the message says where, and what to do."""


@dataclass(frozen=True, eq=False)
class Network:
    """Services that refer to one another.

    `shares[i, j]`: referrals to `j` that each contact answered at `i` brings; a row may sum to more than one, since a
    woman may be referred to several services. `delay`: time from an answered contact at a service to its referrals,
    of shape (services,), or (services, services) from `i` to `j`. `case_length`: mean time a case stays open, zero
    where nothing stays open. `answered`: share of arrivals that are answered. Times are in periods, such as weeks.
    """

    names: tuple[str, ...]
    shares: Floats
    delay: Floats
    case_length: Floats
    answered: Floats

    def __post_init__(self) -> None:
        count = len(self.names)
        for name, shapes in (
            ("shares", [(count, count)]),
            ("delay", [(count,), (count, count)]),
            ("case_length", [(count,)]),
            ("answered", [(count,)]),
        ):
            held = getattr(self, name)
            if held.shape not in shapes:
                raise ReferralsRefused(
                    said(
                        "There are %(count)s services, but %(name)s has the shape %(shape)s.",
                        count=Figure(count),
                        name=name,
                        shape=str(held.shape),
                    )
                )
            if wrong := first_wrong(held):
                raise ReferralsRefused(
                    said(
                        "%(place)s: %(name)s has a value missing or below zero. Give zero or more.",
                        place=self.names[wrong[0]],
                        name=name,
                    )
                )
        if (self.answered > 1).any():
            place = self.names[int(self.answered.argmax())]
            raise ReferralsRefused(
                said("%(place)s: more is answered than arrives. Give a share of one at most.", place=place)
            )
        self._refuse_growth()

    @property
    def handed_on(self) -> Floats:
        """Referrals that each arrival brings: shares of what is answered."""
        return self.shares * self.answered[:, None]

    @property
    def radius(self) -> float:
        """The spectral radius: what one round through the network multiplies referrals by, in the long run."""
        return float(np.abs(np.linalg.eigvals(self.handed_on)).max())

    def _refuse_growth(self) -> None:
        if self.radius < 1:
            return
        circle = " → ".join(self.names[place] for place in heaviest_circle(self.handed_on))
        raise ReferralsRefused(
            said(
                "Referrals go round and never end: %(circle)s. Every round multiplies them by %(factor)s. "
                "Lower these shares until a round brings less than it began with.",
                circle=circle,
                factor=Figure(self.radius, ".2f"),
            )
        )


def heaviest_circle(shares: Floats) -> list[int]:
    """The circle that multiplies most, each step taken with the geometric mean of its shares; first and last are one.

    Karp's idea on logarithms: the best walk of every length from every start, until one comes back to where it began.

    >>> heaviest_circle(np.array([[0.0, 1.2, 0.0], [0.9, 0.0, 0.1], [0.0, 0.0, 0.3]]))
    [0, 1, 0]
    """
    count = len(shares)
    best, circle = -np.inf, [0, 0]
    with np.errstate(divide="ignore"):
        steps = np.log(shares)
    walks, walked = [[[start, end] for end in range(count)] for start in range(count)], steps
    for length in range(1, count + 1):
        mean = np.diag(walked) / length
        if mean.max() > best + 1e-12:
            start = int(mean.argmax())
            best, circle = float(mean[start]), walks[start][start]
        through = walked[:, :, None] + steps[None]
        middle = through.argmax(axis=1)
        walks = [[[*walks[a][middle[a, b]], b] for b in range(count)] for a in range(count)]
        walked = through.max(axis=1)
    return circle


@dataclass(frozen=True, eq=False)
class Flow:
    """Arrivals in each period and cases open at its end, each of shape (..., periods, services)."""

    arrivals: Floats
    open_cases: Floats

    def first_over(self, ceiling: ArrayLike) -> Whole:
        """The first period that ends with more open cases than each service's ceiling; -1 where none does."""
        over = self.open_cases > np.asarray(ceiling, dtype=float)
        return np.where(over.any(axis=-2), over.argmax(axis=-2), -1)


def travel(network: Network, arrivals: ArrayLike, *, open_at_start: ArrayLike = 0.0) -> Flow:
    """What arrives and stays open everywhere when `arrivals` come from outside, of shape (..., periods, services).

    Arrivals are spread evenly over their period. Referrals follow by the delay of their sender; one that falls between
    two periods is shared between them, and one within a period comes in the same, round and round. Cases end at random
    with their mean length (exponential), so open cases follow L' = arrivals - L / length exactly: after as much time as
    a case lasts, 63 in 100 of the final load are there.

    >>> line = Network(("advocacy",), *(np.zeros((1, 1)), np.zeros(1), np.array([12.0]), np.ones(1)))
    >>> flow = travel(line, np.full((52, 1), 5.0))
    >>> flow.open_cases[[11, 51], 0].round(1).tolist()
    [37.9, 59.2]
    """
    outside = np.asarray(arrivals, dtype=float)
    shaped = outside.ndim > 1 and outside.shape[-2] > 0 and outside.shape[-1] == len(network.names)
    if not shaped or first_wrong(outside):
        raise ReferralsRefused(
            said(
                "Give arrivals of zero or more for every period and %(count)s services.",
                count=Figure(len(network.names)),
            )
        )
    come = _arrivals(network, outside)
    return Flow(come, _open(network, come, np.asarray(open_at_start, dtype=float)))


def settled(network: Network, arrivals: ArrayLike) -> Flow:
    """Where steady arrivals from outside, of shape (..., services), lead in the end: one period of it for ever.

    Solves arrivals = outside + P' arrivals; open cases by Little's law.
    """
    outside = np.asarray(arrivals, dtype=float)
    come = np.linalg.solve(np.eye(len(network.names)) - network.handed_on.T, outside[..., None])[..., 0]
    return Flow(come[..., None, :], (come * network.answered * network.case_length)[..., None, :])


def _lagged(network: Network, periods: int) -> list[Floats]:
    """What an arrival brings after 0, 1, 2 and more whole periods, as matrices from `i` to `j`."""
    count = len(network.names)
    delay = network.delay if network.delay.ndim == 2 else np.repeat(network.delay[:, None], count, axis=1)
    whole = np.floor(delay)
    part = delay - whole
    longest = int(min(whole.max() + 1, periods - 1))
    return [
        network.handed_on * np.where(whole == lag, 1 - part, np.where(whole == lag - 1, part, 0))
        for lag in range(longest + 1)
    ]


def _arrivals(network: Network, outside: Floats) -> Floats:
    periods = outside.shape[-2]
    lags = _lagged(network, periods)
    at_once = np.linalg.inv(np.eye(len(network.names)) - lags[0])
    come = np.zeros(outside.shape)
    for period in range(periods):
        due = outside[..., period, :].copy()
        for lag in range(1, min(len(lags), period + 1)):
            due += come[..., period - lag, :] @ lags[lag]
        come[..., period, :] = due @ at_once
    return come


def _open(network: Network, come: Floats, start: Floats) -> Floats:
    length = network.case_length
    kept = np.exp(-1 / np.maximum(length, 1e-9))
    added = network.answered * length * (1 - kept)
    held = np.empty(come.shape)
    now = np.broadcast_to(start, come[..., 0, :].shape)
    for period in range(come.shape[-2]):
        now = now * kept + come[..., period, :] * added
        held[..., period, :] = now
    return held
