from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "concerted.capacity"
    label = "capacity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.capacity import notices  # noqa: F401
        from concerted.capacity.services.standing import refresh_positions
        from concerted.directory import hooks

        hooks.positions_changed.append(refresh_positions)
