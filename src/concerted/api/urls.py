from django.urls import path

from concerted.api import views

app_name = "api"
urlpatterns = [
    path("counts/", views.counts, name="counts"),
    path("<path:rest>", views.unknown, name="unknown"),
]
