from django.urls import include, path

from concerted.config.urls import urlpatterns as _known

urlpatterns = [path("record/", include("concerted.ledger.urls")), *_known]
