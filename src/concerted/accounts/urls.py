from django.urls import path

from concerted.accounts.views import address, doors, own, programs, signing

app_name = "accounts"
urlpatterns = [
    path("", own.account, name="account"),
    path("details/", own.details, name="details"),
    path("address/", address.address, name="address"),
    path("address/<str:secret>/", address.take, name="take_address"),
    path("sessions/", own.sessions, name="sessions"),
    path("programs/", programs.keys, name="keys"),
    path("programs/<int:pk>/end/", programs.end, name="end_key"),
    path("where/", own.where, name="where"),
    path("where/<uuid:public>/", own.ask, name="ask"),
    path("sent/", signing.sign_up_sent, name="sign_up_sent"),
    path("confirm/<str:secret>/", signing.confirm, name="confirm"),
    path("invitation/<str:secret>/", signing.invitation, name="invitation"),
    path("staff/", doors.staff, name="staff"),
    path("agency/<uuid:public>/", doors.doors, name="doors"),
    path("agency/<uuid:public>/invite/", doors.invite, name="invite"),
    path("agency/<uuid:public>/code/", doors.make_code, name="make_code"),
    path("agency/<uuid:public>/code/<int:code_id>/end/", doors.end_code, name="end_code"),
    path("agency/<uuid:public>/request/<int:request_id>/", doors.answer, name="answer"),
]
