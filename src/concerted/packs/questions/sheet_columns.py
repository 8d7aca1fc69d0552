"""The columns of a table of questions, and what may stand in their cells."""

import re

from django.utils.translation import gettext as _

from concerted.kit.exports import escape
from concerted.packs.questions.soundness import FULL
from concerted.packs.questions.weights import share
from concerted.packs.questions.written import KINDS, Refused

#: One each: column -> part of a question that is words.
WORDS = {
    "title": "title",
    "question": "stem",
    "feedback": "feedback",
    "right": "right",
    "partly right": "partly",
    "not quite": "not_quite",
    "category": "category",
    "unit": "unit",
}
#: One each, besides `WORDS`.
FACTS = ("kind", "tags", "capitals count")
#: One for each answer, with its number: "answer 1".
OF_ANSWER = ("answer", "reply", "weight", "tolerance", "feedback")
ANSWERS_MOST = 30
_NUMBERED = re.compile(rf"({'|'.join(OF_ANSWER)}) ([1-9][0-9]?)")
_YES = {"x", "1", "yes", "true", "right", "oui", "vrai", "sí", "si", "نعم"}
_NO = {"", "0", "no", "false", "non", "faux", "لا"}
#: Names of kinds that other programs give.
_KINDS = {
    **{kind: kind for kind in KINDS},
    "multichoice": "single",
    "multiple choice": "single",
    "true/false": "truefalse",
    "true or false": "truefalse",
    "match": "matching",
    "short answer": "short",
    "shortanswer": "short",
    "numerical": "numeric",
    "essay": "reflection",
}


def numbered(header: str) -> tuple[str, int] | None:
    """The name and number of a column of an answer; None for another column.

    >>> numbered("weight 2"), numbered("title"), numbered("answer 31")
    (('weight', 2), None, None)
    """
    match = _NUMBERED.fullmatch(header)
    return (match[1], int(match[2])) if match and int(match[2]) <= ANSWERS_MOST else None


def kind_in(cell: str, line: int) -> str:
    """The kind a cell names; empty where it names none. Raises Refused for an unknown one."""
    name = cell.strip().lower()
    if name and name not in _KINDS:
        raise Refused(
            _("There is no kind of question “%(kind)s”.") % {"kind": cell[:40]},
            _("Write one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)},
            line,
            "kind",
        )
    return _KINDS.get(name, "")


def yes_in(cell: str) -> bool | None:
    """Whether a cell says yes or no; None where it says neither."""
    word = cell.strip().lower()
    return True if word in _YES else False if word in _NO else None


def weight_in(cell: str, full: float, line: int, column: str) -> float:
    """A weight: a yes for the full one, a no, or per cent. Raises Refused for what is neither."""
    said = yes_in(cell)
    if said is not None:
        return full if said else 0.0
    try:
        value = float(cell.strip().removesuffix("%").strip().replace(",", "."))
    except ValueError:
        raise Refused(
            _("“%(value)s” says neither right nor wrong.") % {"value": cell[:40]},
            _("Write x for a right answer, nothing for another, or per cent."),
            line,
            column,
        ) from None
    return share(value, line, column)


def full_for(rights: int) -> float:
    """What each right answer weighs where several are right together."""
    return round(FULL / rights, 5) if rights else FULL


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that `bare` gives back as it was.

    >>> guarded("=1"), guarded("'=1"), guarded("'one'")
    ("'=1", "''=1", "'one'")
    """
    return f"'{text}" if _formula(text) else text


def bare(cell: str) -> str:
    """A cell without the mark of `guarded`."""
    return cell[1:] if cell.startswith("'") and _formula(cell) else cell


def _formula(text: str) -> bool:
    inside = text.lstrip("'")
    return escape(inside) != inside
