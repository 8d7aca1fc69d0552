"""Public series for the tests, and forecasts of them from rolling origins."""

import csv
from pathlib import Path

import numpy as np

from concerted.maths.demand import coverage, forecast, mase, wape

HERE = Path(__file__).parent / "data"


def table(file: Path, *, place: str | None, step: str, count: str) -> np.ndarray:
    """Counts by place and step, in the order of their names; nan where the file has none."""
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    places = sorted({row[place] if place else "" for row in rows})
    steps = sorted({row[step] for row in rows})
    held = np.full((len(places), len(steps)), np.nan)
    for row in rows:
        if row[count]:
            held[places.index(row[place] if place else ""), steps.index(row[step])] = float(row[count])
    return held


def rolled(counts: np.ndarray, *, first: int, every: int, ahead: int, cycle: int, per_year: int) -> dict[str, tuple]:
    """WAPE and mean MASE from every origin, of ours and of what anybody could do; and `coverage` of our 80 %."""
    actual, told, held, scales = [], {}, [], []
    for origin in range(first, counts.shape[1] - ahead + 1, every):
        past, come = counts[:, :origin], counts[:, origin : origin + ahead]
        ours = forecast(past, ahead=ahead, cycle=cycle, per_year=per_year)
        season = [origin + step - cycle * (step // cycle + 1) for step in range(ahead)]
        recent = np.nanmean(past[:, -max(cycle, 3) :], axis=1, keepdims=True)
        for name, means in (
            ("ours", ours.mean),
            ("last value", np.repeat(past[:, -1:], ahead, axis=1)),
            ("recent mean", np.repeat(recent, ahead, axis=1)),
            ("same season", past[:, season]),
        ):
            told.setdefault(name, []).append(means)
        actual.append(come)
        held.append(coverage(come, ours)[np.isfinite(come)])
        scales.append([_scaled(past[row], cycle) for row in range(len(counts))])
    weights = np.array(scales)[..., None]
    scores: dict[str, tuple] = {}
    for name, means in told.items():
        errors = np.abs(np.array(actual) - np.array(means))
        scores[name] = (wape(actual, means), float(np.nanmean(errors * weights)))
    return scores | {"coverage": (float(np.concatenate(held).mean()),)}


def _scaled(past: np.ndarray, cycle: int) -> float:
    """One over the error of "the same as one cycle ago", or nothing for a place that never changed."""
    if not (np.abs(past[cycle:] - past[:-cycle]) > 0).any():
        return float("nan")
    return mase([1], [0], past, cycle=cycle)
