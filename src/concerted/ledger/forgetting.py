"""Keeping to the retention table, each night."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from concerted.ledger.retention import RULES, How, Rule

BATCH = 500


def forget_old(at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Delete what the table says is too old, a batch a transaction; how many rows of each model went, or would go."""
    return {rule.model: _forget(rule, at, dry_run) for rule in RULES if rule.how is How.DELETE}


def _forget(rule: Rule, at: datetime, dry_run: bool) -> int:
    assert rule.after is not None
    model = apps.get_model(rule.model)
    old = model._base_manager.filter(**{f"{rule.since}__lte": at - rule.after})
    if dry_run:
        return old.count()
    return sum(_batches(model, old))


def _batches(model: type[models.Model], old: models.QuerySet[Any]) -> Iterator[int]:
    files = [field.name for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
    while rows := list(old.order_by("pk")[:BATCH]):
        with transaction.atomic():
            old.filter(pk__in=[row.pk for row in rows]).delete()
        # After the rows: a file left behind by a crash is found by nobody, a row without its file is a fault.
        for kept in (getattr(row, name) for row in rows for name in files):
            if kept:
                kept.delete(save=False)
        yield len(rows)
