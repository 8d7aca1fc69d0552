from django.urls import path

from concerted.packs import views

app_name = "packs"
urlpatterns = [path("", views.index, name="index")]
