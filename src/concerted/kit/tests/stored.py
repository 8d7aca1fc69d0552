"""Everything stored, to say that nothing of it has changed."""

import hashlib

from django.apps import apps

#: Tables that may change when bad input is refused, each with its reason.
LEFT_OUT = {
    "sessions.Session": "carries the words of the refusal to the next page, and when she was last seen",
    "usersessions.UserSession": "the same, as her own list of sessions shows it",
}


def stored() -> dict[str, str]:
    """Every table of every installed model, ours and others', with a digest of all its rows."""
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in LEFT_OUT or not model._meta.managed or model._meta.proxy:
            continue
        rows = model._base_manager.order_by("pk").values_list(*[field.attname for field in model._meta.concrete_fields])
        tables[model._meta.label] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return tables


def changed(before: dict[str, str]) -> list[str]:
    """The tables that differ from what `stored` said before."""
    now = stored()
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
