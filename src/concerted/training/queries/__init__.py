from concerted.training.queries.languages import languages_of_module
from concerted.training.queries.modules import Giving, ModuleLine, UnderWay, module_lines, modules_giving, under_way
from concerted.training.queries.player import ModuleAt, UnitShown, has_finished, open_attempt_at, unit_shown
from concerted.training.queries.programmes import programme_lines

__all__ = [
    "Giving",
    "ModuleAt",
    "ModuleLine",
    "UnderWay",
    "UnitShown",
    "has_finished",
    "languages_of_module",
    "module_lines",
    "modules_giving",
    "open_attempt_at",
    "programme_lines",
    "under_way",
    "unit_shown",
]
