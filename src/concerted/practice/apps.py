from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "concerted.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.kit.frozen import freeze
        from concerted.practice.services import reword
        from concerted.text.services.editing import PUBLISHERS

        PUBLISHERS["practice"] = reword

        freeze(self, "ScenarioVersion")
        freeze(self, "ExamVersion")
        freeze(self, "CaseVersion")
        freeze(self, "InstrumentVersion")
