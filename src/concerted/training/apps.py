from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "concerted.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.directory import hooks
        from concerted.kit.frozen import freeze
        from concerted.text.services.editing import PUBLISHERS
        from concerted.training import jobs, notices  # noqa: F401
        from concerted.training.services.editing import republish
        from concerted.training.views.cases import way_to_cases
        from concerted.training.views.misconceptions import way_to_misconceptions

        PUBLISHERS["training"] = republish
        hooks.ways_from_group.append(way_to_cases)
        hooks.ways_from_group.append(way_to_misconceptions)

        freeze(self, "ModuleVersion")
        freeze(self, "UnitInVersion")
        freeze(self, "LocalWords")
