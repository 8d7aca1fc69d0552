"""Answers in the demonstration: many people practised one bank, for its authors and those who train to learn from."""

import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from concerted.directory import services as directory
from concerted.directory.models import Group, Membership, Person, Position, Territory
from concerted.maths.months import add_months
from concerted.practice.models import Attempt, Bank, Exam, FollowUp, Paper, QuestionVersion, Step
from concerted.practice.rules import score
from concerted.practice.services import FOLLOW_UP, QUIZ, TEST, count_items
from concerted.training import services as training

_BANK, _TEST = "danger-signs", "first-response"
#: Every third person at work has practised.
_ONE_IN = 3
#: How many of a hundred are right, question by question, in turn: hard ones, easy ones, and one that nobody misses.
_RIGHT = (82, 45, 67, 91, 58, 100, 74, 38)
_COHORT, _PLACE = "Spring course", "Highlands"


def write_answers(
    positions: Iterable[Position], held: Mapping[str, Position], chance: random.Random, at: datetime
) -> None:
    """Papers of a bank, what they add up to, and a cohort with a test then and now. Nothing without that bank."""
    bank = Bank.objects.filter(code=_BANK, document__published__isnull=False).select_related("document").first()
    exam = Exam.objects.filter(code=_TEST, published__isnull=False).first()
    if bank is None or exam is None:
        return
    version = bank.document.published_id
    asked = list(QuestionVersion.objects.filter(version=version, kind="single").order_by("pk"))
    wrong = {one.pk: _wrong(one) for one in asked}
    working = [position.person for position in positions if position.until is None]
    attempts = Attempt.objects.bulk_create(
        Attempt(person=person, what_kind=QUIZ, what=bank.pk, version=version or 0, no=1, language="en", started_at=at)
        for person in working[::_ONE_IN]
    )
    for attempt in attempts:
        _answer(attempt, asked, wrong, chance, at - timedelta(days=chance.randint(5, 90)))
    _write_cohort(working, held["tove"].person, exam, chance, at)
    training.count_misconceptions(at=at)


def _wrong(question: QuestionVersion) -> list[str]:
    """The options that tempt, those with a misconception behind them."""
    return sorted(question.marking.get("tags", {}))


def _answer(
    attempt: Attempt,
    asked: Sequence[QuestionVersion],
    wrong: Mapping[int, list[str]],
    chance: random.Random,
    at: datetime,
) -> None:
    """One paper of one person; who knows more is right more often."""
    knows = chance.randint(-45, 45)
    answers = {}
    for place, one in enumerate(asked):
        share = _RIGHT[place % len(_RIGHT)]
        fits = share == 100 or not wrong[one.pk] or chance.randint(1, 100) <= share + knows
        answers[one.pk] = (one.marking["right"] if fits else chance.choice(wrong[one.pk]), fits)
    Paper.objects.create(attempt=attempt, questions=list(answers))
    Step.objects.bulk_create(
        Step(attempt=attempt, client_key=uuid.uuid4(), seq=seq, part=str(number), answer=answer, right=fits, at=at)
        for seq, (number, (answer, fits)) in enumerate(answers.items(), start=1)
    )
    count_items(attempt, answers, len(asked), at=at)
    attempt.started_at, attempt.finished_at, attempt.passed = at - timedelta(minutes=12), at, True
    attempt.score = score(sum(fits for _answer, fits in answers.values()), len(asked))
    attempt.save()


def _write_cohort(people: Sequence[Person], trainer: Person, exam: Exam, chance: random.Random, at: datetime) -> None:
    """Nine people who learned together and passed a test half a year ago; seven were asked again since."""
    place = Territory.objects.get(name=_PLACE)
    group = directory.make_group(_COHORT, Group.Kind.COHORT, place, by=None, at=at)
    directory.grant_role(trainer, "trainer", "group", group.pk, by=None, at=at)
    since, version = timezone.localdate(at) - timedelta(days=200), exam.published_id or 0
    for n, person in enumerate(people[: 9 * _ONE_IN : _ONE_IN]):
        Membership.objects.create(group=group, person=person, since=since)
        passed_at = at - timedelta(days=190)
        facts = {"person": person, "version": version, "no": 1, "language": "en", "passed": True}
        first = Attempt.objects.create(
            **facts,
            what_kind=TEST,
            what=exam.pk,
            score=chance.randint(80, 95),
            started_at=passed_at,
            finished_at=passed_at,
        )
        due = add_months(timezone.localdate(passed_at), 3)
        again = FollowUp.objects.create(person=person, exam=exam, after=first, months=3, due_on=due, told_at=at)
        if n < 7:
            done_at = at - timedelta(days=90)
            again.attempt = Attempt.objects.create(
                **facts,
                what_kind=FOLLOW_UP,
                what=again.pk,
                score=chance.randint(55, 85),
                started_at=done_at,
                finished_at=done_at,
            )
            again.save()
