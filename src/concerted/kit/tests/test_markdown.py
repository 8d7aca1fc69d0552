"""Markdown that is safe to show."""

import pytest

from concerted.kit.markdown import render


def test_the_usual_marks() -> None:
    html = render("# Title\n\nSome **bold** and a [link](https://example.org).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h2>Title</h2>" in html
    assert "<strong>bold</strong>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">' in html
    assert '<th scope="col">a</th>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="x" class="next" id="main" onclick="a()">x</p>',
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "<img src=x onerror=alert(1)>",
        "<iframe src='https://example.org'></iframe>",
    ],
)
def test_nothing_active_comes_through(text: str) -> None:
    html = render(text)
    for mark in ("<script", "<iframe", "<img", 'href="javascript', 'href="data', "<p style", "<p class"):
        assert mark not in html


def test_pictures_come_from_here_only() -> None:
    assert 'src="/files/a.png"' in render("![a](/files/a.png)")
    assert "src=" not in render("![a](https://example.org/a.png)")
    assert "src=" not in render("![a](//example.org/a.png)")
