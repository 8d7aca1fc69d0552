"""Which letters our fonts can draw, read from the fonts themselves. Pure but for reading their files."""

import re
import struct
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

#: Latin letters, and Arabic ones whose text extracts exactly.
_PACKAGES = ("fontpkg_noto_sans", "fontpkg_amiri")
#: Stands for a letter that cannot be drawn: no spelling is invented.
INSTEAD = "\N{REPLACEMENT CHARACTER}"
_VOWELS = re.compile("[\u064b-\u0652]")
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


@lru_cache(maxsize=1)
def fonts() -> list[Path]:
    """The folders of the fonts that files are drawn with."""
    return [Path(str(files(package) / "files")) for package in _PACKAGES]


def without_vowels(words: str) -> str:
    """Arabic without the optional vowel signs: drawn over letters, they come out of the file twice."""
    return _VOWELS.sub("", words)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Every letter that the upright font of at least one of them holds."""
    found: set[int] = set()
    for folder in fonts():
        for file in sorted(folder.glob("*.ttf")):
            if "Italic" not in file.name:
                found |= letters_of(file.read_bytes())
    return frozenset(found)


def letters_of(font: bytes) -> set[int]:
    """The letters of a font file: its `cmap` table (OpenType 1.9.1, chapter cmap), subtables of format 4 and 12."""
    tables = struct.unpack(">H", font[4:6])[0]
    start = next(
        offset
        for tag, _sum, offset, _length in (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
        if tag == b"cmap"
    )
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        place = start + struct.unpack_from(">I", font, start + 8 + 8 * n)[0]
        (shape,) = struct.unpack_from(">H", font, place)
        if shape == 4:
            found |= _segments(font, place)
        elif shape == 12:
            groups = struct.unpack_from(">I", font, place + 12)[0]
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">III", font, place + 16 + 12 * group)
                found.update(range(first, last + 1))
    return found


def _segments(font: bytes, place: int) -> set[int]:
    twice = struct.unpack_from(">H", font, place + 6)[0]
    count = twice // 2
    lasts = struct.unpack_from(f">{count}H", font, place + 14)
    firsts = struct.unpack_from(f">{count}H", font, place + 16 + twice)
    return {one for first, last in zip(firsts, lasts, strict=True) for one in range(first, min(last, 0xFFFE) + 1)}


def drawable(words: str) -> str:
    """The words, with `INSTEAD` for every letter that no font of ours holds.

    >>> drawable("ab አ")
    'ab �'
    """
    held = letters()
    if all(ord(one) in held for one in words):
        return words
    return "".join(one if ord(one) in held or unicodedata.category(one) in _UNSEEN else INSTEAD for one in words)
