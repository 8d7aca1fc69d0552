"""The one seam for work in the background.

    @job(retries=5)
    def send(letter_id: int) -> None: ...

    send.enqueue(letter.pk)      # inside the transaction of the change: queued if and only if it commits

A job may be run again after a crash, so its effect and the mark that it is done commit together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task


@dataclass(frozen=True)
class Manner:
    """How a job is tried again: at most `retries` times, waiting `backoff`, then twice as long, and so on."""

    retries: int
    backoff: timedelta


MANNERS: dict[str, Manner] = {}


@dataclass(frozen=True)
class Repeated:
    """A job that is queued again and again, at least `every` apart."""

    name: str
    every: timedelta
    job: Task


RHYTHMS: dict[str, Repeated] = {}


def job(*, retries: int = 3, backoff: timedelta = timedelta(seconds=10)) -> Callable[[Callable[..., Any]], Task]:
    """Declare a function of a module as a job."""

    def declare(function: Callable[..., Any]) -> Task:
        declared: Task = task()(function)
        MANNERS[declared.module_path] = Manner(retries, backoff)
        return declared

    return declare


def every(*, minutes: int, name: str) -> Callable[[Task], Task]:
    """Have a job without arguments queued every so many minutes, once however many workers there are."""

    def declare(declared: Task) -> Task:
        RHYTHMS[name] = Repeated(name, timedelta(minutes=minutes), declared)
        return declared

    return declare
