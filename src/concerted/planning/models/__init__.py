from concerted.planning.models.plan import KeptPlan

__all__ = ["KeptPlan"]
