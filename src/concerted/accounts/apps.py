from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "concerted.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from concerted.accounts import jobs, notices  # noqa: F401  both put themselves into their lists
        from concerted.accounts.second_step import note_added
        from concerted.accounts.services.address import follow_address
        from concerted.directory import hooks

        authenticator_added.connect(note_added)
        hooks.address_changed.append(follow_address)
