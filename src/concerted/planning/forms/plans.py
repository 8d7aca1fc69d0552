import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Agency, Territory
from concerted.kit.forms import FreeTextField
from concerted.kit.templatetags.kit import mark_lang
from concerted.planning.queries.kept import KeepFor

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class MonthField(forms.CharField):
    """A month as 2027-04."""

    def clean(self, value: Any) -> str:
        """The month; refuses what is none."""
        said: str = super().clean(value)
        if said and not _MONTH.fullmatch(said):
            raise forms.ValidationError(_("Write year and month, for example 2027-04."))
        return said


def _words(one: Any) -> SafeString:
    language = mark_lang(one.language) if one.language else ""
    return format_html("<bdi{}>{}</bdi>: {}", language, one.about, one.what)


#: Written where the field is shown: a change made by script shows none of them.
_label = lazy(_words, SafeString)


class AssumptionsForm(forms.Form):
    """The values of a plan that somebody tries out; what she leaves empty stays as the file has it."""

    def __init__(self, assumptions: Sequence[Any], said: Mapping[str, str]) -> None:
        self.values = {one.place: one.value for one in assumptions}
        shown = {place: str(value) for place, value in self.values.items()}
        super().__init__({place: said.get(place) or value for place, value in shown.items()})
        for one in assumptions:
            # What the file itself says is never told to be too small: rules of plan files have judged it.
            made = MonthField(max_length=7) if one.month else forms.FloatField(min_value=min(one.least, one.value))
            made.label, made.widget.attrs["class"] = _label(one), "brief"
            self.fields[one.place] = made

    def called(self, place: str) -> str:
        """What the form calls the value at a place of the file; nothing where it has no such value."""
        return str(self.fields[place].label) if place in self.fields else ""

    def changes(self) -> dict[str, Any]:
        """What differs from the file, by place."""
        return {place: value for place, value in self.cleaned_data.items() if value != self.values[place]}


class OwnPlanForm(forms.Form):
    """A plan of one's own: a file, or the text of one. Its size and its words are judged by the rules of plan files."""

    file = forms.FileField(
        label=_("Plan file (YAML)"),
        required=False,
        allow_empty_file=True,
        help_text=_("Up to 200 KB. It takes the place of what stands below."),
    )
    text = FreeTextField(label=_("Or the plan as text"), required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A plan file is written from left to right in every language, and its words are no prose.
        self.fields["text"].widget.attrs |= {"rows": 18, "dir": "ltr", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """Refuses a form with neither."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("file") and not said.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or write the plan as text."))
        return said

    def given(self) -> bytes:
        """What she brought, as bytes of a file."""
        # Here, so that pages that do not plan load no arrays.
        from concerted.planning.rules.plan.given import MOST_BYTES

        file = self.cleaned_data.get("file")
        return bytes(file.read(MOST_BYTES + 1)) if file else str(self.cleaned_data["text"]).encode()


class KeepForm(forms.Form):
    """Under which name, and for whom, a plan is kept: an agency, a territory, or the nation."""

    title = forms.CharField(label=_("Name of the plan"), max_length=120)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("For which agency"), required=False)
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("For which territory"), required=False)

    def __init__(self, keep_for: KeepFor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: She says for whom by one of two fields; each has a way to leave it to the other.
        self.either = keep_for.an_agency and keep_for.a_territory
        if keep_for.an_agency:
            nation = str(_("For the nation")) if keep_for.everywhere else None
            self._offer("agency", keep_for.agencies, nation)
        else:
            del self.fields["agency"]
        if keep_for.a_territory:
            self._offer("territory", keep_for.territories, None if keep_for.first else str(_("Choose one")))
            self.fields["territory"].required = not self.either
            self.initial.setdefault("territory", None if self.either else keep_for.first)
        else:
            del self.fields["territory"]

    def _offer(self, name: str, rows: Any, empty: str | None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = rows, "–" if self.either else empty
        field.required = not self.either and empty is None

    def clean(self) -> dict[str, Any]:
        """An agency or a territory where she may keep for both."""
        said = super().clean() or self.cleaned_data
        if self.either and not self.errors and bool(said.get("agency")) == bool(said.get("territory")):
            raise forms.ValidationError(_("Choose an agency or a territory, not both."))
        return said

    @property
    def whose(self) -> dict[str, Any]:
        """The agency and the territory of the plan; neither where it is the nation's."""
        return {"agency": self.cleaned_data.get("agency"), "territory": self.cleaned_data.get("territory")}
