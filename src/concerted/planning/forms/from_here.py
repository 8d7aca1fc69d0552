"""Where a plan begins, which sector staffs what, and the numbers that may be changed before it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.directory.models import Agency, Territory
from concerted.kit.forms import DateField, NumberField
from concerted.planning.queries.from_here import AS_ONE, MOST_PLACES, Here
from concerted.planning.queries.making import Numbers, Offered, as_changed
from concerted.planning.rules.plan.facts import Course, Posts

#: What a choice says where nobody in the directory staffs a service.
NOBODY = "-"


class BeginForm(forms.Form):
    """Which plan says how services work, for which territory and agency, and as at which day."""

    base = forms.ChoiceField(
        label=gettext_lazy("How services work"),
        help_text=gettext_lazy(
            "Initiatives, times and unit costs of this plan stay; places, posts and promises do not."
        ),
    )
    whole = forms.ModelChoiceField(
        Territory.objects.none(),
        label=gettext_lazy("For the parts of"),
        empty_label=gettext_lazy("Choose one"),
        help_text=gettext_lazy("Each territory right below it stands in the plan by itself."),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("For which agency"), required=False)
    on = DateField(label=gettext_lazy("As at"))

    def __init__(self, bases: Sequence[Any], agencies: Any, everywhere: bool, today: date, data: Any) -> None:
        begun = bool(data.get("whole"))
        super().__init__(data if begun else None, initial={"on": today})
        self.today = today
        base, whole, agency = (self.fields[name] for name in ("base", "whole", "agency"))
        assert isinstance(base, forms.ChoiceField)
        assert isinstance(whole, forms.ModelChoiceField)
        assert isinstance(agency, forms.ModelChoiceField)
        base.choices = [(one.name, one.title) for one in bases]
        # Titles stand in the language of their plan files.
        base.widget.attrs.update({"lang": bases[0].language if bases else "en"})
        whole.queryset = Territory.objects.order_by("name", "id")
        agency.queryset, agency.required = agencies, not everywhere
        agency.empty_label = _("All agencies, for the nation") if everywhere else None

    def clean_on(self) -> date:
        """A day that has come: nobody knows the posts of tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Choose today or a day before."))
        return on

    def clean_whole(self) -> Territory:
        """One whose parts fit on a page."""
        whole: Territory = self.cleaned_data["whole"]
        if Territory.objects.filter(parent=whole).count() > MOST_PLACES:
            raise forms.ValidationError(_("It has more than 80 parts. Choose one of them, and plan for each."))
        return whole


class SectorsForm(forms.Form):
    """Which sector, or profession of it, staffs each service."""

    def __init__(
        self, services: Mapping[str, Offered], guesses: Mapping[str, str], named: Mapping[str, str], data: Any
    ) -> None:
        super().__init__({f"of.{key}": data.get(f"of.{key}", guess or NOBODY) for key, guess in guesses.items()})
        choices = [(NOBODY, _("Nobody in the directory")), *named.items()]
        for key, one in services.items():
            self.fields[f"of.{key}"] = forms.ChoiceField(label=one.name, choices=choices)

    def chosen(self) -> dict[str, str]:
        """Who staffs each service; empty where nobody in the directory staffs it."""
        said = self.cleaned_data.items()
        return {name.removeprefix("of."): "" if whose == NOBODY else whose for name, whose in said}


@dataclass(frozen=True)
class Row:
    """A place, or what is run as one, with its fields: who lives there, and posts of each service."""

    name: str
    lives: tuple[Any, ...]
    posts: tuple[Any, ...]
    source: str


