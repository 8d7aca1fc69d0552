"""A page of a real browser in which somebody is signed in."""

from typing import Any

from django.conf import settings
from django.test import Client


def page_of(browser: Any, base: str, person: Any, language: str, width: int, **more: Any) -> Any:
    """`more` goes to the browser's context, for example `java_script_enabled`."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(viewport={"width": width, "height": 800}, **more)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base},
            {"name": "django_language", "value": language, "url": base},
        ]
    )
    return context.new_page()
