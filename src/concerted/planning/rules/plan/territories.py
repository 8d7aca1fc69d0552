"""Territories that stand in a data file beside the plan, one a row."""

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

#: The words of `territories:` where it names a data file.
FROM = ("from", "name", "people", "women", "counted")


class TableRefused(ValueError):
    """The data file cannot be read; the message says which line, and what to do."""


def key_of(name: str) -> str:
    """A key for a name.

    >>> key_of("Greater Geelong (C)")
    'greater-geelong-c'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "place"


def territories_from(said: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """The territories of the file that `said` names, as a plan file would write them.

    `said` has `from` (a CSV file beside the plan), the columns `name`, `people` and `women`, and `counted`: other
    columns by the name the plan has for them. Raises `TableRefused`.
    """
    shown, text = str(said.get("from", "")), _text(said, folder)
    rows = csv.DictReader(io.StringIO(text))
    counted = said.get("counted") or {}
    wanted = {"name": said.get("name", "name"), "people": said.get("people", "people"), **counted}
    if "women" in said:
        wanted["women"] = said["women"]
    for column in wanted.values():
        if column not in (rows.fieldnames or ()):
            there = ", ".join(rows.fieldnames or ())
            raise TableRefused(f"{shown} has no column “{column}”. Its columns are: {there}.")
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        place = f"{shown}, line {rows.line_num}"
        name = (row[wanted["name"]] or "").strip()
        key = key_of(name)
        if not name or key in found:
            raise TableRefused(f"{place}: {name or 'a row without a name'} stands there twice or has no name.")
        found[key] = {"name": name, "people": _number(row, wanted["people"], place, whole=True)}
        if "women" in wanted:
            found[key]["women"] = _number(row, wanted["women"], place, whole=True)
        found[key]["counted"] = {own: _number(row, column, place) for own, column in counted.items()}
    if not found:
        raise TableRefused(f"{shown} has no rows. Write one for each territory.")
    return found


def _text(said: dict[str, Any], folder: Path) -> str:
    shown = str(said.get("from", ""))
    file = (folder / shown).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise TableRefused(f"There is no file “{shown}” beside the plan. Correct `from`, or bring the file there.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise TableRefused(f"{shown} cannot be read as text. Save it as CSV in UTF-8.") from fault


def _number(row: dict[str, str], column: str, place: str, *, whole: bool = False) -> float | int:
    told = (row.get(column) or "").strip()
    try:
        number = float(told)
    except ValueError:
        said = f"“{told}” is no number" if told else "the number is missing"
        raise TableRefused(f"{place}: {column}: {said}. Write it, or take the row out.") from None
    if not number >= 0 or number == float("inf") or (whole and number < 1):
        least = "1 or more" if whole else "0 or more"
        raise TableRefused(f"{place}: {column} is {told}. Write {least}, or take the row out.")
    return int(number) if whole else number
