"""Questions as hypothesis makes them: awkward words, every kind, whatever a format can carry."""

from hypothesis import strategies as st

from concerted.kit.markdown import plain
from concerted.packs.questions.marked import plain_words
from concerted.packs.questions.weights import SHARES
from concerted.packs.questions.written import ANY, TITLE_MOST, Answer, Pair, QuestionWritten, one_line, titled
from concerted.text.rules import normal

_TOKENS = [*"abÉ7 \\:#={}~%[]()<>*_-+.,;!?'\"/&$@|^`\n ع", "%50%", "[html]", "[markdown]", "->", "::", "####", "//"]
_TOKENS += [
    "T",
    "TRUE",
    "$CATEGORY: a",
    "\\n",
    "A) ",
    "ANSWER: A",
    "1..5",
    "]]>",
    "&amp;",
    "<b>",
    "=1+1",
    "'=",
    "{svc.helpline}",
]
#: Markdown with whatever looks like a mark of some format.
_TEXT = st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=12).map("".join)
MARKDOWN = _TEXT.map(lambda text: normal(text).strip()).filter(bool)
_LINE = _TEXT.map(one_line).filter(bool)
#: Markdown of words that are plain, and come back the same from a format that knows no marks.
PLAIN = _LINE.filter(lambda text: plain(plain_words(text)) == text).map(plain_words)
MAYBE = st.just("") | MARKDOWN
TITLES = _LINE.filter(lambda text: len(text) <= TITLE_MOST)
TAGS = st.lists(st.text("abc é-", min_size=1, max_size=8).map(one_line).filter(bool), max_size=2, unique=True).map(
    tuple
)
CATEGORIES = st.sampled_from(["", "Danger", "Danger/Signs", "اختبار"])
_WORTH = st.sampled_from([weight for weight in SHARES if weight < 100] + [-50.0, -100.0])
_NUMBERS = st.decimals(-1000, 1000, places=2).map(lambda value: f"{value:f}".rstrip("0").rstrip(".") or "0").map(
    lambda text: "0" if text == "-0" else text
)  # fmt: skip
_OFF = st.sampled_from(["0", "0.5", "2"])


@st.composite
def single(draw: st.DrawFn, words: st.SearchStrategy[str] = MARKDOWN) -> tuple[Answer, ...]:
    """Options one of which is right."""
    wrong = draw(st.lists(st.builds(Answer, words, _WORTH, MAYBE), min_size=1, max_size=4))
    wrong.insert(draw(st.integers(0, len(wrong))), Answer(draw(words), 100.0, draw(MAYBE)))
    return tuple(wrong)


@st.composite
def multiple(draw: st.DrawFn) -> tuple[Answer, ...]:
    """Options of which several are right."""
    count = draw(st.sampled_from([1, 2, 3, 4, 5]))
    share = {1: 100.0, 2: 50.0, 3: 33.33333, 4: 25.0, 5: 20.0}[count]
    weights = draw(st.permutations([share] * count + [0.0, -50.0]))
    return tuple(Answer(draw(MARKDOWN), weight, draw(MAYBE)) for weight in weights)


@st.composite
def true_false(draw: st.DrawFn) -> tuple[Answer, ...]:
    """The two answers of a true-or-false question."""
    true = draw(st.booleans())
    return Answer("true", 100.0 * true, draw(MAYBE)), Answer("false", 100.0 * (not true), draw(MAYBE))


@st.composite
def typed(draw: st.DrawFn) -> tuple[Answer, ...]:
    """Accepted forms."""
    first = Answer(draw(_LINE), 100.0, draw(MAYBE))
    return first, *draw(st.lists(st.builds(Answer, _LINE, _WORTH, MAYBE), max_size=2))


@st.composite
def numeric(draw: st.DrawFn) -> tuple[Answer, ...]:
    """Numbers, and at times what is said of any other."""
    found = [Answer(draw(_NUMBERS), 100.0, draw(MAYBE), draw(_OFF))]
    found += draw(st.lists(st.builds(Answer, _NUMBERS, _WORTH, MAYBE, _OFF), max_size=2))
    return (*found, Answer(ANY, 0.0, draw(MAYBE))) if draw(st.booleans()) else tuple(found)


def _pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    found = draw(st.lists(st.builds(Pair, MARKDOWN, PLAIN), min_size=2, max_size=4))
    return (*found, Pair("", draw(PLAIN))) if draw(st.booleans()) else tuple(found)


_ANSWERS = {"single": single, "multiple": multiple, "truefalse": true_false, "short": typed, "numeric": numeric}


@st.composite
def questions(draw: st.DrawFn, kinds: tuple[str, ...], *, whole: bool = False) -> QuestionWritten:
    """A question of one of these kinds; `whole`: with the parts that only Moodle XML and CSV carry."""
    kind = draw(st.sampled_from(kinds))
    answers = draw(_ANSWERS[kind]()) if kind in _ANSWERS else ()
    if kind == "ordering":
        answers = tuple(Answer(words) for words in draw(st.lists(MARKDOWN, min_size=2, max_size=5)))
    said = (
        [draw(MAYBE) for _part in range(3)] if whole and kind in ("single", "multiple", "matching", "ordering") else []
    )
    return QuestionWritten(
        kind,
        draw(TITLES),
        draw(MARKDOWN),
        answers,
        _pairs(draw) if kind == "matching" else (),
        draw(MAYBE),
        *(said or ("", "", "")),
        draw(TAGS),
        draw(CATEGORIES),
        draw(st.sampled_from(["", "km", "%"])) if whole and kind == "numeric" else "",
        whole and kind == "short" and draw(st.booleans()),
    )


@st.composite
def aiken(draw: st.DrawFn) -> QuestionWritten:
    """A question as Aiken can carry it."""
    stem = draw(PLAIN)
    answers = [Answer(words) for words in draw(st.lists(PLAIN, min_size=2, max_size=6))]
    right = draw(st.integers(0, len(answers) - 1))
    answers[right] = Answer(answers[right].words, 100.0)
    return QuestionWritten("single", titled("", stem), stem, tuple(answers))
