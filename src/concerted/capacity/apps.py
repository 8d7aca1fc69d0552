from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "concerted.capacity"
    label = "capacity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from concerted.capacity import notices  # noqa: F401
        from concerted.capacity.jobs import count_anew
        from concerted.capacity.queries.records import counted_of
        from concerted.capacity.services.joined import carry_over
        from concerted.capacity.services.standing import refresh_positions, withdraw_positions
        from concerted.capacity.views.groups import way_to_counts
        from concerted.directory import hooks
        from concerted.kit.frozen import freeze

        freeze(self, "Evidence")
        freeze(self, "TerritoryFact")
        freeze(self, "MandateVersion", only_if="OLD.published_at IS NOT NULL")
        hooks.positions_changed.append(refresh_positions)
        hooks.positions_leaving.append(withdraw_positions)
        hooks.people_joined.append(carry_over)
        hooks.counts_of_person.append(counted_of)
        hooks.ways_from_group.append(way_to_counts)
        hooks.territories_moved.append(lambda moved: count_anew.enqueue())
