from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "bare.html", {"name": request.user.name, "numbers": range(10)})  # type: ignore[union-attr]


urlpatterns = [path("bare/", bare)]
