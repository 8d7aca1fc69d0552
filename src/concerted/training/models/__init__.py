from concerted.training.models.certificate import Certificate
from concerted.training.models.local import LocalWords
from concerted.training.models.module import Module, ModuleInProgramme, ModuleVersion, Programme, Unit, UnitInVersion
from concerted.training.models.proposal import ModuleProposal

__all__ = [
    "Certificate",
    "LocalWords",
    "Module",
    "ModuleInProgramme",
    "ModuleProposal",
    "ModuleVersion",
    "Programme",
    "Unit",
    "UnitInVersion",
]
