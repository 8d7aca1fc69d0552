"""The lines this room puts into an inbox."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register("join_asked", _("Somebody asks to be counted in at %(agency)s."))
register("join_accepted", _("You are counted in at %(agency)s."))
register("join_refused", _("%(agency)s did not accept your request. Ask there, or try another agency."))
