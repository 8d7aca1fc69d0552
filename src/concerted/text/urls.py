from django.urls import path

from concerted.text.views import bench, exchange, glossary, queue, reading

app_name = "text"
urlpatterns = [
    path("", queue.index, name="languages"),
    path("add/", queue.add, name="add_language"),
    path("read/", reading.choose, name="choose"),
    path("<slug:code>/", queue.language, name="language"),
    path("<slug:code>/file/", exchange.exchange, name="exchange"),
    path("<slug:code>/file/<slug:kind>/", exchange.download, name="exchange_file"),
    path("<slug:code>/memory/remove/", exchange.forget, name="forget_memory"),
    path("<slug:code>/words/", glossary.index, name="words"),
    path("<slug:code>/words/add/", glossary.add, name="add_words"),
    path("<slug:code>/words/<slug:key>/", glossary.entry, name="entry"),
    path("<slug:code>/people/", queue.people, name="translators"),
    path("<slug:code>/people/<int:pk>/remove/", queue.remove, name="remove_translator"),
    path("<slug:code>/<uuid:public>/", bench.document, name="document"),
    path("<slug:code>/<uuid:public>/preview/", bench.preview, name="preview"),
    path("<slug:code>/<uuid:public>/tested/", bench.tested, name="tested"),
    # Keys hold dots: q1.a is the first option of the first question.
    path("<slug:code>/<uuid:public>/<str:key>/", bench.section, name="section"),
    path("<slug:code>/<uuid:public>/<str:key>/review/", bench.judge, name="review"),
]
