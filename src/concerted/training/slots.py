"""Local slots: places in the words for what differs by country. Empty slots say so and are safe."""

import re

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from concerted.kit.markdown import plain, render, render_inline

SLOT = re.compile(r"\{([a-z]+(?:\.[a-z-]+)?)\}")
#: Said when nothing is filled in here: no promise, no refusal, no report on a guess.
EMPTY = _("Not filled in here. Ask your coordinator before you promise, refuse or report.")
#: Where asking first could cost somebody her life, her privacy or the hours in which care still helps.
DEFAULTS = {
    "say.limits": _("I am not sure yet which exceptions apply here. Keep names back until I have asked."),
    "svc.emergency": _("Not filled in here. If a life is in danger, ring the emergency number you know."),
    "svc.staff-help": _("Not filled in here. Look for help outside your workplace: a helpline or a doctor you trust."),
    "svc.clinic": _("Not filled in here. Ask a health worker you trust today which clinic is open now."),
    "svc.helpline": _("Not filled in here. Look up a helpline or women's service near you today."),
    "svc.specialist": _("Not filled in here. Look up a helpline or women's service near you today."),
}


def filled(markdown: str, language: str) -> str:
    """The words with every slot replaced by what is known here, or by its safe default in the language of the words."""
    if "{" not in markdown:
        return markdown

    def put(match: re.Match[str]) -> str:
        return f"*{DEFAULTS.get(match.group(1), EMPTY)}*"

    with translation.override(language):
        return SLOT.sub(put, markdown)


def fill(markdown: str, language: str) -> SafeString:
    """Rendered words, slots filled."""
    return render(filled(markdown, language))


def fill_inline(markdown: str, language: str) -> SafeString:
    """A label with its inline marks rendered, slots filled."""
    return render_inline(filled(markdown, language))


def fill_plain(markdown: str, language: str) -> str:
    """The bare words, slots filled, for what can show no marks."""
    return plain(filled(markdown, language))
