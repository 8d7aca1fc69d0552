"""The text of a plan file as values, and the line on which each stands."""

from typing import Any

import yaml

from concerted.maths.said import said
from concerted.planning.rules.plan.yaml_words import problem_of

#: A plan goes eight deep. Each open bracket more makes all that follows slower to read.
DEEPEST = 20


class TextRefused(ValueError):
    """The text is no YAML that we read; `line` is where."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class Marks:
    """Where the values of a text stand."""

    def __init__(self, root: yaml.Node | None) -> None:
        self._root = root

    def line(self, place: tuple[str, ...]) -> int:
        """The line of a place, or of the nearest part around it that the text has; 0 without a text."""
        if self._root is None:
            return 0
        node, line = self._root, self._root.start_mark.line + 1
        for step in place:
            key, inner = _child(node, step)
            if inner is None or key is None:
                break
            node, line = inner, key.start_mark.line + 1
        return line

    def place(self, loc: tuple[int | str, ...]) -> tuple[str, ...]:
        """A fault's place without what a check of several kinds adds to it."""
        node, found = self._root, []
        for number, step in enumerate(loc):
            _key, inner = _child(node, str(step)) if node is not None else (None, None)
            last = number == len(loc) - 1
            if inner is not None or (last and not _of_checks(str(step))) or self._root is None:
                found.append(str(step))
                node = inner
        return tuple(found)


def _of_checks(step: str) -> bool:
    """Names that a check of several kinds gives to what it tried: "float", "dict[...]", "OwnEffect"."""
    return "[" in step or step.startswith("constrained-") or step in ("str", "float", "int") or step[:1].isupper()


def _child(node: yaml.Node, step: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        inner = node.value[int(step)]
        return inner, inner
    return None, None


def load(text: str) -> tuple[dict[str, Any], Marks]:
    """The values of a YAML text, all keys as text, and their marks. Raises `TextRefused`.

    Anchors are refused: a few lines of them can spell out more than a memory holds. So is a key that stands twice, of
    which YAML would silently keep the second.
    """
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise TextRefused(said("Brackets or indents go too deep here for a plan. Take some out."), _line(event))
            if isinstance(event, yaml.AliasEvent):
                raise TextRefused(said("Anchors (*) are not read. Write the values out."), _line(event))
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise TextRefused(said("This is no plan: it has no `title:`, `territories:` and `services:`."), 1)
        _refuse_twice(root)
        return _plain(yaml.safe_load(text)), Marks(root)
    except yaml.YAMLError as fault:
        raise _told(fault, text) from fault
    except (ValueError, LookupError, AttributeError, RecursionError) as fault:
        # A tag such as !!bool or !!timestamp before a word that is none ends in any of these.
        if isinstance(fault, TextRefused):
            raise
        raise TextRefused(said("A date or number in this file cannot be read. Correct it."), 1) from fault


def _told(fault: yaml.YAMLError, text: str) -> TextRefused:
    if isinstance(fault, yaml.reader.ReaderError):
        sign, line = f"U+{int(fault.character):04X}", text.count("\n", 0, fault.position) + 1
        return TextRefused(said("A character stands here that no text has (%(sign)s). Take it out.", sign=sign), line)
    mark = getattr(fault, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(fault, "problem", None) or "it cannot be read"
    if r"'\t'" in problem:
        return TextRefused(said("This line is indented with a tab. Put spaces in its place."), line)
    return TextRefused(
        said(
            "This is not YAML: %(problem)s. Check the indent, colons and quotes of this line and the one above.",
            problem=problem_of(problem),
        ),
        line,
    )


def _refuse_twice(node: yaml.Node) -> None:
    if isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            _refuse_twice(inner)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise TextRefused(said("A key must be a single word. Correct this line."), key.start_mark.line + 1)
        if key.value in seen:
            raise TextRefused(
                said("“%(name)s” stands here twice. Take one out.", name=key.value), key.start_mark.line + 1
            )
        seen.add(key.value)
        _refuse_twice(value)


def _plain(value: Any) -> Any:
    """Keys as text: YAML reads a key like 2026 as a number, and `no` as a truth."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
