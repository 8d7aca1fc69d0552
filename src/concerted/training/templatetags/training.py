from django import template
from django.utils.safestring import SafeString

from concerted.training.slots import fill, fill_inline, fill_plain

register = template.Library()


@register.filter
def words(markdown: str) -> SafeString:
    """Rendered Markdown with its local slots filled, or said to be empty."""
    return fill(markdown)


@register.filter
def label_words(markdown: str) -> SafeString:
    """The same inside a label: inline marks only."""
    return fill_inline(markdown)


@register.filter
def plain_words(markdown: str) -> str:
    """The same without any mark, for an `alt` or an `<option>`."""
    return fill_plain(markdown)
