"""Writes what the people of the demonstration were asked and did: mandates, and years of training."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from concerted.capacity.models import Credential, Evidence, Mandate
from concerted.capacity.services import advance_recount, claim_outside, fold_marks, grant_exemption, publish_mandate
from concerted.capacity.services.mandates import Wording
from concerted.directory import services as directory
from concerted.directory.models import Position
from concerted.packs.demo import country

Names = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """A mandate of the demonstration. `audience`: its name and rule; `held`: how its people compare with the rest."""

    code: str
    names: Names
    audience: str
    rule: Mapping[str, object]
    credential: str
    basis: str
    cycle: str
    months: int
    first_due_months: int
    held: float


def _names(en: str, fr: str, es: str, ar: str) -> Names:
    return {"en": en, "fr": fr, "es": es, "ar": ar}


_IN_SERVICE = {"field": "stage", "in": ["in"]}
_ACT = "Protection from Violence Act of Kestria (invented), section "
#: Training given elsewhere: credentials without a module here.
ELSEWHERE = {
    "first-account": _names(
        "Taking a first account", "Recueillir un premier récit", "Tomar un primer relato", "أخذ الإفادة الأولى"
    ),
    "protection-orders": _names(
        "Protection orders", "Ordonnances de protection", "Órdenes de protección", "أوامر الحماية"
    ),
    "safe-calls": _names("Safe calls", "Appels en sécurité", "Llamadas seguras", "مكالمات آمنة"),
}
MANDATES = (
    Asked("core-risk", _names("Risk and safety, every two years", "Risque et sécurité, tous les deux ans",
          "Riesgo y seguridad, cada dos años", "المخاطر والسلامة، كل سنتين"),
          "Everybody in service", _IN_SERVICE, "risk-and-safety", _ACT + "14", "rolling", 24, 3, 1.0),
    Asked("health-response", _names("Health response, every two years", "Réponse de santé, tous les deux ans",
          "Respuesta de salud, cada dos años", "الاستجابة الصحية، كل سنتين"),
          "Health, in service", {"all": [_IN_SERVICE, {"field": "sector", "in": ["health"]}]},
          "health-care", _ACT + "17", "rolling", 24, 6, 0.92),
    Asked("before-qualifying", _names("Before qualifying", "Avant le diplôme", "Antes de titularse", "قبل التأهيل"),
          "Students", {"field": "stage", "in": ["pre"]}, "risk-and-safety", _ACT + "15", "once", 0, 12, 0.9),
    Asked("police-account", _names("First account, yearly by 31 January", "Premier récit, chaque année au 31 janvier",
          "Primer relato, cada año al 31 de enero", "الإفادة الأولى، كل عام حتى ٣١ يناير"),
          "Police", {"field": "sector", "in": ["police"]}, "first-account", _ACT + "21", "fixed", 12, 2, 0.8),
    Asked("justice-orders", _names("Protection orders, once", "Ordonnances de protection, une fois",
          "Órdenes de protección, una vez", "أوامر الحماية، مرة واحدة"),
          "Justice", {"field": "sector", "in": ["justice"]}, "protection-orders", _ACT + "22", "once", 0, 6, 0.95),
    Asked("support-calls", _names("Safe calls, every year", "Appels en sécurité, chaque année",
          "Llamadas seguras, cada año", "مكالمات آمنة، كل عام"),
          "Women's services and helpline", {"field": "sector", "in": ["women", "helpline"]}, "safe-calls",
          _ACT + "30", "rolling", 12, 2, 1.05),
)  # fmt: skip


def write_elsewhere() -> None:
    """Credentials for training that has no module here."""
    for code, names in ELSEWHERE.items():
        Credential.objects.get_or_create(code=code, defaults={"names": names, "minutes": 180})


def write_evidence(positions: Iterable[Position], chance: random.Random, on: date) -> int:
    """Who completed what and when: better kept up on the coast than in the highlands, worse among newcomers."""
    credentials = {credential.code: credential for credential in Credential.objects.all()}
    share = {area: kept for _region, (kept, areas) in country.REGIONS.items() for area in areas}
    share |= {region: kept for region, (kept, _areas) in country.REGIONS.items()} | country.OUT_OF_STEP
    rows: list[Evidence] = []
    for position in positions:
        for asked in MANDATES:
            if asked.credential in credentials and _asked_of(asked, position):
                kept = min(share.get(position.territory.name, 0.8) * asked.held, 0.97)
                rows += _completions(position, credentials[asked.credential], asked, kept, chance, on)
    Evidence.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _asked_of(asked: Asked, position: Position) -> bool:
    """A rough reading of the audience, enough to invent a history."""
    sectors = {"health-response": {"health"}, "police-account": {"police"}, "justice-orders": {"justice"}}
    sectors["support-calls"] = {"women", "helpline"}
    if (position.stage == "pre") != (asked.code == "before-qualifying"):
        return False
    return position.agency.sector.code in sectors.get(asked.code, {position.agency.sector.code})


def _completions(
    position: Position, credential: Credential, asked: Asked, kept: float, chance: random.Random, on: date
) -> list[Evidence]:
    last = (position.until or on) - timedelta(days=1)
    served = (last - position.since).days
    if served < 20 or chance.random() > kept + 0.26:
        return []
    every = (asked.months or 36) * 30
    # Most are in place; the rest let it lapse lately, so that there are lapses and due dates around today.
    ago = chance.randint(0, every - 40) if chance.random() < kept + 0.06 else chance.randint(every - 60, every + 200)
    days = [ago] if ago < served else [chance.randint(0, served - 1)]
    if asked.months and days[0] + every < served and chance.random() < 0.8:
        days.append(days[0] + every - chance.randint(-20, 30))
    return [_evidence(position, credential, last - timedelta(days=min(day, served - 1))) for day in sorted(set(days))]


def _evidence(position: Position, credential: Credential, day: date) -> Evidence:
    return Evidence(
        subject_kind="person",
        subject_id=position.person_id,
        credential=credential,
        achieved_on=day,
        source_kind=Evidence.Source.IMPORT,
        source_ref=f"demonstration:{credential.code}:{day}",
        recorded_at=timezone.make_aware(datetime.combine(day, time(15))),
    )


def write_mandates(on: date, at: datetime) -> int:
    """The mandates in force for eighteen months, counted at once. Returns how many."""
    credentials = {credential.code: credential for credential in Credential.objects.all()}
    since = (on - timedelta(days=548)).replace(day=1)
    anchor = date(since.year, 1, 31)
    published = 0
    for asked in MANDATES:
        if asked.credential not in credentials:
            continue
        audience = directory.save_audience(asked.audience, dict(asked.rule), from_day=since, by=None, at=at)
        wording = Wording(
            audience,
            credentials[asked.credential],
            asked.basis,
            "Ministry of Women's Affairs (invented)",
            since,
            cycle=asked.cycle,
            months=asked.months,
            anchor=anchor if asked.cycle == "fixed" else None,
            first_due_months=asked.first_due_months,
            warn_days=60,
        )
        recount = publish_mandate(asked.code, asked.names, wording, at=at)
        while advance_recount(recount.pk, at=at):
            pass
        published += 1
    fold_marks(on)
    return published


def write_loose_ends(held: dict[str, Position], positions: list[Position], chance: random.Random, at: datetime) -> None:
    """Training elsewhere that waits for a yes, and people on leave."""
    on = timezone.localdate(at)
    mona = held["mona"]
    credential = Credential.objects.get(code="risk-and-safety")
    team = [p for p in positions if p.agency_id == mona.agency_id and p.until is None]
    for position in chance.sample(team, 4):
        claim_outside(
            position.person,
            credential,
            agency=mona.agency,
            achieved_on=on - timedelta(days=chance.randint(20, 200)),
            provider="University of Kestria, evening course",
            by=mona.person,
            at=at,
        )
    mandate = Mandate.objects.get(code="core-risk")
    for position in chance.sample([p for p in positions if p.until is None], 24):
        grant_exemption(
            position.person,
            mandate,
            from_day=on - timedelta(days=chance.randint(10, 120)),
            until_day=on + timedelta(days=chance.randint(20, 200)),
            reason="Long leave",
            authority="Agency manager",
            by=None,
            at=at,
        )
