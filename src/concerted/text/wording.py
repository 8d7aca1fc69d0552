"""How words are counted and graded, and which are avoided. Pure, so that any room can use it while somebody writes.

None of it understands what it reads: it counts. A finding is a question to the writer, not a verdict.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: A mark for what stands open in the words, such as a local slot: no word, and a sentence may end there.
OPEN = "…"
# The signs that close a sentence, whatever quotation mark or bracket follows them; or a colon before speech. What goes
# on with a small letter (« Oui », dit-elle) is one sentence.
_END = re.compile(
    r"(?:(?>[.!?؟…]+(?:\s?»)?[\"'”’)\]*_]*)|:(?=\s+[\"“«‘„]))\s++(?![a-zà-öø-ÿ])|[.!?؟…]+[\"'”’»)\]*_]*\s*\n|\n{2,}"
)
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|Mme|Sra?)\.\s+$")
_BEFORE_NUMBER = re.compile(r"\b(?:no|art|vol|pp?|n)\.\s+$", re.IGNORECASE)
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640"
# An apostrophe or a hyphen inside a word joins it: l'aide, mother's, follow-up. Arabic marks stand inside words.
_WORD = re.compile(rf"[^\W_][\w{_MARKS}]*(?:['’-][^\W_][\w{_MARKS}]*)*")
_VOWELS = re.compile(r"[aeiouy]+")
# Speech and words that are only named: "…", “…”, «…», ‘…’, and '…' where it cannot be an apostrophe.
# Where two signs differ, a quotation has an end of its own, or many that stay open would be read to the end each time.
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^“”]{0,999}”|«[^«»]{0,999}»|„[^“”„]{0,999}[“”]|‘[^’]{0,300}’(?!\w)"
    r"|(?<!\w)'[^']{0,300}(?:'(?=\w)[^']{0,99}){0,4}'(?!\w)"
)
# One written Alef for another, and what Arabic writes together with the word: and, so, with, to, like, the.
_ALEF = "[اأإآ]"
_JOINED = "[وف]?[بكل]?(?:ال|لل)?"


@dataclass(frozen=True)
class WordEntry:
    """What a glossary says of one idea. `avoid`: words as written; a star at the end stands for any ending.

    `terms`: words of the field that readers must learn anyway, left out when a text is graded. `idea`: a short name
    that entries of other languages share with it, so that a translator is told what her language says for a term.
    """

    language: str
    avoid: tuple[str, ...]
    prefer: str
    why: str
    terms: tuple[str, ...] = ()
    idea: str = ""


@dataclass(frozen=True)
class Avoided:
    """An avoided word in a text: where it starts, how it stands there, what to write instead and why."""

    start: int
    words: str
    prefer: str
    why: str


@dataclass(frozen=True)
class TermFound:
    """A term in a text: where it starts, how it stands there, and the entry it belongs to."""

    start: int
    words: str
    entry: WordEntry


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, in order, without those that hold no word.

    >>> sentences_of('She says: "Not now." Wait, and ask later. No. 35 counts.')
    ['She says:', '"Not now."', 'Wait, and ask later.', 'No. 35 counts.']
    """
    found, begins = [], 0
    for end in _END.finditer(text):
        if not _shortened(text, end.end()):
            found.append(text[begins : end.end()].strip())
            begins = end.end()
    found.append(text[begins:].strip())
    return [sentence for sentence in found if _WORD.search(sentence)]


def _shortened(text: str, place: int) -> bool:
    """Whether the stop before `place` only shortens a word: a title, or “No.” before a number."""
    before = text[max(0, place - 8) : place]
    return bool(_TITLE.search(before) or (text[place : place + 1].isdigit() and _BEFORE_NUMBER.search(before)))


