"""{% keep %}: a part of a page that is drawn once for the same values and kept ready-made; registered in kit.py.

    {% keep words=shown.step.content pack=shown.module.pack %}…{% endkeep %}

Inside, nothing is known but the values named and the language: not the reader, not the request. So the part is a
pure function of its key, the next reader with the same values is given the same bytes, and nothing can go stale.
For words that many readers share; what names a person stays out, since the process would keep it.
"""

from typing import Any

from django import template
from django.core.signals import setting_changed
from django.template.base import FilterExpression, token_kwargs
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

#: Parts kept in a process; when there are more it begins anew.
MOST = 2_000
_kept: dict[tuple[Any, ...], SafeString] = {}


class Keep(template.Node):
    """The values are plain and never change: words, numbers, frozen dataclasses, and tuples of them."""

    child_nodelists = ("nodelist",)

    def __init__(self, values: dict[str, FilterExpression], nodelist: template.NodeList) -> None:
        self.values, self.nodelist = values, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        # The types count too: 1 equals True, and words marked safe equal the same words that must be escaped.
        key = (self, get_language(), *values.values(), *map(type, values.values()))
        drawn = _kept.get(key)
        if drawn is None:
            if len(_kept) >= MOST:
                _kept.clear()
            drawn = _kept[key] = self.nodelist.render(context.new(values))
        return drawn


def keep(parser: template.base.Parser, token: template.base.Token) -> Keep:
    """Compile {% keep name=value … %}; a block inside is refused, since what fills it differs from page to page."""
    values = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("A block cannot stand inside {% keep %}.")
    return Keep(values, nodelist)


def _forget(**kwargs: Any) -> None:
    _kept.clear()


setting_changed.connect(_forget)
