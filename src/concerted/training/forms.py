import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Group, Sector
from concerted.kit.forms import CaseWarningInput, CaseWarningTextarea, FreeTextField
from concerted.practice.rules import LONGEST_NUMBER, LONGEST_REFLECTION, LONGEST_SHORT, REFLECTION
from concerted.practice.services import MOST_LETTERS
from concerted.training.table_wording import PACES

_CODE = re.compile(r"[0-9a-f]{40}")


class CodeForm(forms.Form):
    """The code of a certificate, as printed at its foot, with or without the address around it."""

    code = forms.CharField(label=_("Code of the certificate"), max_length=200)

    def clean_code(self) -> str:
        """The code alone, however it was typed or pasted."""
        last = self.cleaned_data["code"].strip().rstrip("/").rpartition("/")[2]
        code = "".join(last.split()).lower()
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has forty letters and digits, from a to f and 0 to 9. Look again."))
        return code


class CatalogueForm(forms.Form):
    """What somebody looks for in the catalogue. Every field may stay as it is."""

    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("module", _("Modules")),
            ("scenario", _("Situations to practise")),
            ("questions", _("Questions")),
            ("test", _("Tests")),
        ],
    )
    post = forms.ChoiceField(label=_("For whom"), required=False)
    language = forms.ChoiceField(label=_("In which language"), required=False)
    minutes = forms.ChoiceField(
        label=_("How long at most"),
        required=False,
        choices=[("", _("Any time")), ("15", _("15 minutes")), ("30", _("30 minutes")), ("60", _("One hour"))],
    )

    def __init__(self, posts: list[Any], languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("For all")), *posts]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("In any language")), *languages]  # type: ignore[attr-defined]
        for field in self.fields.values():
            # None is asked for, so none says that it may stay open.
            field.narrows = True  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What was chosen, as `CatalogueLine.fits` asks for it; what cannot be understood asks for nothing."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return {
            "kind": said.get("kind", ""),
            "sector": said.get("post", "").partition(":")[0],
            "language": said.get("language", ""),
            "minutes": int(said.get("minutes") or 0),
        }


class RevocationForm(forms.Form):
    """Why a certificate is no longer good."""

    reason = FreeTextField(
        label=_("Why it is revoked"),
        max_length=300,
        help_text=_("Its holder reads it. Whoever checks the certificate does not."),
    )


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


class ShortAnswerForm(forms.Form):
    """An answer in a few words of her own."""

    answer = FreeTextField(
        max_length=LONGEST_SHORT,
        widget=CaseWarningInput({"dir": "auto", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


class NumberAnswerForm(forms.Form):
    """An answer that is a number, in any digits."""

    answer = forms.CharField(
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"inputmode": "decimal", "class": "brief", "dir": "auto", "autocomplete": "off"}),
    )


class ReflectionForm(forms.Form):
    """What somebody writes for herself."""

    answer = FreeTextField(
        max_length=LONGEST_REFLECTION,
        help_text=_("Only you see this, and nobody marks it. Keep it empty to take it away. It goes after a year."),
        widget=CaseWarningTextarea({"dir": "auto", "rows": 6}),
    )


#: Kind of question -> the form that takes an answer in words.
ANSWER_FORMS: dict[str, type[forms.Form]] = {
    "short": ShortAnswerForm,
    "numeric": NumberAnswerForm,
    REFLECTION: ReflectionForm,
}


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


class TableForm(forms.Form):
    """How long each moment of a case conference waits for those at its table."""

    pace = forms.TypedChoiceField(label=_("How you play"), choices=PACES, coerce=int, initial=0)


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
