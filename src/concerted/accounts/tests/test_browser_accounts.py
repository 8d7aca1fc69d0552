"""Signing in, the app and a passkey in a real browser: nothing forbidden, nothing axe finds."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def looked_at(page: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sign_in_app_and_passkey(browser: Any, live_server: Any, settings: Any, language: str) -> None:
    settings.LOGIN_REDIRECT_URL = "/account/"
    person, agency = make_person("Mona", email="mona@example.org"), make_agency("Clinic")
    person.set_password("river stone lamp")
    person.save()
    make_position(person, agency)
    grant_role(person, "manager", agency)
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/account/signup/", "/account/login/code/", "/account/password/reset/", "/account/login/"):
        page.goto(live_server.url + path)
        looked_at(page, 320)
    page.fill("#id_login", "mona@example.org")
    page.fill("#id_password", "river stone lamp")
    page.click("form.stack .btn")
    page.wait_for_url("**/second-step/")
    looked_at(page, 320)

    page.goto(f"{live_server.url}/account/second-step/totp/activate/")
    looked_at(page, 320)
    secret = page.inner_text("ol code").replace(" ", "")
    page.fill("#id_code", format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
    page.click("form.stack .btn")
    page.wait_for_url("**/recovery-codes/")
    looked_at(page, 320)

    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{live_server.url}/account/second-step/webauthn/add/")
    looked_at(page, 320)
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/second-step/")
    for path in ("/account/", "/account/sessions/", "/account/where/", f"/account/agency/{agency.public}/"):
        page.goto(live_server.url + path)
        looked_at(page, 320)

    page.goto(f"{live_server.url}/account/logout/")
    page.click("form.stack .btn")
    page.wait_for_url("**/login/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile(r"/account/$"))
    page.goto(f"{live_server.url}/account/agency/{agency.public}/")
    assert page.url.endswith(f"{agency.public}/"), "a passkey is both steps in one"

    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": key["authenticatorId"]})
    page.goto(f"{live_server.url}/account/logout/")
    page.click("form.stack .btn")
    page.wait_for_url("**/login/")
    page.click("#passkey_login")
    page.wait_for_selector("[role=alert]")
    assert page.inner_text("[role=alert]") == page.get_attribute("#passkey_login", "data-failed")
    looked_at(page, 320)
    assert [line for line in said if "Cleared data types" not in line] == []
    context.close()
