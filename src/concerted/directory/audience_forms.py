"""The form behind an audience: what it reaches is ticked, group by group, and turned into a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from concerted.directory import rules
from concerted.directory.models import Agency, Position, Profession, Sector, Territory
from concerted.directory.queries import above_in_words
from concerted.kit.forms import DateField, SeveralField

#: So many places are shown at once; of more, those ticked and those found by name.
FEW, FOUND = 40, 30
_LABELS = {
    "sector": _("Sector"),
    "profession": _("Profession"),
    "territory": _("Territory"),
    "agency": _("Agency"),
    "stage": _("Stage"),
    "language": _("Language"),
}
_HINTS = {
    "sector": _("Works in any of these sectors"),
    "profession": _("Works as any of these"),
    "territory": _("Works in any of these places or below"),
    "agency": _("Works at any of these"),
    "stage": _("Is at any of these stages"),
    "language": _("Reads any of these"),
}


@dataclass(frozen=True)
class Group:
    """One group of the form as the page shows it; `finder` is the box to search by name where there are many."""

    label: Any
    field: forms.BoundField
    finder: forms.BoundField | None
    #: What is ticked, in words.
    said: str
    open: bool
    nothing_found: bool


class AudienceForm(forms.Form):
    """A name, a first day and what to tick. `draft`: only counted, so that a name may still be missing."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As lists show it, for example “Night nurses”"))
    scope = forms.ChoiceField(label=_("For which agency or territory"), widget=forms.RadioSelect)
    from_day = DateField(label=_("From"), initial=timezone.localdate)
    keep = forms.BooleanField(label=_("Keep it all the same: it waits for its first people"), required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(
        self,
        territories: QuerySet[Territory],
        agencies: QuerySet[Agency],
        scopes: list[tuple[str, str]],
        *args: Any,
        draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(scopes) > 1:
            self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
            self.fields["scope"].initial = scopes[0][0]
        else:
            del self.fields["scope"]
        self._draft = draft
        self._narrowed: set[str] = set()
        choices = {"sector": _sectors(), "profession": _professions(), "stage": Position.Stage.choices}
        choices["language"] = list(settings.LANGUAGES)
        for prefix in ("", "not_"):
            for field in rules.FIELDS:
                if field not in rules.NUMBERED:
                    self.fields[prefix + field] = _Ticks(choices=choices[field], label=_HINTS[field])
        self._offer("territory", territories, territories.order_by("name", "id"))
        self._offer("agency", agencies, agencies.select_related("territory").order_by("name", "id"))

    def full_clean(self) -> None:
        """A draft is only counted: what is still missing around the rule is not held against it."""
        super().full_clean()
        if self._draft:
            for name in ("name", "from_day"):
                self.errors.pop(name, None)

    def _offer(self, field: str, known: QuerySet[Any], ordered: QuerySet[Any]) -> None:
        many = known.count() > FEW
        shown: dict[str, dict[int, Any]] = {}
        for key in (field, f"not_{field}"):
            self.fields[key] = _Places(known, label=_HINTS[field])
            rows = ordered if not many else self._ticked_or_found(key, ordered)
            shown[key] = {row.pk: row for row in rows}
            if many:
                self._narrowed.add(key)
                self.fields[f"find_{key}"] = forms.CharField(label=_("Find by name"), required=False, max_length=80)
        places = {_place_of(row) for rows in shown.values() for row in rows.values()}
        above = above_in_words(places)
        for key, offered in shown.items():
            self.fields[key].choices = [(pk, _label_of(row, above)) for pk, row in offered.items()]  # type: ignore[attr-defined]

    def _ticked_or_found(self, key: str, ordered: QuerySet[Any]) -> list[Any]:
        asked = str(self.data.get(f"find_{key}", "")).replace("\x00", "").strip()[:80]
        given = self.data.getlist(key) if self.is_bound else self.initial.get(key, [])  # type: ignore[attr-defined]
        ids = [int(one) for one in given[: rules.MOST_VALUES] if str(one).isdecimal() and len(str(one)) < 19]
        ticked = list(ordered.filter(pk__in=ids)) if ids else []
        found = list(ordered.filter(name__icontains=asked).exclude(pk__in=ids)[:FOUND]) if asked else []
        return ticked + found

    def groups(self) -> Iterator[Group]:
        """What the audience reaches."""
        return self._groups("")

    def excepted(self) -> Iterator[Group]:
        """Whom it leaves out."""
        return self._groups("not_")

    def _groups(self, prefix: str) -> Iterator[Group]:
        for field in rules.FIELDS:
            bound = self[prefix + field]
            ticked = {str(one) for one in bound.value() or []}
            said = [label for code, label in _flat(bound.field.choices) if str(code) in ticked]  # type: ignore[attr-defined]
            finder = self[f"find_{prefix}{field}"] if prefix + field in self._narrowed else None
            asked = bool(finder and finder.value())
            words = say(", ").join(map(str, said))
            yield Group(
                _LABELS[field],
                bound,
                finder,
                words,
                open=asked or bool(bound.errors) or bool(said),
                nothing_found=asked and len(bound.field.choices) == len(said),  # type: ignore[attr-defined]
            )

    def rule(self) -> dict[str, Any]:
        """What is ticked, as a rule; for a form that was checked."""

        def ticked(prefix: str) -> rules.Ticked:
            return {field: _values(self.cleaned_data.get(prefix + field)) for field in rules.FIELDS}

        return rules.from_ticks(ticked(""), ticked("not_"))


def ticks_of(rule: dict[str, Any]) -> dict[str, list[Any]] | None:
    """A rule as the first values of the form; None when the form cannot show it."""
    found = rules.to_ticks(rule)
    if found is None:
        return None
    wanted, excepted = found
    return wanted | {f"not_{field}": values for field, values in excepted.items()}


class _Ticks(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class _Places(SeveralField):
    """Checked against everything she reaches, shown as the few that matter now."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, required=False, **kwargs)


def _values(cleaned: Any) -> list[Any]:
    if isinstance(cleaned, QuerySet):
        return sorted(row.pk for row in cleaned)
    return list(cleaned or [])


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


def _sectors() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in Sector.objects.all()]


def _professions() -> list[Any]:
    by_sector: dict[str, list[tuple[str, str]]] = {}
    for one in Profession.objects.select_related("sector"):
        by_sector.setdefault(one.sector.name, []).append((one.code, one.name))
    return list(by_sector.items())


def _place_of(row: Any) -> int:
    return row.territory_id if isinstance(row, Agency) else row.pk


def _label_of(row: Any, above: dict[int, str]) -> str:
    where = above.get(_place_of(row), "")
    return f"{row.name} ({where})" if isinstance(row, Agency) else where
