"""Monthly counts for other programs: sent in, and read as others see them."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from concerted.api.door import Opened, Refused, answer, opened, refusal
from concerted.api.rules import MOST_BYTES, BadBody, read_body
from concerted.kit import access, digits
from concerted.kit.guards import open_to_all
from concerted.planning import services
from concerted.planning.access import COUNTING, COUNTS
from concerted.planning.queries.count_rows import COLUMNS, count_rows


def _told(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Have refusals answered as JSON, like everything else here."""

    @wraps(view)
    def telling(request: HttpRequest, *args: object) -> JsonResponse:
        try:
            return view(request, *args)
        except Refused as refused:
            return refusal(refused)
        except Http404:
            return refusal(_not_found())

    return telling


def _not_found() -> Refused:
    return Refused(404, _("There is nothing at this address."), _("Counts stand at /api/counts/."))


@csrf_exempt
@open_to_all("A key of hers opens it, whatever cookies come along")
@_told
def counts(request: HttpRequest) -> JsonResponse:
    """GET: every count as others see it. POST: take counts in, all or nothing."""
    by = opened(request)
    return _take(request, by) if request.method == "POST" else _show(by)


@csrf_exempt
@open_to_all("It only says that nothing is there")
def unknown(request: HttpRequest, rest: str) -> JsonResponse:
    """Any other address for programs."""
    return refusal(_not_found())


def _show(by: Opened) -> JsonResponse:
    if not access.may(by.person, "R", COUNTS):
        raise _closed()
    return JsonResponse({"counts": [dict(zip(COLUMNS, row, strict=True)) for row in count_rows()]})


def _take(request: HttpRequest, by: Opened) -> JsonResponse:
    if not access.may(by.person, "C", COUNTING):
        raise _closed()
    sent_bytes = request.META.get("CONTENT_LENGTH") or "0"
    if sent_bytes.isdecimal() and int(sent_bytes[:18]) > MOST_BYTES:
        most = {"most": digits.localise(MOST_BYTES // 1024)}
        raise Refused(413, _("This is more than %(most)s KB.") % most, _("Send it in several requests."))
    try:
        sent = read_body(request.body)
    except BadBody as fault:
        message = (
            _("The body is no JSON.") if fault.kind == "json" else _("The body has another form than is read here.")
        )
        form = '{"counts": [{"territory": …, "month": …, "service": …, "what": …, "number": …}], "dry_run": true}'
        raise Refused(400, message, _("Send: %(form)s") % {"form": form}) from None
    result = services.take_sent_counts(
        sent.entries, through=by.through, dry_run=sent.dry_run, by=by.person, at=timezone.now()
    )
    return answer(result, 400 if result.faults else 200)


def _closed() -> Refused:
    remedy = _("Whoever made the key needs a role that counts or plans, and a second step of signing in.")
    return Refused(403, _("The key is right, but opens nothing here."), remedy)
