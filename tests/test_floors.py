"""What import contracts do not see: foreign keys written as strings, and links in templates. Both must point down."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver

import concerted
from concerted.config.urls import ROOMS

PACKAGE = Path(concerted.__file__).parent
#: From the ground up; rooms on one floor do not know each other.
FLOORS = [
    {"maths"},
    {"kit"},
    {"jobs"},
    {"ledger", "post"},
    {"directory"},
    {"text"},
    {"capacity", "practice"},
    {"training", "accounts"},
    {"planning"},
    {"desks", "api", "packs"},
    {"config"},
]
HEIGHT = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def below(room: str, other: str) -> bool:
    return room == other or HEIGHT[other] < HEIGHT[room]


def test_every_room_stands_on_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(HEIGHT)


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in HEIGHT:
            continue
        for field in model._meta.get_fields():
            other = getattr(field.remote_field, "model", None) if field.concrete and field.is_relation else None
            # People are reached through AUTH_USER_MODEL from every floor.
            if other is None or other._meta.app_label not in HEIGHT or other._meta.label == "directory.Person":
                continue
            if not below(room, other._meta.app_label):
                wrong.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    assert wrong == []


def rooms_of_names() -> dict[str, str]:
    """URL namespace -> room."""
    return {
        resolver.namespace: resolver.urlconf_name.__name__.split(".")[1]
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace
    }


TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
#: How addresses of rooms begin; the kit's and the desks' own stand at the root.
BEGINNINGS = "|".join(sorted({prefix.strip("/") for prefix, _urls in ROOMS if prefix}))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_links_in_templates_point_down(template: Path) -> None:
    room = template.relative_to(PACKAGE).parts[0]
    text = template.read_text()
    homes = rooms_of_names()
    for name in re.findall(r"""{%\s*url\s+["']([\w:.-]+)""", text):
        namespace = name.partition(":")[0] if ":" in name else ""
        other = homes.get(namespace, "accounts" if not namespace else "")
        if not namespace and room != "accounts":
            pytest.fail(f"{template.name}: {name} is a page of accounts")
        assert other, f"{template.name}: {name} is nowhere"
        assert below(room, other), f"{template.name}: {name} points up"
    assert not re.search(rf'(href|action)="/({BEGINNINGS})/', text), "write {% url %}"


def test_nothing_is_inline() -> None:
    assert TEMPLATES
    for template in TEMPLATES:
        text = template.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)|javascript:", text), template
