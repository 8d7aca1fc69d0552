"""Who really asks, when a web server in front passes requests on.

What a caller writes into forwarded headers is no fact. Only a proxy the operator named is believed; from everybody
else they are dropped before anything reads them, so nobody chooses the address by which limits count, or the scheme.
"""

import ipaddress
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_LOOPBACK = ("127.0.0.0/8", "::1")
_OFF = frozenset({"", "0", "no", "false", "off"})
_ON = frozenset({"1", "yes", "true", "on"})


def trusted(named: str) -> list[Network]:
    """The proxies a setting names: "1" for one on this machine, or addresses and networks with commas between.

    Raises ValueError for what is no address: a slip must not be read as "nobody".
    """
    word = named.strip().lower()
    if word in _OFF:
        return []
    parts: Sequence[str] = _LOOPBACK if word in _ON else [part.strip() for part in named.split(",") if part.strip()]
    return [ipaddress.ip_network(part) for part in parts]


def _is_proxy(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return False
    return any(found in network for network in settings.CONCERTED_PROXIES)


def caller(chain: str, proxy: str) -> str:
    """The address nearest to us that no trusted proxy has; the proxy's own when the chain names none.

    Read from the right: what stands further left was written by the caller herself.
    """
    for part in reversed(chain.split(",")):
        if _is_proxy(part):
            continue
        try:
            return str(ipaddress.ip_address(part.strip()))
        except ValueError:
            return proxy
    return proxy


class ForwardedMiddleware:
    """Stands before everything that reads an address or a scheme."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chain = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        near = request.META.get("REMOTE_ADDR", "")
        if _is_proxy(near):
            request.META["REMOTE_ADDR"] = caller(chain, near)
        else:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)
