"""What a passage from elsewhere says, whatever story format it was written in: words, changes, branches and links."""

from dataclasses import dataclass, field


@dataclass
class Said:
    """Words, already Markdown."""

    words: str
    line: int


@dataclass
class Changed:
    """Numbers that change, in our words: `trust -1`."""

    effects: list[str]
    line: int


@dataclass
class Arm:
    """One arm of a branch: its condition in our words, empty for what is left; `name`: what the writer called it."""

    when: str
    inside: "Nodes" = field(default_factory=list)
    name: str = ""


@dataclass
class Branch:
    """The first arm that holds."""

    arms: list[Arm]
    line: int


@dataclass
class Led:
    """That the story goes on in another passage."""

    to: str
    line: int


@dataclass
class Followed:
    """What is told on the next page."""

    words: str
    line: int


@dataclass
class Offered:
    """A link: `inside` is what happens when it is taken. `key`, `basis`, `skip`: as our own files tell them."""

    label: str
    inside: "Nodes"
    line: int
    key: str = ""
    basis: str = ""
    skip: bool = False


@dataclass
class Looked:
    """From here on stands a part of the look back."""

    part: str
    line: int


Node = Said | Changed | Branch | Led | Followed | Offered | Looked
Nodes = list[Node]
