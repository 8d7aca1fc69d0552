"""Whether aims name what one can see somebody do."""

import re

from django.utils.translation import gettext as _

from concerted.packs.quality.passages import Sheet
from concerted.packs.reading.faults import Faults

#: Verbs for what goes on inside a head: nobody can see it, so no question can ask for it. By language, as they stand
#: at the beginning of an aim or after "and".
UNSEEN = {
    "en": (
        "understand", "know", "be aware", "become aware", "be familiar", "become familiar", "learn", "appreciate",
        "realise", "realize", "grasp", "comprehend", "believe", "feel", "value", "be sensitised", "be sensitized",
        "have knowledge", "gain insight", "be conscious", "think about", "reflect", "be informed", "get to know",
    ),
    "fr": (
        "comprendre", "connaître", "savoir que", "savoir ce", "savoir quoi", "savoir pourquoi", "être conscient",
        "prendre conscience", "être sensibilisé", "apprécier", "se familiariser", "apprendre", "réaliser que",
        "croire", "ressentir", "réfléchir", "être informé", "s'informer", "avoir connaissance", "saisir",
    ),
    "es": (
        "comprender", "entender", "conocer", "saber que", "saber qué", "saber por qué", "ser consciente",
        "tomar conciencia", "estar sensibilizad", "apreciar", "familiarizarse", "aprender", "creer", "sentir",
        "reflexionar", "estar informad", "darse cuenta", "valorar", "tener conocimiento", "captar",
    ),
    "ar": (
        "فهم", "أن يفهم", "معرفة", "أن يعرف", "إدراك", "أن يدرك", "الوعي", "وعي", "تقدير أهمية", "التعرف على",
        "التعرّف على", "تعلم", "تعلّم", "الإلمام", "استيعاب", "الشعور", "التفكير في", "الاطلاع على",
    ),
}  # fmt: skip
_AND = {"en": r"(?:^|\band )", "fr": r"(?:^|\bet (?:de )?)", "es": r"(?:^|\b[ye] )", "ar": r"(?:^|\sو)"}


def check_aims(sheet: Sheet, faults: Faults) -> None:
    """Every aim of a unit or module, in its language."""
    verbs = UNSEEN.get(sheet.language)
    if verbs is None:
        return
    pattern = re.compile(rf"{_AND[sheet.language]}({'|'.join(map(re.escape, verbs))})", re.IGNORECASE)
    for passage in sheet.passages:
        if passage.kind == "aim" and (match := pattern.search(passage.words)):
            faults.warn(
                passage.line,
                _("Nobody can see “%(verb)s”.") % {"verb": match[1]},
                _("Name what she does: say, choose, ask, plan, write, offer."),
                "aim",
            )
