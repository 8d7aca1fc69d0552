"""Fields about people and places.

A name of a place alone is unique under its parent only, so every choice says what lies above it.
"""

from typing import Any

from django import forms

from concerted.directory.models import Territory
from concerted.directory.queries.territories import places_in_words
from concerted.directory.rules import can_be_read


class NameField(forms.CharField):
    """What somebody is called; signs that nobody sees are no name."""

    def validate(self, value: Any) -> None:
        super().validate(value if can_be_read(value) else "")


class _PlacedField(forms.ModelChoiceField):
    """Choices with their place in words, looked up once for all of them."""

    _places: dict[int, str] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        copied = super().__deepcopy__(memo)
        copied._places = None  # a form of another request must not answer with what this one looked up
        return copied

    def _place(self, territory_id: int) -> str:
        if self._places is None:
            offered = self.queryset
            assert offered is not None
            self._places = places_in_words(offered if offered.model is Territory else offered.values("territory"))
        return self._places.get(territory_id, "")


class TerritoryField(_PlacedField):
    """A territory, as "Busia, Busia, Kenya"."""

    def label_from_instance(self, obj: Any) -> str:
        return self._place(obj.pk) or obj.name


class GroupField(_PlacedField):
    """A group with the territory it belongs to."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {self._place(obj.territory_id)}"


class AgencyField(_PlacedField):
    """An agency with where it works."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {self._place(obj.territory_id)}"
