from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.capacity.models import Credential
from concerted.capacity.proof import MOST_BYTES, BadProof, Proof, cleaned
from concerted.directory.models import Agency, Person
from concerted.kit import digits
from concerted.kit.forms import CaseWarningInput, DateField


class HoursField(forms.DecimalField):
    """Hours, typed in any digits, with a comma or a point: 2, 1.5, ٢٫٥."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "brief"})

    def to_python(self, value: Any) -> Any:
        plain = digits.plain(value.strip()).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(plain)


class OutsideForm(forms.Form):
    """Training somebody did elsewhere."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Choose a person"))
    credential = forms.ModelChoiceField(
        Credential.objects.none(),
        label=_("What was completed"),
        required=False,
        empty_label=_("Something else: I write its title"),
        help_text=_("Choose from the list what it stands for; then it counts for what is required."),
    )
    title = forms.CharField(
        label=_("Title of the course"), required=False, max_length=160, help_text=_("As printed on the certificate")
    )
    achieved_on = DateField(
        label=_("Day of completion"), help_text=_("Day, month, year, as printed on the certificate")
    )
    provider = forms.CharField(
        label=_("Who gave the training"),
        max_length=160,
        help_text=_("For example a university or a ministry"),
        widget=CaseWarningInput,
    )
    hours = HoursField(
        label=_("How many hours it took"), required=False, min_value=0, max_value=2000, max_digits=6, decimal_places=2
    )
    link = forms.URLField(label=_("Its page, if it has one"), required=False, max_length=400, assume_scheme="https")
    proof = forms.FileField(
        label=_("The certificate, scanned or photographed"),
        required=False,
        help_text=_("PDF, PNG or JPEG, at most 5 MB. You, your manager and your coordinators can open it."),
    )

    def __init__(self, agency: Agency | None, person: Person | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].queryset = Credential.objects.filter(subject_kind="person")  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["person"]
        elif agency is not None:
            people = Person.objects.filter(positions__agency=agency, erased_at=None).distinct()
            self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_proof(self) -> Proof | None:
        """The file by its content; its name and what it claims to be are not believed."""
        sent = self.cleaned_data["proof"]
        if not sent:
            return None
        try:
            return cleaned(sent.read(MOST_BYTES + 1))
        except BadProof as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """One that counts for nothing here has a title at least."""
        said = super().clean() or {}
        if "credential" not in self.errors and not said.get("credential") and not said.get("title"):
            self.add_error("title", _("Say what it was: choose it from the list, or write its title."))
        return said


class OutsideFileForm(forms.Form):
    """A file of past training."""

    file = forms.FileField(
        label=_("File of past training (CSV)"),
        help_text=_("One line a person, with the columns name or email, training, day, provider. At most 2 MB."),
    )
