"""The first account of a response, made before anybody can invite anybody."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from concerted.directory.models import Person


def link_to_first_password(person: Person) -> str:
    """A link with which she chooses her password; it works once, for as long as a link by letter does."""
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return f"{settings.SITE_URL}{path}"
