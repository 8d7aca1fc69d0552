"""What a place is: the arguments of an address, and the object behind it."""

from collections.abc import Callable
from typing import Any

from concerted.directory.models import Person
from tests.world import World

Place = tuple[dict[str, Any], Any]
Maker = Callable[[World, str, Person | None], Place]


def nothing(world: World, scope: str, actor: Person | None) -> Place:
    """A page without an object."""
    return {}, None
