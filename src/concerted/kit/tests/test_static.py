"""The stylesheet, the sprite and the script keep their promises."""

import re
from pathlib import Path

from concerted.kit.gallery import ICONS

STATIC = Path(__file__).resolve().parent.parent / "static" / "kit"
CSS = (STATIC / "concerted.css").read_text()
SCRIPT = (STATIC / "frame.js").read_text()


def test_the_stylesheet_has_no_left_and_no_right() -> None:
    plain = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    found = re.findall(r"[{;\s]((?:[a-z-]+-)?(?:left|right)(?:-[a-z]+)*)\s*:", plain)
    found += re.findall(r"(?:text-align|float|clear)\s*:\s*(?:left|right)", plain)
    assert found == []


def test_sizes_are_logical() -> None:
    plain = re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", CSS, flags=re.S))
    assert re.findall(r"[{;\s]((?:min-|max-)?(?:width|height))\s*:", plain) == []


def test_no_rule_asks_for_several_languages_at_once() -> None:
    """Chromium drops a whole rule with `:lang(ar, fa)`; `:dir(rtl)` says it in every browser."""
    assert re.findall(r":lang\([^)]*,[^)]*\)", CSS) == []
    assert ".read:dir(rtl)" in CSS


def test_files_are_small() -> None:
    assert len(CSS.encode()) <= 26 * 1024
    assert len(SCRIPT.encode()) <= 6 * 1024
    assert (STATIC / "icons.svg").stat().st_size <= 6 * 1024


def test_layers_come_in_their_order() -> None:
    assert "@layer tokens, base, layout, components, print;" in CSS
    order = [CSS.index(f"@layer {name} {{") for name in ("tokens", "base", "layout", "components", "print")]
    assert order == sorted(order)


def test_every_mode_is_thought_of() -> None:
    for mode in ("light-dark(", "forced-colors: active", "prefers-reduced-motion", "@media print", "[dir=rtl]"):
        assert mode in CSS


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "@import" not in CSS
    assert "url(" not in CSS
    assert not re.search(r"https?://", CSS + SCRIPT)


def test_the_sprite_has_every_icon() -> None:
    sprite = (STATIC / "icons.svg").read_text()
    assert re.findall(r'<symbol id="([a-z]+)"', sprite) == ICONS
    assert "<style" not in sprite
    assert "<script" not in sprite


def test_the_script_evaluates_nothing() -> None:
    for word in ("eval(", "innerHTML", "new Function", "document.write"):
        assert word not in SCRIPT
