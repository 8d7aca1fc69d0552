from django.urls import path

from concerted.desks.views import desk

app_name = "desks"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("mine/", desk.mine, name="mine"),
]
