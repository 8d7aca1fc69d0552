"""Aiken: a line for the question, one for each option, and the letter of the right one. Read as Moodle reads it."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from concerted.kit.markdown import plain
from concerted.packs.questions.decoding import text_of
from concerted.packs.questions.losses import tell_left_out, tell_losses
from concerted.packs.questions.marked import plain_words
from concerted.packs.questions.written import Answer, Findings, QuestionWritten, Refused, titled

_OPTION = re.compile(r"^([A-Z])[).][ \t]?(.*)$")
_ANSWER = re.compile(r"^ANSWER:\s*(.?)")
#: Shorter lines are passed over, as in Moodle: rules and numbers that people put between questions.
_SHORTEST = 2
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FULL = 100.0


def read_aiken(content: bytes, findings: Findings) -> tuple[QuestionWritten, ...]:
    """The questions of an Aiken file; what is wrong with the others is in `findings`."""
    reader = _Reader(findings)
    for number, line in enumerate(text_of(content).split("\n"), start=1):
        if len(line.strip().encode()) >= _SHORTEST:
            try:
                reader.take(number, line.strip())
            except Refused as refused:
                findings.refuse(refused.line or number, refused.message, refused.remedy)
    try:
        reader.end()
    except Refused as refused:
        findings.refuse(refused.line, refused.message, refused.remedy)
    return tuple(reader.found)


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.found: list[QuestionWritten] = []
        self.stem, self.line = "", 0
        self.options: list[str] = []

    def take(self, number: int, line: str) -> None:
        """One line of the file."""
        option, answer = _OPTION.match(line), _ANSWER.match(line)
        if (option or answer) and not self.line:
            raise Refused(
                _("No question stands before this line."), _("Write the question on one line above its options.")
            )
        if option:
            self.options.append(option[2].strip())
        elif answer:
            self._finish(number, answer[1])
        else:
            unfinished, self.stem = self.line, line
            self.line, self.options, before = number, [], len(self.options)
            if unfinished:
                raise _unfinished(unfinished, before)

    def end(self) -> None:
        """The end of the file."""
        if self.line:
            raise _unfinished(self.line, len(self.options))

    def _finish(self, number: int, letter: str) -> None:
        stem, line, options = self.stem, self.line, self.options
        self.line, self.options = 0, []
        if len(options) < 2:
            raise Refused(
                _("The question on line %(line)s has too few options.") % {"line": line},
                _("Give it two or more, each on a line of its own: A) words."),
            )
        place = _LETTERS.find(letter) if letter else -1
        if not 0 <= place < len(options):
            raise Refused(
                _("“%(letter)s” is none of the options.") % {"letter": letter},
                _("Write ANSWER: and the letter of the right one, A to %(last)s, as a capital.")
                % {"last": _LETTERS[len(options) - 1]},
            )
        answers = tuple(Answer(plain_words(words), _FULL * (at == place)) for at, words in enumerate(options))
        words = plain_words(stem)
        self.found.append(QuestionWritten("single", titled("", words), words, answers, line=line))


def _unfinished(line: int, options: int) -> Refused:
    remedy = _("Put it all on one line.") if not options else _("End it with ANSWER: and the letter of the right one.")
    return Refused(_("This question has no line ANSWER:."), remedy, line)


def write_aiken(questions: Iterable[QuestionWritten], findings: Findings) -> str:
    """The text of an Aiken file; what it cannot carry is in the notes of `findings`."""
    blocks = []
    for question in questions:
        stem = plain(question.stem)
        if not _writable(question, stem):
            tell_left_out(question, "Aiken", findings)
            continue
        tell_losses(question, frozenset(), findings)
        lines = [
            stem,
            *(f"{letter}) {plain(one.words)}" for letter, one in zip(_LETTERS, question.answers, strict=False)),
        ]
        right = next(place for place, answer in enumerate(question.answers) if answer.weight == _FULL)
        blocks.append("\n".join([*lines, f"ANSWER: {_LETTERS[right]}", ""]))
    return "\n".join(blocks)


def _writable(question: QuestionWritten, stem: str) -> bool:
    """Whether Moodle would read the same question again: it tells lines apart by how they begin."""
    if question.kind != "single" or len(question.answers) > len(_LETTERS):
        return False
    return len(stem.encode()) >= _SHORTEST and not _OPTION.match(stem) and not stem.startswith("ANSWER:")
