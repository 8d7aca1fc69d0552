from django.utils import timezone

from concerted.jobs.seam import every, job


@every(minutes=1, name="ledger.seal")
@job(retries=0)
def seal() -> None:
    """Chain what was written since the last minute."""
    from concerted.ledger.chain import seal_rows

    seal_rows(timezone.now())


@every(minutes=24 * 60, name="ledger.forget")
@job(retries=3)
def forget() -> None:
    """Keep to the retention table."""
    from concerted.ledger.forgetting import forget_old

    forget_old(timezone.now())
