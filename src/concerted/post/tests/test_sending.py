"""Handing letters over to a mail server that refuses, hangs, drops the line or is away."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest

from concerted.post.models import Letter
from concerted.post.sending import send_due
from concerted.post.services import write_letter, write_words
from concerted.post.tests.sink import Sink, sink

pytestmark = pytest.mark.django_db
AT = datetime(2030, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def server(settings: Any) -> Iterator[Sink]:
    with sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def send(at: datetime = AT, timeout: float = 2) -> int:
    return send_due(lambda: at, timeout=timeout)


def ids(server: Sink) -> list[str]:
    return [str(message_from_bytes(words)["Message-ID"]) for words in server.received]


def test_a_letter_is_handed_over_once_and_its_words_are_forgotten(server: Sink) -> None:
    letter = write_letter("amal@example.org", "en", at=AT)
    assert (send(), send(AT + timedelta(days=1))) == (1, 0)
    message = message_from_bytes(server.received[0])
    assert len(server.received) == 1
    assert message["Message-ID"] == letter.message_id
    assert message["List-Unsubscribe"].endswith("/inbox/mail/>")
    letter.refresh_from_db()
    assert (letter.sent_at, letter.body) == (AT, "")


def test_a_letter_tells_no_name_and_no_topic(server: Sink) -> None:
    write_letter("amal@example.org", "fr", at=AT)
    send()
    words = server.received[0].decode()
    for telling in ("Amal", "Concerted", "training", "formation", "violence", "module"):
        assert telling not in words.replace("Concerted <concerted@localhost>", "").replace("@concerted>", "")


@pytest.mark.parametrize("about", ["HELLO", "MAIL", "DATA", "END"])
@pytest.mark.parametrize("words", ["450 later", "451 busy", "550 no", "554 no"])
def test_a_refused_letter_is_tried_again_under_the_same_name(server: Sink, about: str, words: str) -> None:
    letter = write_letter("amal@example.org", "en", at=AT)
    server.answers[about] = words
    assert send() == 0
    assert send(AT + timedelta(seconds=59)) == 0, "waits a minute first"
    del server.answers[about]
    assert send(AT + timedelta(minutes=2)) == 1
    assert ids(server)[-1] == letter.message_id


def test_an_address_refused_for_good_is_given_up(server: Sink) -> None:
    letter = write_letter("gone@example.org", "en", at=AT)
    server.answers["RCPT"] = "550 nobody here"
    send()
    letter.refresh_from_db()
    assert (letter.given_up_at, letter.body) == (AT, "")


def test_an_address_refused_for_now_waits(server: Sink) -> None:
    letter = write_letter("full@example.org", "en", at=AT)
    server.answers["RCPT"] = "452 full"
    send()
    letter.refresh_from_db()
    assert letter.given_up_at is None
    assert letter.next_try_at == AT + timedelta(minutes=1)


def test_one_refused_letter_does_not_hold_up_the_others(server: Sink) -> None:
    write_letter("gone@example.org", "en", at=AT)
    other = write_letter("bela@example.org", "en", at=AT)
    server.answers["RCPT"] = "550 nobody here"
    send()
    assert server.connections == 2, "a new line for the next letter"
    del server.answers["RCPT"]
    Letter.objects.filter(pk=other.pk).update(given_up_at=None, next_try_at=None, body="Words")
    assert send() == 1


def test_a_server_that_takes_and_drops_gets_the_same_letter_again(server: Sink) -> None:
    letter = write_letter("amal@example.org", "en", at=AT)
    server.answers["END"] = ""
    assert send() == 0
    del server.answers["END"]
    assert send(AT + timedelta(minutes=2)) == 1
    assert ids(server) == [letter.message_id] * 2, "so that the second copy can be known as one"


def test_a_line_that_drops_after_the_yes_sends_nothing_again(server: Sink) -> None:
    write_letter("amal@example.org", "en", at=AT)
    server.drops_after = "END"
    assert send() == 1
    server.drops_after = ""
    assert send(AT + timedelta(days=1)) == 0
    assert len(server.received) == 1


def test_a_server_that_hangs_is_left_in_time(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()[:2]
        first, second = (write_letter(f"{name}@example.org", "en", at=AT) for name in ("amal", "bela"))
        assert send(timeout=0.1) == 0
    for letter, tries in ((first, 1), (second, 0)):
        letter.refresh_from_db()
        assert letter.tries == tries, "a server that is away is asked once, not once a letter"


def test_the_wait_doubles_up_to_six_hours_and_ends_after_three_days(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()[:2]
    letter, at, waits = write_letter("amal@example.org", "en", at=AT), AT, []
    while True:
        assert send(at) == 0
        letter.refresh_from_db()
        if letter.given_up_at:
            break
        waits.append((letter.next_try_at - at) // timedelta(minutes=1))
        at = letter.next_try_at
    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert set(waits[9:]) == {360}
    assert timedelta(hours=72) <= letter.given_up_at - AT < timedelta(hours=79)
    assert letter.body == ""


def test_a_code_that_ran_out_is_not_sent_any_more(server: Sink) -> None:
    until = AT + timedelta(minutes=15)
    write_words("amal@example.org", "en", subject="Code", body="1234", at=AT, until=until)
    assert send(until) == 0
    assert server.received == []
    assert Letter.objects.get().given_up_at == until


def test_a_letter_in_dead_hands_comes_up_again(server: Sink, settings: Any) -> None:
    letter = write_letter("amal@example.org", "en", at=AT)
    # As a worker leaves it that dies between taking the letter and marking it.
    again = AT + timedelta(seconds=settings.CONCERTED_HAND_OVER_SECONDS)
    Letter.objects.filter(pk=letter.pk).update(next_try_at=again, tries=1)
    assert send(again - timedelta(seconds=1)) == 0
    assert send(again) == 1
