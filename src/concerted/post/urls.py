from django.urls import path

from concerted.post import views

app_name = "post"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("mail/", views.mail, name="mail"),
    path("<int:pk>/read/", views.read, name="read"),
]
