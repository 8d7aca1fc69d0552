r"""The container of Twee 3: passages with a name, tags and a body. What stands in a body belongs to the story format.

    :: The room [harbour night] {"position":"100,100"}
    What happens.

Name and tags escape `[ ] { }` and the backslash with a backslash.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SIGNS = re.compile(r"([\\\[\]{}])")
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = r"(?:\\.|[^\\\[\]{}])*"
_HEADER = re.compile(rf"::[ \t]*(?P<name>{_PLAIN}?)[ \t]*(?:\[(?P<tags>{_PLAIN})\])?[ \t]*(?P<facts>\{{.*\}})?[ \t]*")


@dataclass(frozen=True)
class TweePassage:
    """A passage as it stands in the file; `line` is that of its header, `facts` what stands in braces there."""

    name: str
    body: str
    tags: tuple[str, ...] = ()
    facts: str = ""
    line: int = 1


def read_container(text: str) -> list[TweePassage]:
    r"""The passages of a file, in order. Words before the first header belong to none.

    >>> [(one.name, one.tags, one.body, one.line) for one in read_container(":: A \\[b\\] [x y]\nWords.\n\n:: C\n")]
    [('A [b]', ('x', 'y'), 'Words.', 1), ('C', (), '', 4)]
    """
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("::"):
            found.append((number, line, []))
        elif found:
            found[-1][2].append(line)
    return [_passage(number, header, body) for number, header, body in found]


def _passage(line: int, header: str, body: list[str]) -> TweePassage:
    match = _HEADER.fullmatch(header)
    name = match["name"] if match else header.removeprefix("::")
    tags = (match["tags"] or "").split() if match else []
    facts = (match["facts"] or "") if match else ""
    return TweePassage(_bare(name).strip(), "\n".join(body).rstrip(), tuple(map(_bare, tags)), facts, line)


def _bare(words: str) -> str:
    return _ESCAPED.sub(r"\1", words)


def write_container(passages: Iterable[TweePassage]) -> str:
    """The file; `read_container` gives the passages back."""
    return "\n\n".join(f"{_header(one)}\n{one.body}".rstrip() + "\n" for one in passages)


def _header(passage: TweePassage) -> str:
    tags = f"[{' '.join(_escaped(tag) for tag in passage.tags)}]" if passage.tags else ""
    return " ".join(part for part in ("::", _escaped(passage.name), tags, passage.facts) if part)


def _escaped(words: str) -> str:
    return _SIGNS.sub(r"\\\1", words)
