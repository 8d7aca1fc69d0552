from django.apps import AppConfig

#: SQL over a row of RatingAnswer: its rating is handed in.
_HANDED_IN = "EXISTS (SELECT 1 FROM planning_rating r WHERE r.id = OLD.rating_id AND r.handed_in_at IS NOT NULL)"


class PlanningConfig(AppConfig):
    name = "concerted.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.kit.frozen import freeze
        from concerted.planning import notices  # noqa: F401

        freeze(self, "Rating", only_if="OLD.handed_in_at IS NOT NULL")
        freeze(self, "RatingAnswer", only_if=_HANDED_IN)
        for model in ("Count", "Delegation", "PlanFunding", "Share", "Statement", "Signature"):
            freeze(self, model)
