"""Erlang A against a simulation that knows nothing of its formulae: calls come, wait, hang up and are answered."""

from math import sqrt
from statistics import mean, stdev

import ciw
import pytest
from scipy.stats import t

from concerted.maths.queueing import ErlangA

pytestmark = pytest.mark.attack

RUNS, CALLS = 16, 15_000
#: agents, load in erlangs, patience and threshold in handle times: quiet, at the edge, overloaded, small and large.
GRID = [(1, 0.5, 0.25, 0.05), (3, 2.0, 0.25, 0.05), (3, 4.0, 0.5, 0.5), (10, 9.0, 2.0, 0.2), (20, 24.0, 0.4, 0.025)]


def simulated(agents: int, load: float, patience: float, threshold: float, seed: int) -> tuple[float, float, float]:
    """The shares that hang up and that are answered in time, and the mean wait, after a tenth of the time to settle."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(load)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[agents],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    )
    ciw.seed(seed)
    length = CALLS / load
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(length * 1.2)
    calls = [one for one in simulation.get_all_records() if 0.1 * length < one.arrival_date < 1.1 * length]
    lost = [one for one in calls if one.record_type == "renege"]
    waits = [(one.exit_date - one.arrival_date) if one.record_type == "renege" else one.waiting_time for one in calls]
    in_time = [one for one in calls if one.record_type == "service" and one.waiting_time <= threshold]
    return len(lost) / len(calls), len(in_time) / len(calls), mean(waits)


@pytest.mark.parametrize(("agents", "load", "patience", "threshold"), GRID)
def test_erlang_a_is_inside_the_interval(agents: int, load: float, patience: float, threshold: float) -> None:
    queue = ErlangA(load, 1, patience, agents)
    exact = (queue.p_abandon, queue.service_level(threshold), queue.mean_wait)
    runs = [simulated(agents, load, patience, threshold, seed) for seed in range(RUNS)]
    for figure, found in zip(exact, zip(*runs, strict=True), strict=True):
        half = float(t.ppf(0.995, RUNS - 1)) * stdev(found) / sqrt(RUNS)
        assert abs(mean(found) - float(figure)) <= half, (figure, mean(found), half)
        # An interval so wide that anything fits would show nothing.
        assert half < 0.02
