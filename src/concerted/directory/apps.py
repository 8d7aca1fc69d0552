from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "concerted.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.directory import jobs, notices  # noqa: F401  both put themselves into their lists
        from concerted.kit.frozen import freeze

        freeze(self, "AudienceVersion")
