"""Tests are published with what they draw from; whoever has begun stays on her version."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Sector
from concerted.ledger.services import record
from concerted.practice.models import Bank, Exam, QuestionVersion
from concerted.practice.rules import REFLECTION, ExamText, Pool, TooFew, draw
from concerted.practice.services.renewing import renew
from concerted.text.models import Document, Version
from concerted.text.services import publish_words

#: What a version of a test says besides its words.
FACTS = ("pools", "minutes", "pass_mark", "attempts", "wait_hours")


class ExamRefused(Exception):
    """The test cannot be published like this; the message says why and what to do."""


@dataclass(frozen=True)
class ExamPublished:
    """What publishing did: the test, and whether its words or facts had changed."""

    exam: Exam
    changed: bool


@transaction.atomic
def publish_exam(text: ExamText, *, language: str = "en", by: Any = None, at: datetime) -> ExamPublished:
    """Publish a test: words frozen, a new version only if something changed.

    Raises `ExamRefused` when a bank is not there or holds fewer questions than are drawn from it.
    """
    _refuse_too_few(text.pools)
    document, _made = Document.objects.get_or_create(
        room="practice", key=f"exam:{text.code}", defaults={"language": language}
    )
    words = publish_words(document, text.sections, by=by, at=at)
    exam, _made = Exam.objects.get_or_create(code=text.code, defaults={"document": document})
    facts = {name: getattr(text, name) for name in FACTS}
    facts["pools"] = [asdict(pool) | {"aims": list(pool.aims), "tags": list(pool.tags)} for pool in text.pools]
    changed = renew_exam(exam, words, facts, by=by, at=at)
    exam.pack, exam.place = text.pack, text.place
    exam.save()
    exam.sectors.set(Sector.objects.filter(code__in=text.sectors))
    return ExamPublished(exam, changed)


def renew_exam(exam: Exam, words: Version, facts: dict[str, Any], *, by: Any, at: datetime) -> bool:
    """Make these words and facts the published version of a test; whether it is a new one."""
    if not renew(exam, words, facts, told_by=(facts,), at=at):
        return False
    assert exam.published is not None
    record("test published", by=by, object_kind="test version", object_id=exam.published.pk)
    return True


def drawn_from(pools: Iterable[Pool]) -> list[tuple[list[int], int]]:
    """What `rules.draw` draws from: the questions each pool holds now that can be marked, and how many it gives.

    Two queries a pool.
    """
    found = []
    for pool in pools:
        bank = Bank.objects.select_related("document").filter(code=pool.bank).first()
        held = QuestionVersion.objects.filter(version=bank.document.published_id if bank else None).order_by("pk")
        held = held.exclude(kind=REFLECTION)
        if pool.aims:
            held = held.filter(aim__in=pool.aims)
        # Tags are looked at here: the two databases look into lists in ways of their own.
        rows = held.values_list("pk", "question__tags")
        numbers = [pk for pk, tags in rows if not pool.tags or set(pool.tags) & set(tags)]
        found.append((numbers, pool.questions))
    return found


def _refuse_too_few(pools: Iterable[Pool]) -> None:
    pools = tuple(pools)
    known = set(Bank.objects.filter(code__in=[pool.bank for pool in pools]).values_list("code", flat=True))
    for pool in pools:
        if pool.bank not in known:
            raise ExamRefused(_("There is no bank “%(bank)s”. Load it before the test.") % {"bank": pool.bank})
    try:
        draw(drawn_from(pools), "")
    except TooFew as refusal:
        raise ExamRefused(
            _("The test draws %(asked)s questions where %(held)s are left. Draw fewer, or write more.")
            % {"asked": refusal.asked, "held": refusal.held}
        ) from refusal
