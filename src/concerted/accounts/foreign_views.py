"""The borrowed pages of this room. They cannot wear our guards, so each is named here with who may open it and why.

"open": anybody. "signed in": the library itself asks for a sign-in, and for the password again before a change.
A route of the library that is not named here is not served (see allauth_urls.py), and a test compares the two.
"""

OPEN, SIGNED_IN = "open", "signed in"

FOREIGN_VIEWS: dict[str, tuple[str, str]] = {
    "account_login": (OPEN, "Signing in comes before everything"),
    "account_request_login_code": (OPEN, "Signing in by a code in a letter"),
    "account_confirm_login_code": (OPEN, "Only goes on with a sign-in begun in the same session"),
    "account_inactive": (OPEN, "Tells that an account is closed, after the right password only"),
    "account_reset_password": (OPEN, "Whoever forgot the password cannot sign in; the answer is always the same"),
    "account_reset_password_done": (OPEN, "Only says where to look"),
    "account_reset_password_from_key": (OPEN, "The secret of the letter opens it; a second step stays asked for"),
    "account_reset_password_from_key_done": (OPEN, "Only says that it worked"),
    "account_reauthenticate": (SIGNED_IN, "Asks for the password again before a change"),
    "account_change_password": (SIGNED_IN, "Her own password"),
    "account_set_password": (SIGNED_IN, "Her own first password"),
    "mfa_index": (SIGNED_IN, "Her own second step; where a role without one leads"),
    "mfa_authenticate": (OPEN, "Only goes on with a sign-in begun in the same session"),
    "mfa_reauthenticate": (SIGNED_IN, "Asks for a code again before a change"),
    "mfa_activate_totp": (SIGNED_IN, "Her own app"),
    "mfa_deactivate_totp": (SIGNED_IN, "Her own app"),
    "mfa_view_recovery_codes": (SIGNED_IN, "Her own spare codes"),
    "mfa_generate_recovery_codes": (SIGNED_IN, "Her own spare codes"),
    "mfa_download_recovery_codes": (SIGNED_IN, "Her own spare codes"),
    "mfa_list_webauthn": (SIGNED_IN, "Her own passkeys"),
    "mfa_add_webauthn": (SIGNED_IN, "Her own passkeys"),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, "Asks for the passkey again before a change"),
    "mfa_remove_webauthn": (SIGNED_IN, "Her own passkeys"),
    "mfa_edit_webauthn": (SIGNED_IN, "Her own passkeys"),
    "mfa_login_webauthn": (OPEN, "Signing in with a passkey"),
}
