from django.urls import path

from concerted.directory.views import agencies, audiences, imports, people, posts, roles, territories, territory

app_name = "directory"
urlpatterns = [
    path("", agencies.index, name="agencies"),
    path("agency/add/", agencies.add, name="agency_add"),
    path("agency/<uuid:public>/", agencies.page, name="agency"),
    path("agency/<uuid:public>/posts/", posts.page, name="posts"),
    path("agency/<uuid:public>/close/", posts.close, name="agency_close"),
    path("agency/<uuid:public>/reopen/", posts.reopen, name="agency_reopen"),
    path("agency/<uuid:public>/add/", people.add, name="person_add"),
    path("person/<uuid:public>/", people.page, name="person"),
    path("person/<uuid:public>/change/", people.change, name="person_change"),
    path("position/<int:pk>/end/", people.end, name="position_end"),
    path("territories/", territories.index, name="territories"),
    path("territories/add/", territories.add, name="territory_add"),
    path("territories/<int:pk>/", territory.page, name="territory"),
    path("territories/<int:pk>/population/", territory.count, name="population"),
    path("territories/<int:pk>/move/", territories.move, name="territory_move"),
    path("audiences/", audiences.index, name="audiences"),
    path("audiences/new/", audiences.add, name="audience_add"),
    path("audiences/<int:pk>/", audiences.page, name="audience"),
    path("audiences/<int:pk>/change/", audiences.change, name="audience_change"),
    path("roles/", roles.index, name="roles"),
    path("roles/give/<uuid:public>/", roles.give, name="role_give"),
    path("roles/<int:pk>/confirm/", roles.confirm, name="role_confirm"),
    path("roles/<int:pk>/end/", roles.end, name="role_end"),
    path("import/", imports.index, name="imports"),
    path("import/<uuid:public>/", imports.page, name="import"),
]
