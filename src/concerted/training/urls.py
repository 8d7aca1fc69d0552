from django.urls import path

from concerted.training.views import (
    books,
    certificates,
    files,
    local,
    modules,
    papers,
    parting,
    player,
    scenarios,
    sitting_down,
)

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
    path("questions/", papers.index, name="questions"),
    path("questions/<slug:code>/", sitting_down.quiz, name="quiz"),
    path("questions/<slug:code>/start/", sitting_down.start_quiz, name="start_quiz"),
    path("questions/<slug:code>/ask/", papers.ask_quiz, name="ask_quiz"),
    path("tests/<slug:code>/", sitting_down.exam, name="exam"),
    path("tests/<slug:code>/start/", sitting_down.start_exam, name="start_exam"),
    path("tests/<slug:code>/ask/", papers.ask_exam, name="ask_exam"),
    path("check/<str:code>/", certificates.check, name="check"),
    path("file/<slug:pack>/<str:name>", files.pack_file, name="file"),
    path("book/<slug:code>.<slug:kind>", books.book, name="book"),
    path("<slug:code>/", modules.module, name="module"),
    path("<slug:code>/start/", modules.start, name="start"),
    path("<slug:code>/<str:unit>/", player.unit, name="unit"),
]
