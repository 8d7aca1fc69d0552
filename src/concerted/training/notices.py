"""The lines this room puts into people's inboxes."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register("certificate", _("A new document is ready for you."))
register("certificate_changed", _("Something about one of your documents has changed."))
