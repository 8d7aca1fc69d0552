from django.urls import path

from concerted.kit import views

app_name = "kit"
urlpatterns = [
    path("leave/", views.leave, name="leave"),
    path("language/", views.language, name="language"),
    path("parts/", views.parts, name="parts"),
    path("healthz", views.healthz, name="healthz"),
    path("icon.svg", views.favicon, name="icon"),
    path("favicon.ico", views.favicon, name="favicon"),
]
