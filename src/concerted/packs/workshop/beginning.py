"""What a draft begins with, and what is added to one: words to change, so that a form is never empty."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from concerted.packs.workshop.case_writing import CASE_ORDER

_KIND = re.compile(r"## .*\{#[^{}]*\bkind=([a-z]+)")


def new_scenario() -> list[tuple[str, str]]:
    """What a new scenario begins with, in the language of who begins it: its forms are never empty."""
    choice = _choice(_("What one can do.") + " -> end", _("What follows."))
    start = _part(_("The first passage"), "#start", _("What happens."), choice)
    return [("start", start), *_closing()]


def new_case() -> list[tuple[str, str]]:
    """A new case conference: two seats that need something of each other, one moment, one ending."""
    who = _("Who you are.")
    told = _choice(_("What you know, and health needs."), _("Why it is to be told."), "police_1", "  needed: health\n")
    kept = _choice(_("What you know, and nobody here needs."), _("Why it is to be kept."), "health_1")
    asked = "- [q1] " + _("What is asked?") + "\n  to: police\n  about: police_1\n"
    decision = "### police\n\n" + _choice(_("What one can decide."), _("What follows."))
    return [
        ("police", _part(_("Police"), "#police kind=seat sector=police", who, told)),
        ("health", _part(_("Health"), "#health kind=seat sector=health", who, kept)),
        ("asks", _part(_("Questions"), "#asks kind=asks", asked)),
        ("opening", _part(_("The first moment"), "#opening day=0", _("What everybody reads."), decision)),
        *_closing(),
    ]


def _closing() -> list[tuple[str, str]]:
    """An ending and the look back."""
    parts = {
        "her": _("What she experienced."),
        "protocol": _("What the protocol says."),
        "sectors": _("What others needed from you."),
    }
    back = "\n".join(f"### {part}\n{words}\n" for part, words in parts.items())
    return [
        ("end", _part(_("How it ends"), "#end kind=ending", _("How it ends.") + "\n")),
        ("debrief", _part(_("Looking back"), "#debrief kind=debrief", back)),
    ]


def _part(title: str, facts: str, *texts: str) -> str:
    return f"## {title} {{{facts}}}\n\n" + "\n\n".join(texts)


def _choice(words: str, why: str, key: str = "a", facts: str = "") -> str:
    return f"- [{key}] {words}\n{facts}  > {why}\n"


def kind_in(text: str) -> str:
    """The kind of a part of a case, as its heading says it."""
    match = _KIND.match(text)
    return match[1] if match else "moment"


def new_part(key: str, title: str, kind: str, held: Sequence[tuple[str, str]], words: str) -> tuple[str, str]:
    """The text of a part to add, and the key of that behind which it stands; "" for the end.

    `held`: (key, text) of the parts of a case, in order; nothing for a scenario. The last ending is the one that
    always holds, so another one comes before it.
    """
    usual = "moment" if held else "passage"
    text = f"## {title} {{#{key}{'' if kind == usual else f' kind={kind}'}}}\n\n{words}\n"
    ranks = [CASE_ORDER.index(kind_in(one)) for _key, one in held]
    own = CASE_ORDER.index(kind) if held else 0
    before = [place for place, rank in enumerate(ranks) if rank <= own]
    if kind == "ending" and before and ranks[before[-1]] == own:
        before.pop()
    return text, held[before[-1]][0] if before else ""
