from django.utils import timezone

from concerted.jobs.seam import every, job


@job(retries=5)
def recount_mandate(recount_id: int) -> None:
    """Recount every position under one mandate, a chunk a transaction, from where the last worker stopped."""
    from concerted.capacity.services.standing import advance_recount

    while advance_recount(recount_id, at=timezone.now()):
        pass


@job(retries=5)
def count_anew() -> None:
    """Count everything from the facts again: territories moved, and what they add up to with them."""
    from concerted.capacity.services.standing import rebuild

    rebuild(at=timezone.now())


@job(retries=5)
def announce(kind: str, pk: int) -> None:
    """Tell managers and coordinators of what takes effect without a second person."""
    from concerted.capacity.services.seconds import announce_waiting

    announce_waiting(kind, pk, at=timezone.now())


@every(minutes=5, name="capacity.alone")
@job(retries=0)
def act_on_what_waited() -> None:
    """Put in force what waited its day."""
    from concerted.capacity.services import alone

    alone.act_on_what_waited(timezone.now())


@every(minutes=60 * 12, name="fold marks")
@job(retries=3)
def fold() -> None:
    """Sum the tallies into weekly marks, so that the national picture stays cheap."""
    from concerted.capacity.services.standing import fold_marks

    fold_marks(timezone.localdate())


@every(minutes=60 * 6, name="remind of what is due")
@job(retries=3)
def remind() -> None:
    """Tell people what falls due, once a deadline and once when it has passed."""
    from concerted.capacity.services.reminders import remind_of_due

    remind_of_due(timezone.localdate(), at=timezone.now())
