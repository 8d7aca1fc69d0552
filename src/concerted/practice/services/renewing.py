"""The next version of what is published: scenarios, case studies, tests and instruments number theirs alike."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from concerted.practice.models import Case, Exam, Instrument, Scenario
from concerted.text.models import Version


def renew(
    thing: Scenario | Case | Exam | Instrument,
    words: Version,
    facts: dict[str, Any],
    *,
    told_by: Sequence[Any],
    at: datetime,
) -> bool:
    """Make these words and facts the published version; whether it is a new one. Belongs into the caller's transaction.

    `told_by`: the facts in the order in which versions of this kind are told apart; it never changes, or everything
    published would be published once more.
    """
    digest = hashlib.sha256(json.dumps([words.pk, *told_by], sort_keys=True).encode()).hexdigest()
    if thing.published is not None and thing.published.hash == digest:
        return False
    no = (thing.versions.aggregate(last=Max("no"))["last"] or 0) + 1
    thing.published = thing.versions.create(no=no, version=words, hash=digest, published_at=at, **facts)
    thing.save(update_fields=["published"])
    return True
