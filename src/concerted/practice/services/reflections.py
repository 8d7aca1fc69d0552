"""What somebody writes for herself: kept under her attempt, changed and taken away by her alone."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from concerted.practice.models import Attempt, Reflection
from concerted.practice.rules import reflected
from concerted.practice.services.attempts import AttemptRefused, save_step


def keep_words(attempt: Attempt, part: str, words: Any, *, client_key: uuid.UUID, at: datetime) -> None:
    """Keep her words to a part of an attempt that `lock_attempt` gave, in the caller's transaction.

    Empty words take away what was kept. Raises `BadAnswer` for none where none were kept, and `AttemptRefused` when the
    same form comes again with other words, or the attempt is finished.
    """
    held = Reflection.objects.filter(attempt=attempt, part=part)
    taken_back = words == "" and held.exists()
    words = "" if taken_back else reflected(words)
    if not save_step(attempt, part, client_key=client_key, at=at):
        if not held.filter(words=words).exists():
            raise AttemptRefused(
                _("This form was already sent with another answer. The first one stays. Open the page again.")
            )
    elif taken_back:
        held.delete()
    else:
        Reflection.objects.update_or_create(attempt=attempt, part=part, defaults={"words": words, "at": at})
