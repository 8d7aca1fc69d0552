"""Words that call for a source, by language: what somebody has counted, and what a law is said to ask."""

import re

_NUMBERS = {
    "en": "one|two|three|four|five|six|seven|eight|nine|ten",
    "fr": "une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix",
    "es": "una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez",
}
_EN, _FR, _ES = (rf"(?:\d+|{words})" for words in _NUMBERS.values())
# Whose number is counted. A share of an hour, or a third visit, is part of a story.
_OF_EN = (
    r"(?:wom[ae]n|girls?|m[ae]n|boys?|persons?|people|child(?:ren)?|survivors?|victims?|mothers?|nurses?|staff|"
    r"countries|cases|killings|murders|femicides|deaths|rapes|clinics|services)\b"
)
# Half the women in the hall are part of a story, too.
_NOT_HERE = (
    r"(?! (?:in|at) (?:the|this|our|your|her) (?:room|hall|ward|clinic|village|district|town|camp|group|team)\b)"
)
_OF_FR = (
    r"(?:femmes?|filles?|hommes?|garçons?|personnes?|enfants?|survivantes?|victimes?|mères?|pays|cas|meurtres|"
    r"féminicides|décès|viols|services)\b"
)
_OF_ES = (
    r"(?:mujer(?:es)?|niñas?|hombres?|niños?|personas?|supervivientes?|víctimas?|madres?|países|casos|asesinatos|"
    r"feminicidios|muertes|violaciones|servicios)\b"
)
_OF_AR = r"(?:ال)?(?:نساء|فتيات|رجال|أطفال|ناجيات|ضحايا|أمهات|بلدان|دول|حالات)"
# A number as a whole, so that what is told is what stands there.
_N = r"(?<![\d.,])\d(?:[\d.,\u00a0\u202f]*\d)?"
_BIG = r"(?<![\d.,])\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+\b"

