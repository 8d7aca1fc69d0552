from django.utils import timezone

from concerted.jobs.seam import every, job


@job(retries=3)
def take_in_file(file_id: int) -> None:
    """Take in a file somebody confirmed."""
    from concerted.directory.services.files import take_in

    take_in(file_id, at=timezone.now())


@job(retries=5)
def ask_owners(entered: list[int]) -> None:
    """Ask whoever has an account with an address that was entered for somebody whether both are she."""
    from concerted.directory.services.entered import ask_owners_of

    ask_owners_of(entered, at=timezone.now())


@job(retries=5)
def announce_role(role_id: int) -> None:
    """Tell managers and coordinators of a role that takes effect without a second person."""
    from concerted.directory.services.alone import announce_waiting_role

    announce_waiting_role(role_id, at=timezone.now())


@job(retries=5)
def announce_place(proposed_id: int) -> None:
    """Tell managers and coordinators of an agency or territory that is taken in without a second person."""
    from concerted.directory.services.places import announce_waiting_place

    announce_waiting_place(proposed_id, at=timezone.now())


@every(minutes=5, name="directory.roles_alone")
@job(retries=0)
def look_at_waiting_roles() -> None:
    """Put in force what waited its day."""
    from concerted.directory.services import alone

    alone.look_at_waiting_roles(at=timezone.now())


@every(minutes=5, name="directory.places_alone")
@job(retries=0)
def look_at_waiting_places() -> None:
    """Take in the agencies and territories that waited their day."""
    from concerted.directory.services import places

    places.look_at_waiting_places(at=timezone.now())
