import secrets
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Group, Sector
from concerted.kit.forms import FreeTextField
from concerted.practice.services import MOST_LETTERS


class LocalWordsForm(forms.Form):
    """What holds here, in one language, and where it is written down."""

    language = forms.CharField(widget=forms.HiddenInput)
    markdown = FreeTextField(label=_("What holds here"), required=False, max_length=600)
    source = forms.CharField(
        label=_("Where this is written down, or who confirmed it, and when"), required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.initial.get("language", "")
        known = getattr(language, "right_to_left", language.split("-")[0] in settings.LANGUAGES_BIDI)
        direction = "rtl" if known else "ltr"
        self.fields["markdown"].widget.attrs.update({"lang": str(language), "dir": direction})


class CaseAnswersForm(forms.Form):
    """A box for each question she answers in a step, and the revision of the words each began with.

    `page` names the page the form stands on, so that its own words are told from those of another window.
    """

    page = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, data: Any, asked: Iterable[tuple[str, str, str, int]]) -> None:
        """`asked`: code, label, words so far and their revision."""
        super().__init__(data)
        self.fields["page"].initial = secrets.token_hex(8)
        self.codes: list[str] = []
        for code, label, words, revision in asked:
            self.codes.append(code)
            self.fields[f"text-{code}"] = FreeTextField(
                label=label, initial=words, required=False, max_length=MOST_LETTERS
            )
            # In whichever language the group writes.
            self.fields[f"text-{code}"].widget.attrs["dir"] = "auto"
            self.fields[f"seen-{code}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=revision, required=False, min_value=0
            )

    def written(self) -> dict[str, tuple[str, int]]:
        """Code -> her words and the revision she was shown, of a form that is valid; a box that was not sent is left as
        it is.
        """
        said = self.cleaned_data
        sent = [code for code in self.codes if f"text-{code}" in self.data]
        return {code: (said[f"text-{code}"], said[f"seen-{code}"] or 0) for code in sent}

    def see(self, code: str, revision: int) -> None:
        """Show what was typed once more, over what stands there now."""
        typed = cast(QueryDict, self.data).copy()
        typed[f"seen-{code}"] = str(revision)
        self.data = typed


class CaseGroupForm(forms.Form):
    """What a group for a case study is called, and for which group of the directory it is opened."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("For the people of"),
        required=False,
        empty_label=_("Nobody yet; I add people one by one"),
    )

    def __init__(self, data: Any, groups: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["group"]
        field.queryset = groups


class CaseSeatForm(forms.Form):
    """For which sector somebody answers; empty: only what all are asked."""

    sector = forms.ChoiceField(label=_("I answer for"), required=False)

    def __init__(self, data: Any, sectors: Sequence[Sector], initial: str = "") -> None:
        super().__init__(data, initial={"sector": initial})
        field: Any = self.fields["sector"]
        field.choices = [("", _("No sector: what all are asked")), *((one.code, one.name) for one in sectors)]
        self._sectors = {one.code: one for one in sectors}

    def chosen(self) -> Sector | None:
        """The sector of a form that is valid."""
        return self._sectors.get(self.cleaned_data["sector"])


class CaseCommentForm(forms.Form):
    """What who leads a group says of an answer."""

    text = FreeTextField(label=_("Your comment"), max_length=MOST_LETTERS)
