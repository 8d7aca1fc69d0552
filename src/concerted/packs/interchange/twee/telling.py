"""What of a story is not taken along, said with passage and line."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concerted.packs.interchange.twee.container import TweePassage
from concerted.packs.reading.faults import Faults

#: So much of what is left out is shown.
MOST_TOLD = 80


class Teller:
    """Tells what a passage holds that is not taken along."""

    def __init__(self, passage: str, faults: Faults) -> None:
        self.passage, self.faults = passage[:60], faults

    def __call__(self, line: int, text: str) -> None:
        said = " ".join(text.split())
        self.faults.warn(
            line,
            _("“%(passage)s”: %(part)s is not taken along.")
            % {"passage": self.passage, "part": said[:MOST_TOLD] + ("…" if len(said) > MOST_TOLD else "")},
            _("Say it in words, or with choices, numbers and conditions."),
        )


def once_each(passages: Iterable[TweePassage], faults: Faults) -> list[TweePassage]:
    """The passages without those whose name stands there already; they are told."""
    found: dict[str, TweePassage] = {}
    for one in passages:
        if found.setdefault(one.name, one) is not one:
            faults.warn(
                one.line,
                _("The passage “%(passage)s” stands here twice; only the first is taken along.")
                % {"passage": one.name[:MOST_TOLD]},
                _("Rename one of them in Twine, then bring the story again."),
            )
    return list(found.values())
