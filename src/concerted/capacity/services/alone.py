"""Mandates and corrections that nobody else could confirm take effect by themselves, a day after they were asked."""

from datetime import datetime

from django.db import transaction

from concerted.capacity.access import EVIDENCE, MANDATE
from concerted.capacity.models import MandateVersion, TakingBack
from concerted.capacity.services.evidence import NotRecorded, decide_taking_back
from concerted.capacity.services.mandates import MandateRefused, confirm_mandate
from concerted.kit import access


def act_on_what_waited(at: datetime) -> int:
    """Put in force what has waited its day, if whoever proposed it still may; how many were done."""
    done = 0
    for version in MandateVersion.objects.filter(published_at=None, alone_at__lte=at).order_by("pk"):
        done += _put_in_force(version, at)
    for asked in TakingBack.objects.filter(alone_at__lte=at).select_related("by").order_by("pk"):
        done += _take_back(asked, at)
    return done


def _take_back(asked: TakingBack, at: datetime) -> bool:
    if not access.may(asked.by, "D", EVIDENCE):
        return False
    try:
        decide_taking_back(asked.pk, accept=True, by=None, at=at)
    except NotRecorded:
        return False  # decided or withdrawn since we looked
    return True


def _put_in_force(version: MandateVersion, at: datetime) -> bool:
    if version.by is None or not access.may(version.by, "C", MANDATE, version):
        return False
    try:
        with transaction.atomic():
            confirm_mandate(version.pk, by=None, at=at)
    except MandateRefused:
        return False  # overtaken meanwhile: it waits to be withdrawn
    return True
