"""Markdown that is safe to show."""

import pytest

from concerted.kit.markdown import plain, render, render_inline


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


def test_a_label_keeps_inline_marks_only() -> None:
    assert render_inline("First *bold* & `x`") == "First <em>bold</em> &amp; <code>x</code>"
    assert render_inline("[here](https://example.org) <b>x</b>") == "here &lt;b&gt;x&lt;/b&gt;"
    assert "<" not in render_inline("![a](/a.png)")
    assert render_inline("1. One") == "1. One"


def test_plain_words_carry_no_mark() -> None:
    assert plain("First *bold* & [link](https://example.org) `x`\nnext") == "First bold & link x next"
    assert plain("One **way**.\n\n- Two\n- Three ![a *tree*](/a.png)") == "One way. Two Three a tree"
    assert plain("<script>x</script>") == "<script>x</script>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("« Qui ? » dit-elle : **oui !**", "«&nbsp;Qui\u202f?&nbsp;» dit-elle&nbsp;: <strong>oui\u202f!</strong>"),
        ("`a : b` [ici : là](https://a.example/?b)", "<code>a : b</code> ici&nbsp;: là"),
        ("Ask: why? No! a;b :: c", "Ask: why? No! a;b :: c"),
    ],
)
def test_no_sign_stands_alone_at_the_start_of_a_line(text: str, said: str) -> None:
    assert render_inline(text) == said


def test_a_line_that_ends_before_a_sign_goes_on() -> None:
    assert render("*Police\n:* elle\nvient «\ndemain\n».") == (
        "<p><em>Police&nbsp;:</em> elle\nvient «&nbsp;demain&nbsp;».</p>\n"
    )
