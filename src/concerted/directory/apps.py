from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "concerted.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.kit.frozen import freeze

        freeze(self, "AudienceVersion")
