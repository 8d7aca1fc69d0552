from concerted.training.queries.modules import ModuleLine, UnderWay, module_lines, modules_giving, under_way
from concerted.training.queries.player import UnitShown, unit_shown

__all__ = ["ModuleLine", "UnderWay", "UnitShown", "module_lines", "modules_giving", "under_way", "unit_shown"]
