"""Bad files from translators' tools: what is sent back, the exact message, the remedy. Nothing stored may change."""

import re
from collections.abc import Callable
from typing import Any

from concerted.text.models import Document
from concerted.text.rules import SectionText
from concerted.text.services import add_language, publish_version
from concerted.text.services.exchange import export_language, import_file
from tests.bad_input.services import NOW, Bad

ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE xliff SYSTEM "http://127.0.0.1/xliff.dtd">'
_DTD = ("The file declares a document type or entities, which could pull in other files.", "Save it without.")
_DEEP = ("The file is too deep or too long for what a translator's tool builds.", "Export it again from the tool.")
_AGAIN = "Export it again from your tool."
_PLACE = "training/unit:x"


def _broken(error: str) -> tuple[str, str]:
    return f"The file is broken or in another encoding than it says ({error}).", _AGAIN


def _a_text(_bench: Any) -> None:
    """One published text of one block with a title, open to be translated into French; nothing is translated yet."""
    add_language("fr", "Français", by=None, at=NOW)
    document = Document.objects.create(room="training", key="unit:x")
    section = SectionText("why", "Ask **her** first: {svc.helpline}", title="Why ask")
    publish_version(document, [section], by=None, at=NOW)


def _says(content: bytes) -> str:
    """Each segment left out with its reason, as a page lists them."""
    done = import_file(content, by=None, at=NOW)
    return " ".join(f"{one.unit}: {one.reason}" for one in done.left_out)


def _sent(kind: str, change: Callable[[str], str | bytes]) -> Callable[[Any], str]:
    """What is said of the file that went out, filled with its own source, once `change` was made to it."""

    def act(_bench: Any) -> str:
        content = export_language("fr", kind, document=Document.objects.get(key="unit:x"), prefill=True)
        changed = change(content.decode())
        return _says(changed if isinstance(changed, bytes) else changed.encode())

    return act


def _at_the_top(words: str) -> Callable[[str], str]:
    return lambda text: text.replace("?>\n", f"?>\n{words}", 1)


def _in_the_target(old: str, new: str, without: str = "") -> Callable[[str], str]:
    """Another translation of the block, and none of the title; `without` goes out first."""

    def change(text: str) -> str:
        head, block = text.split('<trans-unit id="why:1"')
        source, target = block.split("</source>")
        assert old in target
        assert without in target
        if without:
            target = target.replace(without, "")
        return f'{head}<trans-unit id="why:1"{source}</source>{target.replace(old, new, 1)}'

    return change


def _memory(*units: str, head: str = '<header srclang="en"/>') -> Callable[[Any], str]:
    return lambda _bench: _says(f'<tmx version="1.4">{head}<body>{"".join(units)}</body></tmx>'.encode())


def _pair(source: str, target: str, language: str = "fr") -> str:
    sides = (("en", source), (language, target))
    return "<tu>" + "".join(f'<tuv xml:lang="{code}"><seg>{words}</seg></tuv>' for code, words in sides) + "</tu>"


_SLOT = "Ask her first: <ph>{svc.helpline}</ph>"
_ENDED = '<ept id="1">**</ept>'


def _bad(what: str, act: Callable[[Any], str], said: tuple[str, str], kind: str = "a translator's file") -> Bad:
    return Bad(kind, what, act, *said, setting=_a_text)


