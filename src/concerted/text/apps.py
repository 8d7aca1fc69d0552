from django.apps import AppConfig


class TextConfig(AppConfig):
    name = "concerted.text"
    label = "text"
    default_auto_field = "django.db.models.BigAutoField"
