"""A made-up interface language, for development only: English with accents, two fifths longer, in brackets.

Where a page breaks in it, German or French would break it too; what stands outside the brackets cannot be translated
at all. It is made as the page is, out of whatever is said to gettext, so it is complete by itself and has no catalogue.
The setting CONCERTED_PSEUDO turns it on, for everybody on that server: it is in no list of languages and on no form.
"""

import re
from collections.abc import Callable
from gettext import NullTranslations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import trans_real

#: Codes that ISO 639 leaves to everybody for their own use; the second is written from right to left.
LONG, MIRRORED = "qps", "qpr"
#: What CONCERTED_PSEUDO may say.
CODES = {"long": LONG, "mirrored": MIRRORED}
BEGINS, ENDS = "⟦", "⟧"
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "åçéîñöšûýžÅÇÉÎÑÖŠÛÝŽ")
_VOWELS = frozenset("aeiouAEIOU")
# What a translator keeps as it is: gaps of either kind, tags, entities.
_KEPT = re.compile(r"(%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdr%]|\{\w*\}|</?[a-zA-Z][^<>]*>|&#?\w+;)")


def pseudo(message: str) -> str:
    """A message as the made-up language says it.

    >>> pseudo("Save")
    '⟦Šååvéé⟧'
    >>> pseudo("%(n)s of <b>30</b> parts")
    '⟦%(n)s ööf <b>30</b> påårtš~⟧'
    """
    parts = _KEPT.split(message)
    letters = sum(sign.isalpha() for part in parts[::2] for sign in part)
    if not letters:
        return message
    more = -(-letters * 2 // 5)
    said = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            part, more = _longer(part, more)
        said.append(part)
    return f"{BEGINS}{''.join(said)}{'~' * more}{ENDS}"


def _longer(words: str, more: int) -> tuple[str, int]:
    """The words with accents and up to `more` vowels said twice; and how many are left to say."""
    said = []
    for sign in words:
        twice = more > 0 and sign in _VOWELS
        more -= twice
        said.append(sign + sign.lower() if twice else sign)
    return "".join(said).translate(_ACCENTS), more


class PseudoTranslation(NullTranslations):
    """What Django asks for the words of a language; counts as English does."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def to_language(self) -> str:
        """The code that the pages are marked with."""
        return self._code

    def gettext(self, message: str) -> str:
        """A message, without the context that tells it from another of the same words."""
        return pseudo(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or many."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def speak(code: str) -> None:
    """Let whatever is said from now on in this thread be said in a made-up language."""
    trans_real._translations.setdefault(code, PseudoTranslation(code))  # type: ignore[attr-defined]
    translation.activate(code)


class PseudoMiddleware:
    """Stands behind Django's choice of a language and overrules it; settings put it there for development only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        if settings.CONCERTED_PSEUDO not in CODES:
            raise ImproperlyConfigured(f"CONCERTED_PSEUDO is one of: {', '.join(CODES)}, or not set.")
        self.code = CODES[settings.CONCERTED_PSEUDO]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        speak(self.code)
        request.LANGUAGE_CODE = self.code
        return self.get_response(request)
