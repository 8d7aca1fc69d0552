"""Modules brought from documents: one's own, and those that wait for a second person."""

from typing import Any

from django.db.models import Q, QuerySet

from concerted.training.models import ModuleProposal


def modules_waiting() -> QuerySet[ModuleProposal]:
    """Modules that wait for a second person; those given back wait no longer."""
    return ModuleProposal.objects.filter(asked_at__isnull=False, remark="")


def modules_proposed(by: Any) -> QuerySet[ModuleProposal]:
    """What she brought herself, and everybody's modules that wait. Their texts are not read."""
    seen = ModuleProposal.objects.filter(Q(by=by.pk) | Q(asked_at__isnull=False, remark=""))
    return seen.select_related("by").defer("units", "told")
