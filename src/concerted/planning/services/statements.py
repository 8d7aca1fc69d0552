"""The statement both levels sign, and the fact that a duty is handed down once both have."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.models import TerritoryFact
from concerted.capacity.services import record_fact
from concerted.directory.models import Person, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.planning.access import AUTHORITY_SIGNS, DELEGATION, NATION_SIGNS, STATEMENT
from concerted.planning.models import Rating, Share, Signature, Statement
from concerted.planning.queries.delegations import funding_of
from concerted.planning.queries.known import known_of
from concerted.planning.queries.readiness import ratings_of, readiness_of
from concerted.planning.rules.readiness import State
from concerted.planning.rules.statement import Duty, content_of, hash_of


class StatementRefused(Exception):
    """The statement cannot be written or signed; the message says why and what to do."""


@transaction.atomic
def write_statement(share: Share, *, override: str = "", by: Person, at: datetime) -> Statement:
    """Write down what both levels would sign today. Raises `StatementRefused` for an authority that nobody assessed,
    and for one with gaps unless `override` says why the duty is handed down all the same.
    """
    access.allow(by, "C", DELEGATION)
    on, override = timezone.localdate(at), override.strip()
    ratings = list(ratings_of([share.territory_id]))
    readiness = readiness_of(ratings, known_of(share.territory, on), on)
    if readiness.state is State.NOT_ASSESSED:
        raise StatementRefused(_("This authority is not assessed: it has no moderated rating. Rate it first."))
    if readiness.state is State.GAPS and not override:
        raise StatementRefused(_("This authority has gaps. Close them first, or write why the duty cannot wait."))
    rated = next(one for one in ratings if one.kind == Rating.Kind.MODERATED)
    content = content_of(
        _duty(share),
        funding_of(share),
        readiness,
        instrument=rated.instrument_id,
        rating=rated.pk,
        on=on.isoformat(),
        override=override if readiness.state is State.GAPS else "",
    )
    statement = Statement.objects.create(
        share=share, content=content, hash=hash_of(content), override=content["override"], by=by, at=at
    )
    record("statement written", by=by, object_kind="statement", object_id=statement.pk)
    return statement


def _duty(share: Share) -> Duty:
    kept = share.delegation
    return Duty(
        kept.code,
        kept.duty,
        kept.basis,
        share.territory.name,
        kept.currency,
        kept.year,
        share.funds,
        share.low,
        share.mid,
        share.high,
        share.source,
    )


def level_of(by: Person, territory: Territory, signed: Collection[str] = ()) -> str | None:
    """For which level, of those that have not signed, somebody would sign; None where for none."""
    doors = ((Signature.Level.AUTHORITY, AUTHORITY_SIGNS), (Signature.Level.NATION, NATION_SIGNS))
    mine = (level for level, door in doors if level not in signed and access.may(by, "C", door, territory))
    return next(mine, None)


@transaction.atomic
def sign_statement(statement_id: int, *, seen: str, by: Person, at: datetime) -> Signature:
    """Sign for one's own level what was `seen`, named by its hash. With the second level's signature the duty is handed
    down, and that is recorded of the territory. Signed again by the same person, nothing changes.
    """
    rows = Statement.objects.select_for_update(of=("self",)).select_related("share__territory", "share__delegation")
    statement = rows.get(pk=statement_id)
    access.allow(by, "U", STATEMENT, statement)
    signed = {signature.level: signature for signature in statement.signatures.all()}
    mine = next((signature for signature in signed.values() if signature.by_id == by.pk), None)
    if mine is not None:
        return mine
    level = level_of(by, statement.share.territory, signed)
    if level is None:
        raise StatementRefused(_("Your level has signed already. A person of the other level signs next."))
    if seen != statement.hash or hash_of(statement.content) != statement.hash:
        raise StatementRefused(_("This is not what you were shown. Read the statement again before you sign."))
    signature = Signature.objects.create(statement=statement, level=level, hash=statement.hash, by=by, at=at)
    record("statement signed", by=by, object_kind="statement", object_id=statement.pk)
    if signed:
        _hand_down(statement, at)
    return signature


def _hand_down(statement: Statement, at: datetime) -> None:
    """Both levels signed: from today on the duty is the authority's."""
    share = statement.share
    record_fact(
        share.territory,
        TerritoryFact.Kind.DELEGATION,
        about=share.delegation.code,
        value=statement.content["handed"],
        source=f"{share.delegation.duty}: {statement.hash[:16]}",
        holds_from=timezone.localdate(at),
        by=None,
        at=at,
    )
