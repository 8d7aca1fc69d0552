"""What a group writes on a case study: kept while it is written, handed in once, commented on by who leads."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from concerted.practice.models import CaseAnswer, CaseComment, CaseGroup, CaseMember
from concerted.practice.rules import SHARED
from concerted.practice.services.case_groups import CaseRefused, case_waits_for, go_on, refuse_finished
from concerted.practice.services.cases import shape_of

#: What fits into a box; about two pages.
MOST_LETTERS = 6000


class AnswerMoved(CaseRefused):
    """Somebody else, or another window, saved the same answer meanwhile: nothing of either is lost."""


def _step_of(group: CaseGroup, question: str, person: Any) -> int:
    """The number of the step that asks her this question; refused where it is not out yet, or another sector's."""
    asked = shape_of(group.version_id).sector_of(question)
    if asked is None or asked[0] > group.step:
        raise CaseRefused(_("This question is not out yet. Here is where you are."))
    member = CaseMember.objects.filter(group=group, person=person).select_related("sector").first()
    if member is None or (asked[1] != SHARED and (member.sector is None or member.sector.code != asked[1])):
        raise CaseRefused(_("This question is for another sector. You can read it; they answer it."))
    return asked[0]


def keep_case_answer(
    group: CaseGroup, question: str, text: str, *, seen: int, page: str = "", by: Any, at: datetime
) -> CaseAnswer | None:
    """Keep an answer in a group that `lock_case_group` gave; the same words again write nothing, nor do none.

    `seen`: the revision she was shown, 0 for none; `page`: the name of the page she writes on. Raises `AnswerMoved`
    when somebody else saved it meanwhile, `CaseRefused` when it was handed in or is not hers to answer.
    """
    text = text.strip()[:MOST_LETTERS]
    _step_of(group, question, by)
    held = CaseAnswer.objects.filter(group=group, question=question).first()
    if held is None and not text:
        return None
    if held is not None and held.text == text:
        return held
    if held is not None and held.handed_in_at is not None:
        raise CaseRefused(_("This answer was handed in already. It stays as it is; your other words are below."))
    refuse_finished(group)
    if held is None:
        return CaseAnswer.objects.create(group=group, question=question, text=text, page=page, by=by, at=at)
    # Its own words, kept while the answer was still on its way or got lost: nothing that she has not seen.
    if held.revision != seen and not (page and held.page == page and held.by_id == by.pk):
        raise AnswerMoved(_("Somebody else saved this while you wrote. Her words are below yours; put them together."))
    held.text, held.revision, held.page, held.by, held.at = text, held.revision + 1, page, by, at
    held.save(update_fields=["text", "revision", "page", "by", "at"])
    return held


def hand_in_case_answer(group: CaseGroup, question: str, *, by: Any, at: datetime) -> CaseAnswer | None:
    """Hand in what was kept; handed in before, nothing changes and the answer is None. The last one that a step waits
    for brings out the next.
    """
    step = _step_of(group, question, by)
    held = CaseAnswer.objects.filter(group=group, question=question).exclude(text="").first()
    if held is None:
        raise CaseRefused(_("Write your answer first. You can also go on without one."))
    if held.handed_in_at is not None:
        return None
    refuse_finished(group)
    held.handed_in_at = at
    held.save(update_fields=["handed_in_at"])
    if step == group.step and not case_waits_for(group):
        go_on(group, at)
    return held


def comment_case_answer(
    answer: CaseAnswer, text: str, *, client_key: uuid.UUID, by: Any, at: datetime
) -> CaseComment | None:
    """Say something of an answer that was handed in; None where this form was sent before."""
    text = text.strip()[:MOST_LETTERS]
    if not text:
        raise CaseRefused(_("Write your comment first."))
    if answer.handed_in_at is None:
        raise CaseRefused(_("This answer is not handed in yet. Comment on it once it is."))
    comment, made = CaseComment.objects.get_or_create(
        answer=answer, client_key=client_key, defaults={"text": text, "by": by, "at": at}
    )
    return comment if made else None
