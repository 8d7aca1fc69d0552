from concerted.directory.queries.agencies import (
    AgencyLine,
    Post,
    agencies_in_reach,
    agency_with_place,
    posts_of,
    staff_of,
)
from concerted.directory.queries.audiences import Reason, compile_rule, in_audience, rule_in_words, why_in
from concerted.directory.queries.people import (
    colleagues,
    find_person_by_email,
    positions_of,
    post_of,
    roles_in_reach,
    roles_of,
)
from concerted.directory.queries.positions import held_positions, position_facts
from concerted.directory.queries.seconds import another_holder_exists, roles_in_force, roles_that_wait
from concerted.directory.queries.territories import (
    TerritoryLine,
    above_in_words,
    ancestors_of,
    descendants,
    places_in_words,
    territory_tree,
)

__all__ = [
    "AgencyLine",
    "Post",
    "Reason",
    "TerritoryLine",
    "above_in_words",
    "agencies_in_reach",
    "agency_with_place",
    "ancestors_of",
    "another_holder_exists",
    "colleagues",
    "compile_rule",
    "descendants",
    "find_person_by_email",
    "held_positions",
    "in_audience",
    "places_in_words",
    "position_facts",
    "positions_of",
    "post_of",
    "posts_of",
    "roles_in_force",
    "roles_in_reach",
    "roles_of",
    "roles_that_wait",
    "rule_in_words",
    "staff_of",
    "territory_tree",
    "why_in",
]
