from django.urls import path

from concerted.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:public>/", views.progress, name="progress")]
