"""The lines this room puts into an inbox."""

from django.utils.translation import gettext_lazy as _

from concerted.post.wordings import register

register(
    "role_alone",
    _("A role takes effect on %(day)s at %(time)s without a second person, unless somebody withdraws it."),
)
register(
    "place_alone",
    _(
        "An agency or territory is taken in on %(day)s at %(time)s without a second person, unless somebody withdraws"
        " it."
    ),
)
register("group_joined", _("You were added to a group. You can leave it at any time."))
register("entered_elsewhere", _("Somebody was entered with your e-mail address. Please say whether it is you."))
register("entries_joined", _("Two entries about you were joined into one. If that is wrong, tell your coordinator."))
