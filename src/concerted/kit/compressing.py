"""Pages go over the wire compressed: on a poor line the fourth part of a page is what arrives in time."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PagesMiddleware(GZipMiddleware):
    """Django's, for pages alone: sounds are asked for in ranges, files are compressed in themselves.

    A page holds no secret that a guess in its address could be measured against: the token of forms is masked anew for
    each page, and Django adds bytes at random.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a whole page for a browser that takes it so; anything else goes as it is."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
