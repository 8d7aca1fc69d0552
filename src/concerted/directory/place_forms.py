"""Forms about places that work: posts that should be, who lives where, the end of an agency."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Agency, Profession
from concerted.kit import digits
from concerted.kit.forms import DateField, NumberField


class _PostsField(forms.DecimalField):
    """A number of posts, typed in any digits, with a point or a comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "brief"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(digits.plain(value.strip()).replace(",", ".") if isinstance(value, str) else value)


class PostsForm(forms.Form):
    """How many posts of a profession an agency should have, from a day on, by which source."""

    profession = forms.ModelChoiceField(
        Profession.objects.none(), label=_("Profession"), empty_label=_("Choose a profession")
    )
    posts = _PostsField(
        label=_("Full posts that should be"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=_("Half a post is 0.5."),
    )
    as_of = DateField(label=_("From"), initial=timezone.localdate)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("For example “staffing order 12 of 2025”"))

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["profession"]
        field.queryset = Profession.objects.select_related("sector").order_by("sector__place", "code")
        field.label_from_instance = lambda one: f"{one.name} ({one.sector.name})"


class PopulationForm(forms.Form):
    """Who lives in a territory in a year, as one source counted."""

    year = NumberField(label=_("Year"), min_value=1950)
    women = NumberField(label=_("Women"), min_value=0, max_value=2_000_000_000, required=False)
    men = NumberField(label=_("Men"), min_value=0, max_value=2_000_000_000, required=False)
    persons = NumberField(label=_("All persons"), min_value=0, max_value=2_000_000_000, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Who counted, for example “Census 2024, table 3”")
    )

    def clean_year(self) -> int:
        """A count may be a projection, but not far ahead."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year + 20:
            raise forms.ValidationError(_("Check the year."))
        return year

    def counted(self) -> dict[str, int]:
        """The numbers that were entered."""
        found = {sex: self.cleaned_data[sex] for sex in ("women", "men", "persons")}
        return {sex: number for sex, number in found.items() if number is not None}


class CloseForm(forms.Form):
    """The first day an agency no longer works; `ends` is how many people's posts end, as she was shown."""

    on = DateField(label=_("First day it no longer works"), initial=timezone.localdate)
    ends = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
