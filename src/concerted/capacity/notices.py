"""The lines this room puts into people's inboxes. Neutral: they name no topic."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register("overdue", _("Something on your desk is overdue. Open your desk to see what, and how long it takes."))
register("due_soon", _("Something on your desk falls due within 30 days."))
register("claim_confirmed", _("A record you were waiting for was confirmed. It counts now."))
register("claim_refused", _("A record you were waiting for was not accepted. Open it to see why."))
register(
    "mandate_alone",
    _("A requirement takes effect on %(day)s at %(time)s without a second person, unless somebody withdraws it."),
)
register(
    "taking_back_alone",
    _("A record is taken back on %(day)s at %(time)s without a second person, unless somebody withdraws it."),
)