BAD: list[Bad] = [
    _bad("XLIFF 1.2 with entities", _sent("xliff12", _at_the_top(ENTITIES)), _DTD),
    _bad("XLIFF 2.1 with entities", _sent("xliff21", _at_the_top(ENTITIES)), _DTD),
    _bad("XLIFF 1.2 that names a document type", _sent("xliff12", _at_the_top(OUTSIDE)), _DTD),
    _bad("XLIFF 2.1 that names a document type", _sent("xliff21", _at_the_top(OUTSIDE)), _DTD),
    _bad("an entity that nobody declared", _sent("xliff12", lambda text: text.replace("Why ask", "&why;", 1)),
         _broken("undefined entity: line 6, column 137")),
    _bad("a segment twice in XLIFF 1.2", _sent("xliff12", lambda text: text.replace("why:1", "why:title")),
         (f"{_PLACE}#why:title is there twice.", "Each segment may stand once.")),
    _bad("a segment twice in XLIFF 2.1", _sent("xliff21", lambda text: text.replace("why:1", "why:title")),
         (f"{_PLACE}#why:title is there twice.", "Each segment may stand once.")),
    _bad("a segment twice in PO", _sent("po", lambda text: text + text[text.index("\n#, fuzzy"):]),
         (f"{_PLACE}#why:title is there twice.", "Each segment may stand once.")),
    _bad("XLIFF of more than 50 MB", _sent("xliff12", lambda text: text + " " * (50 * 1024 * 1024)),
         ("The file is larger than 50 MB.", "Send it in parts.")),
    _bad("PO of more than 50 MB", _sent("po", lambda text: text + "\n" * (50 * 1024 * 1024)),
         ("The file is larger than 50 MB.", "Send it in parts.")),
    _bad("a memory of more than 50 MB", lambda bench: _memory(" " * (50 * 1024 * 1024))(bench),
         ("The file is larger than 50 MB.", "Send it in parts.")),
    _bad("XLIFF for a language that is not open", _sent("xliff12", lambda text: text.replace('"fr"', '"sw"')),
         ("The file must name its languages, and “sw” is none that is known here.",
          "Write the codes that it went out with.")),
    _bad("XLIFF without its target language",
         _sent("xliff21", lambda text: text.replace(' trgLang="fr"', "")),
         ("The file must name its languages, and “” is none that is known here.",
          "Write the codes that it went out with.")),
    _bad("XLIFF cut off", _sent("xliff12", lambda text: text[: text.index("</group>")]),
         _broken("no element found: line 8, column 0")),
    _bad("XLIFF with a NUL", _sent("xliff12", lambda text: text.replace("Why ask", "Why\0ask", 1)), _broken("NUL")),
    _bad("XLIFF built a hundred deep",
         _sent("xliff12", _in_the_target("Ask", "<g>" * 100 + "</g>" * 100)), _DEEP),
    _bad("a code of which one half is lost", _sent("xliff12", _in_the_target(_ENDED, "")),
         (f"{_PLACE}#why:1: A code of the source is missing in the translation.", "Put it back in.")),
    _bad("a code that stands twice", _sent("xliff12", _in_the_target(_ENDED, 2 * _ENDED)),
         (f"{_PLACE}#why:1: A code stands twice in the translation.", "Leave it there once.")),
    _bad("a code that the source does not have", _sent("xliff12", _in_the_target("Ask", '<x id="9"/>Ask')),
         (f"{_PLACE}#why:1: The translation has a code that the source does not have.", "Take it out.")),
    _bad("a code that ends before it begins", _sent("xliff12", _in_the_target("Ask", f"{_ENDED}Ask", _ENDED)),
         (f"{_PLACE}#why:1: The codes of the translation cross each other.", "Close the inner one first.")),
    _bad("XLIFF of a text that is not here",
         _sent("xliff12", lambda text: _in_the_target("Ask", "Demandez")(text).replace(_PLACE, "training/unit:y")),
         ("training/unit:y#why: This text is not published here.", "Bring the file to where it was taken out.")),
    _bad("XLIFF of a wording that has moved on",
         _sent("xliff12", lambda text: re.sub('[0-9a-f]{64}', "0" * 64, _in_the_target("Ask", "Demandez")(text))),
         (f"{_PLACE}#why: The source has other words now.", "Send it out again.")),
    _bad("XLIFF whose names were changed",
         _sent("xliff12", lambda text: _in_the_target("Ask", "Demandez")(text).replace("why:1", "1")),
         (f"{_PLACE}#1: It is no segment of ours: its name or hash is missing or changed.",
          "Take the text out again.")),
    _bad("XLIFF of another version", _sent("xliff12", lambda text: text.replace('version="1.2"', 'version="1.1"')),
         ("This is no XLIFF 1.2 file.", "Export it from your tool as XLIFF 1.2.")),
    _bad("a web page", lambda _bench: _says(b"<!doctype html><p>Bonjour"),
         ("This is no XLIFF, PO or TMX file.", "Send back the file your tool saved.")),
    _bad("a zip archive", lambda _bench: _says(b"PK\x03\x04" + b"x" * 90),
         ("This is no XLIFF, PO or TMX file.", "Send back the file your tool saved.")),
    _bad("an empty file", lambda _bench: _says(b""),
         ("This is no XLIFF, PO or TMX file.", "Send back the file your tool saved.")),
    _bad("PO without its header", _sent("po", lambda text: text[text.index("\n#, fuzzy"):]),
         ("The file must name its languages, and “” is none that is known here.",
          "Write the codes that it went out with.")),
    _bad("PO in Latin-1",
         _sent("po", lambda text: text.replace('msgstr "Why ask"', 'msgstr "Un délai"').encode("latin-1")),
         ("The file is not in UTF-8.", "Save it in this encoding.")),
    _bad("PO with a line of no kind", _sent("po", lambda text: text.replace("#, fuzzy", "fuzzy", 1)),
         ("The file is broken at line 10.", _AGAIN)),
    _bad("PO cut off", _sent("po", lambda text: text[: text.rindex("msgstr")]),
         ("The file is broken at line 18.", _AGAIN)),
    _bad("a memory without its header", _memory(_pair("Why ask", "Pourquoi"), head=""),
         ("The memory does not say which language it is translated from.", "Export it again with its header.")),
    _bad("a memory with entities",
         lambda _bench: _says(f'{ENTITIES.replace("x", "tmx")}<tmx version="1.4"/>'.encode()), _DTD),
    _bad("a memory cut off", lambda _bench: _says(b'<tmx version="1.4"><header srclang="en"/><body>'),
         _broken("no element found: line 1, column 47")),
    _bad("a memory in a language that is not open", _memory(_pair("Why ask", "Kwa nini", "sw")),
         ("tu 1 (sw): No text is translated into this language here.", "Open the language first.")),
    _bad("a memory that lost a slot", _memory(_pair(_SLOT, "Demandez d’abord")),
         ("tu 1 (fr): A code of the source is missing in the translation.", "Put it back in.")),
]  # fmt: skip
