from concerted.training.models.certificate import Certificate
from concerted.training.models.local import LocalWords
from concerted.training.models.misconception import MisconceptionShare
from concerted.training.models.module import Module, ModuleInProgramme, ModuleVersion, Programme, Unit, UnitInVersion
from concerted.training.models.proposal import ModuleProposal

__all__ = [
    "Certificate",
    "LocalWords",
    "MisconceptionShare",
    "Module",
    "ModuleInProgramme",
    "ModuleProposal",
    "ModuleVersion",
    "Programme",
    "Unit",
    "UnitInVersion",
]
