"""The sections of text that questions of a bank rest on."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.units import UnitFile


def check_rests(banks: Iterable[UnitFile], units: Mapping[str, UnitFile], faults: Faults) -> None:
    """Every section a question of a bank rests on is there. `units`: module/unit -> its file."""
    for bank in banks:
        own = faults.of(f"questions/{bank.path.name}")
        for question in bank.questions:
            for place in question.rests_on:
                unit, _slash, section = place.rpartition("/")
                if unit not in units or section not in units[unit].parts:
                    own.add(
                        bank.lines[question.key],
                        _("There is no section “%(place)s” in this pack.") % {"place": place[:60]},
                        _("Write rests=module/unit/section with codes and the key of a section that are here."),
                    )
