from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "concerted.api"
    label = "api"
