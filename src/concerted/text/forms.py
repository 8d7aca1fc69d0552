import secrets
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concerted.kit.digits import localised
from concerted.kit.forms import FreeTextField
from concerted.text.exchange.segments import BYTES_MOST
from concerted.text.models import ContentLanguage
from concerted.text.rules import normal
from concerted.text.services.glossary import new_key
from concerted.text.wording import WordEntry


def _page_name() -> str:
    return secrets.token_hex(8)


class SaidAgain(forms.Form):
    """A form that can be shown once more with what was typed."""

    def say_again(self, **now: str) -> None:
        """Show what was typed once more, over what is there `now` (hidden fields by name)."""
        typed = cast(QueryDict, self.data).copy()
        for name, value in now.items():
            typed[name] = value
        self.data = typed


class WordsForm(SaidAgain):
    """The heading and the words of one section, those of the two that it has, in a language's own direction.

    `page` names the page the form stands on, so that its own words are told from those of another window.
    """

    title = forms.CharField(label=_("Heading"), max_length=300)
    markdown = FreeTextField(label=_("Words"), max_length=20_000)
    page = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, initial=_page_name)

    def __init__(
        self, *args: Any, heading: bool, words: bool, language: str, right_to_left: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, wanted in (("title", heading), ("markdown", words)):
            self.fields[name].widget.attrs.update({"lang": language, "dir": "rtl" if right_to_left else "ltr"})
            if not wanted:
                del self.fields[name]

    @property
    def words_typed(self) -> tuple[str, str]:
        """The heading and the words the form holds, typed or to begin with; empty where it has no such box."""
        title, markdown = (
            str(self[name].value() or "") if name in self.fields else "" for name in ("title", "markdown")
        )
        return title, markdown


class DraftForm(WordsForm):
    """A translator's words for one section, with what she was looking at."""

    source_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(self, *args: Any, finished: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The same form keeps a draft that is half written, so the browser must not insist.
        self.use_required_attribute = False
        for name in {"title", "markdown"} & set(self.fields):
            self.fields[name].required = finished


class EditForm(WordsForm):
    """An author's words for one section, with the published words and the draft she was looking at."""

    base = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)


class SummaryForm(forms.Form):
    """What a new wording changes, for the second person and for those who translate it."""

    summary = forms.CharField(
        label=_("What changes, in a sentence"),
        max_length=300,
        help_text=_("The second person reads it, then whoever translates this text."),
    )


class EntryForm(SaidAgain):
    """One entry of a glossary, in the direction of its language, with the entry she was looking at."""

    prefer = forms.CharField(label=_("Write"), max_length=300)
    avoid = FreeTextField(
        label=_("Avoid"),
        required=False,
        max_length=2000,
        help_text=_("One on each line. A star at the end of a word stands for any ending."),
    )
    why = FreeTextField(label=_("Why"), max_length=300, help_text=_("One sentence for whoever writes."))
    terms = FreeTextField(
        label=_("Terms of the field"),
        required=False,
        max_length=2000,
        help_text=_("Words that readers must learn, one on each line. Translators are shown what to write for them."),
    )
    idea = forms.SlugField(
        label=_("Short name of the idea"),
        required=False,
        max_length=60,
        help_text=_(
            "The same in every language, for example disclosure: it ties this entry to those of other languages."
        ),
    )
    key = forms.SlugField(widget=forms.HiddenInput, max_length=32, initial=new_key)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, language: ContentLanguage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for name in ("prefer", "avoid", "why", "terms"):
            direction = "rtl" if language.right_to_left else "ltr"
            self.fields[name].widget.attrs.update({"lang": language.pk, "dir": direction})

    @property
    def words(self) -> WordEntry:
        """The entry the form says, once it is valid."""
        said = self.cleaned_data
        avoid, terms = (_on_lines(said[name]) for name in ("avoid", "terms"))
        return WordEntry(self.language.pk, avoid, _plain(said["prefer"]), _plain(said["why"]), terms, said["idea"])


def _plain(words: str) -> str:
    return " ".join(normal(words).split())


def _on_lines(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_plain, words.splitlines()))))


class ReviewForm(forms.Form):
    """Whether a finished draft may be shown, and else what is to change."""

    remark = FreeTextField(label=_("What should be changed"), required=False, max_length=500)


class BackForm(forms.Form):
    """A file that comes back from a translator's tool."""

    file = forms.FileField(label=_("File from your tool (XLIFF, PO or TMX)"), help_text=localised(_("At most 50 MB.")))

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(localised(_("The file is larger than 50 MB. Send it in parts.")))
        return file


class LanguageForm(forms.Form):
    """A language to translate into."""

    code = forms.CharField(label=_("Code of the language"), max_length=12, help_text=_("For example sw or am."))
    name = forms.CharField(label=_("Its own name for itself"), max_length=60)
    right_to_left = forms.BooleanField(label=_("It is written from right to left"), required=False)


class TranslatorForm(forms.Form):
    """Somebody who holds the role of translator."""

    person = forms.ChoiceField(label=_("Who translates"))

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = cast(forms.ChoiceField, self.fields["person"])
        who.choices = [(str(one.public), one.name) for one in people]
