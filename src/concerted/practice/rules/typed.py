"""What somebody types: words held against accepted forms, and numbers as they are written around the world. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

#: Marks that may be left out: accents, Hebrew points, Arabic vowel signs and hamza, and what makes a line of Arabic
#: longer. Signs of other scripts that make another word stay.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
#: Letters that are written for one another, and signs that look alike.
_ALIKE = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ı": "i", "’": "'", "‘": "'", "ʼ": "'"}
    | dict.fromkeys("‐‑‒–—−", "-")
)
_EDGES = " .,;:!?…\"'“”„«»،؛؟。"
_STAR = re.compile(r"(?<!\\)\*")
_BLANKS = re.compile(r"\s+")


def folded(text: str) -> str:
    """The same words for comparing: without case, width, accents, kinds of Arabic letters and digits, double blanks.

    >>> folded(" Ａide  à DOMICILE. ") == folded("aide a domicile")
    True
    >>> folded("أُسْرَة") == folded("اسره")
    True
    """
    return _folded(text).strip(_EDGES)


@lru_cache(maxsize=4000)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _MARKS.sub("", plain).translate(_ALIKE)
    kept = "".join(_digit(sign) for sign in bare if unicodedata.category(sign) not in ("Cf", "Cc") or sign.isspace())
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", kept))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def forms_of(words: str) -> tuple[str, ...]:
    """The forms in the words of a section, one a line.

    >>> forms_of("helpline\\n\\nhot*line")
    ('helpline', 'hot*line')
    """
    return tuple(line.strip() for line in words.split("\n") if line.strip())


def fits(form: str, answer: str) -> bool:
    """Whether an answer has a form. A star stands for any signs or none; `\\*` is a star.

    >>> fits("safety plan*", "Safety  planning"), fits("safety plan", "safety planning")
    (True, False)
    """
    first, *rest = pieces = [_folded(piece.replace(r"\*", "*")) for piece in _STAR.split(form)]
    said = folded(answer)
    if not rest:
        return said == first.strip(_EDGES)
    first, last = first.lstrip(_EDGES), pieces[-1].rstrip(_EDGES)
    if not said.startswith(first) or not said.endswith(last) or len(said) < len(first) + len(last):
        return False
    at, end = len(first), len(said) - len(last)
    for piece in pieces[1:-1]:
        # The first place that fits leaves most room for what follows: no form needs a second look.
        found = said.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def fits_one(forms: Iterable[str], answer: str) -> bool:
    """Whether an answer has one of these forms."""
    return any(fits(form, answer) for form in forms)


#: Signs that only ever part groups of digits, and only ever decimals.
_GROUPS = re.compile(r"(?<=\d)[ '’٬](?=\d{3}(?!\d))")
_ARABIC = "٫"
_SIGNS = str.maketrans({"،": ","} | dict.fromkeys("−–‐‑﹣－", "-") | dict.fromkeys("．﹒", ".") | {"，": ","})
_WHOLE = re.compile(r"[+-]?\d+")
_PARTED = re.compile(r"([+-]?)(\d*)([.,٫])(\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|[+-]?\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d+)?")
LONGEST_NUMBER = 40


def readings(text: str) -> tuple[Decimal, ...]:
    """The numbers that may be meant; none where it is no number, two where a mark may part groups or decimals.

    >>> readings("٧٢"), readings("1,5"), readings("12 500"), readings("two")
    ((Decimal('72'),), (Decimal('1.5'),), (Decimal('12500'),), ())
    >>> readings("1.500")
    (Decimal('1.500'), Decimal('1500'))
    """
    if len(text) > LONGEST_NUMBER:
        return ()
    plain = "".join(_digit(sign) for sign in text if unicodedata.category(sign) != "Cf")
    plain = _GROUPS.sub("", _BLANKS.sub(" ", plain).strip().translate(_SIGNS))
    if _WHOLE.fullmatch(plain):
        return (Decimal(plain),)
    match = _PARTED.fullmatch(plain)
    if match is None:
        return (_grouped(plain),) if _GROUPED.fullmatch(plain) else ()
    sign, before, mark, after = match.groups()
    decimal = Decimal(f"{sign}{before or 0}.{after}")
    may_part_groups = mark != _ARABIC and len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0"
    return (decimal, Decimal(f"{sign}{before}{after}")) if may_part_groups else (decimal,)


def _grouped(plain: str) -> Decimal:
    """A number with marks between its groups: the last mark parts decimals where it is another than the first."""
    marks = [sign for sign in plain if sign in ".,"]
    groups, decimals = marks[0], marks[-1] if marks[-1] != marks[0] else ""
    bare = plain.replace(groups, "")
    return Decimal(bare.replace(decimals, ".") if decimals else bare)


def near(text: str, value: str, tolerance: str) -> bool:
    """Whether a number that is meant lies within the tolerance of a value, its bounds included.

    >>> near("70", "72", "2"), near("69,9", "72", "2")
    (True, False)
    """
    return any(abs(number - Decimal(value)) <= Decimal(tolerance) for number in readings(text))