def words_of(text: str) -> list[str]:
    """The words of a text, in order; numbers are words, signs are none.

    >>> words_of("It's 3 o'clock: follow-up, l'aide.")
    ["It's", '3', "o'clock", 'follow-up', "l'aide"]
    """
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def syllables_of(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent e at the end.

    Two vowels that are spoken apart, as in “violence”, count as one.

    >>> [syllables_of(word) for word in ("ask", "whole", "people", "strangulation")]
    [1, 1, 2, 4]
    """
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    if groups > 1 and re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouydt]ed$", letters):
        groups -= 1
    return max(1, groups)


def grade_of(text: str, terms: Iterable[str] = ()) -> float:
    """The years of school that an English text asks for, by Flesch and Kincaid; 0 where there are no words.

    0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid, Fishburne, Rogers and Chissom, *Derivation of
    new readability formulas for Navy enlisted personnel*, 1975). Each of `terms` counts as one word of one syllable:
    the reader has learned it. Syllables are estimated, so the second digit means nothing.

    >>> round(grade_of("He hit her. She told a friend."), 1)
    -2.4
    """
    sentences = sentences_of(text)
    if pattern := _any_of(tuple(terms), "en"):
        sentences = [pattern.sub("term", _lowered(sentence)) for sentence in sentences]
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables_of, words)) / len(words) - 15.59


def without_quoted(text: str) -> str:
    """The text with all that stands in quotation marks blanked out, as long as before.

    >>> without_quoted('Never say "hysterical" here.')
    'Never say              here.'
    """
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def quoted_in(text: str) -> list[str]:
    """What stands in quotation marks, in order, marks included.

    >>> quoted_in('She says: "Not now." He says: "Why?"')
    ['"Not now."', '"Why?"']
    """
    return [match[0] for match in _QUOTED.finditer(text)]


def avoided_in(text: str, language: str, entries: Sequence[WordEntry]) -> list[Avoided]:
    """The avoided words of a text in a language, in order. What stands in quotation marks is named, not used.

    >>> entry = WordEntry("en", ("confess*",), "said", "It sounds like guilt.")
    >>> [found.words for found in avoided_in('She confessed. Do not write "confessed".', "en", [entry])]
    ['confessed']
    """
    own = tuple(entry for entry in entries if entry.language == language)
    pattern = _any_of(tuple(words for entry in own for words in entry.avoid), language)
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(_lowered(without_quoted(text))):
        entry = next(entry for entry in own if _is_one_of(match[0], entry.avoid, language))
        words = text[match.start() : match.end()]
        found.append(Avoided(match.start(), words, entry.prefer, entry.why))
    return found


def terms_in(text: str, language: str, entries: Sequence[WordEntry]) -> list[TermFound]:
    """The terms of the field that stand in a text in a language, in order; of two that overlap the longer.

    >>> entry = WordEntry("en", (), "", "", ("violence", "domestic violence"))
    >>> [found.words for found in terms_in("Ask about domestic violence.", "en", [entry])]
    ['domestic violence']
    """
    own = tuple(entry for entry in entries if entry.language == language)
    terms = sorted((term for entry in own for term in entry.terms), key=lambda term: (-len(term), term))
    pattern = _any_of(tuple(terms), language)
    if pattern is None:
        return []
    return [
        TermFound(match.start(), text[match.start() : match.end()], entry)
        for match in pattern.finditer(_lowered(text))
        for entry in [next(entry for entry in own if _is_one_of(match[0], entry.terms, language))]
    ]


def stands_in(text: str, language: str, phrases: Sequence[str]) -> bool:
    """Whether any of these phrases stands in a text.

    >>> stands_in("La strangulation tue.", "fr", ["strangulation"])
    True
    """
    pattern = _any_of(tuple(phrases), language)
    return pattern is not None and pattern.search(_lowered(text)) is not None


def phrases_of(prefer: str) -> tuple[str, ...]:
    """The single phrases of what is to be written instead, where an entry names several.

    >>> phrases_of("strangulation; pressure on the neck")
    ('strangulation', 'pressure on the neck')
    """
    return tuple(filter(None, (phrase.strip() for phrase in re.split(r"[;؛,،]", prefer))))


def can_be_found(phrase: str) -> bool:
    """Whether a phrase can stand in a glossary: words, with a star at most at the end of each.

    >>> [can_be_found(phrase) for phrase in ("confess*", "con*fess", "*", "")]
    [True, False, False, False]
    """
    words = phrase.split()
    return bool(words) and all(word != "*" and word.find("*") in (-1, len(word) - 1) for word in words)


def _is_one_of(words: str, phrases: tuple[str, ...], language: str) -> bool:
    pattern = _any_of(phrases, language)
    return pattern is not None and pattern.fullmatch(words) is not None


def _lowered(text: str) -> str:
    """In small letters and as long as before, which `lower` alone does not promise."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1024)
def _any_of(phrases: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    """One pattern for all phrases in small letters, so that one look at a text is enough.

    Neither groups nor IGNORECASE: both would keep the engine from passing over a phrase by its first letter.
    """
    if not phrases:
        return None
    joined = _JOINED if language == "ar" else ""
    spelled = "|".join(_spelled(phrase.lower(), language) for phrase in phrases)
    return re.compile(rf"(?<![\w{_MARKS}]){joined}(?:{spelled})(?![\w{_MARKS}])")


def _spelled(phrase: str, language: str) -> str:
    """The pattern of a phrase: any blanks between words, any ending for a star, either apostrophe."""
    signs = []
    for sign in " ".join(phrase.split()):
        if language == "ar" and sign.isalpha():
            signs.append(f"{_ALEF if sign in _ALEF else sign}[{_MARKS}]*")
        else:
            signs.append({" ": r"\s+", "*": rf"[\w{_MARKS}]*", "'": "['’]"}.get(sign, re.escape(sign)))
    return "".join(signs)
