"""Jobs for the tests. What they did stands in `done`; `fails` says how often `stumble` fails before it works."""

from datetime import timedelta

from concerted.jobs.seam import job

done: list[int] = []
ADDRESS = "amal@example.org"
fails: dict[int, int] = {}


class Refused(Exception):
    """A refusal of our own, with words for its reader."""


@job(retries=2, backoff=timedelta(seconds=10))
def note(number: int) -> None:
    done.append(number)


@job(retries=2, backoff=timedelta(seconds=10))
def stumble(number: int) -> None:
    if fails.get(number, 0) > 0:
        fails[number] -= 1
        raise ValueError(f"{ADDRESS} exists")
    done.append(number)


@job(retries=0)
def refuse() -> None:
    raise Refused("The file is gone.")