class NumbersForm(forms.Form):
    """What the directory says, to be changed where somebody knows better."""

    title = forms.CharField(label=gettext_lazy("Name of the plan"), max_length=120)

    def __init__(self, here: Here, known: Numbers, services: Mapping[str, Offered], data: Any = None) -> None:
        super().__init__(data)
        self.here, self.known, self.services = here, known, services
        for place in here.places:
            for what, label, value in (("people", _("People"), place.people), ("women", _("Women"), place.women)):
                self._field(f"{place.key}.{what}", f"{place.territory.name}: {label}", value, whole=True)
        called = {place.key: place.territory.name for place in here.places} | {AS_ONE: here.whole.name}
        exist, filled = _("Posts that exist"), _("Of these, filled")
        for key, there in known.posts.items():
            for at, posts in there.items():
                about = f"{called[at]}, {services[key].name}"
                self._field(f"{key}.{at}.meant", f"{about}: {exist}", posts.meant)
                self._field(f"{key}.{at}.filled", f"{about}: {filled}", posts.filled)
        people, hours = _("People to train"), _("Hours each")
        for n, course in enumerate(known.courses):
            self._field(f"course.{n}.people", f"{course.name}: {people}", course.people)
            self._field(f"course.{n}.hours", f"{course.name}: {hours}", course.hours)

    def _field(self, name: str, label: str, value: float | None, whole: bool = False) -> None:
        made: forms.Field = NumberField(min_value=1) if whole else forms.FloatField(min_value=0)
        # A plan that counts by people alone needs no women; one that does says so when it is worked out.
        shown = int(value) if value is not None and value == int(value) else value
        made.label, made.initial, made.required = label, shown, not name.endswith(".women")
        made.widget.attrs |= {"class": "brief", "aria-label": label}
        self.fields[name] = made

    def clean(self) -> dict[str, Any]:
        """No more posts are filled than exist."""
        for name, filled in list(self.cleaned_data.items()):
            meant = self.cleaned_data.get(name.removesuffix("filled") + "meant")
            if name.endswith(".filled") and meant is not None and filled > meant:
                self.add_error(name, _("More posts are filled than exist. Raise one, or lower the other."))
        return self.cleaned_data

    def called(self, place: str) -> str:
        """What the form calls the value at a place of the file; nothing where it has no such value."""
        match place.split("."):
            case ["territories", key, what]:
                name = f"{key}.{what}"
            case ["territories", key]:
                return next((one.territory.name for one in self.here.places if one.key == key), "")
            case ["services", key, "staff", "posts" | "vacant" as what, at]:
                name = f"{key}.{at}.{'meant' if what == 'posts' else 'filled'}"
            case ["training", course, what]:
                name = f"{course.replace('-', '.')}.{what}"
            case _:
                return ""
        return str(self.fields[name].label) if name in self.fields else ""

    def rows(self) -> Iterator[Row]:
        """The fields as a table has them, a place a row."""
        for place in self.here.places:
            lives = tuple(self[f"{place.key}.{what}"] for what in ("people", "women"))
            posts = [(one.name, self._pair(key, place.key)) for key, one in self.services.items() if not one.as_one]
            yield Row(place.territory.name, lives, tuple(posts), place.source)

    def as_one_rows(self) -> list[tuple[str, Any]]:
        """Services that one team answers, each with its fields."""
        return [(one.name, self._pair(key, AS_ONE)) for key, one in self.services.items() if one.as_one]

    def _pair(self, service: str, place: str) -> tuple[Any, Any]:
        return self[f"{service}.{place}.meant"], self[f"{service}.{place}.filled"]

    def course_rows(self) -> list[tuple[Course, str, Any, Any]]:
        """Trainings, with whose they are and their fields."""
        return [
            (one, self.services[one.service].name, self[f"course.{n}.people"], self[f"course.{n}.hours"])
            for n, one in enumerate(self.known.courses)
        ]

    def numbers(self, known: Numbers) -> Numbers:
        """All numbers as she has them; what she changed says so in its source."""
        said = self.cleaned_data
        places = {
            key: replace(place, people=said[f"{key}.people"], women=said[f"{key}.women"])
            for key, place in known.places.items()
        }
        posts = {
            service: {key: Posts(said[f"{service}.{key}.meant"], said[f"{service}.{key}.filled"]) for key in there}
            for service, there in known.posts.items()
        }
        courses = [
            replace(one, people=said[f"course.{n}.people"], hours=said[f"course.{n}.hours"])
            for n, one in enumerate(known.courses)
        ]
        return as_changed(known, Numbers(places, posts, courses))
