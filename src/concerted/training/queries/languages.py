"""In which languages something of a module, a scenario, a case study, a bank or a test can be read, and what of a list
comes first for it.
"""

from django.db.models import OuterRef, Q, Subquery

from concerted.practice.models import Bank, Case, Exam, Scenario
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.models import Module, Unit


def in_order(state: str, title: SectionShown, language: str) -> tuple[int, bool]:
    """Where something stands in a list, to sort by: what she has begun, what is new, what is done. Of each, what she
    can read in her language stands before what she would meet in another.
    """
    return ("begun", "new", "done").index(state), title.language != language


def languages_of_module() -> Subquery:
    """Every open language, as a column of a query of modules: whether something of the module, its title or one of its
    units, can be read in it. `text.offered` reads it.
    """
    module = OuterRef(OuterRef("pk"))
    units, own = Unit.objects.filter(module=module), Module.objects.filter(pk=module)
    written = Q(pk=OuterRef("document__language"))
    # The title first: where it is translated, which is nearly always, no unit is looked at.
    return text.languages_in(written | Q(text.something_of(own)) | Q(text.something_of(units)))


def languages_of_scenario() -> Subquery:
    """The same of scenarios."""
    return _languages_of(Scenario)


def languages_of_bank() -> Subquery:
    """The same of banks of questions."""
    return _languages_of(Bank)


def languages_of_exam() -> Subquery:
    """The same of tests."""
    return _languages_of(Exam)


def languages_of_case() -> Subquery:
    """The same of case studies."""
    return _languages_of(Case)


def _languages_of(model: type[Bank] | type[Case] | type[Exam] | type[Scenario]) -> Subquery:
    """The same of whatever has a document of its own."""
    own = model._default_manager.filter(pk=OuterRef(OuterRef("pk")))
    return text.languages_in(Q(pk=OuterRef("document__language")) | Q(text.something_of(own)))
