from django.urls import path

from concerted.packs.views import documents, loaded

app_name = "packs"
urlpatterns = [
    path("", loaded.index, name="index"),
    path("documents/", documents.index, name="documents"),
    path("documents/<uuid:public>/", documents.document, name="document"),
    path("documents/<uuid:public>/decide/", documents.decide, name="decide"),
    path("documents/<uuid:public>/drop/", documents.drop, name="drop"),
]
