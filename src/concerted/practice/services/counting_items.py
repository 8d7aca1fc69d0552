"""Answers to questions, counted in the transaction that closes the paper they stand on, or the module."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from concerted.directory.queries import sector_of
from concerted.practice.models import Attempt, FollowUp, ItemCount, OptionCount
from concerted.practice.queries import marks_of, stands
from concerted.practice.rules import chosen_in

Answers = Mapping[int, tuple[Any, bool]]


def count_items(attempt: Attempt, answers: Answers, asked: int, *, at: datetime) -> None:
    """Count the answers of somebody's first attempt. At most nine queries, however many questions there are.

    Later attempts count nothing: she has been told by then what fits. `answers`: number of a question -> the answer
    that counts, and whether it is right; what she left open says nothing about the question. `asked`: how many
    questions of the paper are marked.
    """
    if attempt.no > 1 or not answers:
        return
    place = {"what_kind": attempt.what_kind, "what": attempt.what}
    sector = sector_of(attempt.person_id, timezone.localdate(at))
    raise_items(answers, asked, place | {"months": 0, "language": attempt.language, "sector": sector})
    _raise_options(answers, place)


def count_again(attempt: Attempt, answers: Answers, asked: int, *, at: datetime) -> None:
    """Count what somebody still knows when the questions of a test are asked again, beside its first answers."""
    follow_up = FollowUp.objects.get(pk=attempt.what)
    sector = sector_of(attempt.person_id, timezone.localdate(at))
    place = {"what_kind": "exam", "what": follow_up.exam_id, "months": follow_up.months}
    raise_items(answers, asked, place | {"language": attempt.language, "sector": sector})


def raise_items(answers: Answers, asked: int, where: Mapping[str, Any]) -> None:
    """Raise the counters of these questions by one person."""
    _have(ItemCount, ({"question_id": number} for number in sorted(answers)), where)
    right = [number for number, (_answer, fits) in answers.items() if fits]
    wrong = [number for number in answers if number not in set(right)]
    for numbers, fits in ((right, 1), (wrong, 0)):
        # Of the other questions: her own answer would make every question go with the whole a little.
        rest = round(100 * (len(right) - fits) / (asked - 1)) if asked > 1 else 0
        ItemCount.objects.filter(question__in=numbers, **where).update(
            people=F("people") + 1,
            right=F("right") + fits,
            rest=F("rest") + rest,
            rest_squared=F("rest_squared") + rest**2,
            rest_right=F("rest_right") + fits * rest,
        )


def _raise_options(answers: Answers, where: Mapping[str, Any]) -> None:
    chosen: list[dict[str, Any]] = []
    for number, (answer, _fits) in sorted(answers.items()):
        marks = marks_of(*stands(number))
        assert marks is not None
        chosen += [{"question_id": number, "option": option} for option in chosen_in(marks.kind, answer)]
    keys = _have(OptionCount, chosen, where)
    OptionCount.objects.filter(pk__in=keys).update(people=F("people") + 1)


def _have(
    model: type[ItemCount] | type[OptionCount], wanted: Iterable[dict[str, Any]], where: Mapping[str, Any]
) -> list[int]:
    """The numbers of these counters, made where they are missing and held until the transaction ends.

    They are held in one order everywhere, so two people who hand in at once wait for each other and never both ways.
    """
    rows = list(wanted)
    held = _held(model, rows, where)
    if len(held) < len(rows):
        made: list[Any] = [model(**row, **where) for row in rows]
        model._default_manager.bulk_create(made, ignore_conflicts=True)
        held = _held(model, rows, where)
    return held


def _held(
    model: type[ItemCount] | type[OptionCount], rows: Sequence[dict[str, Any]], where: Mapping[str, Any]
) -> list[int]:
    questions = {row["question_id"] for row in rows}
    found = model._default_manager.select_for_update().filter(question__in=questions, **where).order_by("pk")
    options = {(row["question_id"], row.get("option")) for row in rows}
    return [one.pk for one in found if (one.question_id, getattr(one, "option", None)) in options]
