from django.urls import path

from concerted.planning.views import delegations, readiness

app_name = "readiness"
urlpatterns = [
    path("", readiness.index, name="index"),
    path("<int:pk>/", readiness.place, name="place"),
    path("<int:pk>/rate/", readiness.rate, name="rate"),
    path("<int:pk>/moderate/", readiness.moderate, name="moderate"),
    path("rating/<uuid:public>/", readiness.rating, name="rating"),
    path("rating/<uuid:public>/<slug:key>/", readiness.item, name="item"),
    path("duties/", delegations.index, name="delegations"),
    path("duties/new/", delegations.new, name="delegation_new"),
    path("duties/<uuid:public>/", delegations.delegation, name="delegation"),
    path("duties/<uuid:public>/<int:pk>/", delegations.write, name="statement_write"),
    path("statements/<uuid:public>/", delegations.statement, name="statement"),
    path("statements/<uuid:public>/sign/", delegations.sign, name="sign"),
]
