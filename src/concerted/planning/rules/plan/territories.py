"""Territories that stand in a data file beside the plan, one a row."""

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

from concerted.maths.said import Figure, Listed, Said, said

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


def territories_from(told: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """The territories of the file that `told` names, as a plan file would write them.

    `told` has `from` (a CSV file beside the plan), the columns `name`, `people` and `women`, and `counted`: other
    columns by the name the plan has for them. Raises `TableRefused`.
    """
    shown, text = str(told.get("from", "")), _text(told, folder)
    rows = csv.DictReader(io.StringIO(text))
    counted = told.get("counted") or {}
    wanted = {"name": told.get("name", "name"), "people": told.get("people", "people"), **counted}
    if "women" in told:
        wanted["women"] = told["women"]
    for column in wanted.values():
        if column not in (rows.fieldnames or ()):
            raise TableRefused(
                said(
                    "%(file)s has no column “%(column)s”. Its columns are: %(columns)s.",
                    file=shown,
                    column=column,
                    columns=Listed(tuple(rows.fieldnames or ())),
                )
            )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        place = {"file": shown, "line": Figure(rows.line_num)}
        name = (row[wanted["name"]] or "").strip()
        key = key_of(name)
        if not name or key in found:
            raise TableRefused(_twice_or_nameless(name, place))
        found[key] = {"name": name, "people": _number(row, wanted["people"], place, whole=True)}
        if "women" in wanted:
            found[key]["women"] = _number(row, wanted["women"], place, whole=True)
        found[key]["counted"] = {own: _number(row, column, place) for own, column in counted.items()}
    if not found:
        raise TableRefused(said("%(file)s has no rows. Write one for each territory.", file=shown))
    return found


def _text(told: dict[str, Any], folder: Path) -> str:
    shown = str(told.get("from", ""))
    file = (folder / shown).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise TableRefused(
            said("There is no file “%(file)s” beside the plan. Correct `from`, or bring the file there.", file=shown)
        )
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise TableRefused(said("%(file)s cannot be read as text. Save it as CSV in UTF-8.", file=shown)) from fault


def _twice_or_nameless(name: str, place: dict[str, Any]) -> Said:
    if name:
        return said("%(file)s, line %(line)s: %(name)s stands there twice or has no name.", name=name, **place)
    return said("%(file)s, line %(line)s: a row without a name stands there twice or has no name.", **place)


def _number(row: dict[str, str], column: str, place: dict[str, Any], *, whole: bool = False) -> float | int:
    told = (row.get(column) or "").strip()
    try:
        number = float(told)
    except ValueError:
        raise TableRefused(_no_number(told, column=column, **place)) from None
    if not number >= 0 or number == float("inf") or (whole and number < 1):
        raise TableRefused(
            said(
                "%(file)s, line %(line)s: %(column)s is %(told)s. Write %(least)s or more, or take the row out.",
                column=column,
                told=told,
                least=Figure(1 if whole else 0),
                **place,
            )
        )
    return int(number) if whole else number


def _no_number(told: str, **place: Any) -> Said:
    if told:
        return said(
            "%(file)s, line %(line)s: %(column)s: “%(told)s” is no number. Write it, or take the row out.",
            told=told,
            **place,
        )
    return said(
        "%(file)s, line %(line)s: %(column)s: the number is missing. Write it, or take the row out.",
        **place,
    )
