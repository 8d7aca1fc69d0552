"""Case studies in a real browser: nothing axe finds, whole without script, and no word lost between two windows."""

from typing import Any

import pytest
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.browsing import page_of
from concerted.practice.models import CaseAnswer, CaseGroup
from concerted.training.tests.case_factories import make_case_group, publish_small_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def group_of_two() -> tuple[CaseGroup, Person, Person]:
    """A group in its second step, who leads it, and somebody from health in it."""
    trainer, amal = make_person("Tara"), make_person("Amal")
    grant_role(trainer, "trainer")
    group = make_case_group(trainer, {amal: "health", make_person("Bela"): "police"}, step=2)
    for sector in ("health", "police"):
        CaseAnswer.objects.create(
            group=group,
            question=f"monday-questions.{sector}",
            text="Words.\n\nMore words.",
            at=timezone.now(),
            handed_in_at=timezone.now(),
        )
    return group, trainer, amal


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    group, trainer, amal = group_of_two()
    home = f"group/{group.public}/"
    shown = {
        trainer: ("", "two-doors/open/", f"{home}lead/", f"{home}lead/people/?who=Bela"),
        amal: ("", "two-doors/", home, f"{home}1/", f"{home}2/"),
    }
    for person, paths in shown.items():
        page = page_of(browser, live_server.url, person, language, width)
        for path in paths:
            page.goto(f"{live_server.url}/learn/cases/{path}")
            for closed in page.locator("main summary").all():
                closed.click()
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.context.close()


def test_two_windows_of_one_group_keep_both_their_words(browser: Any, live_server: Any) -> None:
    group, _trainer, amal = group_of_two()
    address = f"{live_server.url}/learn/cases/group/{group.public}/2/"
    one, two = (page_of(browser, live_server.url, amal, "en", 1280) for _window in range(2))
    for page in (one, two):
        page.goto(address)
    one.fill("textarea[name=text-shared]", "From the first window.")
    one.wait_for_selector("#kept .st.ok")
    two.fill("textarea[name=text-shared]", "From the second.")
    two.wait_for_selector("#kept .st.soon")
    assert "From the first window." in two.inner_text("#beside")
    assert two.input_value("textarea[name=text-shared]") == "From the second."
    two.fill("textarea[name=text-shared]", "From the first window. From the second.")
    two.wait_for_selector("#kept .st.ok")
    two.locator("button[value=shared]").click()
    assert two.locator("textarea[name=text-shared]").count() == 0
    answer = CaseAnswer.objects.get(question="tuesday-questions.shared")
    assert (answer.text, bool(answer.handed_in_at)) == ("From the first window. From the second.", True)
    for page in (one, two):
        page.context.close()


def test_the_list_with_nothing_in_it(browser: Any, live_server: Any) -> None:
    page = page_of(browser, live_server.url, make_person("Amal"), "en", 360)
    page.goto(f"{live_server.url}/learn/cases/")
    assert "No case study is published yet" in page.inner_text("main")
    publish_small_case()
    page.reload()
    assert "Two doors" in page.inner_text("main")
    page.context.close()
