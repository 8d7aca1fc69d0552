from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from concerted.directory.models.agency import Named
from concerted.kit.charts import Chart
from concerted.kit.templatetags.kit import mark_lang
from concerted.text.rules import SectionShown
from concerted.training import charts
from concerted.training.queries.items import ItemShown
from concerted.training.queries.parting import PartingShown
from concerted.training.slots import fill, fill_inline, fill_plain

register = template.Library()


@register.filter
def words(section: SectionShown) -> SafeString:
    """The words of a section rendered, its local slots filled, or said to be empty in the language of the words."""
    return fill(section.markdown, section.language)


@register.filter
def label_words(section: SectionShown) -> SafeString:
    """The same inside a label: inline marks only."""
    return fill_inline(section.markdown, section.language)


@register.filter
def note_words(section: SectionShown) -> str:
    """A content note: its words as they are written, with local slots filled as everywhere."""
    # No marks stand in a note, so that most are shown without being rendered.
    return fill_inline(section.markdown, section.language) if "{" in section.markdown else section.markdown


@register.filter
def plain_words(section: SectionShown) -> str:
    """The same without any mark, for an `alt` or an `<option>`."""
    return fill_plain(section.markdown, section.language)


@register.simple_tag
def mark_name(thing: Named) -> SafeString:
    """`lang` and `dir` of the name of a credential: that of the reader, or English where there is no other."""
    return mark_lang(thing.named_in)


@register.filter
def letter(place: int) -> str:
    """What a choice is called in a chart and in the list beside it: A, B, C."""
    return charts.letter(place)


@register.filter
def of(told: Mapping[str, tuple[str, ...]], fact: str) -> tuple[str, ...]:
    """Whom a move tells a fact: `{{ move.tells|of:fact.key }}`."""
    return told.get(fact, ())


@register.simple_tag
def parting_chart(shown: PartingShown, sectors: tuple[tuple[str, str], ...]) -> Chart:
    """How sectors chose in one passage, drawn."""
    return charts.parting_chart(shown, sectors)


@register.simple_tag
def items_chart(items: list[ItemShown]) -> Chart:
    """How hard the questions are, drawn."""
    return charts.items_chart(items)
