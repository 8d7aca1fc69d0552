"""`content/REVIEWS.md` says truly what it holds: every unit scored twice, blind, no starred 0 after mending."""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

CONTENT = Path(__file__).parents[4] / "content"
PAPER = (CONTENT / "REVIEWS.md").read_text()
#: Criteria of which a 0 blocks publication, by their place on the sheet.
STARRED = (1, 2, 4, 5, 6, 9, 12, 13, 15, 16, 17)
BEFORE, AFTER, OTHERS, AGAIN, OTHERS_AGAIN, SLOWLY = range(6)


class Sheet(NamedTuple):
    """One reader's scores of one text."""

    text: str
    reader: str
    scores: tuple[str, ...]
    points: str
    at_none: str
    verdict: str

    @property
    def share(self) -> int:
        given = [int(score) for score in self.scores if score != "n"]
        return round(100 * sum(given) / (2 * len(given)))

    @property
    def starred_at_0(self) -> list[int]:
        return [place for place in STARRED if self.scores[place - 1] == "0"]


def tables() -> list[list[Sheet]]:
    """The tables of the paper, in their order, as sheets; a row without a text belongs to the one above."""
    found = []
    for part in re.split(r"^## ", PAPER, flags=re.MULTILINE):
        sheets: list[Sheet] = []
        for row in re.findall(r"^\|.*\| [a-z] \|.*\|$", part, re.MULTILINE):
            text, reader, scores, points, none, verdict = (cell.strip() for cell in row.strip("|").split("|")[:6])
            text = text or sheets[-1].text
            sheets.append(Sheet(text, reader, tuple(scores.split()), points, none, verdict))
        if sheets:
            found.append(sheets)
    return found


TABLES = tables()
SUMMARY = PAPER[PAPER.index("In short") : PAPER.index("What came after them")]


def units() -> set[str]:
    heads = (path.read_text() for path in (CONTENT / "starter" / "modules").glob("*/units/[0-9]*[a-z].md"))
    return {match[1] for head in heads if (match := re.match(r"---\nunit: (\S+)", head))}


@pytest.mark.parametrize(("table", "readers"), [(BEFORE, ["a", "b"]), (AFTER, ["c", "d"])])
def test_two_readers_scored_every_unit(table: int, readers: list[str]) -> None:
    by_text = defaultdict(list)
    for sheet in TABLES[table]:
        by_text[sheet.text].append(sheet.reader)
    assert dict(by_text) == dict.fromkeys(units(), readers)


def test_every_sheet_is_whole_and_added_up() -> None:
    for sheet in (sheet for table in TABLES for sheet in table):
        given = [int(score) for score in sheet.scores if score != "n"]
        assert len(sheet.scores) == 25, sheet
        assert set(given) <= {0, 1, 2}, sheet
        assert sheet.points == f"{sum(given)} of {2 * len(given)} ({sheet.share} %)", sheet
        assert sheet.at_none == (", ".join(map(str, sheet.starred_at_0)) or "none"), sheet


def test_no_starred_criterion_stands_at_0_after_mending() -> None:
    assert [
        sheet for table in (AFTER, OTHERS, AGAIN, OTHERS_AGAIN, SLOWLY) for sheet in TABLES[table] if sheet.starred_at_0
    ] == []


def test_the_summary_says_what_the_tables_hold() -> None:
    said = " ".join(SUMMARY.split())
    before, after = TABLES[BEFORE], TABLES[AFTER]
    blocked = [sheet.text for sheet in before if sheet.starred_at_0]
    assert f"at 0 on five of them: {', '.join(blocked[:-1])} and {blocked[-1]}." in said
    slowly = TABLES[SLOWLY]
    assert {sheet.text for sheet in slowly} == units()
    for sheets in (before, after, slowly):
        shares = [sheet.share for sheet in sheets]
        assert f"{len(sheets)} sheets, {min(shares)} to {max(shares)} %" in said
    verdicts = [sheet.verdict for sheet in after]
    assert f"{verdicts.count('publish')} sheets say publish, {verdicts.count('mend')} mend" in said
    twice, once = ({sheet.text for sheet in TABLES[table]} for table in (OTHERS, OTHERS_AGAIN))
    assert f"{len(twice)} twice, blind, by e and f; {len(once)} once more" in said
    assert [sheet.reader for sheet in TABLES[AGAIN]].count("h") == 9
