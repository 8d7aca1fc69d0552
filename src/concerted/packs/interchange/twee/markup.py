r"""Words in Markdown as SugarCube marks them up, and back: `*soft*` is `//soft//`, `**strong**` is `''strong''`.

What SugarCube would take for markup, and is none here, stands between three quotation marks, where it is left alone.
"""

import re

#: Signs and runs that mean something to SugarCube, or to us as we read it again.
_SPECIAL = re.compile(
    r"\"\"\"+|<nowiki>|</nowiki>|\[\[|\]\]|\[img\[|<<|>>|''|//|__|==|~~|\^\^|@@|--+|\{\{\{|\}\}\}|/\*|\*/|/%|%/|<!--|<"
    r"|\\$|^\s*(?:!+|\*+(?= )|#+|>+|::|----+|;|\|)|\$(?=[\w$])|(?<!\w)_(?=[A-Za-z$_])",
    re.MULTILINE,
)
_STRONG = re.compile(r"(?<![*'/])\*\*([^*\n\"'/]+)\*\*(?![*'/])")
_SOFT = re.compile(r"(?<![*\w'/])\*([^*\s\"'/](?:[^*\n\"'/]*[^*\s\"'/])?)\*(?![*\w'/])")
_MARKED = re.compile(f"{_STRONG.pattern}|{_SOFT.pattern}|^( *)- ", re.MULTILINE)
_VERBATIM = re.compile(
    r"\"\"\"(.*?)\"\"\"|<nowiki>((?:(?!<nowiki>).)*?)</nowiki>|\{\{\{((?:(?!\{\{\{).)*?)\}\}\}", re.DOTALL
)
_BACK = re.compile(r"''(.+?)''|//(.+?)//|^( *)\*+ |^( *)#+ +|^!+ *(.+)$", re.MULTILINE)


def to_sugarcube(markdown: str) -> str:
    """Markdown as SugarCube shows it.

    >>> to_sugarcube("- *Police:* they **wait** -- $5")
    '* //Police:// they \\'\\'wait\\'\\' \"\"\"--\"\"\" \"\"\"$\"\"\"5'
    """
    out, place = [], 0
    for match in _MARKED.finditer(markdown):
        out.append(_protected(markdown, place, match.start()))
        place = match.end()
        if match[1] is not None:
            out.append(f"''{_guarded(match[1])}''")
        elif match[2] is not None:
            out.append(f"//{_guarded(match[2])}//")
        else:
            out.append(f"{match[3]}* ")
    return "".join([*out, _protected(markdown, place, len(markdown))])


def _protected(words: str, start: int, end: int) -> str:
    """A stretch of the words, its special signs set apart; what begins a line is known by what stands before."""
    out, place = [], start
    for match in _SPECIAL.finditer(words, start, end):
        out += [words[place : match.start()], _apart(match[0])]
        place = match.end()
    return "".join([*out, words[place:end]])


def _guarded(words: str) -> str:
    return _protected(words, 0, len(words))


def _apart(signs: str) -> str:
    return f"<nowiki>{signs}</nowiki>" if '"""' in signs else f'"""{signs}"""'


def to_markdown(marked: str) -> str:
    """What SugarCube shows, as Markdown. The inverse of `to_sugarcube`.

    >>> to_markdown("* //Police:// they ''wait'' \\"\\"\\"--\\"\\"\\" 5")
    '- *Police:* they **wait** -- 5'
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(next(group for group in match.groups() if group is not None))
        return f"\x00{len(kept) - 1}\x00"

    shown = _BACK.sub(_back, _VERBATIM.sub(keep, marked.replace("\x00", "")))
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], shown)


def _back(match: re.Match[str]) -> str:
    strong, soft, bullet, number, heading = match.groups()
    if strong is not None:
        return f"**{strong}**"
    if soft is not None:
        return f"*{soft}*"
    if bullet is not None:
        return f"{bullet}- "
    return f"{number}1. " if number is not None else f"**{heading}**"
