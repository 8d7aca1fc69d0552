"""Certificates as badges, and the list of those that were revoked."""

from datetime import date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.capacity.models import Evidence
from concerted.directory.models import Response
from concerted.training.badge.credential import Achievement, Badge
from concerted.training.badge.status import SIZE
from concerted.training.models import Certificate, Module, ModuleVersion
from concerted.training.queries.modules import module_words


def issuer_name() -> str:
    """How the response that issues badges is called."""
    return Response.objects.order_by().values_list("name", flat=True).first() or _("Concerted")


def badge_of(certificate: Certificate) -> Badge:
    """The badge of a certificate. It says what was achieved and when; of her only her e-mail address
    or name, hashed."""
    number, place = divmod(certificate.pk, SIZE)
    email = certificate.person.email
    return Badge(
        id=_address("training:check", certificate.code),
        achievement=_achievement(certificate.module_version),
        issuer_name=issuer_name(),
        issuer_url=_address("training:issuer"),
        from_moment=_midnight(certificate.achieved_on),
        until=_midnight(certificate.expires_on) if certificate.expires_on else None,
        identity=("emailAddress", email.lower()) if email else ("name", certificate.person.name),
        salt=certificate.code[:16],
        status=(_address("training:revoked", number), place),
    )


def _achievement(version: ModuleVersion) -> Achievement:
    module: Module = version.module
    language = module.document.language
    words = module_words([module], language).get(module.pk, {})
    aims = [section.markdown for key, section in words.items() if key.startswith("aim-")]
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        minutes = ngettext("%(n)s minute", "%(n)s minutes", version.minutes) % {"n": version.minutes}
        number = _("Version %(n)s") % {"n": version.no}
    name = words["title"].markdown if "title" in words else module.code
    return Achievement(
        id=_address("training:module", module.code),
        name=name,
        description=words["summary"].markdown if "summary" in words else name,
        criteria=[*aims, minutes, number],
        language=language,
    )


def list_address(number: int) -> str:
    """Where a list of revoked badges is served."""
    return _address("training:revoked", number)


def revoked_in(number: int) -> list[int] | None:
    """The places of revoked certificates in a list, None when there is no such list. Three queries."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if number > last // SIZE:
        return None
    within = Certificate.objects.filter(pk__gte=number * SIZE, pk__lt=(number + 1) * SIZE).order_by()
    facts = Evidence.objects.filter(source_kind="module", source_ref__startswith="attempt:", voided_by__isnull=False)
    attempts = [int(ref.partition(":")[2]) for ref in facts.order_by().values_list("source_ref", flat=True)]
    gone = within.filter(revoked_at__isnull=False) | within.filter(attempt__in=attempts)
    return sorted({pk % SIZE for pk in gone.values_list("pk", flat=True)})


def _address(name: str, *parts: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=parts)}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
