"""The test that is the gate of a module, and whether she has passed it."""

from dataclasses import dataclass

from concerted.directory.models import Person
from concerted.practice.models import Attempt, Exam
from concerted.practice.services import TEST
from concerted.text import queries as text
from concerted.training.models import Certificate, ModuleVersion


@dataclass(frozen=True)
class Gate:
    """A module's test as the module's page shows it. `left`: only the test is still missing for the certificate."""

    code: str
    title: text.TitleShown | None
    alone: bool
    left: bool


def last_pass(person: Person, test: int) -> Attempt | None:
    """Her latest attempt at a test that she passed."""
    return Attempt.objects.filter(person=person, what_kind=TEST, what=test, passed=True).order_by("-no").first()


def last_certificate(person: Person, module: int) -> Certificate | None:
    """Her latest certificate of a module."""
    return Certificate.objects.filter(person=person, module_version__module=module).order_by("-attempt__no").first()


def gate_of(version: ModuleVersion | None, last: Attempt | None, language: str) -> Gate | None:
    """The test of a published module, None when it asks for none. `last`: her last finished attempt at the module.

    Four queries at most. Whoever completed an earlier version is asked for the test of that version.
    """
    passed = last is not None and last.passed
    if last is not None and passed and (version is None or last.version != version.pk):
        version = ModuleVersion.objects.get(pk=last.version)
    if version is None or version.test_id is None:
        return None
    left = bool(passed) and not Certificate.objects.filter(attempt=last).exists()
    exam = Exam.objects.get(pk=version.test_id)
    title = text.titles_shown([exam.document_id], language).get(exam.document_id)
    return Gate(exam.code, title, version.test_alone, left)
