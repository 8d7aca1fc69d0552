from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concerted.capacity.models import Credential
from concerted.directory.fields import TerritoryField
from concerted.directory.models import Profession, Sector, Territory
from concerted.directory.standard import LANGUAGES, SECTORS
from concerted.kit.forms import NumberField, SeveralField


class LanguagesForm(forms.Form):
    """What the response is called and which languages it speaks."""

    name = forms.CharField(
        label=_("Name of the response"), max_length=120, help_text=_("For example: Coordinated response of Kestria")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class SectorsForm(forms.Form):
    """The sectors that take part."""

    sectors = forms.MultipleChoiceField(
        label=_("Sectors"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one sector.")},
    )
    own = forms.CharField(
        label=_("One more sector"),
        required=False,
        max_length=80,
        help_text=_("Only if none of these fits. Its professions can be named later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        place = LANGUAGES.index(language) if language in LANGUAGES else 0
        choices: Any = self.fields["sectors"]
        choices.choices = [(code, names[place]) for code, names in SECTORS.items()]
        # One of their own is enough.
        choices.required = not (self.data.get("own") or "").strip()


class TerritoriesForm(forms.Form):
    """The tree of territories, from a file or by its first names."""

    file = forms.FileField(
        label=_("File of territories (CSV)"),
        required=False,
        help_text=_("With the columns name, parent path, level, code, women, persons, year, source."),
    )
    country = forms.CharField(
        label=_("Or begin with the name of the country or region"), required=False, max_length=120
    )
    areas = forms.CharField(
        label=_("And the areas in it"), required=False, max_length=2000, help_text=_("Put a comma between two names.")
    )


class FirstForm(forms.Form):
    """The first agency, the coordinator's own post in it, and the first mandate."""

    agency = forms.CharField(label=_("Name of the first agency"), max_length=160, help_text=_("The one you work for"))
    territory = TerritoryField(Territory.objects.all(), label=_("Where it works"), empty_label=_("Choose a territory"))
    profession = forms.ModelChoiceField(
        Profession.objects.all(), label=_("What you work as there"), empty_label=_("Choose a profession")
    )
    mandate = forms.CharField(
        label=_("Name of the first mandate"),
        max_length=120,
        help_text=_("For example: Risk and safety, every two years"),
    )
    credential = forms.ModelChoiceField(
        Credential.objects.filter(subject_kind="person"), label=_("What meets it"), empty_label=_("Choose a module")
    )
    sectors = SeveralField(
        Sector.objects.all(),
        label=_("Whom it binds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none for all sectors."),
    )
    months = NumberField(
        label=_("Again after how many months"), required=False, min_value=1, max_value=240, help_text=_("Empty: once.")
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=300, help_text=_("Law, article, year"))
    authority = forms.CharField(label=_("Issued by"), max_length=160)
