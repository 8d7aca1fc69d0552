"""What is being written on this floor, for desks."""

from django.db.models import QuerySet

from concerted.practice.models import ScenarioDraft


def scripts_waiting() -> QuerySet[ScenarioDraft]:
    """Drafts of scenarios that wait for a second person."""
    return ScenarioDraft.objects.filter(proposed_at__isnull=False)
