"""A scenario as one page that plays by itself: it asks no address, keeps nothing, and is a gamebook without script."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.kit.markdown import render, render_inline
from concerted.packs.interchange.gamebook.laying import laid_out
from concerted.packs.interchange.tale import Tale, parts_named
from concerted.practice.scenario.portable import WHOLE, packed
from concerted.training.book.html import STYLE, Html, marked
from concerted.training.slots import filled

_SCRIPTS = tuple(
    Path(__file__).parents[2] / name
    for name in (
        "practice/static/practice/playing.js",
        "practice/static/practice/scene.js",
        "packs/static/packs/player.js",
    )
)
_STYLE = f"""{STYLE}
[hidden]{{display:none}}.choices{{list-style:none;padding:0}}.choices li{{margin:.5em 0}}
button{{font:inherit;color:inherit;background:#fff;border:2px solid #0f4a52;border-radius:.3rem;padding:.6em 1em;
min-block-size:2.75rem;text-align:start;cursor:pointer}}.choices button{{inline-size:100%}}
button:focus-visible,[tabindex]:focus-visible{{outline:3px solid #0f4a52;outline-offset:2px}}
#leave{{float:inline-end}}dt{{font-weight:600}}dd{{margin:0 0 .5em}}"""


def as_page(tale: Tale) -> bytes:
    """The page as one file. The same scenario gives the same bytes."""
    script = "\n".join(path.read_text("utf-8") for path in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src '{_mark(script)}'; style-src '{_mark(_STYLE)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    window, skip, leave = _("Learn"), _("Skip to the text"), _("Leave this page")
    no_script = _("This browser runs no script here. Play it as a gamebook: the numbers are links.")
    text = f"""<!doctype html>
<html{marked(tale.language)}>
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="{policy}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{escape(window)}</title>
<style>{_STYLE}</style>
</head>
<body>
<a class="skip" href="#stage">{escape(skip)}</a>
<header>
<button type="button" id="leave" hidden>{escape(leave)}</button>
<h1>{_inline(tale, "title")}</h1>
</header>
<main id="stage" tabindex="-1">
{_first(tale)}
<noscript>
<p class="box">{escape(no_script)}</p>
{_gamebook(tale)}
</noscript>
</main>
<template id="words">{"".join(_words(tale))}</template>
<template id="say">{"".join(_said())}</template>
<script type="application/json" id="story">{_json(packed(tale.story))}</script>
<script>{script}</script>
</body>
</html>
"""
    return text.encode()


def _mark(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _json(facts: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _first(tale: Tale) -> str:
    """What is read before it begins: the content note, who one is in it, and that nothing is kept."""
    kept = _("Nothing of what you choose is sent or kept. When you close the page, it is gone.")
    never = _("This is practice with invented people. Never play the case of a woman you have met.")
    local = _("Starter content: review locally with a specialist service before use.")
    missing = _("Parts of this are not yet in your language. You see those in the language they were written in.")
    return "\n".join(
        [
            f'<p class="box">{_inline(tale, "note")}</p>',
            f'<p class="box">{escape(never)}</p>',
            *([f'<p class="box">{escape(missing)}</p>'] if tale.missing else []),
            f"<p>{_inline(tale, 'you')}</p>",
            f"<p>{_inline(tale, 'summary')}</p>",
            f'<p class="small">{escape(kept)}</p>',
            f'<p class="small">{escape(local)}</p>',
        ]
    )


def _gamebook(tale: Tale) -> str:
    html = Html({})
    return "\n".join(html.all(page.inside) for page in laid_out(tale, level=2).units)


def _inline(tale: Tale, key: str) -> str:
    language = "" if tale.spoken(key) == tale.language else tale.spoken(key)
    return f"<span{marked(language)}>{render_inline(filled(tale.said(key), tale.spoken(key)))}</span>"


def _words(tale: Tale) -> Iterator[str]:
    """Every section under its key, safe and marked with its language."""
    for key, section in tale.words.items():
        language = "" if tale.spoken(key) == tale.language else tale.spoken(key)
        tag = "div" if section.kind in WHOLE else "span"
        words = filled(section.markdown, tale.spoken(key))
        speaker = section.data.get("speaker")
        inside = (f"<p><strong>{escape(speaker)}</strong></p>" if speaker else "") + (
            render(words) if tag == "div" else render_inline(words)
        )
        yield f'<{tag} data-key="{escape(key)}"{marked(language)}>{inside}</{tag}>'
        if section.title:
            yield f'<span data-key="title:{escape(key)}"{marked(language)}>{escape(section.title)}</span>'


def _said() -> Iterator[str]:
    """The few words of the page around the scenario."""
    said = {
        "begin": _("Begin"),
        "again": _("Try another way"),
        "skip": _("Go on without this part"),
        "choices": _("What do you do?"),
        "followed": _("What followed"),
        "back": _("Looking back"),
        "way": _("What you chose"),
        "basis": _("The protocol:"),
    } | parts_named()
    yield from (f'<span data-key="{key}">{escape(words)}</span>' for key, words in said.items())
