"""No box for free words without the warning that no survivor's case belongs there."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

import concerted
from concerted.kit.forms import CaseWarningTextarea

PACKAGE = Path(concerted.__file__).parent


def every_form(base: type = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in base.__subclasses__():
        if form.__module__.startswith("concerted."):
            yield form
        yield from every_form(form)


def test_every_free_text_box_warns() -> None:
    for path in PACKAGE.rglob("form*/*.py"):
        importlib.import_module("concerted." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    for path in PACKAGE.rglob("forms.py"):
        importlib.import_module("concerted." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    found = list(every_form())
    assert len(found) > 10
    wrong = [
        f"{form.__qualname__}.{name}"
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
        and not isinstance(field.widget, CaseWarningTextarea)
        # Column maps and addresses are lists of names, not words of one's own.
        and name not in LISTS
    ]
    assert wrong == []


#: Boxes that hold one name or address a line.
LISTS = {"emails", "columns", "names"}


@pytest.mark.parametrize("template", sorted(PACKAGE.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_draws_a_box_of_its_own(template: Path) -> None:
    if template.parts[-2] == "widgets":
        return
    assert not re.search(r"<textarea", template.read_text()), "use a form field with the kit's widget"
