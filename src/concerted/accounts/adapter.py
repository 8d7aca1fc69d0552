import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from concerted.accounts import letters, queries, second_step
from concerted.kit.device import SHARED, remember_language

#: Seconds for which a sign-in counts as fresh.
JUST_NOW = 300


class Adapter(DefaultAccountAdapter):
    """How allauth speaks to our people: neutral letters through the outbox, links with the site's fixed address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "E-mail and password do not belong together. Try again, or ask for a code."
        ),
        "too_many_login_attempts": gettext_lazy("That was tried too often. Wait five minutes, then try again."),
        "incorrect_code": gettext_lazy("This code is not right. Type it as it stands in the newest e-mail."),
        "incorrect_password": gettext_lazy("This password is not right."),
        "enter_current_password": gettext_lazy("This is not your password until now."),
        "rate_limited": gettext_lazy("That was too often. Wait a few minutes, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = context.get("user") or get_user_model().objects.filter(email=email.lower()).first()
        language = getattr(person, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        context = context | {"email": email, "site_url": settings.SITE_URL}
        letters.write(template_prefix, to=email, language=language, context=context, at=timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell her that something about her account changed; neither where from nor with which device."""
        if email or user.email:
            self.send_mail(template_prefix, email or user.email, {"user": user} | (context or {}))

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def reauthenticate(self, user: Any, password: str) -> bool:
        again = self.authenticate(self.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: whoever has just shown who she is need not do so again."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > JUST_NOW

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Whether others use this device holds for this session, also when a second step comes in between."""
        request.session[SHARED] = bool(request.POST.get("shared"))
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        if not user.password:
            # Left empty it would count as a password she could be asked for again.
            user.set_unusable_password()
            user.save(update_fields=["password"])
        super().login(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """First the step a role asks for, then the question where she works, then her desk."""
        person: Any = request.user
        has_roles = person.held_roles or getattr(person, "waiting_roles", ())
        if has_roles and not second_step.is_taken(request, person):
            return reverse(settings.CONCERTED_SECOND_STEP_URL)
        if not has_roles and not queries.works_somewhere(person, timezone.localdate()):
            return reverse("accounts:where")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Her language comes with her to this device; from here on the cookie decides, and no query is needed."""
        response = super().post_login(request, user, **kwargs)
        if user.language in dict(settings.LANGUAGES):
            remember_language(response, user.language, secure=request.is_secure())
        return response

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """What the next page shows anyway is not said twice."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            super().add_message(request, level, message_template, *args, **kwargs)
