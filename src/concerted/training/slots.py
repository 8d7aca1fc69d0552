"""Local slots: places in the words for what differs by country. Empty slots say so and are safe."""

import re

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from concerted.kit.markdown import plain, render, render_inline
from concerted.kit.templatetags.kit import mark_lang
from concerted.text.rules import SLOT

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


#: Every slot the lessons of this house use, and what belongs into it.
KNOWN = {
    "say.limits": _("The exceptions to privacy, as you say them to her"),
    "svc.emergency": _("The emergency number"),
    "svc.helpline": _("The helpline, its hours and languages"),
    "svc.specialist": _("The specialist women's service near you"),
    "svc.clinic": _("The clinic for care after rape, and its hours"),
    "svc.staff-help": _("Private help for staff, outside the employer"),
    "law.report-child": _("Who must report harm to a child, to whom, by when"),
    "law.report-adult": _("What holds for reports about an adult"),
    "law.share": _("The rules for sharing what you know"),
    "law.offences": _("Which acts are offences"),
    "law.consent": _("What the law says about consent and age"),
    "law.orders": _("Barring and protection orders"),
    "law.evidence": _("What holds for evidence, and time limits"),
    "law.custody": _("Custody and contact"),
    "law.mediation": _("Mediation and settlement"),
    "law.residence": _("Residence permits and asylum"),
    "law.weapons": _("Weapons"),
    "law.pregnancy": _("Pregnancy"),
    "law.victim-rights": _("Rights of victims, and the doors to them"),
    "law.workplace": _("Duties of the employer"),
    "law.pre-service": _("Training before qualifying"),
    "tool.risk": _("The risk tool used here"),
    "proto.pathway": _("The referral pathway"),
    "proto.conference": _("The case conference"),
    "forms": _("Forms"),
    "money": _("Money and help with it"),
    "words": _("Words used here"),
}


def filled(markdown: str, language: str) -> str:
    """The words with every slot replaced by what is known here, or by its safe default in the language of the words.

    Where the interface does not speak that language, the default is said in the language of the page.
    """
    if "{" not in markdown:
        return markdown

    def put(match: re.Match[str]) -> str:
        return f"*{DEFAULTS.get(match.group(1), EMPTY)}*"

    with translation.override(_said_in(language)):
        return SLOT.sub(put, markdown)


def _said_in(language: str) -> str:
    """The language the defaults are said in among words of a language: the same where the interface speaks it, else
    that of the page, which she can read.
    """
    spoken = dict(settings.LANGUAGES)
    if language in spoken or language.split("-")[0] in spoken:
        return language
    return translation.get_language() or settings.LANGUAGE_CODE


def _marked(html: SafeString, markdown: str, language: str) -> SafeString:
    """What was said in another language than the words around it carries that language."""
    said_in = _said_in(language)
    if said_in == language or "{" not in markdown:
        return html
    with translation.override(said_in):
        for said in {str(DEFAULTS.get(match.group(1), EMPTY)) for match in SLOT.finditer(markdown)}:
            drawn = render_inline(f"*{said}*")
            html = SafeString(html.replace(drawn, drawn.replace("<em>", f"<em{mark_lang(said_in)}>", 1)))
    return html


def fill(markdown: str, language: str) -> SafeString:
    """Rendered words, slots filled."""
    return _marked(render(filled(markdown, language)), markdown, language)


def fill_inline(markdown: str, language: str) -> SafeString:
    """A label with its inline marks rendered, slots filled."""
    return _marked(render_inline(filled(markdown, language)), markdown, language)


def fill_plain(markdown: str, language: str) -> str:
    """The bare words, slots filled, for what can show no marks."""
    return plain(filled(markdown, language))
