"""Run as a program of its own against the database of its environment: `build` learners who sit a test, and `check`
what their papers came to, as JSON.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from concerted.directory.models import Person  # noqa: E402
from concerted.ledger.models import Entry  # noqa: E402
from concerted.practice.models import Attempt, Exam, Paper, QuestionVersion, Step  # noqa: E402
from concerted.training.services import start_exam  # noqa: E402
from concerted.training.tests.factories import publish_small_exam  # noqa: E402

LEARNERS = 200


def _signed_in(person: Person) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session["seen_at"] = int(time.time())
    session.save()
    return str(session.session_key)


def build() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    exam: Exam = publish_small_exam()
    learners = []
    for n in range(LEARNERS):
        person = Person.objects.create(name=f"Person {n}", email=f"person{n}@example.org", joined_at=timezone.now())
        attempt = start_exam(exam, language="en", by=person, at=timezone.now())
        numbers = Paper.objects.get(attempt=attempt).questions
        kinds = [QuestionVersion.objects.get(pk=number).kind for number in numbers]
        learners.append({"session": _signed_in(person), "kinds": kinds})
    sys.stdout.write(json.dumps(learners))


def check() -> None:
    doubled = Step.objects.values("attempt", "part").annotate(n=Count("pk")).filter(n__gt=1).count()
    found = {
        "steps": Step.objects.count(),
        "doubled": doubled,
        "attempts": Attempt.objects.count(),
        "scores": sorted(Attempt.objects.exclude(score=None).values_list("score", flat=True)),
        "handed in": Entry.objects.filter(verb="test handed in").count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    {"build": build, "check": check}[sys.argv[1]]()
