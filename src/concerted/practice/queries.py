"""What is being written on this floor, for desks."""

from typing import Any

from django.db.models import Q, QuerySet

from concerted.practice.models import BankProposal, ScenarioDraft


def scripts_waiting() -> QuerySet[ScenarioDraft]:
    """Drafts of scenarios that wait for a second person."""
    return ScenarioDraft.objects.filter(proposed_at__isnull=False)


def questions_waiting() -> QuerySet[BankProposal]:
    """Questions from files that wait for a second person; those given back wait no longer."""
    return BankProposal.objects.filter(asked_at__isnull=False, remark="")


def questions_brought(by: Any) -> QuerySet[BankProposal]:
    """What she brought herself, and everybody's that waits. The questions themselves are not read."""
    seen = BankProposal.objects.filter(Q(by=by.pk) | Q(asked_at__isnull=False, remark=""))
    return seen.select_related("by").defer("questions", "told")
