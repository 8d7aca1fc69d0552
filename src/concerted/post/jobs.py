from django.utils import timezone

from concerted.jobs.seam import every, job


@every(minutes=1, name="post.send")
@job(retries=0)
def send() -> None:
    """Hand over the letters that are due. Queued with each letter, so a code arrives at once, and every minute."""
    from concerted.post.sending import send_due

    send_due(timezone.now)
