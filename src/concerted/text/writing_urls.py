from django.urls import path

from concerted.text.views import writing

app_name = "writing"
urlpatterns = [
    path("", writing.index, name="index"),
    path("<uuid:public>/", writing.document, name="document"),
    path("<uuid:public>/propose/", writing.propose, name="propose"),
    path("<uuid:public>/decide/", writing.decide, name="decide"),
    path("<uuid:public>/part/<str:key>/", writing.section, name="section"),
]
