from concerted.training.models.certificate import Certificate
from concerted.training.models.module import Module, ModuleVersion, Programme, Unit, UnitInVersion

__all__ = ["Certificate", "Module", "ModuleVersion", "Programme", "Unit", "UnitInVersion"]
