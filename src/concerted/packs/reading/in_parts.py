"""What the files of a pack that are translated part by part have in common."""

from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionText


class InParts:
    """A file in parts: HEAD or the key of a block -> its sections, which carry the marks of translations."""

    parts: dict[str, tuple[SectionText, ...]]
    #: Nothing in it is marked right or wrong; `translations.compare` asks for it.
    questions: tuple[QuestionText, ...] = ()

    @property
    def sections(self) -> tuple[SectionText, ...]:
        """All of it, in the order it is read."""
        return tuple(section for part in self.parts.values() for section in part)
