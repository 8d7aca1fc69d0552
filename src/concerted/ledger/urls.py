from django.urls import path

from concerted.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("about-me/", views.about_me, name="about_me"),
]
