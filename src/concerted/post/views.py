from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concerted.kit import access, digits
from concerted.kit.guards import reads, writes
from concerted.kit.views import local_path
from concerted.post import queries, services
from concerted.post.access import NOTICE
from concerted.post.forms import MailForm
from concerted.post.models import Notice

ON_A_PAGE = 25


@reads(NOTICE)
def inbox(request: HttpRequest) -> HttpResponse:
    """What is new for her, and what was."""
    pages = Paginator(queries.inbox(request.user), ON_A_PAGE)
    page = pages.get_page(digits.plain(request.GET.get("page", "")) or 1)
    lines = [queries.line(notice) for notice in page.object_list]
    newest = max((line.id for line in lines), default=0)
    context = {"page": page, "lines": lines, "newest": newest, "unread": queries.unread_count(request.user)}
    return render(request, "post/inbox.html", context)


@writes(NOTICE, "U")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = access.fetch(request.user, "U", NOTICE, Notice.objects.all(), pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    services.read_notice(notice, by=request.user, at=timezone.now())
    target = request.POST.get("open") and notice.link
    return redirect(local_path(request, target or "", reverse("post:inbox")))


@writes(NOTICE, "U")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what the page showed as new, and what is older."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    seen = digits.plain(request.POST.get("upto", ""))
    if seen.isdecimal() and len(seen) < 18:
        services.read_all(request.user, upto=int(seen), by=request.user, at=timezone.now())
    return redirect("post:inbox")


@writes(NOTICE, "U")
def mail(request: HttpRequest) -> HttpResponse:
    """Whether she wants mail when there is something new."""
    wanted = "yes" if queries.mail_wanted(request.user) else "no"
    form = MailForm(request.POST or None, initial={"wanted": wanted})
    if request.method == "POST" and form.is_valid():
        services.choose_mail(request.user, form.cleaned_data["wanted"], by=request.user)
        messages.success(request, gettext("Saved."))
        return redirect("post:inbox")
    return render(request, "post/mail.html", {"form": form})
