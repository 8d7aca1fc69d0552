from django.utils import timezone

from concerted.accounts.services import self_care
from concerted.jobs.seam import every, job


@every(minutes=24 * 60, name="accounts.forget_what_is_over")
@job(retries=3)
def forget_what_is_over() -> None:
    """Once a day."""
    self_care.forget_what_is_over(at=timezone.now())
