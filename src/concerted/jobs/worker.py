"""The worker: takes tasks from the table, one at a time, and keeps its claim alive while it works.

Being killed at any point loses nothing and doubles nothing, when each job keeps one rule: *its effect and the mark
that it is done commit together*. A job of many steps stores where it is (a cursor) in the transaction of each step.
"""

import os
import secrets
import socket
import threading
from datetime import datetime
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone, translation
from django.utils.module_loading import autodiscover_modules, import_string

from concerted.jobs import leases, rhythms
from concerted.jobs.leases import Hold

PAUSE = 1.0


def new_name() -> str:
    """A name no other worker has."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(6)}"


class Heart(threading.Thread):
    """Renews the lease of the task in hand, from a thread and a connection of its own."""

    def __init__(self) -> None:
        super().__init__(name="heart", daemon=True)
        self.hold: Hold | None = None
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Beat three times a lease; a beat that fails is made up for by the next one."""
        try:
            while not self._stop_asked.wait(leases.lease_time().total_seconds() / 3):
                hold = self.hold
                if hold is None:
                    continue
                try:
                    leases.beat(hold, timezone.now())
                except (OperationalError, InterfaceError):
                    connection.close()
        finally:
            connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_asked.set()
        self.join()


def perform(hold: Hold, at: datetime | None = None) -> bool:
    """Run the task in hand and mark it. False when the lease was lost meanwhile, so that nothing was marked."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            import_string(hold.path).call(*hold.args, **hold.kwargs)
    except Exception as error:
        return leases.give_back(hold, error, at or timezone.now())
    return leases.finish(hold, at or timezone.now())


def run_one(worker: str, heart: Heart | None = None) -> bool:
    """Claim and run one task; False when none was waiting."""
    if not leases.anything_ready(timezone.now()):
        return False
    hold = leases.claim(worker, timezone.now())
    if hold is None:
        return False
    if heart is not None:
        heart.hold = hold
    try:
        perform(hold)
    finally:
        if heart is not None:
            heart.hold = None
    return True


def _look_after(at: datetime) -> None:
    leases.recover(at)
    rhythms.queue_due(at)


def discover() -> None:
    """Load the `jobs` module of every room, so that its rhythms are known."""
    autodiscover_modules("jobs")


def run_forever(stop: threading.Event) -> None:
    """Work until `stop` is set; the task in hand is finished first. A database that is away is waited for."""
    discover()
    worker, looked = new_name(), 0.0
    every = min(5.0, leases.lease_time().total_seconds() / 3)
    with Heart() as heart:
        while not stop.is_set():
            close_old_connections()
            try:
                now = timezone.now()
                # abs(): a clock that was set back must not silence the round.
                if abs(now.timestamp() - looked) >= every:
                    _look_after(now)
                    looked = now.timestamp()
                worked = run_one(worker, heart)
            except (OperationalError, InterfaceError):
                connection.close()
                worked = False
            if not worked:
                stop.wait(PAUSE)
    connection.close()


def run_some(at: datetime, *, most: int | None = None) -> int:
    """Look after the queue once, then run at most `most` waiting tasks; for one-off runs. Returns how many ran."""
    discover()
    _look_after(at)
    worker, ran = new_name(), 0
    with Heart() as heart:
        while (most is None or ran < most) and run_one(worker, heart):
            ran += 1
    return ran


def run_all_ready(at: datetime) -> int:
    """Run what is queued for this moment, here and now, until nothing is left; for tests. Returns how many ran."""
    worker, ran = new_name(), 0
    while hold := leases.claim(worker, at):
        perform(hold, at)
        ran += 1
    return ran
