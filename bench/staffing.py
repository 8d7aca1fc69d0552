"""Measure the fewest agents for many loads against pyworkforce, both in the same run and for the same loads.

pyworkforce is fetched into an environment of its own for the run; it is no requirement of Concerted. Where it cannot be
had, that is said and nothing is written. Figures are CPU of one process for one load; ours has its table in it. Answers
are compared: where they differ, ours must be the smallest number that keeps the target.

python -m bench.staffing            measures and prints; `make bench` does it as well
"""

import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import numpy as np

from bench.result import Result
from concerted.maths.queueing import ErlangC, staffing_table

OTHER = "pyworkforce==0.5.1"
#: Minutes: length of a call, time within which the share is to be answered.
HANDLE_TIME, THRESHOLD, LEVEL = 20.0, 1.0, 0.8
#: name -> lowest and highest load in erlangs, how many the other solves, the least ratio.
LOADS = {"local": (0.01, 5.0, 20_000, 100), "national": (20.0, 400.0, 4_000, 500)}
MANY, ROUNDS = 5_000_000, 3

#: Run by the other's Python: reads loads, prints CPU seconds and answers.
_SOLVE = f"""
import json, sys, time
from pyworkforce.queuing import ErlangC
loads = json.load(sys.stdin)
start = time.process_time()
found = [ErlangC(load / {HANDLE_TIME}, {HANDLE_TIME}, {THRESHOLD}, 1).required_positions({LEVEL}) for load in loads]
print(json.dumps([time.process_time() - start, [one["raw_positions"] for one in found]]))
"""


def fetched(home: Path) -> Path | None:
    """The Python of an environment with pyworkforce, or nothing where it cannot be had."""
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", OTHER]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"pyworkforce left out, since it cannot be had here: {done.stderr.strip().splitlines()[-1]}")
        return None
    return python


def theirs(python: Path, loads: list[float]) -> tuple[float, np.ndarray]:
    """CPU seconds for one load, and the answers."""
    run = subprocess.run(
        [str(python), "-c", _SOLVE], input=json.dumps(loads), check=True, stdout=subprocess.PIPE, text=True
    )
    seconds, answers = json.loads(run.stdout)
    return seconds / len(loads), np.array(answers)


def ours(loads: np.ndarray, highest: float) -> tuple[float, np.ndarray]:
    """The same, with the table that is built for them."""
    start = time.process_time()
    answers = staffing_table(highest, HANDLE_TIME, service_level=LEVEL, threshold=THRESHOLD).agents(loads)
    return (time.process_time() - start) / len(loads), answers


def check(loads: np.ndarray, our: np.ndarray, their: np.ndarray) -> int:
    """In how many they differ; ends the run where ours is not the smallest number."""
    rate = loads / HANDLE_TIME
    enough = ErlangC(rate, HANDLE_TIME, our).service_level(THRESHOLD) >= LEVEL
    fewer = our - 1 > loads
    short = ErlangC(rate[fewer], HANDLE_TIME, our[fewer] - 1).service_level(THRESHOLD) < LEVEL
    if not (enough.all() and short.all()):
        raise SystemExit("An answer of ours is not the smallest number.")
    return int(np.sum(our != their))


def measured() -> list[Result]:
    """The ratio at local and at national loads; nothing where there is nothing to compare with."""
    results = []
    with tempfile.TemporaryDirectory(prefix="concerted-bench-") as home:
        python = fetched(Path(home))
        if python is None:
            return []
        for name, (lowest, highest, count, limit) in LOADS.items():
            loads = np.random.default_rng(5).uniform(lowest, highest, MANY)
            rounds = [(theirs(python, loads[:count].tolist()), ours(loads, highest)) for _round in range(ROUNDS)]
            slow, fast = (min(one[side][0] for one in rounds) for side in (0, 1))
            differ = check(loads[:count], rounds[0][1][1][:count], rounds[0][0][1])
            size = (
                f"{lowest:g} to {highest:g} erlangs, {LEVEL:.0%} in {THRESHOLD:g} min, {count} answers, {differ} differ"
            )
            costs = f"pyworkforce 0.5.1 {slow * 1e6:.1f} us, ours {fast * 1e9:.0f} ns of CPU"
            conditions = f"{size} (ours are the smallest number); {costs}"
            results.append(Result(f"fewest agents, {name} loads", round(slow / fast), limit, "min", conditions))
    for one in results:
        verdict = "kept  " if one.kept else "PASSED"
        print(
            f"{verdict} {one.name}: {one.ratio}{one.unit} (limit {one.limit}{one.unit}), {one.conditions}", flush=True
        )
    return results


if __name__ == "__main__":
    sys.exit(not all(one.kept for one in measured()))
