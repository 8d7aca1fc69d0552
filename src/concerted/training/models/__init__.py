from concerted.training.models.certificate import Certificate
from concerted.training.models.module import Module, ModuleInProgramme, ModuleVersion, Programme, Unit, UnitInVersion

__all__ = ["Certificate", "Module", "ModuleInProgramme", "ModuleVersion", "Programme", "Unit", "UnitInVersion"]
