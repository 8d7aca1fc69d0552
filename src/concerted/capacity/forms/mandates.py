from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.capacity.models import Credential, Mandate, MandateVersion
from concerted.directory import queries as directory
from concerted.directory.models import AudienceVersion, Sector, Territory
from concerted.kit.access import Reach
from concerted.kit.forms import DateField, NumberField, SeveralField


class MandateForm(forms.Form):
    """One version of a mandate, in words a coordinator uses."""

    code = forms.SlugField(
        label=_("Short code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens. It stays for ever."),
    )
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As boards show it, in a few words"))
    audience = forms.ModelChoiceField(
        AudienceVersion.objects.none(),
        label=_("Whom it binds"),
        required=False,
        empty_label=_("Whoever fits what I tick below"),
    )
    sectors = SeveralField(
        Sector.objects.all(),
        label=_("Sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none for all of them."),
    )
    within = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Where"), required=False, empty_label=_("Everywhere")
    )
    stage = forms.ChoiceField(
        label=_("At which stage"),
        required=False,
        choices=[("in", _("In service")), ("pre", _("Before qualifying")), ("", _("Both"))],
        widget=forms.RadioSelect,
    )
    credential = forms.ModelChoiceField(
        Credential.objects.none(), label=_("What meets it"), empty_label=_("Choose a module or programme")
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=300, help_text=_("Law, article, year"))
    authority = forms.CharField(label=_("Issued by"), max_length=160)
    cycle = forms.ChoiceField(label=_("How often"), choices=MandateVersion.Cycle.choices, widget=forms.RadioSelect)
    months = NumberField(label=_("Again after how many months"), required=False, min_value=1, max_value=240)
    anchor = DateField(
        label=_("Counted from which calendar day"), required=False, help_text=_("Only for fixed calendar days")
    )
    first_due_months = NumberField(
        label=_("First due how many months after the start in the position"), min_value=0, max_value=60, initial=3
    )
    warn_days = NumberField(label=_("Warn how many days before"), min_value=0, max_value=365, initial=90)
    grace_days = NumberField(label=_("Extra days after it is due"), min_value=0, max_value=365, initial=0)
    from_day = DateField(label=_("In force from"))
    until_day = DateField(label=_("Until"), required=False)

    def __init__(self, mandate: Mandate | None, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within: Any = self.fields["within"]
        if reach.everywhere:
            within.queryset = Territory.objects.filter(parent__parent=None)
            self._offer_audiences()
        else:
            # A local coordinator binds people of her own territory only.
            within.queryset = Territory.objects.filter(pk__in=reach.territories)
            within.required, within.empty_label = True, None
            del self.fields["audience"]
        credential: Any = self.fields["credential"]
        credential.queryset = Credential.objects.filter(subject_kind="person")
        if mandate is not None:
            del self.fields["code"], self.fields["name"]

    def _offer_audiences(self) -> None:
        """The newest version of every audience."""
        latest = AudienceVersion.objects.select_related("audience").order_by("audience__name", "-no")
        newest: dict[int, int] = {}
        for version in latest:
            newest.setdefault(version.audience_id, version.pk)
        audience: Any = self.fields["audience"]
        audience.queryset = latest.filter(pk__in=newest.values())
        # Two agencies may each have an audience of one name: where it was made tells them apart.
        places = directory.places_of([version.audience for version in audience.queryset])
        audience.label_from_instance = lambda version: " – ".join(
            filter(None, (version.audience.name, places.get(version.audience_id, "")))
        )
