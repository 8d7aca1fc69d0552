"""How an answer is marked. Pure: nothing here knows a person, a clock or a database.

`marking` by kind of question:
    single    {"right": "b", "tags": {"a": "secret", "c": "policefirst"}}
    hotspot   the same; its options are areas of a picture
    multiple  {"right": ["a", "c"], "tags": {"b": "leave"}}
    ordering  {"order": ["a", "b", "c"], "tag": "form"}
    matching  {"pairs": {"a": "x", "b": "y"}, "tag": "onceonly"}
    short     {"tags": {"a": "low"}, "tag": "form"}, and what `with_forms` puts in
    numeric   {"value": "72", "tolerance": "2", "slips": {"a": ["24", "0"]}, "tags": {"a": "low"}, "tag": "form"}
An answer is what the form sends: an option's key; a list of keys; a list of keys in order; a mapping; words.
A slip is a wrong answer that was foreseen, with feedback of its own. Numbers are words, so that none is rounded.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concerted.practice.rules.typed import LONGEST_NUMBER, fits_one, forms_of, near, readings
from concerted.practice.scenario.conditions import gettext_noop

#: Kinds that are answered in words of one's own.
TYPED = ("short", "numeric")
LONGEST_SHORT = 200
#: The kind that nobody marks: what she writes is hers alone.
REFLECTION = "reflection"
LONGEST_REFLECTION = 4000
#: Signs that no keyboard gives, and some databases refuse.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class BadAnswer(ValueError):
    """The answer does not fit the question; the message says what is missing."""


@dataclass(frozen=True)
class Marked:
    """Whether an answer is right, which misconceptions it shows, and the key of the slip that it is."""

    right: bool
    tags: tuple[str, ...] = ()
    slip: str = ""


Marking = Mapping[str, Any]


def mark(kind: str, marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    """Mark one answer. `options` are the keys she could choose from; anything else raises `BadAnswer`.

    >>> mark("single", {"right": "b", "tags": {"a": "low"}}, "a", ["a", "b"]).tags
    ('low',)
    >>> mark("multiple", {"right": ["a", "b"], "tags": {}}, ["b", "a"], ["a", "b", "c"]).right
    True
    >>> mark("ordering", {"order": ["a", "b"], "tag": "form"}, ["b", "a"], ["a", "b"]).tags
    ('form',)
    >>> mark("numeric", {"value": "72", "tolerance": "0", "slips": {"a": ["24", "0"]}}, "24", []).slip
    'a'
    """
    return _MARKED[kind](marking, answer, options)


def with_forms(marking: Marking, words: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The marking of a short answer with its forms, which are words and stand in the text.

    `words`: end of a section's key ("accepted", or that of a slip) -> its words in each language.
    """
    forms = {key: [form for one in told for form in forms_of(one)] for key, told in words.items()}
    return dict(marking) | {"accepted": forms.pop("accepted", []), "slips": forms}


def _single(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    if not isinstance(answer, str) or answer not in options:
        raise BadAnswer(gettext_noop("No answer of these is chosen. Choose one."))
    right = answer == marking["right"]
    return Marked(right, () if right else _tags(marking, [answer]))


def _multiple(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    if not answer or not _are_keys(answer) or not set(answer) <= set(options):
        raise BadAnswer(gettext_noop("No answer of these is chosen. Choose at least one."))
    right = set(answer) == set(marking["right"])
    return Marked(right, () if right else _tags(marking, answer))


def _ordering(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    if not _are_keys(answer) or sorted(answer) != sorted(marking["order"]):
        raise BadAnswer(gettext_noop("Two lines share a place, or one has none. Give every line a place of its own."))
    return _all_or_tag(answer == marking["order"], marking)


def _matching(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    pairs = marking["pairs"]
    if (
        not isinstance(answer, Mapping)
        or set(answer) != set(pairs)
        or not all(isinstance(reply, str) for reply in answer.values())
        or not set(answer.values()) <= set(pairs.values())
    ):
        raise BadAnswer(gettext_noop("A line has no reply yet. Choose one for every line."))
    return _all_or_tag(dict(answer) == dict(pairs), marking)


def _short(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    words = _typed(answer, LONGEST_SHORT)
    if fits_one(marking["accepted"], words):
        return Marked(True)
    return _slipped(marking, lambda forms: fits_one(forms, words))


def _numeric(marking: Marking, answer: Any, options: Sequence[str]) -> Marked:
    words = _typed(answer, LONGEST_NUMBER)
    if not readings(words):
        raise BadAnswer(gettext_noop("This is no number. Write it in digits alone, for example 12 or 2.5."))
    if near(words, marking["value"], marking["tolerance"]):
        return Marked(True)
    return _slipped(marking, lambda foreseen: near(words, *foreseen))


def reflected(answer: Any) -> str:
    """The words of a reflection as they are kept: any words fit. Raises `BadAnswer` for none, or too many.

    >>> reflected("One\\r\\ntwo ")
    'One\\ntwo'
    """
    words = answer.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(answer, str) else ""
    _typed(words.replace("\n", " ").replace("\t", " "), LONGEST_REFLECTION)
    return words


def _typed(answer: Any, longest: int) -> str:
    """What she typed, if it can be kept."""
    if not isinstance(answer, str) or not answer.strip():
        raise BadAnswer(gettext_noop("There is no answer yet. Write one."))
    if len(answer) > longest:
        raise BadAnswer(gettext_noop("This answer is too long. Shorten it."))
    if _UNFIT.search(answer):
        raise BadAnswer(gettext_noop("This answer holds characters that cannot be kept. Type it again."))
    return answer


def _slipped(marking: Marking, is_one: Callable[[Any], bool]) -> Marked:
    """A wrong answer: the first slip it is, with its misconception; else the one for all others."""
    slip = next((key for key, foreseen in marking.get("slips", {}).items() if is_one(foreseen)), "")
    return Marked(False, _tags(marking, [slip]) if slip else _all_or_tag(False, marking).tags, slip)


def _are_keys(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(key, str) for key in answer)


def _tags(marking: Marking, chosen: Sequence[str]) -> tuple[str, ...]:
    return tuple(marking.get("tags", {})[key] for key in chosen if marking.get("tags", {}).get(key))


def _all_or_tag(right: bool, marking: Marking) -> Marked:
    """All of it fits, or the one misconception that was foreseen for what does not."""
    return Marked(right, () if right or not marking.get("tag") else (marking["tag"],))


_MARKED: dict[str, Callable[[Marking, Any, Sequence[str]], Marked]] = {
    "single": _single,
    "hotspot": _single,
    "multiple": _multiple,
    "ordering": _ordering,
    "matching": _matching,
    "short": _short,
    "numeric": _numeric,
}


def shuffled(keys: Sequence[str], seed: str) -> list[str]:
    """The keys in an order that looks random and is the same each time for the same seed; never the order given.

    >>> shuffled(["a", "b", "c"], "1:q1") == shuffled(["a", "b", "c"], "1:q1") != ["a", "b", "c"]
    True
    """
    mixed = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
    return mixed if mixed != list(keys) or len(keys) < 2 else mixed[1:] + mixed[:1]
