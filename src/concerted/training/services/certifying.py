"""When a module gives its certificate: its parts are done and the test that is its gate is passed, in either order."""

from datetime import date, datetime

from django.utils import timezone

from concerted.capacity.services import record_evidence
from concerted.directory.models import Person
from concerted.maths.months import add_months
from concerted.post.services import notify
from concerted.practice.models import Attempt
from concerted.training.models import Certificate, Module, ModuleVersion
from concerted.training.queries.gates import last_certificate, last_pass


def certify(attempt: Attempt, *, by: Person, at: datetime) -> Certificate | None:
    """The certificate of a module she has passed, with evidence and a notice; None while its test is still to pass."""
    version = ModuleVersion.objects.select_related("module__credential").get(pk=attempt.version)
    test = None
    if version.test_id is not None:
        # The last unit and the test finished in the same moment: the second waits here, and then sees the first.
        Person.objects.select_for_update().only("pk").get(pk=by.pk)
        test, before = last_pass(by, version.test_id), last_certificate(by, version.module_id)
        if test is None or (before is not None and before.test_id == test.pk):
            return None
    day = max(_day_of(one) for one in (attempt, test) if one is not None)
    months = version.module.credential.months
    certificate = Certificate.objects.create(
        person=by,
        module_version=version,
        attempt=attempt,
        test=test,
        achieved_on=day,
        expires_on=add_months(day, months) if months else None,
    )
    _record(by, version.module, attempt, day, at)
    notify(by, "certificate", link="/learn/record/", dedupe=f"certificate:{attempt.pk}", at=at)
    return certificate


def open_gates(test: Attempt, *, by: Person, at: datetime) -> None:
    """What a passed test brings: the certificates that waited for it, and evidence where the test is enough alone."""
    gated = ModuleVersion.objects.filter(test=test.what).order_by().values("pk")
    attempts = Attempt.objects.filter(person=by, what_kind="module", passed=True, version__in=gated)
    latest = {attempt.what: attempt for attempt in attempts.order_by("no")}
    certified = {
        module
        for module, attempt in latest.items()
        if not Certificate.objects.filter(attempt=attempt).exists() and certify(attempt, by=by, at=at)
    }
    alone = Module.objects.filter(published__test=test.what, published__test_alone=True).exclude(pk__in=certified)
    for module in alone.select_related("credential"):
        _record(by, module, test, _day_of(test), at)


def _day_of(attempt: Attempt) -> date:
    assert attempt.finished_at is not None
    return timezone.localdate(attempt.finished_at)


def _record(person: Person, module: Module, attempt: Attempt, day: date, at: datetime) -> None:
    record_evidence(
        person,
        module.credential,
        source_kind="module",
        source_ref=f"attempt:{attempt.pk}",
        achieved_on=day,
        by=None,
        at=at,
    )
