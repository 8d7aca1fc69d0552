"""One group of the demonstration in the middle of a case study: two have answered, one still writes."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from concerted.directory.models import Person, Position
from concerted.practice.models import Case, CaseAnswer, CaseGroup
from concerted.practice.services import add_case_member
from concerted.training import services as training

_CASE = "new-address"
#: login -> the code of the sector she answers for, and what she wrote on the first step; handed in unless it ends open.
_WRITTEN = {
    "amal": (
        "health",
        "Vaccination letters and the dentist's reminder. From today they go to the mother only, by a number she gives,"
        " and no letter names the practice on the envelope.",
    ),
    "ines": (
        "education",
        'The secretary writes "no, see head" into the box and does not leave it open. The head asks the authority in'
        " writing to block the other parent's access, and waits for a written yes before the data go in.",
    ),
    "lina": ("women", "She is told of every paper before it leaves, also when it is late and also when …"),
}
_OPEN = "…"
_COMMENT = "Good that you wait for a written yes. Who looks after the box while the head is away?"


def write_case_group(held: Mapping[str, Position], positions: Iterable[Position], at: datetime) -> None:
    """A group that the trainer leads, with people of four sectors. Nothing where the pack brings no such case study."""
    case = Case.objects.filter(code=_CASE, published__isnull=False).first()
    if case is None:
        return
    sectors = {sector.code: sector for sector in case.sectors.all()}
    trainer = held["tove"].person
    group = training.open_case(case, "Highlands, mixed table", None, by=trainer, at=at)
    for login, (code, words) in _WRITTEN.items():
        person = held[login].person
        add_case_member(group, person, sectors[code], at=at)
        _write(group, code, words, person, at)
    officer = next(one for one in positions if one.agency.sector.code == "police" and one.until is None)
    add_case_member(group, officer.person, sectors["police"], at=at)
    answer = CaseAnswer.objects.get(group=group, question="first-week-questions.education")
    training.comment_on_answer(answer, _COMMENT, client_key=uuid.uuid4(), by=trainer, at=at)


def _write(group: CaseGroup, code: str, words: str, person: Person, at: datetime) -> None:
    question = f"first-week-questions.{code}"
    training.keep_answers(group, {question: (words, 0)}, by=person, at=at)
    if not words.endswith(_OPEN):
        training.hand_in_answer(group, question, by=person, at=at)
