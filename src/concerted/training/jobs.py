from django.utils import timezone

from concerted.jobs.seam import every, job


@every(minutes=5, name="training.tables_due")
@job(retries=0)
def look_at_tables_due() -> None:
    """Let the tables of case conferences go on whose time for a moment is over."""
    from concerted.training import services

    services.look_at_tables_due(at=timezone.now())


@every(minutes=60 * 24 * 7, name="training.misconceptions")
@job(retries=1)
def count_misconceptions() -> None:
    """Count what many take for true in agencies, territories, sectors and professions."""
    from concerted.training import services

    services.count_misconceptions(at=timezone.now())


@every(minutes=60 * 6, name="ask again")
@job(retries=3)
def ask_again() -> None:
    """Tell people that questions they answered months ago are ready for them again."""
    from concerted.training.services.follow_ups import remind_again

    remind_again(timezone.localdate(), at=timezone.now())
