"""Funds and needs of many authorities, pasted from a table: a line each, and each fault with its line."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerted.directory import queries as directory
from concerted.directory.models import Territory
from concerted.kit.digits import localise, plain
from concerted.kit.forms import FreeTextField, NumberField
from concerted.planning.services.delegations import Promise

_SUM = re.compile(r"\d{1,15}|\d{1,3}([ .,'’\u00a0\u202f]\d{3}){1,4}")
_MOST_LINES = 2000
_PARTS = 6


class DelegationForm(forms.Form):
    """A duty, and what each authority is promised and needs."""

    duty = forms.CharField(label=_("Duty"), max_length=160, help_text=_("In a few words, as the law calls it"))
    code = forms.SlugField(
        label=_("Short code"), max_length=60, help_text=_("The same code later means the same duty with other sums.")
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=300, help_text=_("Law, article, year"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        help_text=_("Three letters, for example EUR. All sums are in this one."),
        error_messages={"invalid": _("Write the three capital letters of the currency.")},
    )
    year = NumberField(label=_("Prices of which year"), min_value=2000, max_value=2100)
    promises = FreeTextField(
        label=_("Authorities, a line each"),
        help_text=_(
            "Authority; promised a year; need low; need middle; need high; where the estimate comes from."
            " In one of ten likely cases need is at most the low sum, in nine of ten at most the high one."
        ),
    )

    def clean_year(self) -> int:
        """A year of prices, not one far ahead."""
        year: int = self.cleaned_data["year"]
        if year > date.today().year + 10:
            raise forms.ValidationError(_("Write the year whose prices the sums are in."))
        return year

    def clean_promises(self) -> list[Promise]:
        """The authorities with their sums; every line that cannot be read is told at once."""
        rows = [
            (number, [part.strip() for part in re.split(r"[;\t]", line)])
            for number, line in enumerate(self.cleaned_data["promises"].splitlines(), start=1)
            if line.strip()
        ]
        if len(rows) > _MOST_LINES:
            raise forms.ValidationError(_("These are more than 2000 lines. Cut them in two duties."))
        places = _named({parts[0] for _number, parts in rows})
        found, faults = [], []
        for number, parts in rows:
            try:
                found.append(_promise(parts, places))
            except ValueError as fault:
                words = {"line": localise(number), "fault": fault}
                faults.append(forms.ValidationError(gettext("Line %(line)s: %(fault)s") % words))
        if faults:
            raise forms.ValidationError(faults)
        return found


def _named(names: set[str]) -> dict[str, list[Territory]]:
    """Territories by their name, or by name and all above it where several have that name. Two queries."""
    wanted = {name.partition(",")[0].strip() for name in names}
    rows = list(Territory.objects.filter(name__in=wanted))
    whole = directory.places_in_words(Territory.objects.filter(pk__in=[row.pk for row in rows]))
    places: dict[str, list[Territory]] = {}
    for row in rows:
        for name in {row.name, whole.get(row.pk, row.name)}:
            places.setdefault(name, []).append(row)
    return places


def _promise(parts: list[str], places: dict[str, list[Territory]]) -> Promise:
    """One line read. Raises ValueError with what is wrong and what to do."""
    if len(parts) != _PARTS:
        words = {"n": localise(len(parts))}
        raise ValueError(gettext("It has %(n)s parts, not six. Part them by semicolons or tabs.") % words)
    name, *sums, source = parts
    found = places.get(name, [])
    if len(found) != 1:
        told = gettext("There is no “%(name)s”. Write it as the list of territories does.")
        several = gettext("There are several “%(name)s”. Write all that lies above it, too: Likoni, Mombasa, Kenya.")
        raise ValueError((several if found else told) % {"name": name[:60]})
    funds, low, mid, high = (_sum(one) for one in sums)
    if not 0 < low <= mid <= high:
        raise ValueError(gettext("The three needs have to rise from low to high, and the low one is above 0."))
    if not source:
        raise ValueError(gettext("Say at its end where the estimate comes from."))
    return Promise(found[0], funds, low, mid, high, source[:200])


def _sum(written: str) -> int:
    value = plain(written)
    if not _SUM.fullmatch(value):
        raise ValueError(gettext("“%(value)s” is no whole sum. Write 120000.") % {"value": written[:40]})
    return int(re.sub(r"\D", "", value))


class StatementForm(forms.Form):
    """Why a duty is handed down although the authority has gaps; empty where it has none."""

    override = FreeTextField(
        label=_("Why the duty cannot wait"),
        required=False,
        max_length=1000,
        help_text=_("Both levels sign this sentence. It is printed on the statement."),
    )
