from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerted.directory.fields import AgencyField, GroupField, TerritoryField
from concerted.directory.models import Agency, Group, ImportFile, Position, Profession, Role, Sector, Territory
from concerted.directory.rules import SCOPES_OF
from concerted.kit.forms import DateField, FreeTextField

_SPOKEN = [("", _("Not known")), *settings.LANGUAGES]


class AgencyForm(forms.Form):
    """A body that answers."""

    name = forms.CharField(label=_("Name"), max_length=160)
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Sector"), empty_label=_("Choose a sector"))
    territory = TerritoryField(Territory.objects.none(), label=_("Where it works"), empty_label=_("Choose a territory"))

    def __init__(self, within: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = within  # type: ignore[attr-defined]


class TerritoryForm(forms.Form):
    """A place in the tree."""

    name = forms.CharField(label=_("Name"), max_length=120)
    level = forms.CharField(label=_("Level"), max_length=40, required=False, help_text=_("Region, district, ward …"))
    parent = TerritoryField(
        Territory.objects.none(), label=_("Within"), required=False, empty_label=_("Nothing: it stands at the top")
    )

    def __init__(self, within: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = within  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A group of people from several agencies."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Group.Kind.choices, widget=forms.RadioSelect)
    territory = TerritoryField(
        Territory.objects.none(), label=_("Territory it belongs to"), empty_label=_("Choose a territory")
    )

    def __init__(self, within: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = within  # type: ignore[attr-defined]


class GroupNameForm(forms.Form):
    """What a group is called from now on."""

    name = forms.CharField(label=_("Name"), max_length=120)


class MoveForm(forms.Form):
    """Where a territory belongs from now on."""

    parent = TerritoryField(
        Territory.objects.none(), label=_("Within"), required=False, empty_label=_("Nothing: it stands at the top")
    )

    def __init__(self, within: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = within  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """A member of staff."""

    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Without one she is counted all the same, but has no account.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=_SPOKEN, required=False)


class StaffForm(PersonForm):
    """A new member of staff with her post."""

    profession = forms.ModelChoiceField(
        Profession.objects.none(), label=_("Profession"), empty_label=_("Choose a profession")
    )
    since = DateField(label=_("In this post since"))
    stage = forms.ChoiceField(
        label=_("Stage"), choices=Position.Stage.choices, initial=Position.Stage.IN_SERVICE, widget=forms.RadioSelect
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Profession.objects.select_related("sector")
        own = known.filter(sector=agency.sector_id)
        self.fields["profession"].queryset = own if own.exists() else known  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The end of a position."""

    until = DateField(label=_("First day she is no longer in this post"), initial=timezone.localdate)


class RoleForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label=_("Role"))
    agency = AgencyField(Agency.objects.none(), label=_("For which agency"), required=False, empty_label=_("For none"))
    territory = TerritoryField(
        Territory.objects.none(), label=_("For which territory"), required=False, empty_label=_("For none")
    )

    group = GroupField(Group.objects.none(), label=_("For which group"), required=False, empty_label=_("For none"))

    def __init__(
        self, roles: set[str], agencies: Any, territories: Any, groups: Any, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(code, label) for code, label in Role.Name.choices if code in roles]
        self.fields["role"].choices = known  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["territory"].queryset = territories  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if not any("group" in SCOPES_OF[role] for role in roles):
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if sum(said.get(kind) is not None for kind in ("agency", "territory", "group")) > 1:
            raise forms.ValidationError(
                _("Choose one agency, one territory or one group. Give the role twice if it holds for two.")
            )
        return said

    def scope(self) -> tuple[str, int | None]:
        """What the role holds for."""
        for kind in ("agency", "territory", "group"):
            place = self.cleaned_data.get(kind)
            if place is not None:
                return kind, place.pk
        return "everywhere", None


class ImportForm(forms.Form):
    """A file to take in, and which of its columns is which."""

    kind = forms.ChoiceField(label=_("What is in it"), widget=forms.RadioSelect)
    file = forms.FileField(label=_("File (CSV, UTF-8)"), help_text=_("At most 20 MB."))
    columns = forms.CharField(
        label=_("Which column is which"),
        required=False,
        max_length=500,
        help_text=_(
            "Only where the names differ. For example: name=Full name, email=E-mail. "
            "Put a name that holds a comma in quotes."
        ),
    )

    def __init__(self, kinds: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, label) for code, label in ImportFile.Kind.choices if code in kinds]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        self.fields["kind"].initial = "people"


class JoinForm(forms.Form):
    """Which of two entries remains, and how one knows that both are one person."""

    remains = forms.ChoiceField(label=_("Which entry remains"), widget=forms.RadioSelect)
    reason = FreeTextField(label=_("How do you know that both are one person?"), max_length=300)

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remains"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["remains"] = choices[0][0]
