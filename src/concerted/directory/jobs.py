from django.utils import timezone

from concerted.jobs.seam import job


@job(retries=3)
def take_in_file(file_id: int) -> None:
    """Take in a file somebody confirmed."""
    from concerted.directory.services.files import take_in

    take_in(file_id, at=timezone.now())
