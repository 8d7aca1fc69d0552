from django.urls import path

from concerted.desks.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.index, name="index"),
    path("languages/", views.languages, name="languages"),
    path("sectors/", views.sectors, name="sectors"),
    path("territories/", views.territories, name="territories"),
    path("first/", views.first, name="first"),
    path("mail/", views.mail, name="mail"),
]
