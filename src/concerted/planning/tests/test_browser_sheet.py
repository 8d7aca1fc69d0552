"""What a council votes on fits one sheet of paper, whatever its language, with the three numbers first."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from concerted.kit.tests.browsing import page_of
from concerted.planning.tests.factories import national

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: An A4 sheet in points; a browser rounds them up.
A4 = (595.3, 841.9)


@pytest.mark.parametrize(("plan", "unit"), [("delegation", "lake"), ("helpline", "north")])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_is_one_page_of_paper(browser: Any, live_server: Any, language: str, plan: str, unit: str) -> None:
    page = page_of(browser, live_server.url, national(), language, 1280)
    page.goto(live_server.url + reverse("planning:sheet", args=[plan, unit]))
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) == 1
    assert (paper.pages[0].mediabox.width, paper.pages[0].mediabox.height) == pytest.approx(A4, abs=1)
    if language == "en":
        text = paper.pages[0].extract_text()
        asked = ["People to hire", "Money for the whole plan", "The promised money", "Posts by service"]
        assert sorted(asked, key=text.index) == asked
