"""What the gallery shows: made-up names and numbers, from a country that does not exist."""
from typing import Any
from django.http import HttpRequest
def context(request: HttpRequest) -> dict[str, Any]:
    return {}
