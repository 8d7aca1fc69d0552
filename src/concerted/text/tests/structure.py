"""What XLIFF allows where, as far as our files go, written from the two standards; their schemas: test_oasis_schemas.

XLIFF 1.2 (1 February 2008), section 2; XLIFF 2.1 (13 February 2018), sections 4.2 and 4.3. Every element and attribute
that is not in a table is a fault: what we write must be right, not all that a tool may write.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

XML = "{http://www.w3.org/XML/1998/namespace}"
_ANY = r".*"
_YES = "yes|no"
_TOKEN = r"[\w.:·-]+"
_LANGUAGE = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_SPACE = "default|preserve"


@dataclass(frozen=True)
class May:
    """What an element may hold: attributes with the pattern of their values, and children as a pattern of names, each
    with a blank after it. `words`: text between them.
    """

    children: str = ""
    must: dict[str, str] = field(default_factory=dict)
    can: dict[str, str] = field(default_factory=dict)
    words: bool = False


#: Content of source and target, and of the marks in it: 1.2, section 2.2.3 ("inline elements").
_STATES_12 = (
    "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n|needs-review-translation|"
    "needs-translation|new|signed-off|translated|x-.+"
)
_QUALIFIERS = "exact-match|fuzzy-match|id-match|leveraged-.+|mt-suggestion|rejected-.+|tm-suggestion|x-.+"
_MARKS_12 = "((bpt|ept|ph|it|g|x|bx|ex|mrk) )*"
_CODE_12 = May("(sub )*", must={"id": _ANY}, can={"rid": _ANY, "ctype": _ANY}, words=True)
XLIFF_12 = {
    "xliff": May("(file )+", must={"version": "1[.]2"}, can={XML + "lang": _LANGUAGE}),
    "file": May(
        "(header )?body ",
        must={"original": _ANY, "source-language": _LANGUAGE, "datatype": "x-.+|plaintext|html|xml"},
        can={"target-language": _LANGUAGE, XML + "space": _SPACE, "date": _ANY, "tool-id": _ANY, "category": _ANY},
    ),
    "body": May("((group|trans-unit|bin-unit) )*"),
    "group": May(
        "(context-group )*(count-group )*(prop-group )*(note )*((group|trans-unit|bin-unit) )*",
        can={"id": _ANY, "resname": _ANY, "extradata": _ANY, "datatype": _ANY, XML + "space": _SPACE},
    ),
    "trans-unit": May(
        "source (seg-source )?(target )?((context-group|count-group|prop-group|note|alt-trans) )*",
        must={"id": _ANY},
        can={"approved": _YES, "translate": _YES, "resname": _ANY, "extradata": _ANY, XML + "space": _SPACE},
    ),
    "source": May(_MARKS_12, can={XML + "lang": _LANGUAGE}, words=True),
    "target": May(
        _MARKS_12, can={"state": _STATES_12, "state-qualifier": _QUALIFIERS, XML + "lang": _LANGUAGE}, words=True
    ),
    "note": May(can={"from": _ANY, "priority": "[1-9]|10", "annotates": "source|target|general"}, words=True),
    "bpt": _CODE_12,
    "ept": _CODE_12,
    "ph": May("(sub )*", must={"id": _ANY}, can={"ctype": _ANY, "assoc": "preceding|following|both"}, words=True),
}

_MARKS_21 = "((cp|ph|pc|sc|ec|mrk|sm|em) )*"
_UNITS_21 = {"id": _TOKEN}
_HINTS = {"canResegment": _YES, "translate": _YES, "name": _ANY, XML + "space": _SPACE}
_CODE_21 = {"canCopy": _YES, "canDelete": _YES, "canReorder": "yes|no|firstNo"}
XLIFF_21 = {
    "xliff": May("(file )+", must={"version": "2[.][01]", "srcLang": _LANGUAGE}, can={"trgLang": _LANGUAGE}),
    "file": May(
        "(skeleton )?(notes )?((unit|group) )+",
        must=_UNITS_21,
        can={"original": _ANY, "canResegment": _YES, "translate": _YES, XML + "space": _SPACE},
    ),
    "group": May("(notes )?((unit|group) )*", must=_UNITS_21, can=_HINTS),
    "unit": May("(notes )?(originalData )?(ignorable )*segment ((segment|ignorable) )*", must=_UNITS_21, can=_HINTS),
    "notes": May("(note )+"),
    "note": May(can={"id": _TOKEN, "priority": "[1-9]|10", "category": _ANY}, words=True),
    "originalData": May("(data )+"),
    "data": May("(cp )*", must=_UNITS_21, can={"dir": "ltr|rtl|auto", XML + "space": "preserve"}, words=True),
    "segment": May(
        "source (target )?",
        can={"id": _TOKEN, "state": "initial|translated|reviewed|final", "subState": "[^:]+:.+", "canResegment": _YES},
    ),
    "source": May(_MARKS_21, can={XML + "lang": _LANGUAGE, XML + "space": _SPACE}, words=True),
    "target": May(_MARKS_21, can={XML + "lang": _LANGUAGE, XML + "space": _SPACE, "order": "[1-9][0-9]*"}, words=True),
    "ph": May(must=_UNITS_21, can=_CODE_21 | {"dataRef": _TOKEN, "equiv": _ANY, "disp": _ANY}),
    "pc": May(
        _MARKS_21,
        must=_UNITS_21,
        can=_CODE_21 | {"canOverlap": _YES, "dataRefStart": _TOKEN, "dataRefEnd": _TOKEN},
        words=True,
    ),
}


def faults_of_12(content: bytes) -> list[str]:
    """What XLIFF 1.2 does not allow in a file."""
    root = fromstring(content)
    found = [*_shape(root, XLIFF_12, "urn:oasis:names:tc:xliff:document:1.2")]
    for file in root.iter(_name(root, "file")):
        for kind in ("group", "trans-unit"):
            found += _twice(kind, [one.get("id") for one in file.iter(_name(root, kind))])
    for side in (*root.iter(_name(root, "source")), *root.iter(_name(root, "target"))):
        halves = [
            Counter(one.get("rid") or one.get("id") for one in side.iter(_name(root, tag))) for tag in ("bpt", "ept")
        ]
        if halves[0] != halves[1]:
            found.append("a bpt without its ept")
        for tag in ("bpt", "ept", "ph"):
            found += _twice(tag, [one.get("id") for one in side.iter(_name(root, tag))])
    return found


def faults_of_21(content: bytes) -> list[str]:
    """What XLIFF 2.1 does not allow in a file."""
    root = fromstring(content)
    found = [*_shape(root, XLIFF_21, "urn:oasis:names:tc:xliff:document:2.0")]
    found += _twice("file", [file.get("id") for file in root])
    if not root.get("trgLang") and any(True for _one in root.iter(_name(root, "target"))):
        found.append("a target without trgLang")
    for file in root:
        for kind in ("group", "unit"):
            found += _twice(kind, [one.get("id") for one in file.iter(_name(root, kind))])
    for unit in root.iter(_name(root, "unit")):
        found += _marks_of(unit, root)
    return found


def _marks_of(unit: Element, root: Element) -> Iterator[str]:
    """Section 4.3.1: within a unit, codes have ids of their own, and a target none that its source lacks."""
    data = [one.get("id") for one in unit.iter(_name(root, "data"))]
    yield from _twice("data", data)
    sides: dict[str, list[str | None]] = {}
    for name in ("source", "target"):
        held = [one for side in unit.iter(_name(root, name)) for one in side.iter() if one is not side]
        sides[name] = [one.get("id") for one in held]
        yield from _twice(f"a code of the {name}", sides[name])
        refs = {value for one in held for key, value in one.items() if key.startswith("dataRef")}
        yield from (f"no data {ref}" for ref in refs - set(data))
    yield from (f"a code {one} of the target only" for one in set(sides["target"]) - set(sides["source"]))
    for segment in unit.iter(_name(root, "segment")):
        if segment.get("subState") and not segment.get("state"):
            yield "a subState without a state"


def _name(root: Element, local: str) -> str:
    return root.tag[: root.tag.index("}") + 1] + local


def _twice(kind: str, names: list[str | None]) -> list[str]:
    return [f"{kind} {name} twice" for name, number in Counter(names).items() if number > 1]


def _shape(root: Element, table: dict[str, May], space: str) -> Iterator[str]:
    """Elements, attributes and order against a table."""
    if root.tag != f"{{{space}}}xliff":
        yield f"the root is {root.tag}"
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{space}}}")
        may = table.get(name)
        if may is None:
            yield f"{name} is not allowed"
            continue
        children = "".join(child.tag.removeprefix(f"{{{space}}}") + " " for child in element)
        if not re.fullmatch(may.children, children):
            yield f"{name} holds {children}"
        between = [element.text, *(child.tail for child in element)]
        if not may.words and any(words and words.strip() for words in between):
            yield f"{name} holds words"
        yield from (f"{name} has no {key}" for key in may.must.keys() - element.keys())
        for key, value in element.items():
            pattern = (may.must | may.can).get(key)
            if pattern is None or not re.fullmatch(pattern, value, re.DOTALL):
                yield f"{name} has {key}={value!r}"
