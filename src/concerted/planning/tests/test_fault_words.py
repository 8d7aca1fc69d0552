"""Faults of a plan are told in the reader's language, and in English where nobody has translated them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pydantic_core import PydanticKnownError

import concerted.maths
from concerted.maths.demand import CountsRefused, EffectRefused, ProfileRefused, SumRefused
from concerted.maths.figures import OutOfRange
from concerted.maths.portfolio import FundsRefused
from concerted.maths.queueing import Overloaded
from concerted.maths.referrals import ReferralsRefused
from concerted.maths.said import Figure, Listed, Said, instead_of, said, sentences
from concerted.planning import rules
from concerted.planning.fault_patterns import PATTERNS
from concerted.planning.fault_words import as_html, in_words
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.plan.wrong_values import OF_KIND, OF_SHAPE, what_is_wrong
from concerted.planning.rules.plan.yaml_words import PROBLEMS, problem_of

SOURCES = [
    file
    for package in (concerted.maths, rules)
    for file in sorted(Path(str(package.__file__)).parent.rglob("*.py"))
    if "tests" not in file.parts and file.name != "said.py"
]
#: What pages tell of a plan; any other error of the maths means a fault of ours, not of hers.
TOLD = {"OutOfRange", "TooMuch", "CareTakesAll", "ReferralsRefused", "TextRefused", "TableRefused", "ChangeRefused"} | {
    *("FundsRefused", "EffectRefused", "CountsRefused", "ProfileRefused", "SumRefused")
}
#: Makes a sentence, or hands on one that was made.
MAKERS = {"said", "instead_of", "sentences", "told", "_twice_or_nameless", "_no_number", "_above_all"}
GAP = re.compile(r"%\((\w+)\)s")


def calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def patterns() -> Iterator[str]:
    """What the rules and the maths say, read from their source, and what stands in tables."""
    for file in SOURCES:
        for call in calls(file):
            if name_of(call.func) == "said":
                pattern = call.args[0]
                assert isinstance(pattern, ast.Constant), f"{file.name}:{call.lineno} no catalogue can know this"
                yield pattern.value
    yield from (*OF_KIND.values(), *OF_SHAPE.values(), *PROBLEMS.values())


def test_catalogues_know_every_pattern_and_no_other() -> None:
    assert sorted(set(patterns())) == sorted(PATTERNS)


def test_every_gap_of_a_sentence_is_filled() -> None:
    for file in SOURCES:
        for call in calls(file):
            if name_of(call.func) != "said":
                continue
            given = {word.arg for word in call.keywords}
            assert isinstance(call.args[0], ast.Constant)
            needed = set(GAP.findall(call.args[0].value))
            # Values that are handed on are seen when the sentence is made; what stands beside them has to fit.
            assert given - {None} <= needed, f"{file.name}:{call.lineno}"
            assert None in given or given == needed, f"{file.name}:{call.lineno}"


def test_no_refusal_is_told_in_words_that_no_catalogue_knows() -> None:
    found = []
    for file in SOURCES:
        for call in calls(file):
            whose = name_of(call.func)
            if whose in TOLD or (whose == "ValueError" and "plan" in file.parts):
                told = call.args[0]
                if not (isinstance(told, ast.Call) and name_of(told.func) in MAKERS):
                    found.append(f"{file.name}:{call.lineno}")
            if whose == "Fault":
                told = call.args[2]
                if isinstance(told, ast.Constant | ast.JoinedStr):
                    found.append(f"{file.name}:{call.lineno}")
    assert found == []


def test_every_refusal_of_maths_that_plans_are_worked_out_with_is_told_by_pages() -> None:
    """Pages catch `OutOfRange`, and say what it was made of."""
    refusals = (Overloaded, FundsRefused, EffectRefused, CountsRefused, ProfileRefused, SumRefused, ReferralsRefused)
    assert all(issubclass(one, OutOfRange) for one in refusals)
    assert isinstance(Overloaded(2, 2.5).args[0], Said)


def test_checks_yield_sentences_only() -> None:
    """Each yields a place and a sentence; none may be a plain string."""
    checks = next(file for file in SOURCES if file.name == "checks.py")
    for node in ast.walk(ast.parse(checks.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            assert not isinstance(node.value.elts[1], ast.Constant | ast.JoinedStr), node.lineno


#: Type of a value in pydantic's schema -> faults that it can have beside those of bounds, which have their own words.
FAULTS: dict[str, tuple[str, ...]] = {
    "str": ("string_type",),
    "int": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "float": ("float_type", "float_parsing", "finite_number"),
    "bool": ("bool_type", "bool_parsing"),
    "literal": ("literal_error",),
    "enum": ("enum",),
    "list": ("list_type",),
    "dict": ("dict_type",),
    "model": ("model_type",),
    # These have no faults of their own.
    **dict.fromkeys(("model-fields", "model-field", "default", "function-after", "no-info", "nullable", "union"), ()),
}
BOUNDS = {
    ("str", "min_length"): "string_too_short",
    ("str", "max_length"): "string_too_long",
    ("list", "min_length"): "too_short",
    ("list", "max_length"): "too_long",
    ("dict", "min_length"): "too_short",
    ("dict", "max_length"): "too_long",
}


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every part of pydantic's schema of a plan."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        for key, inner in node.items():
            if key != "metadata":
                yield from schemas(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from schemas(inner)


def test_every_fault_that_a_value_can_have_is_worded() -> None:
    for schema in schemas(Plan.__pydantic_core_schema__):
        kinds = [
            *FAULTS[schema["type"]],
            *(kind for (type_, key), kind in BOUNDS.items() if type_ == schema["type"] and key in schema),
        ]
        assert set(kinds) <= set(OF_KIND), schema["type"]
        if "pattern" in schema and schema["type"] == "str":
            assert schema["pattern"] in OF_SHAPE
        if schema["type"] == "str" and "min_length" in schema:
            assert schema["min_length"] == 1, "too short is told as nothing"


CONTEXT = {"min_length": 12, "max_length": 24, "field_type": "List", "actual_length": 3, "class_name": "Cost"}
CONTEXT |= {"expected": "'people' or 'women'", "error": "x"}


def wrong(kind: str, **more: Any) -> str:
    """What is said of a value of a wrong kind, as pydantic finds it."""
    context = {
        name: value
        for name, value in (CONTEXT | more).items()
        if f"{{{name}}}"
        in PydanticKnownError(
            kind,
            CONTEXT | more,  # type: ignore[arg-type]
        ).message_template
    }
    error = PydanticKnownError(kind, context)  # type: ignore[arg-type]
    return what_is_wrong({"type": kind, "ctx": context, "msg": error.message(), "input": "x99"}, ("what",))


@pytest.mark.parametrize("kind", sorted(OF_KIND))
def test_a_value_of_a_wrong_kind_keeps_the_english_that_scripts_read(kind: str) -> None:
    told = wrong(kind)
    assert isinstance(told, Said)
    assert "Given: x99." in told
    assert told.endswith(told.pattern.partition(". ")[2] % told.values), "what to write instead comes last"
    assert re.search(r"(?:Write|Add|Take|Shorten) [^.]+", told)
    assert told.pattern == OF_KIND[kind]
    assert set(GAP.findall(told.pattern)) == set(told.values)


def test_a_number_too_long_to_be_said_is_one_too_long() -> None:
    error = PydanticKnownError("float_type")
    told = what_is_wrong({"type": "float_type", "msg": error.message(), "input": 10**400}, ("amount",))
    assert told == "Input should be a valid number. Given: This number. Write a number of fewer digits."
    with translation.override("fr"):
        assert in_words(told)[0].startswith("Ce nombre ne convient pas pour calculer.")


def _value(name: str) -> Any:
    """A word of a file that is in no dictionary, or a number where one belongs."""
    return Figure(0.5) if name in ("bound", "most", "hours", "care", "factor", "count", "number", "least") else "zq9"


#: Words of plan files, names and units that are the same in every language.
SAME = re.compile(
    r"`[^`]*`|zq9|per_10000|contract_hours|service_level|max_abandon|max_occupancy|UTF-8|UTF-16|CSV|YAML|EUR|KB|Ko"
    r"|(?<![A-Za-z_])(?:queue|cases|places|each|column|history|ratio|low|high|source|doubts|away|null|threshold|load|agents"
    r"|activities|at_once|beta|definition|patience|redial|speed)(?![A-Za-z_])"
)
#: Words that only English has: one left in a sentence means that a part of it was not translated.
ENGLISH = re.compile(r"\b(?:the|is|this|write|give|or|and|of|with|its|that|stands|cannot|here|there|correct)\b", re.I)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_every_sentence_is_said_without_a_word_of_english(language: str, pattern: str) -> None:
    message = said(pattern, **{name: _value(name) for name in GAP.findall(pattern)})
    with translation.override(language):
        words, marked = in_words(message)
    assert marked == language
    assert words != message
    rest = SAME.sub("", words)
    assert not ENGLISH.search(rest), words
    if language == "ar":
        assert not re.search(r"[A-Za-z]{2,}", rest), words
    assert words.count("zq9") >= message.count("zq9") > 0 or "zq9" not in message


def test_words_of_the_file_stand_in_the_translation() -> None:
    message = said("“%(name)s” is missing. Write it.", name="people")
    with translation.override("en"):
        assert in_words(message) == ("“people” is missing. Write it.", "en")
    with translation.override("fr"):
        assert in_words(message) == ("«\xa0people\xa0» manque. Écrivez-le.", "fr")


def test_sentences_pieces_and_lists_are_said_with_what_stands_in_them() -> None:
    message = sentences(
        said("There is no service “%(name)s” in this plan.", name="handel"),
        said("Write one of: %(kinds)s.", kinds=Listed(("line", "court"))),
    )
    assert message == "There is no service “handel” in this plan. Write one of: line, court."
    with translation.override("ar"):
        words, language = in_words(message)
    assert language == "ar"
    assert "line، court" in words
    pattern = "This is not YAML: %(problem)s. Check the indent, colons and quotes of this line and the one above."
    with translation.override("fr"):
        words, _language = in_words(said(pattern, problem=problem_of("could not find expected ':'")))
    assert "il manque deux-points" in words


def test_figures_are_the_readers_and_words_of_the_file_stay() -> None:
    pattern = "%(given)s cannot be meant. Write a number of at most %(bound)s."
    message = said(pattern, given=30000000000.5, bound=Figure(20_000_000_000, "g"))
    assert message == "30000000000.5 cannot be meant. Write a number of at most 2e+10."
    for language, bound in (("en", "20,000,000,000"), ("ar", "٢٠٬٠٠٠٬٠٠٠٬٠٠٠")):
        with translation.override(language):
            words, _language = in_words(message)
        assert bound in words
        assert "30000000000.5" in words
    with translation.override("en"):
        for value, spec, shown in (
            (1.5e300, ".3g", "1.5\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10³⁰⁰"),
            (1e-7, "g", "1\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁷"),
            (1234.5, ".2f", "1,234.50"),
            (float("inf"), "g", "inf"),
            (-2.0, ".12g", "-2"),
        ):
            assert in_words(said("“%(name)s” is missing. Write it.", name=Figure(value, spec)))[0] == (
                f"“{shown}” is missing. Write it."
            )


def test_values_are_named_as_a_file_writes_them_and_not_without_end() -> None:
    with translation.override("en"):
        for value, shown in ((None, "null"), (True, "true"), ("x" * 500, "x" * 120 + "…")):
            assert in_words(said("“%(given)s” is no currency.", given=value))[0] == f"“{shown}” is no currency."


def test_a_page_sets_words_of_a_file_apart_and_runs_none_of_them() -> None:
    with translation.override("ar"):
        words, language = as_html(said("“%(name)s” is missing. Write it.", name="<b>"))
    assert language == "ar"
    assert "<bdi>&lt;b&gt;</bdi>" in words
    with translation.override("ar"):
        words, _language = as_html(said("The number of women is missing. Write `women:`, or count `of: people`."))
    assert '<bdi dir="ltr">`women:`</bdi>' in words
    assert as_html("<i>") == ("&lt;i&gt;", "en")


def test_what_nobody_translated_is_marked_as_english() -> None:
    with translation.override("ar"):
        assert in_words(said("Nothing like %(this)s.", this="it")) == ("Nothing like it.", "en")
        assert in_words("A plain sentence.") == ("A plain sentence.", "en")
        half = said("“%(name)s” is missing. Write it.", name=instead_of("it", "unheard of"))
        assert in_words(half) == (str(half), "en")
