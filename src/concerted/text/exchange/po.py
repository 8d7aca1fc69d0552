"""PO out and back (GNU gettext manual, "The Format of PO Files"), for translators at home in Poedit or Weblate.

A segment is an entry. Its name, source hash and place stand in `msgctxt`, which every tool keeps since it is half of an
entry's identity. Marks stay Markdown in the words and are compared when they come back. Read here and not by polib,
which would open a file that the content happens to name, splits words at U+2028 and holds hostile files whole.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concerted.text.exchange.codes import runs_of, text_of
from concerted.text.exchange.gather import Unit, gather
from concerted.text.exchange.pairing import aligned, fault_in_words, told_apart
from concerted.text.exchange.parts import Part, parts_of
from concerted.text.exchange.segments import Back, ExchangeRefused, Pair, Piece, check_size, misshapen, outgoing

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_OUT = str.maketrans(_ESCAPES)
_IN = {written: sign for sign, written in _ESCAPES.items()}
#: Signs in one field, and lines in all.
_WORDS_MOST = 1 << 20
_LINES_MOST = 2_000_000
_LINE = re.compile(r'(?:(msgctxt|msgid|msgstr)[ \t]+)?"((?:[^"\\]|\\.)*+)"')
#: At the end of a context: the target already had other marks than the source when it went out.
_LOOSE = " loose"
_CONTEXT = re.compile(rf"(.+)#([^#\s]+) (\S* \d+/\d+)({_LOOSE})?", re.DOTALL)


def write(pieces: Iterable[Piece], source_language: str, target_language: str, *, prefill: bool = False) -> bytes:
    """The pieces as a PO file; `prefill` copies the source, marked fuzzy, where there is no target.

    Raises `ExchangeRefused` as `segments.outgoing` does.
    """
    exchange = outgoing(pieces, source_language, target_language)
    head = (
        f"Language: {exchange.target_language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nX-Source-Language: {exchange.source_language}\n"
    )
    entries = [_field("msgid", "") + _field("msgstr", head)]
    for piece in exchange.pieces:
        comment = "".join(f"#. {line}\n" for line in piece.note.splitlines())
        entries += [comment + _entry(piece.document, part) for part in parts_of(piece, prefill=prefill)]
    return "\n".join(entries).encode()


def _entry(document: str, part: Part) -> str:
    source, target = text_of(part.source), text_of(part.target)
    loose = _LOOSE if target and fault_in_words(source, target) else ""
    flag = "#, fuzzy\n" if part.state in ("copy", "machine") else ""
    context = _field("msgctxt", f"{document}#{part.id} {part.mark}{loose}")
    return flag + context + _field("msgid", source) + _field("msgstr", target)


def _field(name: str, words: str) -> str:
    lines = [f'"{line.translate(_OUT)}"\n' for line in re.findall(r"[^\n]*\n|[^\n]+", words)] or ['""\n']
    return f"{name} " + ("" if len(lines) == 1 else '""\n') + "".join(lines)


def read(content: bytes, *, languages: tuple[str, ...] = ()) -> Back:
    """What a PO file brings back, always as drafts: PO cannot say that a second person has read the words.

    `languages`, where given, are the only ones known. Raises `ExchangeRefused` for a file that is broken or too large,
    in unknown languages, or has a segment twice. A segment with a fault is left out and reported, the rest is taken.
    """
    check_size(content)
    pair = Pair(languages)
    returned, left_out = gather(_units(content, pair))
    return Back(*pair.spoken(), returned, left_out)


def _units(content: bytes, pair: Pair) -> Iterator[Unit]:
    for entry in _entries(content):
        context, source, target = (entry.words(name) for name in ("msgctxt", "msgid", "msgstr"))
        if not context and not source:
            head = dict(re.findall(r"^([A-Za-z-]+):[ \t]*(.*?)[ \t]*$", target, re.MULTILINE))
            pair.hear(head.get("X-Source-Language"), head.get("Language"))
        else:
            yield _unit(context or f"line {entry.line}", source, target, entry.fuzzy)


def _unit(context: str, source: str, target: str, fuzzy: bool) -> Unit:
    match = _CONTEXT.fullmatch(context)
    document, unit, mark, loose = match.groups() if match else ("", context[:200], None, None)
    runs, other = runs_of(source), runs_of(target)
    if loose:
        runs, other = aligned(runs, other)
    else:
        other = told_apart(runs, other)
    return Unit(document, unit, mark, runs, other, "open" if fuzzy else "draft")


@dataclass(slots=True)
class _Entry:
    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    fuzzy: bool = False

    def words(self, name: str) -> str:
        written = "".join(self.fields.get(name, ()))
        if len(written) > _WORDS_MOST:
            raise misshapen()
        return re.sub(r"\\.", lambda escape: _IN.get(escape[0], escape[0]), written)


def _entries(content: bytes) -> Iterator[_Entry]:
    """The entries, one after the other. Obsolete ones and comments are passed over."""
    entry, last = _Entry(1), ""
    for no, line in enumerate(_lines(content), start=1):
        if no > _LINES_MOST:
            raise misshapen()
        match = _LINE.fullmatch(line)
        begins = match[1] if match else ""
        if "msgstr" in entry.fields and (begins in ("msgctxt", "msgid") or line.startswith("#")):
            yield entry
            entry, last = _Entry(no), ""
        if match and (begins or last) and not (begins and begins in entry.fields):
            last = begins or last
            entry.fields.setdefault(last, []).append(match[2])
        elif line.startswith("#,"):
            entry.fuzzy = "fuzzy" in re.split(r"[,\s]+", line[2:])
        elif line and not line.startswith("#"):
            raise _broken(no)
    if "msgstr" in entry.fields:
        yield entry
    elif entry.fields:
        raise _broken(no)


def _lines(content: bytes) -> Iterator[str]:
    try:
        for line in io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="\n"):
            yield line.strip(" \t\r\n")
    except UnicodeDecodeError as error:
        raise ExchangeRefused("broken", _("The file is not in UTF-8. Save it in this encoding.")) from error


def _broken(line: int) -> ExchangeRefused:
    message = _("The file is broken at line %(line)s. Export it again from your tool.")
    return ExchangeRefused("broken", message % {"line": line})
