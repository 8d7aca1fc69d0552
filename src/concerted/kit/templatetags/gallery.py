"""{{ "Start the module"|sample }}: an example's words in the language of the gallery."""

from django import template

from concerted.kit.samples import sample

register = template.Library()
register.filter("sample", sample)
