"""Measure what a country's seat-hours cost: 5,000 sites by 168 hours by 52 weeks by 1,000 draws of chance.

Every run is a process of its own that does nothing else: CPU is all it has used, start included, memory its peak.
That the totals are those of every cell is looked at on a random 1 % of the sites; that no split changes a byte, on all.

python -m bench.country                          measures and prints; `make bench` does it as well
python -m bench.country SITES DRAWS [SHARDS]     is what it starts
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.result import Result

ROOT = Path(__file__).parent.parent
SITES, DRAWS, AUTHORITIES, SEED = 5_000, 1_000, 300, 988
SECONDS, MEGABYTES, EDITED, TWICE_SITES, TWICE_DRAWS = 8, 512, 0.1, 2.2, 1.5
ROUNDS = 3


def country(count: int) -> Any:
    """Sites whose year has days, a season and weeks of its own; with one agent at least, half of all seat-hours are
    the floor's, as in a country of small sites.
    """
    import numpy as np

    from concerted.maths.portfolio import Sites

    chance = np.random.default_rng(SEED)
    day = 1 + 0.6 * np.sin(2 * np.pi * (np.arange(168) % 24 - 13) / 24)
    season = 1 + 0.1 * np.sin(2 * np.pi * np.arange(52) / 52)
    rows = np.arange(count)
    return Sites(
        weekly=chance.lognormal(np.log(0.35), 0.8, (count, 1)) * day * chance.gamma(20, 1 / 20, (count, 168)),
        weeks=season * chance.gamma(50, 1 / 50, (count, 52)),
        authority=rows * AUTHORITIES // count,
        key=rows,
        at_least=np.ones(count, dtype=np.int64),
        contracted=np.full(count, 2),
    )


def capacity() -> Any:
    """What each number of agents carries: the square root rule, which is enough to measure with."""
    import numpy as np

    agents = np.arange(200.0)
    return agents - 0.8 * np.sqrt(agents)


def run(sites: int, draws: int, shards: int) -> dict[str, Any]:
    """One country run."""
    from concerted.maths.portfolio import Spread, totals

    found = totals(country(sites), capacity(), Spread(0.1, 0.1, 0.2), draws=draws, seed=SEED, shards=shards)
    return {"fingerprint": found.fingerprint}


def edited() -> float:
    """CPU seconds of doing one authority again, as a page does after a change; the middle of several."""
    from concerted.maths.portfolio import Spread, totals

    everywhere, carried, spread = country(SITES), capacity(), Spread(0.1, 0.1, 0.2)
    taken = []
    for authority in range(0, AUTHORITIES, 30):
        before = time.process_time()
        totals(everywhere.of(authority), carried, spread, draws=DRAWS, seed=SEED)
        taken.append(time.process_time() - before)
    return median(taken)


def every_cell() -> int:
    """Look at every cell of a random 1 % of the sites; how many there were. Any difference ends the run."""
    import numpy as np

    from concerted.maths.portfolio import BLOCK, Chance, Spread, totals

    everywhere, carried, spread = country(SITES), capacity(), Spread(0.1, 0.1, 0.2)
    some = everywhere.rows(np.random.default_rng(1).choice(SITES, SITES // 100, replace=False))
    found = totals(some, carried, spread, draws=DRAWS, seed=SEED)
    needed, short = np.zeros_like(found.seat_hours), np.zeros_like(found.short_hours)
    for row, (authority, key) in enumerate(zip(some.authority.tolist(), some.key.tolist(), strict=True)):
        chance = Chance(SEED, range(-(-DRAWS // BLOCK)), authority, spread).factors(key)[:DRAWS]
        for draw, factor in enumerate(chance.tolist()):
            agents = np.searchsorted(carried, some.year(row) * factor)
            needed[authority, draw] += np.maximum(agents, some.at_least[row]).sum()
            short[authority, draw] += np.count_nonzero(agents > some.contracted[row])
    if (needed != found.seat_hours).any() or (short != found.short_hours).any():
        raise SystemExit("The fast totals are not those of every cell.")
    return len(some.key) * some.hours * DRAWS


def _child(sites: int, draws: int, shards: int = 1) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.country", str(sites), str(draws), str(shards)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured() -> list[Result]:
    """Seconds, megabytes and growth of the country run; sizes take turns and the middle round counts."""
    sizes = [(SITES, DRAWS), (2 * SITES, DRAWS), (SITES, 2 * DRAWS)]
    rounds = [[_child(*size) for size in sizes] for _round in range(ROUNDS)]
    once, sites_twice, draws_twice = (median(runs[place]["seconds"] for runs in rounds) for place in range(3))
    prints = {runs[0]["fingerprint"] for runs in rounds} | {_child(SITES, DRAWS, n)["fingerprint"] for n in (2, 7)}
    if len(prints) != 1:
        raise SystemExit("Another split gave other bytes.")
    size = (
        f"{SITES} sites, {SITES * 168 * 52 * DRAWS / 1e9:.1f} thousand million cells; same bytes from 1, 2 and 7 shards"
    )
    equal = f"{size}; equal on every one of {every_cell() / 1e6:.0f} million cells of a random 1 % of sites"
    megabytes = max(runs[0]["megabytes"] for runs in rounds)
    results = [
        Result("country run: CPU", round(once, 2), SECONDS, "max", equal, " s"),
        Result("country run: memory", round(megabytes, 1), MEGABYTES, "max", size, " MB"),
        Result("country run, twice the sites", round(sites_twice / once, 2), TWICE_SITES, "max", size),
        Result("one authority of the country done again: CPU", round(edited(), 3), EDITED, "max", size, " s"),
        Result("country run, twice the draws", round(draws_twice / once, 2), TWICE_DRAWS, "max", size),
    ]
    for one in results:
        verdict = "kept  " if one.kept else "PASSED"
        print(f"{verdict} {one.name}: {one.ratio}{one.unit} (limit {one.limit}{one.unit})", flush=True)
    return results


def main(sites: int, draws: int, shards: int = 1) -> None:
    found = run(sites, draws, shards)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    sys.stdout.write(json.dumps(found | {"seconds": time.process_time(), "megabytes": megabytes}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(*(int(word) for word in sys.argv[1:]))
    else:
        sys.exit(not all(one.kept for one in measured()))
