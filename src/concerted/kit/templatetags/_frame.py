"""The parts of the frame that are the same on many pages, kept ready-made; registered in kit.py."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from concerted.kit.digits import localise
from concerted.kit.templatetags._drawn import icon

_PAGE = ' aria-current="page"'
_CHOSEN = ' aria-current="true"'


@lru_cache(maxsize=8)
def _address(name: str, otherwise: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # an error page must stand even where the routes do not
        return otherwise


@lru_cache(maxsize=64)
def _leave(href: str, to: str, words: str) -> SafeString:
    return SafeString(
        f'<a class="btn leave" href="{escape(href)}" data-to="{escape(to)}" rel="noreferrer">'
        f"{icon('out')}{escape(words)}</a>"
    )


def leave_link() -> SafeString:
    """Leave this page: a plain link that needs no script, with the neutral page's address for the script."""
    return _leave(_address("kit:leave", "/leave/"), settings.CONCERTED_EXIT_URL, gettext("Leave this page"))


def _forget(**kwargs: Any) -> None:
    _address.cache_clear()
    _leave.cache_clear()
    _top.cache_clear()


setting_changed.connect(_forget)


@lru_cache(maxsize=512)
def _nav(entries: tuple[tuple[str, str, bool], ...], name: str) -> SafeString:
    links = "".join(
        f'<li><a href="{escape(href)}"{_PAGE if current else ""}>{escape(label)}</a></li>'
        for label, href, current in entries
    )
    return SafeString(f'<nav class="nav" aria-label="{escape(name)}"><ul>{links}</ul></nav>')


@lru_cache(maxsize=64)
def _languages(languages: tuple[tuple[str, str, bool], ...]) -> str:
    return "".join(
        f'<button class="linklike" name="language" value="{escape(code)}" lang="{escape(code)}"'
        f"{_CHOSEN if current else ''}>{escape(own_name)}</button>"
        for code, own_name, current in languages
    )


def language_form(context: Context, languages: Sequence[tuple[str, str, bool]]) -> SafeString:
    """Every language in its own name; works without script and comes back to this page."""
    request = context.get("request")
    buttons = _languages(tuple((str(code), str(own_name), bool(current)) for code, own_name, current in languages))
    back = escape(request.get_full_path()) if request else "/"
    return SafeString(
        '<form class="languages cluster" id="languages" method="post" '
        f'action="{_address("kit:language", "/language/")}" aria-label="{escape(gettext("Language"))}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{context.get("csrf_token", "")}">'
        f'<input type="hidden" name="next" value="{back}">{buttons}</form>'
    )


@lru_cache(maxsize=2048)
def _top(home: str, nav: tuple[tuple[str, str, bool], ...], inbox: str, unread: int, many: bool, language: str) -> str:
    """The head of a page for everybody who may go the same ways in the same language; `language` is part of the key."""
    # Named here, not inside the markup: GNU gettext collects nothing from within an f-string.
    menu, choose, skip, name = gettext("Menu"), gettext("Language"), gettext("Skip to the text"), gettext("Concerted")
    bell = ""
    if inbox:
        count = localise(unread)
        new = ngettext("%(shown)s new", "%(shown)s new", unread) % {"n": unread, "shown": count}
        word = new if unread else gettext("Notices")
        bell = f'<a class="act" href="{escape(inbox)}">{icon("bell")}<span>{word}</span></a>'
    change = f'<a class="act" href="#languages">{choose}</a>' if many else ""
    ways = _nav(nav, gettext("Main")) if nav else ""
    sheet = ""
    if nav or inbox or many:
        sheet = (
            f'<button class="btn menu push" type="button" popovertarget="menu">{icon("menu")}{menu}</button>'
            f'<div class="sheet" id="menu" popover><div class="bar">{ways}'
            f'<div class="tools">{bell}{change}</div></div></div>'
        )
    return (
        f'<a class="skip" href="#main">{skip}</a>'
        f'<a class="name" href="{escape(home or "/")}">{icon("mark")}<span>{name}</span></a>{sheet}'
    )


def frame_top(context: Context) -> SafeString:
    """Leave this page, the name, and the ways to go; without a `frame` nothing is known of the reader."""
    frame = context.get("frame")
    nav = tuple((str(one.label), str(one.href), bool(one.current)) for one in getattr(frame, "nav", None) or ())
    home, inbox = str(getattr(frame, "home", "") or ""), str(getattr(frame, "inbox", "") or "")
    unread, languages = int(getattr(frame, "unread", 0) or 0), getattr(frame, "languages", None) or ()
    top = _top(home, nav, inbox, unread if inbox else 0, len(languages) > 1, get_language() or "en")
    return SafeString(f"{leave_link()}{top}")


def frame_self(context: Context) -> SafeString:
    """Who she is here: her name as the way to her account, her post and her place."""
    frame = context.get("frame")
    name = getattr(frame, "person_name", "")
    if not name:
        return SafeString("")
    account, *beside = (getattr(frame, part, "") for part in ("account", "post", "place"))
    shown = f'<a href="{escape(account)}">{escape(name)}</a>' if account else escape(name)
    more = "".join(f" <span>·</span> <bdi>{escape(part)}</bdi>" for part in beside if part)
    return SafeString(f'<p class="self">{shown}{more}</p>')


def frame_foot(context: Context) -> SafeString:
    """The languages, and the way out or in; without a `frame` nothing is known of the reader."""
    frame = context.get("frame")
    languages = getattr(frame, "languages", None)
    parts: list[str] = [language_form(context, languages)] if languages else []
    sign_out, sign_in, catalogue = (getattr(frame, way, "") for way in ("sign_out", "sign_in", "catalogue"))
    if getattr(frame, "person_name", ""):
        if sign_out:
            parts.append(
                f'<form method="post" action="{escape(sign_out)}">'
                f'<input type="hidden" name="csrfmiddlewaretoken" value="{context.get("csrf_token", "")}">'
                f'<button class="linklike">{escape(gettext("Sign out"))}</button></form>'
            )
    elif sign_in:
        parts.append(f'<a href="{escape(sign_in)}">{escape(gettext("Sign in"))}</a>')
        if catalogue:
            parts.append(f'<a href="{escape(catalogue)}">{escape(gettext("What there is to learn"))}</a>')
    return SafeString("".join(parts))
