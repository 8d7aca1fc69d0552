"""The borrowed routes under their own names: those of foreign_views.py, and two of ours in place of the library's."""

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.urls import URLPattern, URLResolver, include, path

from concerted.accounts.foreign_views import FOREIGN_VIEWS
from concerted.accounts.views import signing

Routes = list[URLPattern | URLResolver]


def _named(routes: Routes) -> Routes:
    """The routes of the library that are named in foreign_views.py, at any depth."""
    kept: Routes = []
    for route in routes:
        if isinstance(route, URLResolver):
            kept.append(path(str(route.pattern), include(_named(route.url_patterns))))
        elif route.name in FOREIGN_VIEWS:
            kept.append(route)
    return kept


urlpatterns: Routes = [
    path("signup/", signing.sign_up, name="account_signup"),
    path("logout/", signing.sign_out, name="account_logout"),
    path("", include(_named(account_urls.urlpatterns))),
    path("second-step/", include(_named(mfa_urls.urlpatterns))),
]
