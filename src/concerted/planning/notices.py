"""The line this room puts into people's inboxes. Neutral: it names no topic."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register(
    "line_crossed", _("In a place you coordinate, more came in a month than can be carried. Open it to see where.")
)
