"""Where each room's pages stand. Titles and paths are dull on purpose: a glance at the address bar tells little."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    ("", "concerted.kit.urls"),
    ("", "concerted.desks.urls"),
    ("learn/", "concerted.training.urls"),
    ("capacity/", "concerted.capacity.urls"),
    ("people/", "concerted.directory.urls"),
    ("setup/", "concerted.desks.setup_urls"),
    ("account/", "concerted.accounts.urls"),
    ("account/", "concerted.accounts.allauth_urls"),
    ("inbox/", "concerted.post.urls"),
    ("record/", "concerted.ledger.urls"),
    ("progress/", "concerted.jobs.urls"),
    ("packs/", "concerted.packs.urls"),
    ("plans/", "concerted.planning.urls"),
    ("readiness/", "concerted.planning.readiness_urls"),
    ("languages/", "concerted.text.urls"),
    ("texts/", "concerted.text.writing_urls"),
    ("api/", "concerted.api.urls"),
]
urlpatterns: list[URLPattern | URLResolver] = [path(prefix, include(module)) for prefix, module in ROOMS]
