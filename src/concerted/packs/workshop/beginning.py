"""What a draft begins with, and what is added to one: words to change, so that a form is never empty."""

import re
from collections.abc import Sequence

from concerted.packs.workshop.case_writing import CASE_ORDER

#: What a new scenario begins with: one passage, one ending and a look back, so that the form is never empty.
NEW_SCENARIO = (
    ("start", "## The first passage {#start}\n\nWhat happens.\n\n- [a] What one can do. -> end\n  > What follows.\n"),
    ("end", "## How it ends {#end kind=ending}\n\nHow it ends.\n"),
    (
        "debrief",
        "## Looking back {#debrief kind=debrief}\n\n### her\nWhat she experienced.\n\n"
        "### protocol\nWhat the protocol says.\n\n### sectors\nWhat others needed from you.\n",
    ),
)

#: A new case conference: two seats that need something of each other, one moment, one ending.
NEW_CASE = (
    (
        "police",
        "## Police {#police kind=seat sector=police}\n\nWho you are.\n\n"
        "- [police_1] What you know, and health needs.\n  needed: health\n  > Why it is to be told.\n",
    ),
    (
        "health",
        "## Health {#health kind=seat sector=health}\n\nWho you are.\n\n"
        "- [health_1] What you know, and nobody here needs.\n  > Why it is to be kept.\n",
    ),
    ("asks", "## Questions {#asks kind=asks}\n\n- [q1] What is asked?\n  to: police\n  about: police_1\n"),
    (
        "opening",
        "## The first moment {#opening day=0}\n\nWhat everybody reads.\n\n"
        "### police\n\n- [a] What one can decide.\n  > What follows.\n",
    ),
    NEW_SCENARIO[1],
    NEW_SCENARIO[2],
)

_KIND = re.compile(r"## .*\{#[^{}]*\bkind=([a-z]+)")


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
