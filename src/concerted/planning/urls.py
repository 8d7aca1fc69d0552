from django.urls import path

from concerted.planning.views import plans

app_name = "planning"
urlpatterns = [
    path("", plans.index, name="plans"),
    path("example/<slug:name>/", plans.example, name="example"),
    path("example/<slug:name>/keep/", plans.keep, name="keep"),
    path("example/<slug:name>/sheet/<slug:unit>/", plans.sheet, name="sheet"),
    path("kept/<uuid:public>/", plans.kept, name="kept"),
    path("kept/<uuid:public>/again/", plans.again, name="again"),
]
