from django import template
from django.utils.safestring import SafeString

from concerted.training.slots import fill

register = template.Library()


@register.filter
def words(markdown: str) -> SafeString:
    """Rendered Markdown with its local slots filled, or said to be empty."""
    return fill(markdown)
