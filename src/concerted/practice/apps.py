from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "concerted.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.directory import hooks
        from concerted.kit.frozen import freeze
        from concerted.practice.services import reword
        from concerted.practice.services.joined import carry_over
        from concerted.text.services.editing import PUBLISHERS

        PUBLISHERS["practice"] = reword
        hooks.people_joined.append(carry_over)

        freeze(self, "ScenarioVersion")
        freeze(self, "ExamVersion")
        freeze(self, "CaseVersion")
        freeze(self, "InstrumentVersion")
