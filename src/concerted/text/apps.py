from django.apps import AppConfig


class TextConfig(AppConfig):
    name = "concerted.text"
    label = "text"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.kit.frozen import freeze

        freeze(self, "Version", only_if="OLD.state = 'published'")
        of_published = "EXISTS (SELECT 1 FROM text_version v WHERE v.id = OLD.version_id AND v.state = 'published')"
        freeze(self, "Section", only_if=of_published)
        freeze(self, "GlossaryWording")
