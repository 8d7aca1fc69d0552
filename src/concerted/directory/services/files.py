"""Import by page: a file is brought, checked, confirmed, and taken in by a job that may run long."""

import uuid
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.access import IMPORT
from concerted.directory.imports.result import Result
from concerted.directory.models import ImportFile, Person
from concerted.directory.services.import_agencies import import_agencies
from concerted.directory.services.import_people import import_people
from concerted.directory.services.import_territories import import_territories
from concerted.kit import access
from concerted.ledger.services import record

#: How each kind of list is taken in, in the order in which one needs the other.
TAKE_IN = {"territories": import_territories, "agencies": import_agencies, "people": import_people}


class ImportRefused(Exception):
    """The file cannot be taken in now; the message says why."""


def _take_in(kept: ImportFile, *, dry_run: bool, at: datetime) -> Result:
    with kept.file.open("rb") as stream:
        return TAKE_IN[kept.kind](cast(BinaryIO, stream), columns=kept.columns, dry_run=dry_run, by=kept.by, at=at)


def bring_file(kind: str, file: File, columns: dict[str, str], *, by: Person, at: datetime) -> ImportFile:
    """Keep a file and check it; nothing of it is taken in before it is confirmed."""
    access.allow(by, "C", IMPORT)
    # A name of our own: that of the file may tell whom it lists.
    file.name = f"{uuid.uuid4()}.csv"
    with transaction.atomic():
        kept = ImportFile.objects.create(kind=kind, file=file, columns=columns, by=by, at=at)
        record("import checked", by=by, object_kind="import file", object_id=kept.pk)
    kept.checked = _take_in(kept, dry_run=True, at=at).plain()
    kept.save(update_fields=["checked"])
    if kept.checked["errors"]:
        _remove(kept)
    return kept


@transaction.atomic
def confirm_file(kept: ImportFile, *, back: str, by: Person, at: datetime) -> ImportFile:
    """Put the taking in of a checked file in the queue, with a page that tells how far it is. Only once."""
    from concerted.directory.jobs import take_in_file
    from concerted.jobs.services import start_progress

    access.allow(by, "C", IMPORT)
    kept = ImportFile.objects.select_for_update().get(pk=kept.pk)
    if kept.by_id != by.pk or kept.checked.get("errors"):
        raise ImportRefused(_("This file has faults. Correct it and bring it again."))
    if kept.confirmed_at:
        raise ImportRefused(_("This file is already being taken in."))
    lines = sum(kept.checked[what] for what in ("create", "change", "skip"))
    progress = start_progress(owner=by, title=_("Import"), total=lines, back=back, at=at)
    kept.confirmed_at, kept.progress = at, progress.pk
    kept.save(update_fields=["confirmed_at", "progress"])
    take_in_file.enqueue(kept.pk)
    return kept


def take_in(file_id: int, *, at: datetime) -> None:
    """What the job does. Its effect and the mark that it is done commit together, so a second run changes nothing."""
    from concerted.jobs.models import Progress
    from concerted.jobs.services import advance, finish

    with transaction.atomic():
        kept = ImportFile.objects.select_for_update(of=("self",)).select_related("by").get(pk=file_id)
        if kept.finished_at:
            return
        result = _take_in(kept, dry_run=False, at=at)
        kept.result, kept.finished_at = result.plain(), at
        kept.save(update_fields=["result", "finished_at"])
        progress = Progress.objects.get(pk=kept.progress or uuid.uuid4())
        advance(progress, progress.total)
        finish(progress, _outcome(result), failed=bool(result.faults))
        transaction.on_commit(lambda: _remove(kept))


def _outcome(result: Result) -> Any:
    return {"create": result.create, "change": result.change, "skip": result.skip, "errors": result.faults}


def _remove(kept: ImportFile) -> None:
    """The list itself is not kept: what it told is stored, or nothing is."""
    kept.file.delete(save=False)
    ImportFile.objects.filter(pk=kept.pk).update(file="")