#: What somebody has counted: shares, large numbers, so many times as many. Ages, hours and prices of a story are none.
FIGURES = {
    "": rf"{_N}\s*[%٪]|{_BIG}",
    "en": (
        rf"(?:{_N}|\w+)\s*per\s?cent\b|{_N}\s*(?:million|billion)"
        rf"|\b{_EN} (?:{_OF_EN} )?(?:in|out of) (?:every )?{_EN}\b(?! (?:days?|weeks?|months?|years?|hours?|minutes?))"
        r"|\b(?:in every|per|of every) (?:hundred|thousand)\b"
        rf"|\b(?:half(?: of)?|(?:most|(?:an?|one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?) of)"
        rf" (?:(?:all|the|these|those) )*{_OF_EN}{_NOT_HERE}"
        rf"|\b(?:hundreds|thousands|millions) of {_OF_EN}"
        rf"|(?<![\d.,])\d{{3,}} (?:\w+ )?{_OF_EN}"
        rf"|\b(?:{_N}|{_EN}|several|many) times"
        r" (?:as (?:many|much|high|likely|often)|more (?:likely|often)|higher|greater|the odds)"
        r"|\btwice as (?:many|high|likely|often)\b|\b(?:doubl|tripl)(?:es?|ed) (?:the|her|their) (?:risk|odds|chance)"
        r"|\b(?:killed|murdered|raped|dies) every\b"
    ),
    "fr": (
        rf"(?:{_N}|\w+)\s*pour\s?cent\b|{_N}\s*(?:millions?|milliards?)|\b{_FR} (?:\w+ )?sur {_FR}\b"
        rf"|\b(?:tiers|moitié|quarts?|majorité|dixième) (?:des|de (?:toutes )?(?:les|ces)) {_OF_FR}"
        rf"|\b(?:centaines|milliers|millions) de {_OF_FR}|(?<![\d.,])\d{{3,}} {_OF_FR}"
        rf"|\b(?:{_N}|{_FR}|plusieurs) fois plus (?:de |élevé|souvent|grand)"
        r"|\bmultipli\w+ par\b|\bdoubl(?:e|ent) le risque"
    ),
    "es": (
        rf"(?:{_N}|\w+)\s*por\s?ciento\b|{_N}\s*mill(?:ón|ones)|\b{_ES} de cada {_ES}\b"
        rf"|\b(?:tercios?|cuart[oa]s?(?: partes)?|mitad|mayoría) de (?:todas )?(?:las|los) {_OF_ES}"
        rf"|\b(?:cientos|miles|millones) de {_OF_ES}|(?<![\d.,])\d{{3,}} {_OF_ES}"
        rf"|\b(?:{_N}|{_ES}|varias) veces (?:más|mayor)|\b(?:duplica|triplica)n? el riesgo"
    ),
    "ar": (
        rf"(?:{_N}|\w+)\s*(?:في المئة|بالمئة|في المائة|بالمائة)|{_N}\s*(?:مليون|ملايين|مليار)"
        r"|(?:واحدة?|امرأة|فتاة|شخص) من (?:بين )?كل"
        rf"|(?:ثلث|ثلثا|ثلثي|نصف|ربع|أرباع|معظم|غالبية) (?:كل |جميع )?ال{_OF_AR.removeprefix('(?:ال)?')}"
        rf"|(?:مئات|آلاف|ملايين) (?:من )?{_OF_AR}|(?<![\d.,])\d{{3,}} {_OF_AR}"
        rf"|(?:{_N}|\w+) أضعاف|ضعف (?:ال)?خطر"
    ),
}
#: Laws and conventions by name, number or article.
LAWS = {
    "": r"\b(?:article|artículo|art\.)\s*\d+|§+\s*\d+|المادة\s*\d+|\bCEDAW\b",
    "en": (
        r"\b\w+ (?:Convention|Directive)\b|\b(?:convention|directive) (?:of|on)\b|\bGeneral Recommendation\b"
        r"|\b(?:section|paragraph) \d+ of the\b|\b(?:penal|criminal|civil|family) code\b"
    ),
    "fr": (
        r"\b(?:convention|directive) (?:d['’]|de|du|des|sur)|\bRecommandation générale\b|\bcode (?:pénal|civil)\b"
        r"|\b(?:alinéa|paragraphe) \d+ de\b"
    ),
    "es": (
        r"\b(?:convenio|convención|directiva) (?:de|del|sobre)\b|\bRecomendación general\b"
        r"|\bcódigo (?:penal|civil)\b|\b(?:apartado|párrafo) \d+ de\b"
    ),
    "ar": r"اتفاقية|التوصية العامة|قانون العقوبات|القانون (?:المدني|الجنائي)",
}
#: What the law of the place is said to ask: that differs from place to place, so a slot may stand for the source.
LOCAL = {
    "en": (
        r"\b(?:the law|laws?) (?:say|require|oblige|forbid|ban|protect|demand)s?\b"
        # What differs by law is no claim.
        r"|\bby law,? (?:you|she|he|they|it|an?|the|no|each|every|all|any)\b|\b(?:under|against) the law\b"
        r"|\b(?:is|are) (?:illegal|a crime|an offence)\b"
    ),
    "fr": (
        r"\b(?:la loi|les lois) (?:di(?:t|sent)|exige|oblige|interdi|protège)\w*|\b(?:selon|d['’]après|par) la loi\b"
        r"|\b(?:est|sont) (?:illéga|un (?:crime|délit))\w*"
    ),
    "es": (
        r"\b(?:la ley|las leyes) (?:dice|exige|obliga|prohíbe|protege)n?\b|\b(?:según la|por) ley\b"
        r"|\b(?:es|son) (?:ilegal|(?:un )?delito)\w*"
    ),
    "ar": r"(?:ينص|يلزم|يمنع|يحظر) القانون|القانون (?:يقول|ينص|يلزم|يمنع|يحظر)|(?:بموجب|بحكم) القانون",
}


def _compiled(said: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """One pattern a language, with what holds in every language in front; the key "" for languages not listed."""
    common = said.get("", "")
    joined = {language: "|".join(filter(None, (common, words if language else ""))) for language, words in said.items()}
    return {language: re.compile(words, re.IGNORECASE) for language, words in joined.items()}


_CLAIMED = _compiled({code: "|".join(filter(None, (FIGURES[code], LAWS[code]))) for code in FIGURES})
_LOCAL = _compiled(LOCAL)


def claim_in(words: str, language: str, *, slot: bool) -> str:
    """The first words that call for a source, or nothing. `slot`: a local slot stands beside them, which then says
    what the law of the place is.

    >>> claim_in("It is 27.5 % of women.", "en", slot=False), claim_in("Rosa is 71.", "en", slot=False)
    ('27.5 %', '')
    """
    match = _CLAIMED.get(language, _CLAIMED[""]).search(words)
    if match is None and not slot and language in _LOCAL:
        match = _LOCAL[language].search(words)
    return match[0].strip() if match else ""
