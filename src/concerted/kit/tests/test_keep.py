"""{% keep %}: drawn once for the same values, and knowing nothing but them."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe


@dataclass(frozen=True)
class Line:
    """Counts how often it is asked for its words."""

    words: str

    def told(self) -> str:
        asked.append(self.words)
        return self.words


asked: list[str] = []


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    asked.clear()


def test_the_same_values_are_drawn_once() -> None:
    page = Template("{% keep line=line %}<p>{{ line.told }}</p>{% endkeep %}")
    shown = [page.render(Context({"line": Line(words)})) for words in ("a", "a", "b", "a")]
    assert shown == ["<p>a</p>", "<p>a</p>", "<p>b</p>", "<p>a</p>"]
    assert asked == ["a", "b"]


def test_every_language_is_drawn_for_itself() -> None:
    page = Template('{% load i18n kit %}{% keep n=n %}{% trans "Language" %} {{ n|digits }}{% endkeep %}')
    with translation.override("ar"):
        assert page.render(Context({"n": 3})).endswith("٣")
    with translation.override("en"):
        assert page.render(Context({"n": 3})) == "Language 3"


def test_words_marked_safe_are_not_taken_for_words_that_must_be_escaped() -> None:
    page = Template("{% keep words=words %}{{ words }}{% endkeep %}")
    assert page.render(Context({"words": mark_safe("<b>")})) == "<b>"
    assert page.render(Context({"words": "<b>"})) == "&lt;b&gt;"


def test_equal_numbers_of_another_kind_are_drawn_for_themselves() -> None:
    page = Template("{% keep n=n %}{{ n }}{% endkeep %}")
    assert [page.render(Context({"n": n})) for n in (1, True)] == ["1", "True"]


def test_nothing_is_known_inside_but_the_values() -> None:
    page = Template("{% keep a=a %}{% if request or user or csrf_token or b %}leaks{% endif %}{{ a }}{% endkeep %}")
    context = Context({"a": 1, "b": 2, "request": object(), "user": object(), "csrf_token": "t"})
    assert page.render(context) == "1"


def test_two_places_with_the_same_values_do_not_mix() -> None:
    page = Template("{% keep a=a %}<i>{{ a }}</i>{% endkeep %}{% keep a=a %}<b>{{ a }}</b>{% endkeep %}")
    assert page.render(Context({"a": 1})) == "<i>1</i><b>1</b>"


def test_what_can_change_is_refused() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        Template("{% keep a=a %}{{ a }}{% endkeep %}").render(Context({"a": [1]}))


def test_a_block_cannot_stand_inside() -> None:
    with pytest.raises(TemplateSyntaxError, match="block cannot stand inside"):
        Template("{% keep %}<p>{% block title %}{% endblock %}</p>{% endkeep %}")


def test_a_process_keeps_no_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.kit.templatetags import _keep

    monkeypatch.setattr(_keep, "MOST", 3)
    page = Template("{% keep n=n %}{{ n }}{% endkeep %}")
    assert [page.render(Context({"n": n})) for n in range(9)] == [str(n) for n in range(9)]
    assert len(_keep._kept) <= 3
