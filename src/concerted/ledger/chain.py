"""The chain over the ledger: sealing it, exporting its head, and finding the first row that does not fit.

A chain alone cannot see that its end was cut off, nor that somebody who holds the server had the end sealed anew.
So each head is also appended to a file; copy that file to another machine as often as you can.
"""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from concerted.ledger.keys import ledger_key
from concerted.ledger.models import Entry, EntryWords, Head
from concerted.ledger.rules import digest_of, seal_of
from concerted.ledger.services import digest_facts

BATCH = 500
#: Younger rows wait, so that rows of short transactions are sealed in the order of their ids.
AGE = timedelta(seconds=5)


def heads_file() -> Path:
    """Where heads are exported to: one line each, when, how many rows, seal of the last."""
    return Path(settings.HOME) / "ledger" / "heads.log"


def _seal(last: str, no: int, entry: Entry) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    what = (entry.by_id, entry.verb, entry.object_kind, entry.object_id, entry.about_person_id)
    return seal_of(ledger_key(), last, no, entry.pk, at, *what, entry.digest)


def seal_rows(at: datetime) -> int:
    """Chain every row old enough, a batch a transaction, then export the head. Returns how many rows were sealed."""
    sealed = 0
    while batch := _seal_batch(at):
        sealed += batch
    export_head()
    return sealed


@transaction.atomic
def _seal_batch(at: datetime) -> int:
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    rows = list(Entry.objects.filter(sealed_no=None, at__lte=at - AGE).order_by("pk")[:BATCH])
    for entry in rows:
        head.no += 1
        entry.sealed_no, entry.seal = head.no, _seal(head.seal, head.no, entry)
        head.seal = entry.seal
    if rows:
        Entry.objects.bulk_update(rows, ["sealed_no", "seal"])
        head.at = at
        head.save()
    return len(rows)


def export_head() -> None:
    """Append the head to the file, when it is not the last line there already; on disk before this returns."""
    head = Head.objects.filter(pk=1).first()
    if head is None or not head.no:
        return
    line = f"{head.at:%Y-%m-%dT%H:%M:%SZ} {head.no} {head.seal}\n"
    file = heads_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.read_text().endswith(line):
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())


def _exported() -> dict[int, str]:
    """The seals of exported heads by number. A line cut short by a crash is not one."""
    file = heads_file()
    seals: dict[int, str] = {}
    for line in file.read_text().splitlines() if file.exists() else []:
        part = line.split(" ")
        if len(part) == 3 and part[1].isdecimal() and len(part[2]) == 64:
            # The first one counts: a second of the same number was written by a chain sealed anew.
            seals.setdefault(int(part[1]), part[2])
    return seals


@dataclass(frozen=True)
class Broken:
    """The first row that does not fit. `entry` is its id, or None when the row is not there any more."""

    no: int
    entry: int | None
    why: str


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found."""

    ok: bool
    sealed: int
    unsealed: int
    exported: int
    broken: Broken | None

    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def verify() -> Verdict:
    """Walk along the chain and name the first row that was changed, taken out, put in, or cut off the end."""
    # In this order, so that a sealer at work meanwhile is not taken for a forger.
    exported = _exported()
    head = Head.objects.filter(pk=1).first() or Head()
    broken = next(_faults(head, exported), None)
    waiting = Entry.objects.filter(sealed_no=None)
    return Verdict(broken is None, head.no, waiting.count(), len(exported), broken)


def _faults(head: Head, exported: dict[int, str]) -> Iterator[Broken]:
    last, no = "", 0
    rows = Entry.objects.filter(sealed_no__lte=head.no).select_related("words").order_by("sealed_no")
    for entry in rows.iterator(2000):
        no += 1
        if entry.sealed_no != no:
            yield Broken(no, None, "The row is missing.")
            return
        yield from _fault_of(entry, _seal(last, no, entry), exported.get(no))
        last = entry.seal
    if no < head.no or last != head.seal:
        yield Broken(no + 1, None, "The end of the chain is missing.")
    if exported and max(exported) > head.no:
        yield Broken(head.no + 1, None, "The end of the chain is missing: a later head was exported.")
    yield from _faults_after(head)


def _fault_of(entry: Entry, seal: str, exported: str | None) -> Iterator[Broken]:
    no = entry.sealed_no or 0
    if entry.seal != seal:
        yield Broken(no, entry.pk, "The row was changed.")
    elif exported not in (None, seal):
        yield Broken(no, entry.pk, "The row was sealed anew after its head was exported.")
    elif not _words_fit(entry):
        yield Broken(no, entry.pk, "The words of the row were changed.")


def _words_fit(entry: Entry) -> bool:
    """Words that are gone are taken for erased; words that are there must be the ones that were written."""
    try:
        kept: EntryWords = entry.words
    except EntryWords.DoesNotExist:
        return True
    return entry.digest == digest_of(ledger_key(), *digest_facts(entry, kept.words, kept.salt))


def _faults_after(head: Head) -> Iterator[Broken]:
    # Read again: what a sealer added meanwhile is right.
    now = Head.objects.filter(pk=1).values_list("no", flat=True).first() or 0
    extra = Entry.objects.filter(sealed_no__gt=max(now, head.no)).order_by("sealed_no").first()
    if extra is not None:
        yield Broken(extra.sealed_no or 0, extra.pk, "The row was put in behind the end of the chain.")
    for entry in Entry.objects.filter(sealed_no=None).select_related("words").order_by("pk").iterator(2000):
        if not _words_fit(entry):
            yield Broken(0, entry.pk, "The words of a row not yet sealed were changed.")
