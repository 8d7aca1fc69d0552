"""The lines this room puts into people's inboxes."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register("certificate", _("A new document is ready for you."))
register("certificate_changed", _("Something about one of your documents has changed."))
register("case_joined", _("You are in a group that works on a case study."))
register("case_next", _("The next documents of your case study are out."))
# With the case by its title, since several may wait; the letter stays neutral.
register("table_turn", _("%(case)s has gone on. It is your turn."))
register("table_over", _("%(case)s is finished. You can look back at it."))
# Written before the title was told.
register("table_next", _("Your case has gone on. It is your turn."))
register("table_done", _("Your case is finished. You can look back at it."))
register("case_comment", _("There is a comment on an answer of your group."))
register("again", _("A few questions you have answered before are ready for you again. You may leave them."))
