from typing import Any

from concerted.post.models import Notice


def unread_count(person: Any) -> int:
    """How many notices a person has not read."""
    return Notice.objects.filter(person=person, read_at=None).count()
