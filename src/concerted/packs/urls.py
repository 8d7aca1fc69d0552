from django.urls import path

from concerted.packs.views import documents, loaded, passages, questions, scripts, taking, trying

app_name = "packs"
urlpatterns = [
    path("", loaded.index, name="index"),
    path("scenarios/", scripts.index, name="scripts"),
    path("scenarios/published/<slug:code>/<slug:kind>/", taking.take_along, name="take_along"),
    path("scenarios/<uuid:public>/", scripts.script, name="script"),
    path("scenarios/<uuid:public>/file/", scripts.script_file, name="script_file"),
    path("scenarios/<uuid:public>/try/", trying.try_out, name="try_out"),
    path("scenarios/<uuid:public>/head/", passages.head, name="script_head"),
    path("scenarios/<uuid:public>/passage/<slug:key>/", passages.passage, name="passage"),
    path("questions/", questions.index, name="questions"),
    path("questions/<uuid:public>/", questions.brought, name="brought"),
    path("questions/<slug:code>/<slug:form>/", questions.bank_file, name="bank_file"),
    path("documents/", documents.index, name="documents"),
    path("documents/<uuid:public>/", documents.document, name="document"),
    path("documents/<uuid:public>/decide/", documents.decide, name="decide"),
    path("documents/<uuid:public>/drop/", documents.drop, name="drop"),
]
