from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concerted.kit.addresses import fixed
from concerted.kit.templatetags.kit import mark_lang
from concerted.text.rules import AS_THE_PAGES, LanguageOffered, ReadingLanguage

register = template.Library()
_CHOSEN = ' aria-current="true"'


@register.filter
def own_name(reading: ReadingLanguage) -> SafeString:
    """The name of a language in itself, marked as being in it."""
    return format_html("<bdi{}>{}</bdi>", mark_lang(reading.code), reading.name)


def _button(code: str, mark: str, name: str, chosen: bool) -> str:
    return (
        f'<button class="linklike" name="language" value="{escape(code)}"{mark}{_CHOSEN if chosen else ""}>'
        f"{escape(name)}</button>"
    )


@lru_cache(maxsize=256)
def _buttons(reading: ReadingLanguage, languages: tuple[LanguageOffered, ...], interface: str) -> str:
    """One press a language; `interface` is part of the key, since the first of them is worded in it."""
    first = _button(AS_THE_PAGES, "", gettext("As the pages around it"), not reading.chosen)
    others = (
        _button(one.code, mark_lang(one.code), one.name, reading.chosen and one.code == reading.code)
        for one in languages
        if one.here
    )
    return first + "".join(others)


@lru_cache(maxsize=16)
def _opening(interface: str) -> str:
    """What every form begins with, as the pages around it say it."""
    label = escape(gettext("Language of the text"))
    return (
        f'<form class="cluster" method="post" action="{fixed("text:choose")}" aria-label="{label}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="'
    )


def _form(context: template.Context, reading: ReadingLanguage, languages: Sequence[LanguageOffered], back: str) -> str:
    buttons = _buttons(reading, tuple(languages), reading.interface)
    return (
        f'{_opening(reading.interface)}{context.get("csrf_token", "")}">'
        f'<input type="hidden" name="next" value="{escape(back)}">{buttons}</form>'
    )


@lru_cache(maxsize=256)
def _summary(reading: ReadingLanguage) -> str:
    """What stands above the form."""
    said, read = "", gettext("Read in:")
    if reading.closed:
        closed = gettext("The language you chose is not open here any more. You read in that of the pages.")
        said = f"<p>{closed}</p>"
    return f"<summary><span>{read} {own_name(reading)}</span></summary>{said}"


@register.simple_tag(takes_context=True)
def read_in(context: template.Context, reading: ReadingLanguage, languages: Sequence[LanguageOffered]) -> SafeString:
    """“Read in: …” folded together: the languages in which something here can be read, each in its own name.

    Comes back to this page; works without script. Nothing where there is nothing to choose, and no choice to undo.
    """
    if not (reading.chosen or reading.closed or sum(one.here for one in languages) > 1):
        return SafeString("")
    request = context.get("request")
    form = _form(context, reading, languages, request.get_full_path() if request else "/")
    return SafeString(f"<details>{_summary(reading)}{form}</details>")


@register.simple_tag(takes_context=True)
def read_in_form(
    context: template.Context, reading: ReadingLanguage, languages: Sequence[LanguageOffered], back: str
) -> SafeString:
    """The same, open, going back to another page."""
    return SafeString(_form(context, reading, languages, back))
