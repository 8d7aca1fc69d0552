from django.urls import path

from concerted.capacity.views import agency, claims, groups, mandates, person, picture, records

app_name = "capacity"
urlpatterns = [
    path("", picture.picture, name="picture"),
    path("agency/<int:pk>/", agency.board, name="agency"),
    path("agency/<int:pk>/remind/", agency.remind, name="remind"),
    path("agency/<int:pk>/overdue.csv", agency.overdue_file, name="overdue_file"),
    path("group/<uuid:public>/", groups.group, name="group"),
    path("person/<uuid:public>/", person.standing, name="person"),
    path("exempt/", records.exemptions, name="exemptions"),
    path("person/<uuid:public>/exempt/", records.exempt, name="exempt"),
    path("records/", records.records, name="records"),
    path("person/<uuid:public>/evidence/", records.record, name="record"),
    path("person/<uuid:public>/evidence/<int:pk>/take-back/", records.take_back, name="take_back"),
    path("mandates/", mandates.index, name="mandates"),
    path("mandates/new/", mandates.propose, name="mandate_new"),
    path("mandates/<slug:code>/", mandates.page, name="mandate"),
    path("mandates/<slug:code>/next/", mandates.propose, name="mandate_next"),
    path("mandates/<slug:code>/<int:no>/confirm/", mandates.confirm, name="mandate_confirm"),
    path("mandates/<slug:code>/<int:no>/withdraw/", mandates.withdraw, name="mandate_withdraw"),
    path("outside/", claims.index, name="claims"),
    path("outside/mine/", claims.own, name="claim_own"),
    path("outside/<int:pk>/proof/", claims.proof, name="claim_proof"),
    path("outside/agency/<int:pk>/", claims.record, name="claim"),
    path("outside/agency/<int:pk>/file/", claims.record_file, name="claim_file"),
]
