from concerted.training.models.certificate import Certificate
from concerted.training.models.local import LocalWords
from concerted.training.models.module import Module, ModuleInProgramme, ModuleVersion, Programme, Unit, UnitInVersion

__all__ = [
    "Certificate",
    "LocalWords",
    "Module",
    "ModuleInProgramme",
    "ModuleVersion",
    "Programme",
    "Unit",
    "UnitInVersion",
]
