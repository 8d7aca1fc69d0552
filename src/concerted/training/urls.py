from django.urls import path

from concerted.training.views import books, certificates, files, local, modules, parting, player, scenarios

app_name = "training"
urlpatterns = [
    path("", modules.index, name="index"),
    path("record/", certificates.record, name="record"),
    path("record/list.csv", certificates.record_file, name="record_file"),
    path("record/<str:code>.pdf", certificates.pdf, name="certificate"),
    path("record/<str:code>/shown/", certificates.switch, name="switch"),
    path("local/", local.slots, name="slots"),
    path("local/<str:slot>/", local.slot, name="slot"),
    path("scenarios/", scenarios.index, name="scenarios"),
    path("scenarios/<slug:code>/", scenarios.scenario, name="scenario"),
    path("scenarios/<slug:code>/start/", scenarios.start, name="scenario_start"),
    path("scenarios/<slug:code>/play/", scenarios.play, name="play"),
    path("scenarios/<slug:code>/sectors/", parting.parting, name="parting"),
    path("check/<str:code>/", certificates.check, name="check"),
    path("file/<slug:pack>/<str:name>", files.pack_file, name="file"),
    path("book/<slug:code>.<slug:kind>", books.book, name="book"),
    path("<slug:code>/", modules.module, name="module"),
    path("<slug:code>/start/", modules.start, name="start"),
    path("<slug:code>/<str:unit>/", player.unit, name="unit"),
]
