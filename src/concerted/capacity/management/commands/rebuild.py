from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from concerted.capacity import services


class Command(BaseCommand):
    help = "Throw away everything derived (states, tallies, marks) and compute it again from the facts."

    def handle(self, *args: Any, **options: Any) -> None:
        episodes = services.rebuild()
        weeks = services.fold_marks(timezone.localdate())
        self.stdout.write(f"{episodes} states rebuilt, {weeks} weeks marked.")
