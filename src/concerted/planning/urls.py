from django.urls import path

from concerted.planning.views import counts, from_here, funding, outlook, own, plan_files, plans

app_name = "planning"
urlpatterns = [
    path("", plans.index, name="plans"),
    path("from-here/", from_here.from_here, name="from_here"),
    path("own/", own.own, name="own"),
    path("self-check/", plan_files.self_check, name="self_check"),
    path("example/<slug:name>/", plans.example, name="example"),
    path("example/<slug:name>/keep/", plans.keep, name="keep"),
    path("example/<slug:name>/sheet/<slug:unit>/", plans.sheet, name="sheet"),
    path("example/<slug:name>/workbook.xlsx", plan_files.workbook, name="workbook"),
    path("example/<slug:name>/plan.json", plan_files.values, name="values"),
    path("kept/<uuid:public>/workbook.xlsx", plan_files.kept_workbook, name="kept_workbook"),
    path("kept/<uuid:public>/plan.json", plan_files.kept_values, name="kept_values"),
    path("kept/<uuid:public>/", plans.kept, name="kept"),
    path("kept/<uuid:public>/funding/", funding.funding, name="funding"),
    path("kept/<uuid:public>/funding/new/", funding.promise, name="promise"),
    path("kept/<uuid:public>/funding/<uuid:funding>/ends/", funding.promise_ends, name="promise_ends"),
    path("kept/<uuid:public>/again/", plans.again, name="again"),
    path("kept/<uuid:public>/actual/", outlook.actual, name="actual"),
    path("kept/<uuid:public>/actual.json", outlook.actual_values, name="actual_values"),
    path("outlook/", outlook.index, name="outlook"),
    path("outlook/<int:pk>/<slug:service>/", outlook.service, name="outlook_of"),
    path("counts/", counts.index, name="counts"),
    path("counts/bring/", counts.bring, name="counts_bring"),
    path("counts/all.<slug:kind>", counts.file, name="counts_file"),
    path("counts/agency/<uuid:public>/", counts.agency, name="counts_agency"),
    path("counts/agency/<uuid:public>/<slug:month>/<slug:service>/", counts.count_agency, name="count_agency"),
    path("counts/<int:pk>/", counts.place, name="counts_place"),
    path("counts/<int:pk>/<slug:month>/<slug:service>/", counts.count, name="count"),
]
