"""The rows of the reference table that our own functions work out, worked out here and now; and why others are not."""

from collections.abc import Iterator

from concerted.maths.reference import demand, queues, work
from concerted.maths.reference.table import Found, NotWorked

_PARTS = (
    queues.loss,
    queues.waiting,
    queues.per_year,
    queues.impatient,
    queues.limits,
    queues.states,
    queues.staffing,
    work.workload,
    work.standards,
    demand.effects,
    demand.forecasts,
)

#: Rows that nothing here can work out, each with what is missing.
NOT_WORKED = {
    "F00s": NotWorked.SERIES,
    "F02s": NotWorked.METHOD,
    "F04s": NotWorked.METHOD,
    "F06s": NotWorked.METHOD,
    "F20": NotWorked.SERIES,
    "F21": NotWorked.SERIES,
    "F24": NotWorked.SERIES,
    "F25": NotWorked.METHOD,
    "F30": NotWorked.METHOD,
    "F40": NotWorked.METHOD,
    "F41": NotWorked.METHOD,
    "F43": NotWorked.METHOD,
}


def worked_out() -> Iterator[tuple[str, Found]]:
    """What is found for each row that something here works out: numbers, or words as its source prints them."""
    for part in _PARTS:
        for key, found in part().items():
            if isinstance(found, str):
                yield key, found
                continue
            numbers = found if isinstance(found, tuple) else (found,)
            yield key, tuple(float(number) for number in numbers)
