import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.services import keep_reading_language
from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import LANGUAGE
from concerted.text.models import ContentLanguage, Translator
from concerted.text.services.counting import count_language

_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class LanguageRefused(Exception):
    """The language or translator cannot be entered like this; the message says why."""


@transaction.atomic
def add_language(code: str, name: str, *, right_to_left: bool = False, by: Any, at: datetime) -> ContentLanguage:
    """Open a language for translation; every published text is missing in it from now on."""
    if by is not None:
        access.allow(by, "C", LANGUAGE)
    code = code.strip().lower().replace("_", "-")
    if not _CODE.fullmatch(code):
        raise LanguageRefused(_("Write the code of the language in two or three letters, for example sw or am."))
    if ContentLanguage.objects.filter(pk=code).exists():
        raise LanguageRefused(_("This language is already there."))
    language = ContentLanguage.objects.create(code=code, name=" ".join(name.split()), right_to_left=right_to_left)
    count_language(code)
    record("language added", by=by, object_kind="language", object_id=code)
    return language


@transaction.atomic
def open_interface_languages() -> None:
    """Open the languages the interface speaks, where they are not open yet, and count what is to do in them."""
    for code, name in settings.LANGUAGES:
        right_to_left = code.split("-")[0] in settings.LANGUAGES_BIDI
        facts = {"name": name, "right_to_left": right_to_left}
        if ContentLanguage.objects.get_or_create(code=code, defaults=facts)[1]:
            count_language(code)


@transaction.atomic
def choose_reading_language(code: str, *, by: Any, at: datetime) -> None:
    """Read texts in an open language from now on, or with "" in that of the pages. Raises LanguageRefused."""
    # PostgreSQL refuses to be asked about a NUL at all.
    if code and ("\x00" in code or not ContentLanguage.objects.filter(pk=code).exists()):
        raise LanguageRefused(_("Texts cannot be read in this language here. Choose one of those listed."))
    keep_reading_language(by, code, by=by, at=at)


@transaction.atomic
def enter_translator(person: Any, language: ContentLanguage, *, by: Any, at: datetime) -> Translator:
    """Let a translator write and review in a language. She needs the role as well, which others give her."""
    if by is not None:
        access.allow(by, "U", LANGUAGE)
        if not any(held.role == "translator" for held in person.held_roles):
            raise LanguageRefused(_("She does not hold the role of translator. Give it to her under Roles first."))
    entry, made = Translator.objects.get_or_create(person=person, language=language)
    if made:
        record("translator entered", by=by, object_kind="language", object_id=language.pk, about=person)
    return entry


@transaction.atomic
def remove_translator(entry: Translator, *, by: Any, at: datetime) -> None:
    """End her part in a language; what she wrote stays."""
    access.allow(by, "U", LANGUAGE)
    record("translator removed", by=by, object_kind="language", object_id=entry.language_id, about=entry.person)
    entry.delete()
